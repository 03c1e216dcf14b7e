/**
 * The spectral radius of the Jacobian, by power iteration: with products J·v where the system offers them, otherwise with
 * differences of f (the nonlinear power method of RKC; Sommeijer, Shampine, Verwer 1998). No matrix is formed.
 */
import type { OdeSystem } from '../system.ts';

/** Iterations at most; the change of the estimate from one to the next that is small enough; what is added for safety. */
const MOST = 50, SETTLED = 0.02, SAFETY = 1.2;

export interface PowerVectors {
  /** Where the iteration starts, and what it leaves for the next time: a dominant direction. */
  readonly direction: Float64Array;
  readonly image: Float64Array;
  readonly moved: Float64Array;
}

function norm(v: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += v[i]! * v[i]!;
  return Math.sqrt(sum);
}

/**
 * A start with a share in every eigenvector: the direction it is given, which may lie in an invariant part of the system, and a
 * tenth as much of numbers of both signs that repeat nowhere (from the golden ratio).
 */
function mixed(v: Float64Array): void {
  const length = norm(v), n = v.length, given = length > 0 && Number.isFinite(length) ? 1 / length : 0, other = 0.1 / Math.sqrt(n);
  for (let i = 0; i < n; i++) v[i] = (given === 0 ? 0 : v[i]! * given) + other * (0.5 + ((i * 0.618033988749895) % 1)) * (i % 2 === 0 ? 1 : -1);
}

/**
 * @param f f(t, y)
 * @param count called for every product or evaluation
 * @param cancel polled before every one; true ends the search with what is known
 * @returns an estimate not below the true radius as a rule, Infinity where the products are not finite
 */
export function spectralRadius(
  system: OdeSystem, t: number, y: Float64Array, f: Float64Array, vectors: PowerVectors, count: () => void, cancel: () => boolean,
): number {
  const { direction, image, moved } = vectors, n = y.length;
  mixed(direction);
  let length = norm(direction);
  const size = Math.max(norm(y), 1e-300), reach = Math.sqrt(Number.EPSILON) * size;
  let before = 0, largest = 0, settled = 0;
  for (let k = 0; k < MOST; k++) {
    if (cancel()) break;
    for (let i = 0; i < n; i++) direction[i] = direction[i]! / length;
    count();
    if (system.jacobianTimes !== undefined) {
      system.jacobianTimes(t, y, direction, image);
    } else {
      for (let i = 0; i < n; i++) moved[i] = y[i]! + reach * direction[i]!;
      system.rhs(t, moved, image);
      for (let i = 0; i < n; i++) image[i] = (image[i]! - f[i]!) / reach;
    }
    const radius = norm(image);
    if (!Number.isFinite(radius)) return Infinity;
    if (radius === 0) break;
    largest = Math.max(largest, radius);
    direction.set(image);
    length = radius;
    settled = Math.abs(radius - before) <= SETTLED * radius ? settled + 1 : 0;
    before = radius;
    if (settled >= 2) return SAFETY * radius;
  }
  // Pairs of complex eigenvalues, or of like size: the estimate goes up and down.
  return SAFETY * Math.max(before, largest);
}
