/** A graph as SVG: an element for the page, or a file of its own with the theme's colours written into it. */
import type { GraphAnswer, GraphEdge, GraphNode } from '../../analysis-protocol.ts';
import { hue } from '../colours.ts';
import { svg } from '../dom.ts';
import type { Theme } from '../theme.ts';

/** Colour of a group, or of a layer. */
export function groupColour(group: number | undefined, theme: Theme): string {
  return group === undefined ? theme.foreground : hue(group, theme.ground);
}

/** A soft curve through the points of a layout. */
export function edgePath(points: readonly number[]): string {
  if (points.length < 4) return '';
  const at = (k: number): string => `${points[2 * k]!.toFixed(1)} ${points[2 * k + 1]!.toFixed(1)}`, count = points.length / 2;
  const between = (k: number): string => `${((points[2 * k]! + points[2 * k + 2]!) / 2).toFixed(1)} ${((points[2 * k + 1]! + points[2 * k + 3]!) / 2).toFixed(1)}`;
  let path = `M${at(0)}`;
  for (let k = 1; k + 1 < count; k++) path += ` Q${at(k)} ${k + 2 < count ? between(k) : at(count - 1)}`;
  return count === 2 ? `${path} L${at(1)}` : path;
}

function arrowHead(points: readonly number[]): string {
  const n = points.length, x = points[n - 2]!, y = points[n - 1]!, angle = Math.atan2(y - points[n - 3]!, x - points[n - 4]!);
  return ['M', 'L', 'L'].map((step, k) => {
    const turn = [0, 2.7, -2.7][k]!, size = k === 0 ? 0 : 8;
    return `${step}${(x + size * Math.cos(angle + turn)).toFixed(1)} ${(y + size * Math.sin(angle + turn)).toFixed(1)}`;
  }).join(' ') + 'Z';
}

export function edgeElement({ points, catalyst, stoichiometry, from, to }: GraphEdge, nodes: readonly GraphNode[], theme: Theme, layered: boolean): SVGElement {
  const reaction = [nodes[from]!, nodes[to]!].find(({ kind }) => kind === 'reaction'), colour = layered ? theme.faint : groupColour(reaction?.group, theme);
  const middle = 2 * Math.floor(points.length / 4);
  return svg('g', { class: 'edge', 'data-catalyst': String(catalyst), opacity: layered ? 0.5 : 0.85 },
    svg('path', { d: edgePath(points), fill: 'none', stroke: colour, 'stroke-width': layered ? 0.8 : 1.4, 'stroke-dasharray': catalyst ? '5 4' : undefined }),
    ...(catalyst || layered || points.length < 4 ? [] : [svg('path', { d: arrowHead(points), fill: colour })]),
    ...(stoichiometry === 1 || points.length < 4 ? [] : [textElement(String(stoichiometry), points[middle]!, points[middle + 1]! - 7, theme.foreground, 11)]));
}

function textElement(content: string, x: number, y: number, fill: string, size: number): SVGElement {
  const element = svg('text', { x, y, fill, 'font-size': size, 'text-anchor': 'middle', 'dominant-baseline': 'central' });
  element.textContent = content;
  return element;
}

export function nodeElement(node: GraphNode, theme: Theme): SVGElement {
  const { kind, label, x, y, width, height, group, held, note } = node, corner = { x: x - width / 2, y: y - height / 2, width, height };
  const colour = groupColour(group, theme), outline = { fill: theme.background, stroke: theme.foreground, 'stroke-width': held === true ? 2.5 : 1.25 };
  switch (kind) {
    case 'species': return svg('g', {}, svg('rect', { ...corner, rx: height / 2, ...outline }), textElement(label, x, y, theme.foreground, 12));
    // The number of its group stands in it: colour is not the only sign.
    case 'reaction': return svg('g', {}, svg('rect', { ...corner, rx: 2, fill: colour, stroke: theme.background, 'stroke-width': 1 }), ...(group === undefined ? [] : [textElement(String(group + 1), x, y + 0.5, theme.background, 10)]));
    case 'unit': return svg('g', {}, svg('circle', { cx: x, cy: y, r: width / 2, fill: theme.background, stroke: colour, 'stroke-width': 2 }), textElement(label, x, y, theme.foreground, 10));
    case 'gap': return svg('g', {}, textElement(label, x, y, theme.faint, 14));
    case 'layer': return svg('g', {}, svg('rect', { ...corner, rx: 3, fill: theme.background, stroke: theme.background }), textElement(label, x, y - 7, theme.foreground, 13), textElement(note ?? '', x, y + 9, theme.faint, 11));
  }
}

/** Edges first, so that nodes lie above them. */
export function graphElements({ nodes, edges, shows }: GraphAnswer, theme: Theme): { readonly edges: readonly SVGElement[]; readonly nodes: readonly SVGElement[] } {
  return { edges: edges.map((edge) => edgeElement(edge, nodes, theme, shows === 'layers')), nodes: nodes.map((node) => nodeElement(node, theme)) };
}

/** A file that stands by itself. */
export function graphSvg(answer: GraphAnswer, theme: Theme): string {
  const { edges, nodes } = graphElements(answer, theme), { width, height, groups } = answer, legend = groups.length === 0 || answer.shows === 'layers' ? 0 : 22 * groups.length + 8;
  const root = svg('svg', { viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height + legend)}`, width: Math.ceil(width), height: Math.ceil(height + legend), 'font-family': 'sans-serif' },
    svg('rect', { width: '100%', height: '100%', fill: theme.background }), ...edges, ...nodes,
    ...(legend === 0 ? [] : groups.flatMap((name, k) => {
      const y = height + 14 + 22 * k, text = svg('text', { x: 34, y, fill: theme.foreground, 'font-size': 12, 'dominant-baseline': 'central' });
      text.textContent = name;
      return [svg('rect', { x: 12, y: y - 7, width: 14, height: 14, fill: groupColour(k, theme) }), text];
    })));
  root.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return new XMLSerializer().serializeToString(root);
}
