/** Families written out as single reactions, for the consumers that need them (sparse Jacobians, SSA, export). */
import { t } from '../../l10n/index.ts';
import type { AxisIndex, Network, ReactionFamily, Term } from '../network.ts';
import { axisPosition, evaluateScalar } from './evaluate.ts';
import type { EvaluationContext } from './evaluate.ts';
import type { ParameterValues } from './parameters.ts';

/**
 * Reactions in compressed sparse rows. Reaction r takes reactantComponent[p] with reactantStoichiometry[p] for p in
 * reactantStart[r] … reactantStart[r + 1] − 1, products likewise; a component appears once a side, its coefficients summed
 * (`X[i] + X[j]` at i = j is `2 X[i]`), catalysts on both. Reactions of a family stand together in row-major order of
 * its loop counters: family f owns familyStart[f] … familyStart[f + 1] − 1.
 */
export interface UnrolledNetwork {
  readonly count: number;
  readonly reactantStart: Int32Array;
  readonly reactantComponent: Int32Array;
  readonly reactantStoichiometry: Float64Array;
  readonly productStart: Int32Array;
  readonly productComponent: Int32Array;
  readonly productStoichiometry: Float64Array;
  /** Position of its family in `network.families`, by reaction. */
  readonly family: Int32Array;
  readonly familyStart: Int32Array;
}

/** Why a network cannot be written out reaction by reaction. */
export class UnrollError extends Error {
  override readonly name = 'UnrollError';
  readonly reason: 'too many reactions' | 'index out of range';
  /** Number of reactions the network has. */
  readonly reactions: number;
  constructor(reason: UnrollError['reason'], reactions: number, message: string) {
    super(message);
    this.reason = reason;
    this.reactions = reactions;
  }
}

export const DEFAULT_UNROLL_LIMIT = 2_000_000;

/** Number of reactions a family stands for. */
export function familyCount(family: ReactionFamily): number {
  let count = 1;
  for (const variable of family.variables) count *= variable.extent;
  return count;
}

/** Number of reactions the network stands for, without writing them out. */
export function unrolledCount(network: Network): number {
  let count = 0;
  for (const family of network.families) count += familyCount(family);
  return count;
}

/**
 * Writes all reactions out.
 * @param options.poll called every few thousand reactions; what it throws ends the work
 * @throws UnrollError beyond `limit` reactions (default 2·10⁶), or when a family reaches outside a block.
 */
export function unroll(network: Network, options: { readonly limit?: number; readonly poll?: () => void } = {}): UnrolledNetwork {
  const limit = options.limit ?? DEFAULT_UNROLL_LIMIT;
  const count = unrolledCount(network);
  if (!(count <= limit)) {
    throw new UnrollError(
      'too many reactions',
      count,
      t('The network stands for {0} reactions, more than the {1} that are written out one by one. Make its arrays smaller, or use what works on families (ODEs, the dense simulator).', count.toLocaleString('en-US'), limit.toLocaleString('en-US')),
    );
  }
  const sides = measure(network, count);
  const result = {
    count,
    reactantStart: new Int32Array(count + 1),
    reactantComponent: new Int32Array(sides.reactants),
    reactantStoichiometry: new Float64Array(sides.reactants),
    productStart: new Int32Array(count + 1),
    productComponent: new Int32Array(sides.products),
    productStoichiometry: new Float64Array(sides.products),
    family: new Int32Array(count),
    familyStart: new Int32Array(network.families.length + 1),
  };
  let reaction = 0;
  let reactantEnd = 0;
  let productEnd = 0;
  network.families.forEach((family, f) => {
    result.familyStart[f] = reaction;
    const reactants = family.reactants.map((term) => locate(network, family, term));
    const products = family.products.map((term) => locate(network, family, term));
    const counters = new Int32Array(family.variables.length);
    for (let k = familyCount(family); k > 0; k--) {
      if ((reaction & 4095) === 0) options.poll?.();
      result.family[reaction] = f;
      reactantEnd = writeSide(reactants, counters, result.reactantComponent, result.reactantStoichiometry, reactantEnd);
      productEnd = writeSide(products, counters, result.productComponent, result.productStoichiometry, productEnd);
      reaction++;
      result.reactantStart[reaction] = reactantEnd;
      result.productStart[reaction] = productEnd;
      advance(counters, family);
    }
  });
  result.familyStart[network.families.length] = reaction;
  return {
    ...result,
    // Coinciding species (`X[i] + X[j]` at i = j) leave room at the end.
    reactantComponent: result.reactantComponent.subarray(0, reactantEnd),
    reactantStoichiometry: result.reactantStoichiometry.subarray(0, reactantEnd),
    productComponent: result.productComponent.subarray(0, productEnd),
    productStoichiometry: result.productStoichiometry.subarray(0, productEnd),
  };
}

/** Loop counters (0-based, in the order of its family's variables) of an unrolled reaction. */
export function countersOf(network: Network, unrolled: UnrolledNetwork, reaction: number): Int32Array {
  const f = unrolled.family[reaction] ?? 0;
  const variables = network.families[f]?.variables ?? [];
  const counters = new Int32Array(variables.length);
  let rest = reaction - (unrolled.familyStart[f] ?? 0);
  for (let v = variables.length - 1; v >= 0; v--) {
    const extent = variables[v]?.extent ?? 1;
    counters[v] = rest % extent;
    rest = Math.floor(rest / extent);
  }
  return counters;
}

