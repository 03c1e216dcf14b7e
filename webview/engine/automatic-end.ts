/**
 * The end of a run when nobody gave one. The slowest reaction bounds it from above, but that alone is often far too long: a
 * network of thousands of reactions has always one that hardly ever happens, and what the others do would be a line at the
 * left edge. So the run looks where it is whenever it passes 1, 2 or 5 × 10ⁿ, and ends there once it has taken so many steps
 * that a plot cannot show more. It also ends where it comes to rest.
 */
import { evaluateScalar, type Network, type ParameterValues } from '../../chemistry/index.ts';
import type { Step } from '../../simulation/index.ts';

/** Steps that fill a plot. */
const ENOUGH = 2000;
/** Of a network larger than this the steps take long: fewer are enough, but not fewer than a curve needs. */
const LARGE = 30_000;
const LEAST = 200;
/** Where so many times the steps that are enough bring it to no mark, it ends wherever it is. */
const PATIENCE = 3;
/** What comes to rest is shown a little further. */
const BEYOND = 1.6;

/** Steps after which a run with an automatic end looks for its end. */
export function enoughSteps(reactions: number): number {
  return Math.round(Math.max(LEAST, Math.min(ENOUGH, (ENOUGH * LARGE) / Math.max(1, reactions))));
}

/** The least of 1, 2, 5 × 10ⁿ that is not below x. */
export function roundUp(x: number): number {
  const power = 10 ** Math.floor(Math.log10(x));
  const factor = [1, 2, 5, 10].find((f) => f * power >= x * (1 - 1e-12)) ?? 10;
  return Number((factor * power).toPrecision(1));
}

/**
 * How far a run goes at most when nobody gave an end: ten times the slowest reaction's time scale. A reaction of order n with constant k at the
 * typical concentration c (the largest initial one, or 1) has the rate k·c^(n−1) per molecule; a rate law counts as its
 * value at the initial state over c.
 */
export function longestEnd(network: Network, parameters: ParameterValues, initial: Float64Array): number {
  let concentration = 0;
  for (const value of initial) concentration = Math.max(concentration, Math.abs(value));
  if (!(concentration > 0)) concentration = 1;
  let slowest = Infinity;
  for (const family of network.families) {
    const context = { network, parameters, state: initial, counters: family.variables.map(() => 0), variables: family.variables, time: 0 };
    const { rate } = family;
    const order = family.reactants.reduce((sum, term) => sum + term.stoichiometry, 0);
    const perMolecule = rate.kind === 'mass action'
      ? evaluateScalar(rate.constant, context) * concentration ** (order - 1)
      : evaluateScalar(rate.law, context) / concentration;
    if (perMolecule > 0 && perMolecule < slowest) slowest = perMolecule;
  }
  const end = 10 / slowest;
  return end > 0 ? roundUp(Math.min(1e12, Math.max(1e-9, end))) : 10;
}

/** The last of 1, 2, 5 × 10ⁿ in the interval (t0, t1], or undefined. */
export function markIn(t0: number, t1: number): number | undefined {
  if (!(t1 > 0) || !Number.isFinite(t1)) return undefined;
  const power = Math.floor(Math.log10(t1));
  for (const [factor, exponent] of [[10, power], [5, power], [2, power], [1, power], [5, power - 1]] as const) {
    const mark = Number(`${factor}e${exponent}`);
    if (mark <= t1) return mark > t0 ? mark : undefined;
  }
  return undefined;
}

/** Watches the steps of a run and finds its end. */
export class EndFinder {
  readonly #enough: number;
  #steps = 0;
  #end: { readonly t: number; readonly y: Float64Array } | undefined;

  /** @param reactions how many the network has, families counted out */
  constructor(reactions: number) {
    this.#enough = enoughSteps(reactions);
  }

  /** The end with the state there, once it is found; no step is wanted after that. */
  get end(): { readonly t: number; readonly y: Float64Array } | undefined {
    return this.#end;
  }

  /** The step as it counts: up to the end, if that lies in it. */
  look(step: Step): Step {
    this.#steps++;
    if (this.#steps < this.#enough) return step;
    const t = this.#steps < PATIENCE * this.#enough ? markIn(step.t0, step.t1) : step.t1;
    if (t === undefined) return step;
    const y = Float64Array.from(step.y);
    if (t < step.t1) step.at(t, y);
    this.#end = { t, y };
    return { t0: step.t0, t1: t, y, at: (time, out) => step.at(time, out) };
  }
}

/** The end to keep for a run that settled at this time: two digits, not below 1.6 times that. */
export function endAfter(settled: number): number {
  const wanted = settled * BEYOND;
  const unit = 10 ** (Math.floor(Math.log10(wanted)) - 1);
  return Number((Math.ceil(wanted / unit - 1e-9) * unit).toPrecision(2));
}
