/** The models that are timed, and for how long they are simulated. */
export interface BenchModel {
  readonly name: string;
  readonly end: number;
}

/** Loman et al., "Catalyst: Fast and flexible modeling of reaction networks" (PLOS Comput Biol 2023). */
export const MODELS: readonly BenchModel[] = [
  { name: 'multistate', end: 20 },
  { name: 'multisite2', end: 10 },
  { name: 'egfr_net', end: 1000 },
  { name: 'BCR', end: 1000 },
];

export const RTOL = 1e-6;
export const ATOL = 1e-9;
/**
 * Step counts change by a fifth and more under tiny changes of the tolerance, so each solver is timed at these multiples of it
 * and the median is taken.
 */
export const JITTER: readonly number[] = [0.85, 0.93, 1, 1.08, 1.17];

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** max |y − ref| / (rtol·|ref| + atol): at 1 the error is what the tolerance allows in one step. */
export function scaledError(y: ArrayLike<number>, reference: ArrayLike<number>, rtol = RTOL, atol = ATOL): number {
  if (y.length !== reference.length) return NaN;
  let worst = 0;
  for (let i = 0; i < y.length; i++) {
    const error = Math.abs((y[i] ?? NaN) - (reference[i] ?? NaN)) / (rtol * Math.abs(reference[i] ?? NaN) + atol);
    if (!(error <= worst)) worst = error;
  }
  return worst;
}
