/**
 * Newton's method for f(t, y) = 0 in the stoichiometric compatibility class of a state: among the states with the same
 * conserved totals. The Jacobian is singular as a whole; the rows of f that follow from the others and the totals are
 * replaced by the totals themselves.
 */
import { go, type Poll } from './cancel.ts';
import { NewtonSystem, NO_TOTALS, withinClass } from './fixed-points/newton-system.ts';
import { eigenvalues } from './linear/eigenvalues.ts';
import type { ConservedTotals, OdeSystem } from './system.ts';
import { maximumNorm } from './vector.ts';

/** Up to this size eigenvalues are computed, and Jacobians by differences. */
const EIGENVALUES = 150;
const MAX_ITERATIONS = 40;
/** Relative Newton step at which nothing is left but rounding. */
const CONVERGED = 1e-13, ACCEPTABLE = 1e-10;

export interface FixedPoint {
  readonly y: Float64Array;
  /** How far Newton moved: max |y*_i − y_i| / (|y*_i| + scale_i). */
  readonly distance: number;
  /** max |f_i| at y. */
  readonly residual: number;
  /** Largest real part of an eigenvalue of the Jacobian within the class, where the system is small enough to ask. */
  readonly growth?: number;
  /** Found by implicit Euler steps a thousand times as long as the solution has taken: it would not go on to another for so long. */
  readonly lasting?: boolean;
}

/** Prepares the linear algebra once for a system; works for systems with a Jacobian, and by differences for small ones. */
export class FixedPointSolver {
  private readonly system: OdeSystem;
  private readonly totals: ConservedTotals;
  private readonly scale: Float64Array;
  private readonly linear: NewtonSystem;
  private readonly count: () => void;
  private readonly poll: Poll;

  /**
   * @param scale what counts as small for each component (atol/rtol)
   * @param count called at each evaluation of f
   * @param poll what it throws passes through `near`
   */
  constructor(system: OdeSystem, scale: Float64Array, count: () => void, poll: Poll = go) {
    this.system = system;
    this.poll = poll;
    system.prepare?.(poll);
    this.totals = system.conserved ?? NO_TOTALS;
    this.scale = scale;
    this.count = count;
    this.linear = new NewtonSystem(system, this.totals, count, poll);
  }

  static able(system: OdeSystem): boolean {
    return system.jacobian !== undefined || system.dimension <= EIGENVALUES;
  }

  /**
   * The fixed point near a state; `far` when the first Newton step is longer than `limit` (relative, as `distance`); undefined
   * when Newton's method does not settle.
   * @param time how long the solution took to come here; systems whose Jacobian is singular even within the class are
   * solved by implicit Euler steps much longer than this
   */
  near(t: number, state: Float64Array, time: number, limit = Infinity): FixedPoint | 'far' | undefined {
    const found = this.newton(t, state, 0, limit);
    if (found !== undefined || time <= 0) return found;
    const lasting = this.newton(t, state, 1e-3 / time, limit);
    return typeof lasting === 'object' ? { ...lasting, lasting: true } : lasting;
  }

  private newton(t: number, state: Float64Array, shift: number, limit: number): FixedPoint | 'far' | undefined {
    const { system, scale, totals } = this, n = system.dimension;
    const y = Float64Array.from(state), f = new Float64Array(n), step = new Float64Array(n);
    let before = Infinity, best = Infinity;
    for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
      this.poll();
      system.rhs(t, y, f);
      this.count();
      if (!this.linear.prepare(t, y, f, shift)) return undefined;
      for (let i = 0; i < n; i++) step[i] = -f[i]!;
      if (shift === 0) {
        for (let k = 0; k < totals.pivots.length; k++) {
          let missing = 0;
          for (let p = totals.rowStart[k]!; p < totals.rowStart[k + 1]!; p++) {
            const i = totals.component[p]!;
            missing += totals.coefficient[p]! * (state[i]! - y[i]!);
          }
          step[totals.pivots[k]!] = missing;
        }
      }
      this.linear.solve(step);
      let size = 0;
      for (let i = 0; i < n; i++) {
        const relative = Math.abs(step[i]!) / (Math.abs(y[i]!) + scale[i]!);
        if (!(relative <= size)) size = relative;
      }
      if (!Number.isFinite(size)) return undefined;
      if (iteration === 0 && size > limit) return 'far';
      for (let i = 0; i < n; i++) y[i] = y[i]! + step[i]!;
      best = Math.min(best, size);
      if (size <= CONVERGED || (size <= ACCEPTABLE && size >= 0.5 * before)) return this.describe(t, y, state);
      if (size > 1e3 * best || size > 1e6) return undefined;
      before = size;
    }
    return undefined;
  }

  private describe(t: number, y: Float64Array, state: Float64Array): FixedPoint | undefined {
    const { system, scale } = this, n = y.length;
    let distance = 0;
    for (let i = 0; i < n; i++) {
      distance = Math.max(distance, Math.abs(y[i]! - state[i]!) / (Math.abs(y[i]!) + scale[i]!));
      if (system.nonNegative === true && y[i]! < 0) {
        if (y[i]! < -1e-9 * scale[i]!) return undefined;
        y[i] = 0;
      }
    }
    const f = new Float64Array(n);
    system.rhs(t, y, f);
    this.count();
    const residual = maximumNorm(f);
    if (!Number.isFinite(residual)) return undefined;
    const growth = n <= EIGENVALUES ? this.growth(t, y, f) : undefined;
    return { y, distance, residual, ...(growth === undefined ? {} : { growth }) };
  }

  /** Largest real part of the Jacobian's eigenvalues within the class; undefined when that is zero to rounding. */
  private growth(t: number, y: Float64Array, f: Float64Array): number | undefined {
    const { size, matrix } = withinClass(y.length, this.linear.jacobian(t, y, f), this.totals);
    const found = eigenvalues(size, matrix, this.poll);
    if (found === undefined) return undefined;
    let growth = -Infinity, radius = 0;
    for (let i = 0; i < size; i++) {
      growth = Math.max(growth, found.real[i]!);
      radius = Math.max(radius, Math.hypot(found.real[i]!, found.imaginary[i]!));
    }
    return Math.abs(growth) <= 1e-10 * radius ? undefined : growth;
  }
}
