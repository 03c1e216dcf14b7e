/** Is this linear combination conserved? Decided exactly, family by family, and for sums over whole arrays without unrolling. */
import { t } from '../../l10n/index.ts';
import { componentOfOperand, netChanges } from '../equations/index.ts';
import type { Combination } from '../equations/index.ts';
import { blockOf, complexText } from '../naming.ts';
import type { Network, ReactionFamily, Scalar, SpeciesBlock } from '../network.ts';
import { tryPolynomial } from '../polynomial/index.ts';
import { advance, familyCount, flatPosition } from '../unroll/index.ts';

/** Σ weight·component, plus weight times the sum of all elements of whole blocks. */
export interface LinearCombination {
  readonly components: Combination;
  readonly blocks?: readonly { readonly block: number; readonly weight: number }[];
}

export interface ConservedAnswer {
  /** undefined: a family has too many reactions to look at one by one. */
  readonly holds: boolean | undefined;
  /** A reaction that changes the quantity, as the language writes it, and by how much; or why it is undecided. */
  readonly found: string;
}

const MOST_REACTIONS = 5_000_000;

/** Whether no reaction changes the combination, whatever the rate constants are. Held species count as constants. */
export function isConserved(network: Network, quantity: LinearCombination): ConservedAnswer {
  const single = new Map<number, number>();
  for (const { component, weight } of quantity.components) single.set(component, (single.get(component) ?? 0) + weight);
  const whole = new Map<number, number>();
  for (const { block, weight } of quantity.blocks ?? []) whole.set(block, (whole.get(block) ?? 0) + weight);
  const partly = new Set([...single.keys()].map((component) => blockOf(network, component)?.id));
  for (const family of network.families) {
    const changes = netChanges(family)
      .map((change) => ({ ...change, block: network.blocks[change.operand.block] }))
      .filter((change): change is typeof change & { block: SpeciesBlock } => change.block !== undefined && change.block.kind !== 'fixed');
    const relevant = changes.filter(({ block }) => partly.has(block.id) || whole.has(block.id));
    if (relevant.length === 0) continue;
    const needsElements = relevant.some(({ block }) => partly.has(block.id));
    const count = needsElements ? familyCount(family) : Math.min(1, familyCount(family));
    if (count > MOST_REACTIONS) return { holds: undefined, found: t('{0} reactions are too many to check one by one', count.toLocaleString('en-US')) };
    const counters = new Int32Array(family.variables.length);
    for (let n = 0; n < count; n++) {
      let change = 0;
      let scale = 0;
      for (const { block, operand, net } of relevant) {
        const own = needsElements ? (single.get(block.offset + flatPosition(operand.index, block.axes, counters)) ?? 0) : 0;
        const part = net * (own + (whole.get(block.id) ?? 0));
        change += part;
        scale = Math.max(scale, Math.abs(part));
      }
      if (Math.abs(change) > 1e-12 * scale) return { holds: false, found: reactionText(network, family, counters, change) };
      advance(counters, family);
    }
  }
  return { holds: true, found: t('no reaction changes it') };
}

function reactionText(network: Network, family: ReactionFamily, counters: Int32Array, change: number): string {
  const scope = { variables: family.variables, counters };
  return t('{0} -> {1} changes it by {2}', complexText(network, family.reactants, scope), complexText(network, family.products, scope), Number(change.toPrecision(12)));
}

/**
 * Reads an expression as a linear combination of single species; undefined when it is not linear with numeric coefficients (a constant is
 * ignored). Parameters as coefficients are not read: a law holds for all their values or is not one.
 */
export function linearCombination(network: Network, quantity: Scalar): Combination | undefined {
  const result: { component: number; weight: number }[] = [];
  const polynomial = tryPolynomial(quantity);
  if (polynomial === undefined) return undefined;
  for (const { coefficient, monomial } of polynomial) {
    const [only] = monomial.powers;
    if (only === undefined) continue;
    if (monomial.powers.length !== 1 || only.exponent !== 1 || only.atom.scalar.kind !== 'species') return undefined;
    const component = componentOfOperand(network, only.atom.scalar.operand);
    if (component === undefined) return undefined;
    result.push({ component, weight: coefficient });
  }
  return result;
}
