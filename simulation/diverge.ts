/** Telling a finite-time blow-up from a step size that collapses for another reason. */
import type { ConservedTotals } from './system.ts';
import { maximumNorm, WEIGHT_FLOOR, type Tolerance } from './vector.ts';

/** Beyond this a solution counts as diverged, whatever its growth. */
export const BOUND = 1e150;
/** Products of species overflow before single species pass the bound. */
const OVERFLOW = 1e100;

/** Growth that counts as divergence where the start lies beyond the bound itself. */
const GROWN = 1e3;
/** Clipping at zero and loose tolerances add a little to what is conserved; more than this factor is no solution any more. */
const MARGIN = 2;

/** The component that is largest among those above a bound, or −1. */
export function above(y: Float64Array, bound: number): number {
  let worst = -1, largest = bound;
  for (let i = 0; i < y.length; i++) if (y[i]! > largest) { largest = y[i]!; worst = i; }
  return worst;
}

/** The component whose size has passed the bound, or −1. */
export function beyondBound(y: Float64Array, y0: Float64Array): number {
  let worst = -1, largest = BOUND;
  for (let i = 0; i < y.length; i++) {
    const size = Math.abs(y[i]!);
    if (size > largest && size > GROWN * Math.abs(y0[i]!)) { largest = size; worst = i; }
  }
  if (worst >= 0 && largest <= GROWN * maximumNorm(y0)) return -1;
  return worst;
}

/**
 * The most that each non-negative component can come to, by what is conserved; Infinity where that says nothing. In a total
 * Σ c_j y_j = T every y_i with c_i > 0 is at most (T + Σ_{c_j < 0} |c_j| · most_j) / c_i.
 */
export function mostByTotals({ pivots, rowStart, component, coefficient }: ConservedTotals, y0: Float64Array): Float64Array {
  const most = new Float64Array(y0.length).fill(Infinity);
  for (let found = true; found;) {
    found = false;
    for (let k = 0; k < pivots.length; k++) {
      let reach = 0;
      for (let p = rowStart[k]!; p < rowStart[k + 1]!; p++) {
        const c = coefficient[p]!, i = component[p]!;
        reach += c * y0[i]! + (c < 0 ? -c * most[i]! : 0);
      }
      if (reach === Infinity) continue;
      for (let p = rowStart[k]!; p < rowStart[k + 1]!; p++) {
        const i = component[p]!, c = coefficient[p]!;
        if (c > 0 && most[i] === Infinity) { most[i] = Math.max(0, reach / c); found = true; }
      }
    }
  }
  return most;
}

/** A component that has left what the totals allow, or −1: then rounding, not the network, is what grows. */
export function beyondTotals(y: Float64Array, most: Float64Array, atol: Float64Array): number {
  for (let i = 0; i < y.length; i++) if (y[i]! > MARGIN * most[i]! + 100 * atol[i]!) return i;
  return -1;
}

/**
 * When no step is possible any more: the component that runs away, or −1 when none does. Near a blow-up y ~ (t* − t)^−p the
 * growth time |y/y'| = (t* − t)/p shrinks with what is left of time, to the rounding of t; a merely steep solution keeps
 * its growth time. What cannot grow does not run away: what totals hold, or what an error has taken below zero.
 * @param most as of `mostByTotals`, where components are not negative
 */
export function runaway(elapsed: number, y: Float64Array, derivative: Float64Array, most?: Float64Array): number {
  const able = (i: number): boolean => most === undefined || (most[i] === Infinity && y[i]! > 0);
  let fastest = -1, rate = 0;
  for (let i = 0; i < y.length; i++) {
    const relative = derivative[i]! / y[i]!;
    if (relative > rate && Number.isFinite(relative) && able(i)) { rate = relative; fastest = i; }
  }
  if (fastest >= 0 && rate * elapsed >= 1e8) return fastest;
  let largest = -1, size = OVERFLOW;
  for (let i = 0; i < y.length; i++) if (Math.abs(y[i]!) > size && able(i)) { size = Math.abs(y[i]!); largest = i; }
  return largest;
}

/** The component that no step can follow: the one that changes fastest beside its tolerance, or −1 when none changes. */
export function fastest(y: Float64Array, derivative: Float64Array, { rtol, atol }: Tolerance): number {
  let worst = -1, speed = 0;
  for (let i = 0; i < y.length; i++) {
    const rate = Math.abs(derivative[i]!) / Math.max(rtol * Math.abs(y[i]!) + atol[i]!, WEIGHT_FLOOR);
    if (rate > speed) { speed = rate; worst = i; }
  }
  return worst;
}
