/** A first step size from the size of the first two derivatives (after Hairer, Nørsett, Wanner, Solving ODEs I, §II.4). */
import type { OdeSystem } from './system.ts';
import { errorWeights, weightedNorm, type Tolerance } from './vector.ts';

/**
 * @param derivative f(t, y), already evaluated
 * @param order of the method that takes the step
 * @param span length of the interval, possibly Infinity
 * @returns a positive step not longer than `span`; costs one evaluation of f
 */
export function chooseFirstStep(
  system: OdeSystem, t: number, y: Float64Array, derivative: Float64Array, order: number, span: number, tolerance: Tolerance,
): number {
  const n = y.length;
  const weights = new Float64Array(n);
  errorWeights(y, tolerance, weights);
  const size = weightedNorm(y, weights);
  const speed = weightedNorm(derivative, weights);
  const limit = Number.isFinite(span) ? span : Infinity;
  if (!(speed > 0)) return Math.min(limit, Number.isFinite(span) ? span * 1e-3 : 1e-3);
  // 1 % of the way to a change as large as y itself; where y is (nearly) zero, 1 % of the tolerance.
  const guess = Math.min(limit, (0.01 * Math.max(size, 1)) / speed);
  const ahead = new Float64Array(n);
  const bend = new Float64Array(n);
  for (let i = 0; i < n; i++) ahead[i] = y[i]! + guess * derivative[i]!;
  system.rhs(t + guess, ahead, bend);
  for (let i = 0; i < n; i++) bend[i] = bend[i]! - derivative[i]!;
  const curvature = weightedNorm(bend, weights) / guess;
  if (!Number.isFinite(curvature)) return guess * 1e-3;
  // With the time τ in which f changes by its own size, the (p+1)-th derivative is about speed/τᵖ; the local error
  // h^(p+1)·speed/τᵖ shall be 1 % of the tolerance. (The book's formula depends on the unit of time; this does not.)
  const time = speed / curvature;
  const wanted = time * (0.01 / (speed * time)) ** (1 / (order + 1));
  return Math.max(Math.min(100 * guess, wanted > 0 ? wanted : Infinity, limit), 1e-280);
}
