/**
 * The graph of complexes of a mass-action network (Horn, Jackson & Feinberg): linkage classes, deficiency, weak reversibility.
 * Held species are constants here: they are taken out of the complexes, and their concentrations belong to the rate constants.
 */
import type { Network } from '../network.ts';
import { unroll } from '../unroll/index.ts';
import type { UnrolledNetwork } from '../unroll/index.ts';
import { InexactError } from './exact.ts';
import { leftNullSpace } from './conservation.ts';
import { dynamicComponents, stoichiometricMatrix } from './stoichiometry.ts';

export interface ComplexGraph {
  /** Complexes as component → molecules. */
  readonly complexes: readonly ReadonlyMap<number, number>[];
  /** Reactant and product complex of every reaction that is not a loop. */
  readonly edges: readonly (readonly [number, number])[];
}

export interface Structure {
  /** n: distinct complexes. */
  readonly complexes: number;
  /** ℓ: connected components of the graph of complexes. */
  readonly linkageClasses: number;
  /** s: rank of the stoichiometric matrix; undefined when it could not be computed exactly. */
  readonly rank: number | undefined;
  /** δ = n − ℓ − s ≥ 0 */
  readonly deficiency: number | undefined;
  /** Every linkage class is strongly connected: what reacts away comes back along some path. */
  readonly weaklyReversible: boolean;
  /**
   * True when the Deficiency Zero Theorem applies (Feinberg 1972; Horn & Jackson 1972): all rates mass action, δ = 0 and weakly
   * reversible. Then every stoichiometric compatibility class has exactly one positive fixed point, and it is locally asymptotically stable, for all
   * positive rate constants.
   */
  readonly deficiencyZero: boolean;
}

export function complexGraph(network: Network, unrolled: UnrolledNetwork): ComplexGraph {
  const dynamic = dynamicComponents(network);
  const complexes: Map<number, number>[] = [];
  const byKey = new Map<string, number>();
  const find = (start: Int32Array, components: Int32Array, amounts: Float64Array, r: number): number => {
    const complex = new Map<number, number>();
    for (let p = start[r] ?? 0; p < (start[r + 1] ?? 0); p++) if (dynamic[components[p] ?? 0] === 1) complex.set(components[p] ?? 0, amounts[p] ?? 0);
    const key = [...complex].sort(([a], [b]) => a - b).join(';');
    let number = byKey.get(key);
    if (number === undefined) {
      number = complexes.length;
      byKey.set(key, number);
      complexes.push(complex);
    }
    return number;
  };
  const edges: (readonly [number, number])[] = [];
  for (let r = 0; r < unrolled.count; r++) {
    const from = find(unrolled.reactantStart, unrolled.reactantComponent, unrolled.reactantStoichiometry, r);
    const to = find(unrolled.productStart, unrolled.productComponent, unrolled.productStoichiometry, r);
    if (from !== to) edges.push([from, to]);
  }
  return { complexes, edges };
}

/** Number of the connected component (edges taken both ways) of every complex. */
export function linkageClasses(graph: ComplexGraph): Int32Array {
  const parent = Int32Array.from(graph.complexes, (_, n) => n);
  const root = (n: number): number => {
    let top = n;
    while (parent[top] !== top) top = parent[top] ?? top;
    for (let at = n; at !== top; ) {
      const next = parent[at] ?? top;
      parent[at] = top;
      at = next;
    }
    return top;
  };
  for (const [a, b] of graph.edges) parent[root(a)] = root(b);
  return number(Int32Array.from(parent, (_, n) => root(n)));
}

/** Number of the strongly connected component of every complex (Tarjan's algorithm with an explicit stack). */
export function strongComponents(graph: ComplexGraph): Int32Array {
  const n = graph.complexes.length;
  const next: number[][] = Array.from({ length: n }, () => []);
  for (const [a, b] of graph.edges) next[a]?.push(b);
  const index = new Int32Array(n).fill(-1);
  const low = new Int32Array(n);
  const component = new Int32Array(n).fill(-1);
  const stack: number[] = [];
  let counter = 0;
  let components = 0;
  for (let start = 0; start < n; start++) {
    if (index[start] !== -1) continue;
    const work: { node: number; edge: number }[] = [{ node: start, edge: 0 }];
    for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
      const { node } = frame;
      if (frame.edge === 0) {
        index[node] = low[node] = counter++;
        stack.push(node);
      }
      const target = next[node]?.[frame.edge++];
      if (target !== undefined) {
        if (index[target] === -1) work.push({ node: target, edge: 0 });
        else if (component[target] === -1) low[node] = Math.min(low[node] ?? 0, index[target] ?? 0);
        continue;
      }
      work.pop();
      const above = work.at(-1);
      if (above !== undefined) low[above.node] = Math.min(low[above.node] ?? 0, low[node] ?? 0);
      if (low[node] !== index[node]) continue;
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        component[member] = components;
        if (member === node) break;
      }
      components++;
    }
  }
  return component;
}

/** Renumbers 0, 1, 2 … in order of first appearance. */
function number(labels: Int32Array): Int32Array {
  const map = new Map<number, number>();
  return labels.map((label) => {
    const known = map.get(label) ?? map.size;
    map.set(label, known);
    return known;
  });
}

/**
 * What the graph of complexes says about the network.
 * @throws UnrollError when the network has more reactions than `limit` (default 2·10⁶).
 */
export function structureOf(network: Network, options: { readonly limit?: number } = {}): Structure {
  const unrolled = unroll(network, options);
  const graph = complexGraph(network, unrolled);
  const linkage = linkageClasses(graph);
  const strong = strongComponents(graph);
  const classes = new Set(linkage).size;
  const weaklyReversible = new Set(strong).size === classes;
  const rank = rankOf(network, unrolled);
  const deficiency = rank === undefined ? undefined : graph.complexes.length - classes - rank;
  const massAction = network.families.every((family) => family.rate.kind === 'mass action');
  return { complexes: graph.complexes.length, linkageClasses: classes, rank, deficiency, weaklyReversible, deficiencyZero: deficiency === 0 && weaklyReversible && massAction && graph.edges.length > 0 };
}

function rankOf(network: Network, unrolled: UnrolledNetwork): number | undefined {
  const dynamic = dynamicComponents(network);
  try {
    const laws = leftNullSpace(stoichiometricMatrix(network, unrolled), dynamic).length;
    return dynamic.reduce((total, one) => total + one, 0) - laws;
  } catch (error) {
    if (error instanceof InexactError) return undefined;
    throw error;
  }
}
