/** What users call things: state components, and reactions as the language writes them. */
import type { Network, ReactionFamily, SpeciesBlock, Term } from './network.ts';
import { numberText, operandText, scalarText } from './equations/expression-text.ts';
import { NO_LOOPS } from './equations/style.ts';
import type { LoopScope, Names } from './equations/style.ts';

/** Block that holds a state component; undefined outside 0 … dimension − 1. Binary search: offsets ascend with ids. */
export function blockOf(network: Network, component: number): SpeciesBlock | undefined {
  let low = 0;
  let high = network.blocks.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const block = network.blocks[middle] as SpeciesBlock;
    if (component < block.offset) high = middle - 1;
    else if (component >= block.offset + block.size) low = middle + 1;
    else return block;
  }
  return undefined;
}

/** Positions along a block's axes (0-based, the rail first for a dual) of one of its components. */
export function axisPositions(block: SpeciesBlock, component: number): number[] {
  const positions = new Array<number>(block.axes.length).fill(0);
  let rest = component - block.offset;
  for (let axis = block.axes.length - 1; axis >= 0; axis--) {
    const extent = block.axes[axis] ?? 1;
    positions[axis] = rest % extent;
    rest = Math.floor(rest / extent);
  }
  return positions;
}

/** `X`, `X[2,3]`, `W^+`, `M^-[2,3]`; indices are 1-based. */
export function componentName(network: Network, component: number): string {
  const block = blockOf(network, component);
  if (block === undefined) throw new RangeError(`There is no component ${component}; the network has ${network.dimension}.`);
  if (block.axes.length === 0) return block.name;
  const positions = axisPositions(block, component);
  const dual = block.kind === 'dual';
  const rail = dual ? (positions[0] === 0 ? '^+' : '^-') : '';
  const indices = (dual ? positions.slice(1) : positions).map((position) => position + 1);
  return block.name + rail + (indices.length === 0 ? '' : `[${indices.join(',')}]`);
}

const blocksByName = new WeakMap<Network, Map<string, SpeciesBlock>>();

/** The block of a name. */
export function blockNamed(network: Network, name: string): SpeciesBlock | undefined {
  let map = blocksByName.get(network);
  if (map === undefined) {
    map = new Map(network.blocks.map((block) => [block.name, block]));
    blocksByName.set(network, map);
  }
  return map.get(name);
}

/**
 * Component of a name as `componentName` writes it (blanks inside are allowed, `^(+)` too); undefined when the network has
 * none of that name, the index lies outside, or the rail or indices are missing.
 */
export function componentOf(network: Network, name: string): number | undefined {
  const match = /^\s*([^\s^[\]]+)\s*(?:\^\s*\(?\s*([+\-−])\s*\)?)?\s*(?:\[([^\]]*)\])?\s*$/u.exec(name);
  const block = match === null ? undefined : blockNamed(network, match[1] ?? '');
  if (match === null || block === undefined) return undefined;
  if ((match[2] !== undefined) !== (block.kind === 'dual')) return undefined;
  const indices = match[3] === undefined ? [] : match[3].split(',').map((text) => (/^\s*\d+\s*$/.test(text) ? Number(text) - 1 : -1));
  const positions = match[2] === undefined ? indices : [match[2] === '+' ? 0 : 1, ...indices];
  if (positions.length !== block.axes.length) return undefined;
  let flat = 0;
  for (const [axis, position] of positions.entries()) {
    const extent = block.axes[axis] ?? 0;
    if (!(position >= 0 && position < extent)) return undefined;
    flat = flat * extent + position;
  }
  return block.offset + flat;
}

/** One side of a reaction: `2 X[i] + Y`, `0` when empty. Blanks only where the language needs them read well. */
export function complexText(network: Names, terms: readonly Term[], scope: LoopScope = NO_LOOPS): string {
  if (terms.length === 0) return '0';
  return terms
    .map((term) => (term.stoichiometry === 1 ? '' : `${numberText(term.stoichiometry)} `) + operandText(network, term, scope))
    .join(' + ');
}

/** ` @ k` or ` rate k*X/(K + X)`, as it stands behind the products. */
export function rateText(network: Names, family: ReactionFamily, scope: LoopScope = { variables: family.variables }): string {
  return family.rate.kind === 'mass action'
    ? `@ ${scalarText(network, family.rate.constant, scope)}`
    : `rate ${scalarText(network, family.rate.law, scope)}`;
}

/** The family's reaction as the language writes it, over its loop variables: `W^s[i,j] + X[j] -> W^s[i,j] + X[j] + Y^s[i] @ 1`. */
export function familyText(network: Names, family: ReactionFamily, scope: LoopScope = { variables: family.variables }): string {
  const left = complexText(network, family.reactants, scope);
  const right = complexText(network, family.products, scope);
  return `${left} -> ${right} ${rateText(network, family, scope)}`;
}

/** `for i in 1..3, s in signs`, or nothing for a single reaction. */
export function loopsText(family: Pick<ReactionFamily, 'variables'>): string {
  if (family.variables.length === 0) return '';
  const loops = family.variables.map((v) => (v.kind === 'sign' ? `${v.name} in signs` : `${v.name} in ${v.from}..${v.from + v.extent - 1}`));
  return `for ${loops.join(', ')}`;
}
