/**
 * The network as a graph: species and reactions are its nodes. Small networks show every component and every reaction, larger ones blocks
 * and families, and what is still too large the surroundings of one species.
 */
import { t } from '../../../l10n/index.ts';
import { advance, componentName, familyCount, familyText, flatPosition, unrolledCount, type Analysis, type Operand, type ReactionFamily, type Scalar } from '../../../chemistry/index.ts';
import type { TextPlace } from '../../worker-protocol.ts';
import { familyPlace, visiblePlace } from './places.ts';

/** Most nodes that a drawing shows and a layout is made of in good time. */
export const MOST_NODES = 300;
/** Where there are families, more than so many nodes are easier to follow as families. */
const MOST_OF_FAMILIES = 120;

export interface PlainNode {
  readonly kind: 'species' | 'reaction';
  readonly label: string;
  readonly title: string;
  /** Place in the list of groups. */
  readonly group?: number;
  readonly held?: true;
  readonly place?: TextPlace;
}

export interface PlainEdge {
  readonly from: number;
  readonly to: number;
  /** Takes part without being changed: on both sides, or in the rate only. */
  readonly catalyst: boolean;
  readonly stoichiometry: number;
}

export interface PlainGraph {
  readonly nodes: readonly PlainNode[];
  readonly edges: readonly PlainEdge[];
  readonly groups: readonly string[];
  /** `each`: components and reactions; `families`: blocks and families; `around`: of these, those near one species. */
  readonly shows: 'each' | 'families' | 'around';
  /** Nodes there would be without a limit. */
  readonly whole: number;
  /** The species in the middle. */
  readonly center?: string;
}

/** One reaction: how many of each species it takes and makes, and what its rate reads beside them. */
interface Arrow {
  readonly takes: ReadonlyMap<number, number>;
  readonly makes: ReadonlyMap<number, number>;
  readonly reads: ReadonlySet<number>;
}

/** Species in a rate. */
export function operandsIn(scalar: Scalar): Operand[] {
  const found: Operand[] = [], stack: Scalar[] = [scalar];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === 'species') found.push(node.operand);
    else if (node.kind === 'negate') stack.push(node.of);
    else if (node.kind === 'binary') stack.push(node.left, node.right);
    else if (node.kind === 'call') stack.push(...node.arguments);
  }
  return found;
}

/** @param at the node of an operand; −1 where there is none */
function arrowOf(family: ReactionFamily, at: (operand: Operand) => number): Arrow {
  const count = (terms: ReactionFamily['reactants']): Map<number, number> => {
    const sum = new Map<number, number>();
    for (const term of terms) {
      const node = at(term);
      if (node >= 0) sum.set(node, (sum.get(node) ?? 0) + term.stoichiometry);
    }
    return sum;
  };
  const takes = count(family.reactants), makes = count(family.products);
  const reads = new Set(family.rate.kind === 'law' ? operandsIn(family.rate.law).map(at).filter((node) => node >= 0 && !takes.has(node)) : []);
  return { takes, makes, reads };
}

function edgesOf({ takes, makes, reads }: Arrow, reaction: number): PlainEdge[] {
  const edges: PlainEdge[] = [];
  for (const [species, stoichiometry] of takes) edges.push({ from: species, to: reaction, catalyst: makes.get(species) === stoichiometry, stoichiometry });
  for (const [species, stoichiometry] of makes) if (takes.get(species) !== stoichiometry) edges.push({ from: reaction, to: species, catalyst: false, stoichiometry });
  for (const species of reads) edges.push({ from: species, to: reaction, catalyst: true, stoichiometry: 1 });
  return edges;
}

