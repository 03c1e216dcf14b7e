/** Places for the nodes of a graph, by dagre: sources at the left, what they become at the right. */
import { Graph, layout } from '@dagrejs/dagre';
import type { GraphAnswer, GraphEdge, GraphNode } from '../../analysis-protocol.ts';
import type { PlainGraph, PlainNode } from './graph.ts';

const LETTER = 7.2, PADDING = 18, LINE = 24, REACTION = 14, LONGEST = 26;

/** Long names are cut; the whole name is told when the node is looked at. */
export function shortLabel(label: string): string {
  return label.length <= LONGEST ? label : `${label.slice(0, LONGEST - 1)}…`;
}

function sizeOf({ kind, label }: PlainNode): { readonly width: number; readonly height: number } {
  return kind === 'reaction' ? { width: REACTION, height: REACTION } : { width: Math.max(LINE, PADDING + LETTER * Array.from(shortLabel(label)).length), height: LINE };
}

export function laidOut({ nodes, edges, ...told }: PlainGraph): GraphAnswer {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 16, ranksep: 46, edgesep: 10, marginx: 12, marginy: 12 });
  graph.setDefaultEdgeLabel(() => ({}));
  nodes.forEach((node, k) => { graph.setNode(String(k), { ...sizeOf(node) }); });
  // What only takes part pulls less than what is changed.
  edges.forEach(({ from, to, catalyst }, k) => { graph.setEdge(String(from), String(to), { weight: catalyst ? 1 : 3 }, String(k)); });
  layout(graph);
  const placed = nodes.map((node, k): GraphNode => {
    const { x = 0, y = 0 } = graph.node(String(k)) as { x?: number; y?: number };
    return { ...node, label: shortLabel(node.label), x, y, ...sizeOf(node) };
  });
  const drawn = edges.map((edge, k): GraphEdge => {
    const { points = [] } = (graph.edge({ v: String(edge.from), w: String(edge.to), name: String(k) }) ?? {}) as { points?: readonly { readonly x: number; readonly y: number }[] };
    return { ...edge, points: points.flatMap(({ x, y }) => [x, y]) };
  });
  const { width = 1, height = 1 } = graph.graph() as { width?: number; height?: number };
  return { kind: 'graph', ...told, nodes: placed, edges: drawn, width, height };
}
