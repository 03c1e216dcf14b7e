/** Small loops over Float64Arrays that every integrator shares. */

/** The tolerances of a request, ready to weigh components with. */
export interface Tolerance {
  readonly rtol: number;
  readonly atol: Float64Array;
}

/** Absolute tolerance of concentrations of the order of 1, where none is asked for. */
export const DEFAULT_ATOL = 1e-9;

/**
 * The absolute tolerance for a start: `factor` of the largest value where that is below 1, as of concentrations in M; and no less than
 * what rounding leaves beside the largest.
 */
export function absoluteTolerance(y0: Float64Array, factor = DEFAULT_ATOL): number {
  const largest = maximumNorm(y0);
  return Math.max(factor * (largest > 0 && largest < 1 ? largest : 1), 1e-20 * largest);
}

/** Smallest error weight's denominator: keeps 0·∞ out when atol is 0 and a component is 0. */
export const WEIGHT_FLOOR = 1e-290;

/** weights_i = 1 / (rtol·|y_i| + atol_i): an error e is acceptable when |e_i|·weights_i is about 1. */
export function errorWeights(y: Float64Array, tolerance: Tolerance, weights: Float64Array): void {
  const { rtol, atol } = tolerance;
  for (let i = 0; i < y.length; i++) {
    const scale = rtol * Math.abs(y[i]!) + atol[i]!;
    weights[i] = 1 / (scale > WEIGHT_FLOOR ? scale : WEIGHT_FLOOR);
  }
}

/** Weighted root-mean-square norm √(Σ (v_i w_i)² / n); NaN when a component is, 0 for an empty vector. */
export function weightedNorm(v: Float64Array, weights: Float64Array): number {
  const n = v.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const scaled = v[i]! * weights[i]!;
    sum += scaled * scaled;
  }
  return n === 0 ? 0 : Math.sqrt(sum / n);
}

export function maximumNorm(v: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < v.length; i++) {
    const size = Math.abs(v[i]!);
    if (!(size <= largest)) largest = size;
  }
  return largest;
}

export function allFinite(v: Float64Array): boolean {
  // A sum that is finite has finite terms; one that is not may have overflowed, so look again.
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += v[i]!;
  if (Number.isFinite(sum)) return true;
  for (let i = 0; i < v.length; i++) if (!Number.isFinite(v[i]!)) return false;
  return true;
}

export function clipNegative(v: Float64Array): void {
  for (let i = 0; i < v.length; i++) if (v[i]! < 0) v[i] = 0;
}

/**
 * Errors of about the absolute tolerance are allowed, also below zero; beyond so many tolerances something runs away (a
 * species that makes itself, say, would go on growing into the negative).
 */
export const NEGATIVE_LIMIT = 10;

/** True when a component lies further below zero than an error within the tolerance explains. */
export function belowZero(y: Float64Array, atol: Float64Array): boolean {
  for (let i = 0; i < y.length; i++) if (y[i]! < -NEGATIVE_LIMIT * atol[i]!) return true;
  return false;
}

/** Smallest step that still moves t: below it a step is said to underflow. */
export function smallestStep(t: number): number {
  return Math.max(16 * Number.EPSILON * Math.abs(t), 1e-290);
}
