/**
 * What happens inside a unit: reactions among its own species (activity, its partner on a switch, the derivative block),
 * driven by its pre-activation y. Read off the network's families, so that any activation that was compiled to reactions is
 * taken as it is. A term adds by·k·Π factors to the derivative of its target, for every unit alike.
 */
import { t } from '../../l10n/index.ts';
import {
  evaluateScalar, type AxisIndex, type Network, type ParameterValues, type ReactionFamily, type SpeciesBlock, type Term,
} from '../../chemistry/index.ts';
import { mentions } from '../network/laws.ts';

/** A species of each unit: a block, or one rail of a dual block. */
export interface LocalVariable {
  readonly block: SpeciesBlock;
  readonly rail: 0 | 1;
}

/** Number of a variable, or y. */
export const PREACTIVATION = -1;

export interface LocalTerm {
  /** by · k */
  readonly coefficient: number;
  /** Variables with repetition (x² is [x, x]); PREACTIVATION for y. */
  readonly factors: readonly number[];
  readonly target: number;
  /** Also with the backward and update reactions switched off. */
  readonly forward: boolean;
}

export interface LocalSystem {
  readonly variables: readonly LocalVariable[];
  readonly terms: readonly LocalTerm[];
}

interface Place { readonly block: number; readonly rail: 0 | 1; readonly stoichiometry: number }

/**
 * @param seeds blocks that the network reads of a unit: activity and derivative
 * @param off groups that evaluation switches off
 * @returns the unit's equations, or why they are not of the kind that can be reduced
 */
export function localSystem(
  network: Network, parameters: ParameterValues, units: number, preactivation: number, seeds: readonly number[], off: ReadonlySet<string>,
): LocalSystem | string {
  const blocks = new Set(seeds);
  const family = (id: number): string => network.blocks[id]!.name;
  // What changes a unit's species may need further species of the unit.
  for (let size = -1; size !== blocks.size;) {
    size = blocks.size;
    for (const one of network.families) {
      if (!changed(one).some((id) => blocks.has(id))) continue;
      for (const { block } of [...one.reactants, ...one.products]) if (network.blocks[block]!.kind === 'species') blocks.add(block);
    }
  }
  const variables: LocalVariable[] = [];
  for (const id of blocks) {
    const block = network.blocks[id]!;
    if (block.shape.length !== 1 || block.shape[0] !== units) return t('{0} takes part in what happens inside a unit, but there is not one of it for each of the {1} units', block.name, units);
    variables.push({ block, rail: 0 });
    if (block.kind === 'dual') variables.push({ block, rail: 1 });
  }
  const variable = (place: Place): number => variables.findIndex(({ block, rail }) => block.id === place.block && rail === place.rail);
  const terms: LocalTerm[] = [];
  for (const one of network.families) {
    if (!changed(one).some((id) => blocks.has(id))) continue;
    const name = changed(one).map(family).join(', ');
    if (one.rate.kind === 'law') return t('a reaction that changes {0} has a rate law of its own', name);
    if (mentions(one.rate.constant, 'time')) return t('the rates of reactions that change {0} depend on time', name);
    const counters = new Int32Array(one.variables.length);
    const signs = one.variables.flatMap((v, n) => (v.kind === 'sign' ? [n] : []));
    const constant = evaluateScalar(one.rate.constant, { network, parameters, counters, variables: one.variables });
    for (let choice = 0; choice < 1 << signs.length; choice++) {
      signs.forEach((v, bit) => { counters[v] = (choice >> bit) & 1; });
      const reactants = places(network, one, one.reactants, counters, units), products = places(network, one, one.products, counters, units);
      if (reactants === undefined || products === undefined) return t('reactions that change {0} are not the same for every unit', name);
      // The rail y⁻ does the opposite of y⁺; that it does is checked with the equations as a whole.
      if (reactants.some(({ block, rail }) => block === preactivation && rail === 1)) continue;
      const factors: number[] = [];
      for (const place of reactants) {
        const at = place.block === preactivation ? PREACTIVATION : variable(place);
        if (at === -1 && place.block !== preactivation) return t('{0} is needed to change {1}', family(place.block), name);
        for (let k = 0; k < place.stoichiometry; k++) factors.push(at);
      }
      for (const { place, by } of net(reactants, products)) {
        const target = variable(place);
        if (target >= 0) terms.push({ coefficient: by * constant, factors, target, forward: !one.groups.some((group) => off.has(group)) });
      }
    }
  }
  return { variables, terms };
}

/** Blocks that a family changes. */
export function changed(family: ReactionFamily): number[] {
  const net = new Map<string, { readonly block: number; by: number }>();
  for (const [terms, sign] of [[family.reactants, -1], [family.products, 1]] as const) {
    for (const term of terms) {
      const key = `${term.block} ${JSON.stringify(term.index)}`, slot = net.get(key);
      if (slot === undefined) net.set(key, { block: term.block, by: sign * term.stoichiometry });
      else slot.by += sign * term.stoichiometry;
    }
  }
  return [...new Set([...net.values()].filter(({ by }) => by !== 0).map(({ block }) => block))];
}

/** Places of a family's terms at one choice of signs, when all of them are "the unit's own". */
function places(network: Network, family: ReactionFamily, terms: readonly Term[], counters: Int32Array, units: number): Place[] | undefined {
  const result: Place[] = [];
  for (const { block, index, stoichiometry } of terms) {
    const dual = network.blocks[block]!.kind === 'dual', own = index.at(-1);
    if (index.length !== (dual ? 2 : 1) || own?.kind !== 'affine' || own.constant !== 0) return undefined;
    const [only, ...others] = own.terms;
    if (others.length > 0 || (only === undefined ? units !== 1 : only.coefficient !== 1 || family.variables[only.variable]!.extent !== units)) return undefined;
    result.push({ block, rail: dual ? railAt(index[0]!, counters) : 0, stoichiometry });
  }
  return result;
}

function railAt(index: AxisIndex, counters: Int32Array): 0 | 1 {
  if (index.kind === 'rail') return (index.variables.reduce<number>((parity, v) => parity + counters[v]!, index.parity) & 1) as 0 | 1;
  return index.terms.reduce((at, { variable, coefficient }) => at + coefficient * counters[variable]!, index.constant) === 0 ? 0 : 1;
}

function net(reactants: readonly Place[], products: readonly Place[]): { readonly place: Place; readonly by: number }[] {
  const list: { place: Place; by: number }[] = [];
  for (const [places_, sign] of [[reactants, -1], [products, 1]] as const) {
    for (const place of places_) {
      const slot = list.find((entry) => entry.place.block === place.block && entry.place.rail === place.rail);
      if (slot === undefined) list.push({ place, by: sign * place.stoichiometry });
      else slot.by += sign * place.stoichiometry;
    }
  }
  return list.filter(({ by }) => by !== 0);
}
