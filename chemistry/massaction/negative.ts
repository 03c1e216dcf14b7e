/**
 * Where is a rate negative? Bounds (`bounds.ts`) settle most rates in one walk: they are never too narrow, so a lower bound of 0 is a
 * proof. Where they leave the sign open, the rate is computed: a constant for every round of its loops, a law at points as well. What is
 * reported is therefore always a case that is there, never a mere possibility.
 */
import type { AxisIndex, Network, ReactionFamily, Scalar } from '../network.ts';
import { hasTime, operandKey, some, toScalar, tryPolynomial } from '../polynomial/index.ts';
import { evaluateScalar, flatPosition, initialState } from '../unroll/index.ts';
import { boundsOf, boundsScope } from './bounds.ts';
import { replaceSpecies, valuesOf } from './law.ts';

/** A case in which a rate is negative. */
export interface NegativeCase {
  readonly value: number;
  /** The case in the user's words: `s = −`, `i = 2, j = 1`, `time = 2`; empty when there is only one. */
  readonly where: string;
}

/** More rounds than this are looked at in even steps. */
const MOST_ROUNDS = 100_000;
const TIMES = [0, 0.5, 1, 2, 5, 10, 100] as const;

/** The most negative case of a constant that is free of species; undefined when it is never negative. */
export function negativeConstantCase(network: Network, family: ReactionFamily, constant: Scalar): NegativeCase | undefined {
  if (boundsOf(constant, boundsScope(network, family.variables))[0] >= 0) return undefined;
  const used = variablesIn(constant);
  const times = hasTime(constant) ? TIMES : [0];
  let worst: NegativeCase | undefined;
  for (const counters of rounds(family, used, MOST_ROUNDS)) {
    for (const time of times) {
      const value = evaluateScalar(constant, { network, parameters: valuesOf(network), counters, variables: family.variables, time });
      if (value < 0 && value < (worst?.value ?? 0)) worst = { value, where: caseText(family, used, counters, times.length > 1 ? time : undefined) };
    }
  }
  return worst;
}

function caseText(family: ReactionFamily, used: readonly number[], counters: Int32Array, time: number | undefined): string {
  const parts = used.map((v) => {
    const variable = family.variables[v];
    const counter = counters[v] ?? 0;
    return `${variable?.name ?? ''} = ${variable?.kind === 'sign' ? (counter === 0 ? '+' : '−') : (variable?.from ?? 0) + counter}`;
  });
  if (time !== undefined) parts.push(`time = ${time}`);
  return parts.join(', ');
}

/** The loop variables that a value depends on. */
function variablesIn(scalar: Scalar): number[] {
  const used = new Set<number>();
  const take = (index: readonly AxisIndex[]): void => {
    for (const axis of index) {
      if (axis.kind === 'rail') axis.variables.forEach((v) => used.add(v));
      else axis.terms.forEach((term) => used.add(term.variable));
    }
  };
  some(scalar, (leaf) => {
    if (leaf.kind === 'counter') used.add(leaf.variable);
    else if (leaf.kind === 'parameter') take(leaf.index);
    else if (leaf.kind === 'species') take(leaf.operand.index);
    return false;
  });
  return [...used].sort((a, b) => a - b);
}

/** The rounds of some of a family's loops, the others at their first: all of them, or `most` in even steps from the first to the last. */
function* rounds(family: ReactionFamily, used: readonly number[], most: number): Generator<Int32Array> {
  const extents = used.map((v) => family.variables[v]?.extent ?? 1);
  const all = extents.reduce((product, extent) => product * extent, 1);
  const count = Math.min(all, most);
  const counters = new Int32Array(family.variables.length);
  for (let n = 0; n < count; n++) {
    let rest = all === count ? n : Math.floor((n * (all - 1)) / (count - 1));
    for (let a = used.length - 1; a >= 0; a--) {
      const extent = extents[a] ?? 1;
      counters[used[a] ?? 0] = rest % extent;
      rest = Math.floor(rest / extent);
    }
    yield counters;
  }
}

export interface NegativeLaw {
  /** It is nowhere positive. */
  readonly always: boolean;
  /** A dual's value stands in it, and something that the reaction makes is used up where the dual is negative. */
  readonly signed: boolean;
  /** Concentrations at which it is negative, by the species' keys. */
  readonly at: ReadonlyMap<string, number>;
}

