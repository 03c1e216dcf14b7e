/** Where a unit comes to rest for a given pre-activation, without running its reactions: the root of its rate equation. */
import { PREACTIVATION, type LocalSystem } from './local-terms.ts';

/** F(x) = Σ coefficient·y^power·x^order */
export interface RestEquation {
  readonly variable: number;
  readonly coefficient: Float64Array;
  readonly power: Int32Array;
  readonly order: Int32Array;
}

const ITERATIONS = 100;

/** The equation when one species alone decides what the unit says; undefined when there are more (a switch). */
export function restEquation(local: LocalSystem, activity: readonly number[]): RestEquation | undefined {
  const [variable] = activity;
  if (variable === undefined || activity.length !== 1) return undefined;
  const terms = local.terms.filter((term) => term.forward && term.target === variable);
  if (terms.some((term) => term.factors.some((factor) => factor !== PREACTIVATION && factor !== variable))) return undefined;
  const count = (factors: readonly number[], of: number): number => factors.filter((factor) => factor === of).length;
  return {
    variable, coefficient: Float64Array.from(terms, (term) => term.coefficient),
    power: Int32Array.from(terms, (term) => count(term.factors, PREACTIVATION)), order: Int32Array.from(terms, (term) => count(term.factors, variable)),
  };
}

/**
 * The rest state reached from 0: the smallest x > 0 with F(x) = 0 when F(0) > 0 (for an activation with one positive root, the
 * root). Newton's method between bounds that enclose it.
 * @param from where to begin; any positive number
 * @returns NaN when F(0) ≤ 0 or no root is enclosed: then the reactions themselves have to tell
 */
export function restOf({ coefficient, power, order }: RestEquation, y: number, from: number): number {
  let value = 0, slope = 0;
  const at = (x: number): void => {
    value = slope = 0;
    for (let k = 0; k < coefficient.length; k++) {
      const c = coefficient[k]! * y ** power[k]!, n = order[k]!;
      value += c * x ** n;
      if (n > 0) slope += c * n * x ** (n - 1);
    }
  };
  at(0);
  if (!(value > 0)) return NaN;
  let low = 0, high = Math.max(from, 1e-6);
  for (at(high); value > 0; at(high)) {
    low = high;
    high *= 2;
    if (high > 1e12) return NaN;
  }
  let x = from > low && from < high ? from : high;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    at(x);
    if (value === 0) return x;
    if (value > 0) low = x;
    else high = x;
    let next = x - value / slope;
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (Math.abs(next - x) <= 4 * Number.EPSILON * x) return next;
    x = next;
  }
  return x;
}
