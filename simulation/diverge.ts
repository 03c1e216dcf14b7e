/** Telling a finite-time blow-up from a step size that collapses for another reason. */
import { WEIGHT_FLOOR, type Tolerance } from './vector.ts';

/** Beyond this a solution counts as diverged, whatever its growth. */
export const BOUND = 1e150;
/** Products of species overflow before single species pass the bound. */
const OVERFLOW = 1e100;

/** The component whose size has passed the bound, or −1. */
export function beyondBound(y: Float64Array): number {
  let worst = -1, largest = BOUND;
  for (let i = 0; i < y.length; i++) {
    const size = Math.abs(y[i]!);
    if (size > largest) { largest = size; worst = i; }
  }
  return worst;
}

/**
 * When no step is possible any more: the component that runs away, or −1 when none does. Near a blow-up y ~ (t* − t)^−p the
 * growth time |y/y'| = (t* − t)/p shrinks with what is left of time, to the rounding of t; a merely steep solution keeps
 * its growth time.
 */
export function runaway(elapsed: number, y: Float64Array, derivative: Float64Array): number {
  let fastest = -1, rate = 0;
  for (let i = 0; i < y.length; i++) {
    const relative = derivative[i]! / y[i]!;
    if (relative > rate && Number.isFinite(relative)) { rate = relative; fastest = i; }
  }
  if (fastest >= 0 && rate * elapsed >= 1e8) return fastest;
  let largest = -1, size = OVERFLOW;
  for (let i = 0; i < y.length; i++) if (Math.abs(y[i]!) > size) { size = Math.abs(y[i]!); largest = i; }
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