/** @param around name of a species (or block) whose surroundings are wanted */
export function networkGraph(analysis: Analysis, around: string | undefined): PlainGraph {
  const { network } = analysis, { groups } = network;
  const each = network.dimension + unrolledCount(network) <= (network.dimension > network.blocks.length ? MOST_OF_FAMILIES : MOST_NODES);
  const nodes: PlainNode[] = [], arrows: Arrow[] = [];
  const optional = (place: TextPlace | undefined, group: string | undefined): Pick<PlainNode, 'place' | 'group'> => ({
    ...(place === undefined ? {} : { place }), ...(group === undefined ? {} : { group: groups.indexOf(group) }),
  });
  for (const block of network.blocks) {
    const place = visiblePlace(analysis, block.origin), held = block.kind === 'fixed' ? { held: true } as const : {};
    const title = (name: string, many: string): string => `${name}${many}${held.held === true ? t(', held') : ''}${block.doc === undefined ? '' : `. ${block.doc}`}`;
    if (each) for (let k = 0; k < block.size; k++) nodes.push({ kind: 'species', label: componentName(network, block.offset + k), title: title(componentName(network, block.offset + k), ''), ...held, ...optional(place, undefined) });
    else nodes.push({ kind: 'species', label: block.shape.length === 0 ? block.name : `${block.name}[${block.shape.join(',')}]`, title: title(block.name, block.size > 1 ? t(', {0} species', block.size.toLocaleString('en-US')) : ''), ...held, ...optional(place, undefined) });
  }
  const species = nodes.length;
  for (const family of network.families) {
    const place = familyPlace(analysis, family), group = family.groups[0], count = familyCount(family), label = family.label ?? '', counters = new Int32Array(family.variables.length);
    if (!each) {
      arrows.push(arrowOf(family, ({ block }) => block));
      nodes.push({ kind: 'reaction', label, title: `${label === '' ? '' : `${label}: `}${familyText(network, family)}${count > 1 ? t(', {0} reactions', count.toLocaleString('en-US')) : ''}`, ...optional(place, group) });
      continue;
    }
    for (let r = 0; r < count; r++) {
      arrows.push(arrowOf(family, ({ block, index }) => {
        const { offset, axes } = network.blocks[block]!, flat = flatPosition(index, axes, counters);
        return flat < 0 ? -1 : offset + flat;
      }));
      nodes.push({ kind: 'reaction', label, title: `${label === '' ? '' : `${label}: `}${familyText(network, family, { variables: family.variables, counters })}`, ...optional(place, group) });
      advance(counters, family);
    }
  }
  const whole = network.dimension + unrolledCount(network), edges = arrows.flatMap((arrow, r) => edgesOf(arrow, species + r));
  const graph = { nodes, edges, groups, whole, shows: each ? 'each' as const : 'families' as const };
  return nodes.length <= MOST_NODES && around === undefined ? graph : surroundings(graph, species, around);
}

/** The species that was asked for, or the one that takes part in most reactions that can still be drawn, with what it reacts with. */
function surroundings(graph: PlainGraph, species: number, around: string | undefined): PlainGraph {
  const { nodes, edges } = graph, touching: number[][] = nodes.map(() => []);
  for (const [e, { from, to }] of edges.entries()) {
    touching[from]!.push(e);
    touching[to]!.push(e);
  }
  const wanted = around === undefined ? -1 : nodes.findIndex(({ kind, label }) => kind === 'species' && label === around);
  let center = wanted;
  for (let k = 0; wanted < 0 && k < species; k++) {
    const degree = touching[k]!.length, best = center < 0 ? -1 : touching[center]!.length;
    if (degree > best && degree <= MOST_NODES / 5) center = k;
  }
  if (center < 0) center = 0;
  const other = (e: number, node: number): number => (edges[e]!.from === node ? edges[e]!.to : edges[e]!.from);
  const kept = new Set([center]);
  // Its reactions, then all that take part in them.
  const reactions = [...new Set(touching[center]!.map((e) => other(e, center)))];
  for (const reaction of reactions) {
    const all = touching[reaction]!.map((e) => other(e, reaction)).filter((node) => !kept.has(node));
    if (kept.size + 1 + all.length > MOST_NODES) break;
    kept.add(reaction);
    for (const node of all) kept.add(node);
  }
  const places = new Map([...kept].sort((a, b) => a - b).map((node, k) => [node, k]));
  return {
    ...graph, shows: 'around', center: nodes[center]?.label ?? '', nodes: [...places.keys()].map((node) => nodes[node]!),
    edges: edges.flatMap((edge) => {
      const from = places.get(edge.from), to = places.get(edge.to);
      return from === undefined || to === undefined ? [] : [{ ...edge, from, to }];
    }),
  };
}