/**
 * Mass-action constants by unrolled reaction (concentration^(1 − order) / time); NaN for reactions with another rate law.
 * A constant that depends on time is taken at `time`.
 */
export function rateConstants(network: Network, unrolled: UnrolledNetwork, parameters: ParameterValues, time = 0): Float64Array {
  const constants = new Float64Array(unrolled.count);
  network.families.forEach((family, f) => {
    const first = unrolled.familyStart[f] ?? 0;
    const end = unrolled.familyStart[f + 1] ?? first;
    if (family.rate.kind === 'law') {
      constants.fill(NaN, first, end);
      return;
    }
    const counters = new Int32Array(family.variables.length);
    const context: EvaluationContext = { network, parameters, counters, variables: family.variables, time };
    for (let reaction = first; reaction < end; reaction++) {
      constants[reaction] = evaluateScalar(family.rate.constant, context);
      advance(counters, family);
    }
  });
  return constants;
}

/** Steps row-major loop counters to the next combination (back to all zero after the last). */
export function advance(counters: Int32Array, family: Pick<ReactionFamily, 'variables'>): void {
  for (let v = counters.length - 1; v >= 0; v--) {
    const next = (counters[v] ?? 0) + 1;
    if (next < (family.variables[v]?.extent ?? 1)) {
      counters[v] = next;
      return;
    }
    counters[v] = 0;
  }
}

function measure(network: Network, count: number): { reactants: number; products: number } {
  let reactants = 0;
  let products = 0;
  for (const family of network.families) {
    const size = familyCount(family);
    if (size > 0) checkRange(network, family, count);
    reactants += size * family.reactants.length;
    products += size * family.products.length;
  }
  return { reactants, products };
}

/** Smallest and largest position an index map takes over a family's loops. */
export function positionRange(index: AxisIndex, variables: ReactionFamily['variables']): [number, number] {
  if (index.kind === 'rail') return index.variables.length === 0 ? [index.parity, index.parity] : [0, 1];
  let low = index.constant;
  let high = index.constant;
  for (const { variable, coefficient } of index.terms) {
    const reach = coefficient * ((variables[variable]?.extent ?? 1) - 1);
    if (reach > 0) high += reach;
    else low += reach;
  }
  return [low, high];
}

function checkRange(network: Network, family: ReactionFamily, count: number): void {
  for (const term of [...family.reactants, ...family.products]) {
    const block = network.blocks[term.block];
    term.index.forEach((index, axis) => {
      const [low, high] = positionRange(index, family.variables);
      const extent = block?.axes[axis] ?? 0;
      if (low < 0 || high >= extent) {
        throw new UnrollError('index out of range', count, t('A reaction reaches element {0} of {1}, whose indices run from 1 to {2}.', low < 0 ? low + 1 : high + 1, block?.name ?? t('an unknown species'), extent));
      }
    });
  }
}

/** A term with its index maps folded into one affine map where there is no product of signs in it. */
interface Located {
  readonly base: number;
  readonly coefficients: readonly { readonly variable: number; readonly coefficient: number }[];
  /** Axes that are a product of signs, with their strides. */
  readonly rails: readonly { readonly index: AxisIndex; readonly stride: number }[];
  readonly stoichiometry: number;
}

function locate(network: Network, family: ReactionFamily, term: Term): Located {
  const block = network.blocks[term.block];
  const axes = block?.axes ?? [];
  let base = block?.offset ?? 0;
  if (axes.length === 0) return { base, coefficients: [], rails: [], stoichiometry: term.stoichiometry };
  let stride = 1;
  const byVariable = new Float64Array(family.variables.length);
  const rails: { index: AxisIndex; stride: number }[] = [];
  for (let axis = axes.length - 1; axis >= 0; axis--) {
    const index = term.index[axis];
    if (index?.kind === 'affine') {
      base += stride * index.constant;
      for (const { variable, coefficient } of index.terms) byVariable[variable] = (byVariable[variable] ?? 0) + stride * coefficient;
    } else if (index !== undefined) {
      if (index.variables.length === 0) base += stride * index.parity;
      else rails.push({ index, stride });
    }
    stride *= axes[axis] ?? 1;
  }
  const coefficients = [...byVariable].map((coefficient, variable) => ({ variable, coefficient })).filter((entry) => entry.coefficient !== 0);
  return { base, coefficients, rails, stoichiometry: term.stoichiometry };
}

function writeSide(terms: readonly Located[], counters: Int32Array, components: Int32Array, stoichiometries: Float64Array, start: number): number {
  let end = start;
  for (const term of terms) {
    let component = term.base;
    for (const { variable, coefficient } of term.coefficients) component += coefficient * (counters[variable] ?? 0);
    for (const { index, stride } of term.rails) component += stride * axisPosition(index, counters);
    let slot = start;
    while (slot < end && components[slot] !== component) slot++;
    if (slot === end) {
      components[end] = component;
      stoichiometries[end] = term.stoichiometry;
      end++;
    } else stoichiometries[slot] = (stoichiometries[slot] ?? 0) + term.stoichiometry;
  }
  return end;
}
