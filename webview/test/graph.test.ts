import { describe, expect, it } from 'vitest';
import { analyse, type Analysis } from '../../chemistry/index.ts';
import { parse } from '../../grammar/index.ts';
import { MOST_NODES, networkGraph, type PlainGraph } from '../engine/analysis/graph.ts';
import { drawnUnits, layersGraph } from '../engine/analysis/layers.ts';
import { laidOut } from '../engine/analysis/layout.ts';
import { svgWithOrigin } from '../saved.ts';
import { nextNode } from '../view/network/drawing.ts';
import { edgePath } from '../view/network/picture.ts';
import { graphSentence } from '../view/tabs/network.ts';

function analysed(text: string): Analysis {
  const analysis = analyse(parse(text), { uri: 'file:///a.crn' });
  if (analysis.hasErrors) throw new Error(JSON.stringify(analysis.diagnostics.map(({ message }) => message)));
  return analysis;
}

/** Edges as `from -> to`, catalysts with `~>`, numbers above 1 behind. */
function edges({ nodes, edges: all }: PlainGraph): string[] {
  const name = (k: number): string => (nodes[k]!.kind === 'reaction' ? `(${nodes[k]!.title})` : nodes[k]!.label);
  return all.map(({ from, to, catalyst, stoichiometry }) => `${name(from)} ${catalyst ? '~>' : '->'} ${name(to)}${stoichiometry === 1 ? '' : ` ×${stoichiometry}`}`).sort();
}

describe('the graph of a small network', () => {
  it('has every species and reaction; what is not changed is a catalyst, whether in the reaction or in its rate', () => {
    const graph = networkGraph(analysed('species A = 1, B, E = 1\nfixed F = 2\nA + E -> B + E @ 1\n2 B -> 3 B @ 2\nB -> 0 rate F*B/(1 + B)\n'), undefined);
    expect(graph.shows).toBe('each');
    expect(edges(graph)).toEqual([
      '(2 B -> 3 B @ 2) -> B ×3', '(A + E -> B + E @ 1) -> B',
      'A -> (A + E -> B + E @ 1)', 'B -> (2 B -> 3 B @ 2) ×2', 'B -> (B -> 0 rate F*B/(1 + B))', 'E ~> (A + E -> B + E @ 1)', 'F ~> (B -> 0 rate F*B/(1 + B))',
    ]);
    expect(graph.nodes.find(({ label }) => label === 'F')?.held).toBe(true);
  });

  it('follows families to their elements', () => {
    const graph = networkGraph(analysed('species X[3]\nfor i in 1..2 { X[i] -> X[i+1] @ 1 }\n'), undefined);
    expect(edges(graph)).toEqual(['(X[1] -> X[2] @ 1) -> X[2]', '(X[2] -> X[3] @ 1) -> X[3]', 'X[1] -> (X[1] -> X[2] @ 1)', 'X[2] -> (X[2] -> X[3] @ 1)']);
  });

  it('knows the groups and where things stand', () => {
    const text = 'species A = 1\ngroup decay { A -> 0 @ 1 }\n0 -> A @ 1\n', graph = networkGraph(analysed(text), undefined);
    expect(graph.groups).toEqual(['decay']);
    expect(graph.nodes.map(({ group }) => group)).toEqual([undefined, 0, undefined]);
    expect(graph.nodes.map(({ place }) => text.slice(place!.start, place!.end))).toEqual(['A = 1', 'A -> 0 @ 1', '0 -> A @ 1']);
  });
});

describe('the graph of a large network', () => {
  it('has blocks and families as single nodes, and says so', () => {
    const graph = networkGraph(analysed('species X[200], Y[200]\nfor i in 1..200 { X[i] -> Y[i] @ 1 }\n'), undefined), answer = laidOut(graph);
    expect(graph.shows).toBe('families');
    expect(graph.nodes.map(({ label }) => label)).toEqual(['X[200]', 'Y[200]', '']);
    expect(graphSentence(answer)).toMatch(/^All 600 species and reactions would be too many to see: 2 arrays and 1 family are shown as single nodes/);
  });

  const chain = Array.from({ length: 400 }, (_, k) => `S${k} -> S${k + 1} @ 1`).join('\n');
  const long = analysed(`species ${Array.from({ length: 401 }, (_, k) => `S${k}`).join(', ')}\n${chain}\n`);

  it('that is too large even so shows what is around one species', () => {
    const graph = networkGraph(long, 'S200');
    expect([graph.shows, graph.center, graph.whole]).toEqual(['around', 'S200', 801]);
    expect(edges(graph)).toEqual(['(S199 -> S200 @ 1) -> S200', '(S200 -> S201 @ 1) -> S201', 'S199 -> (S199 -> S200 @ 1)', 'S200 -> (S200 -> S201 @ 1)']);
  });

  it('finds a species to begin with, and stays within what can be drawn', () => {
    const graph = networkGraph(long, undefined);
    expect(graph.shows).toBe('around');
    expect(graph.nodes.length).toBeLessThanOrEqual(MOST_NODES);
    expect(graph.nodes.some(({ label }) => label === graph.center)).toBe(true);
  });
});

