/**
 * Pseudo-transient continuation (Kelley & Keyes, SIAM J. Numer. Anal. 1998): linearly implicit Euler steps (I/δ − J) s = f without control of
 * their error, δ growing as the solution slows down, until they are Newton's method. Totals are conserved by every step. It comes
 * to a fixed point from far away where Newton's method alone does not; as long steps damp oscillations, also to unstable ones.
 */
import { go, type Poll } from '../cancel.ts';
import { FixedPointSolver, type FixedPoint } from '../fixed-point.ts';
import type { OdeSystem } from '../system.ts';
import { allFinite, clipNegative, maximumNorm } from '../vector.ts';
import { NewtonSystem, NO_TOTALS } from './newton-system.ts';

const MOST_STEPS = 400;
/** Relative change that a step may make; after PATIENT steps it is let go up, so that a limit cycle is left. */
const CHANGE = 0.3, PATIENT = 80;

/**
 * @param scale what counts as small for each component
 * @param poll asked in every step; what it throws ends the search
 * @returns undefined when it comes to no fixed point
 */
export function relax(system: OdeSystem, start: Float64Array, scale: Float64Array, poll: Poll = go): FixedPoint | undefined {
  const n = system.dimension, nothing = (): void => undefined;
  if (!FixedPointSolver.able(system)) return undefined;
  const linear = new NewtonSystem(system, system.conserved ?? NO_TOTALS, nothing, poll), newton = new FixedPointSolver(system, scale, nothing, poll);
  let y = Float64Array.from(start);
  const f = new Float64Array(n), step = new Float64Array(n);
  system.rhs(0, y, f);
  if (!allFinite(f)) return undefined;
  if (maximumNorm(f) === 0) return newton.near(0, y, 1) as FixedPoint | undefined;
  let delta = 0.1 / fastest(f, y, floorOf(y, scale)), limit = CHANGE;
  for (let k = 0; k < MOST_STEPS; k++) {
    poll();
    if (k > PATIENT) limit = Math.min(10, limit * 1.1);
    if (!linear.prepare(0, y, f, 1 / delta)) { delta /= 4; continue; }
    for (let i = 0; i < n; i++) step[i] = -f[i]!;
    linear.solve(step);
    const floor = floorOf(y, scale), change = fastest(step, y, floor), next = y.map((value, i) => value + step[i]!);
    const below = system.nonNegative === true && next.some((value) => value < -1e-3 * floor);
    if (!(change <= 2 * limit) || below) {
      delta /= 4;
      if (!(delta > 1e-290)) return undefined;
      continue;
    }
    if (system.nonNegative === true) clipNegative(next);
    y = next;
    system.rhs(0, y, f);
    if (!allFinite(f) || maximumNorm(y) > 1e100) return undefined;
    if (change < 1e-3 || k % 20 === 19) {
      const found = newton.near(0, y, delta, 1);
      if (found !== undefined && found !== 'far' && found.distance < 1) return found;
    }
    delta *= change < limit / 2 ? 4 : change < limit ? 1.5 : 0.7;
  }
  return undefined;
}

/** Below this a component counts as nothing beside the others. */
function floorOf(y: Float64Array, scale: Float64Array): number {
  let least = Infinity;
  for (const s of scale) least = Math.min(least, s);
  return Math.max(1e-4 * maximumNorm(y), least, 1e-300);
}

/** max |v_i| / (|y_i| + floor) */
function fastest(v: Float64Array, y: Float64Array, floor: number): number {
  let most = 0;
  for (let i = 0; i < v.length; i++) {
    const size = Math.abs(v[i]!) / (Math.abs(y[i]!) + floor);
    if (!(size <= most)) most = size;
  }
  return most;
}
