/** Poisson deviates, exact for every mean: inversion for small ones, transformed rejection (Hörmann 1993) for large. */
import type { Stream } from './generator.ts';

/** Below this mean, inversion by counting is the shorter way. */
const SMALL = 10;

/**
 * Poisson deviate of a mean ≥ 0. Means from 10 on: W. Hörmann, "The transformed rejection method for generating Poisson random
 * variables" (1993), algorithm PTRS, its densities written so that they keep their digits for very large means.
 */
export function poisson(stream: Stream, mean: number): number {
  if (!(mean > 0)) return 0;
  if (mean < SMALL) {
    let k = 0, term = Math.exp(-mean), u = stream.uniform();
    while (u >= term) {
      u -= term;
      k++;
      term *= mean / k;
      if (term < 1e-300) break;
    }
    return k;
  }
  const b = 0.931 + 2.53 * Math.sqrt(mean), a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4), edge = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = stream.uniform() - 0.5, v = 1 - stream.uniform(), room = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / room + b) * u + mean + 0.43);
    if (room >= 0.07 && v <= edge) return k;
    if (k < 0 || (room < 0.013 && v > room)) continue;
    if (Math.log((v * inverseAlpha) / (a / (room * room) + b)) <= logPoisson(k, mean)) return k;
  }
}

/** ln(e^−m m^k / k!), by the deviance so that nothing large cancels. */
export function logPoisson(k: number, mean: number): number {
  if (k === 0) return -mean;
  return -deviance(k, mean) - 0.5 * Math.log(2 * Math.PI * k) - stirling(k);
}

/** k ln(k/m) + m − k ≥ 0. */
function deviance(k: number, mean: number): number {
  const d = (k - mean) / mean;
  // The series of (1 + d) ln(1 + d) − d, where the difference itself would lose its digits.
  if (Math.abs(d) < 1e-3) return mean * d * d * (1 / 2 - d * (1 / 6 - d * (1 / 12 - d * (1 / 20 - d * (1 / 30 - d / 42)))));
  return k * Math.log(k / mean) + mean - k;
}

/** ln k! − (½ ln(2πk) + k ln k − k), k ≥ 1. */
function stirling(k: number): number {
  if (k < 10) return FIRST[k]!;
  const square = 1 / (k * k);
  return (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / k;
}
const FIRST: readonly number[] = Array.from({ length: 10 }, (_, k) => {
  let log = 0;
  for (let i = 2; i <= k; i++) log += Math.log(i);
  return k === 0 ? 0 : log - 0.5 * Math.log(2 * Math.PI * k) - k * Math.log(k) + k;
});