describe('the layout', () => {
  const answer = laidOut(networkGraph(analysed('species A = 1, B, C\nA -> B @ 1\nB -> C @ 1\nC -> A @ 1\n'), undefined));

  it('gives every node a place of its own inside the drawing', () => {
    for (const [k, one] of answer.nodes.entries()) {
      expect(one.x - one.width / 2).toBeGreaterThanOrEqual(0);
      expect(one.x + one.width / 2).toBeLessThanOrEqual(answer.width);
      expect(one.y + one.height / 2).toBeLessThanOrEqual(answer.height);
      for (const other of answer.nodes.slice(0, k)) {
        const apart = Math.abs(one.x - other.x) >= (one.width + other.width) / 2 - 1e-9 || Math.abs(one.y - other.y) >= (one.height + other.height) / 2 - 1e-9;
        expect(apart, `${one.title} and ${other.title}`).toBe(true);
      }
    }
  });

  it('draws every edge from the border of one node to that of the other', () => {
    for (const { from, to, points } of answer.edges) {
      for (const [node, x, y] of [[answer.nodes[from]!, points[0]!, points[1]!], [answer.nodes[to]!, points.at(-2)!, points.at(-1)!]] as const) {
        expect(Math.abs(x - node.x)).toBeLessThanOrEqual(node.width / 2 + 1);
        expect(Math.abs(y - node.y)).toBeLessThanOrEqual(node.height / 2 + 1);
      }
    }
    expect(edgePath([0, 0, 5, 5, 10, 0])).toBe('M0.0 0.0 Q5.0 5.0 10.0 0.0');
    expect(edgePath([0, 0, 1, 1])).toBe('M0.0 0.0 L1.0 1.0');
  });
});

describe('networks of neurons', () => {
  const text = 'network net {\n  input x[2]\n  layer hidden[40] = smooth_relu(h = 0.1)\n  layer y[1] = linear\n}\n';

  it('are layers, all joined to the next, and lead to their lines', () => {
    const { nodes, edges: all, shows } = layersGraph(analysed(text));
    expect(shows).toBe('layers');
    expect(nodes.filter(({ kind }) => kind === 'layer').map(({ label, note, place }) => [label, note, text.slice(place!.start, place!.end).trim()])).toEqual([
      ['x', 'input · 2', 'input x[2]'], ['hidden', 'smooth_relu · 40', 'layer hidden[40] = smooth_relu(h = 0.1)'], ['y', 'linear · 1', 'layer y[1] = linear']]);
    const units = nodes.filter(({ kind }) => kind === 'unit');
    expect(units.map(({ label }) => label)).toEqual(['1', '2', '1', '2', '3', '4', '5', '6', '36', '37', '38', '39', '40', '1']);
    expect(all).toHaveLength(2 * 11 + 11);
    expect(nodes.find(({ kind }) => kind === 'gap')?.title).toBe('29 more units');
  });

  it('of few units are drawn whole', () => {
    expect(drawnUnits(3)).toEqual([1, 2, 3]);
    expect(drawnUnits(12)).toHaveLength(12);
    expect(drawnUnits(13)).toEqual([1, 2, 3, 4, 5, 6, null, 9, 10, 11, 12, 13]);
  });
});

describe('walking through a graph', () => {
  it('goes to the nearest node in the direction of the arrow', () => {
    const nodes = [{ x: 0, y: 0 }, { x: 10, y: 1 }, { x: 12, y: 30 }, { x: -5, y: 0 }];
    expect(nextNode(nodes, 0, [1, 0])).toBe(1);
    expect(nextNode(nodes, 0, [0, 1])).toBe(1);
    expect(nextNode(nodes, 1, [0, 1])).toBe(2);
    expect(nextNode(nodes, 0, [-1, 0])).toBe(3);
    expect(nextNode(nodes, 3, [-1, 0])).toBe(-1);
  });
});

it('a drawing that is saved says what made it', () => {
  expect(svgWithOrigin('<svg width="1"><g/></svg>', 'a<b>.crn, k = 1 & 2')).toBe('<svg width="1"><desc>a&lt;b&gt;.crn, k = 1 &amp; 2</desc><g/></svg>');
});