/** Below this part of the largest value found, a negative value is rounding. */
const ROUNDING = 1e-9;
const MOST_SPECIES = 24;
const MOST_LAW_ROUNDS = 64;

/**
 * A point where a law is negative, the species it makes used up if there is such a point; undefined when none was found. Species are tried
 * between 10⁻³ and 10³, each of them also at 0 and large; fixed ones keep their values.
 * @param made keys of the species that the reaction makes
 */
export function negativeLaw(network: Network, family: ReactionFamily, law: Scalar, made: ReadonlySet<string>): NegativeLaw | undefined {
  const [low, high] = boundsOf(law, boundsScope(network, family.variables));
  if (low >= 0) return undefined;
  const polynomial = tryPolynomial(law);
  if (polynomial?.length === 0) return undefined;
  // What cancels would only come back as rounding.
  const scalar = polynomial === undefined || polynomial.some((term) => !Number.isFinite(term.coefficient)) ? law : toScalar(polynomial);
  const blocks = new Map<string, number>();
  some(scalar, (leaf) => {
    if (leaf.kind === 'species') blocks.set(operandKey(leaf.operand), leaf.operand.block);
    return false;
  });
  const isFixed = (key: string): boolean => network.blocks[blocks.get(key) ?? -1]?.kind === 'fixed';
  const keys = [...blocks.keys()].filter((key) => !isFixed(key));
  let largest = 0;
  let least: { value: number; at: Map<string, number>; empty: boolean } | undefined;
  let positive = false;
  for (const counters of rounds(family, variablesIn(scalar), MOST_LAW_ROUNDS)) {
    const held = fixedValues(network, scalar, counters);
    for (const at of points(keys, made)) {
      const replaced = replaceSpecies(scalar, (key) => ({ kind: 'number', value: held.get(key) ?? at.get(key) ?? 0 }));
      const value = evaluateScalar(replaced, { network, parameters: valuesOf(network), counters, variables: family.variables, time: 0.7 });
      if (Number.isNaN(value)) continue;
      if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
      if (value > 0) positive = true;
      const empty = keys.every((key) => !made.has(key) || at.get(key) === 0);
      // The first point is the plainest; one where nothing is left of what is made says more.
      if (value < -ROUNDING * largest && (least === undefined || (empty && !least.empty) || least.value >= -ROUNDING * largest)) least = { value, at, empty };
    }
  }
  if (least === undefined || !(least.value < -ROUNDING * largest)) return undefined;
  const signed = least.empty && keys.some((key) => network.blocks[blocks.get(key) ?? -1]?.kind === 'dual');
  return { always: high <= 0 || !positive, signed, at: least.at };
}

/** Points in the space of some species: spread, and along the axes. The species that are made are 0 in every other one. */
function* points(keys: readonly string[], made: ReadonlySet<string>): Generator<Map<string, number>> {
  const with0 = function* (at: Map<string, number>): Generator<Map<string, number>> {
    yield new Map([...at].map(([key, value]) => [key, made.has(key) ? 0 : value]));
    yield at;
  };
  for (const all of [1, 0.01, 100]) yield* with0(new Map(keys.map((key) => [key, all])));
  for (const key of keys.slice(0, MOST_SPECIES)) {
    for (const value of [0, 2, 1000]) yield* with0(new Map(keys.map((other) => [other, other === key ? value : 1])));
    yield* with0(new Map(keys.map((other) => [other, other === key ? 1 : 0])));
  }
  let draw = 0;
  for (let trial = 0; trial < 12; trial++) yield* with0(new Map(keys.map((key) => [key, 10 ** (6 * ((++draw * 0.754877666) % 1) - 3)])));
}

const initials = new WeakMap<Network, Float64Array>();

/** What fixed species are held at, by key, in one round of the loops. */
function fixedValues(network: Network, law: Scalar, counters: Int32Array): Map<string, number> {
  const held = new Map<string, number>();
  some(law, (leaf) => {
    if (leaf.kind !== 'species') return false;
    const block = network.blocks[leaf.operand.block];
    if (block?.kind !== 'fixed') return false;
    let state = initials.get(network);
    if (state === undefined) initials.set(network, (state = initialState(network, valuesOf(network))));
    const flat = flatPosition(leaf.operand.index, block.axes, counters);
    held.set(operandKey(leaf.operand), flat < 0 ? NaN : (state[block.offset + flat] ?? NaN));
    return false;
  });
  return held;
}
