/**
 * When is a solution at its fixed point?
 *
 * Distance. The scaled distance of a state y from a fixed point y* is max_i |y*_i − y_i| / (|y*_i| + s_i), s_i = atol_i/rtol
 * (or atol_i itself where rtol is 0). It has no unit: slow networks and fast ones are judged alike. y* comes from Newton's
 * method, started at y, in the stoichiometric compatibility class of y. The tolerance asked for is raised to ten relative
 * tolerances of the integration where it is less: nearer than that the solution does not come.
 *
 * Rule. The solution is steady at t when it was within the tolerance of the same fixed point at some earlier t_a and at
 * every look since, and t − t0 ≥ 2 (t_a − t0): it has been there as long as it took to get there. Looks are taken each
 * time that the elapsed time has doubled (grown by a quarter, once there is a candidate); Newton's method is tried when the
 * state has changed by less than half since the look before. The derivative itself does not decide: in stiff systems it is
 * mostly the integrator's noise. Where fixed points are not isolated that noise carries the solution from one to the next, as nothing draws it
 * back; one that is found by implicit Euler steps a thousand times as long as the solution has taken counts as the same.
 *
 * Saddles. A fixed point from which small disturbances grow (an eigenvalue of the Jacobian within the class has a
 * positive real part λ) does not count until the solution has stayed there for 100/λ, and steps are kept under 0.2/λ
 * meanwhile, since an implicit method with long steps would damp what ought to grow. A state with f = 0 exactly is steady.
 *
 * Systems too large for a Newton matrix (families without a sparse Jacobian), and states in whose neighbourhood Newton's
 * method finds nothing (fixed points that are not isolated), are judged by their change alone: steady when it stays within
 * the tolerance while the elapsed time doubles. Because every start looks like rest for a moment, the state must have
 * changed by more than the tolerance before, or have rested for SLOW_START looks, over which the elapsed time grows a
 * billionfold.
 */
import { go, type Poll } from './cancel.ts';
import { FixedPointSolver } from './fixed-point.ts';
import type { OdeSystem } from './system.ts';
import { maximumNorm, type Tolerance } from './vector.ts';

export type Verdict =
  | { readonly kind: 'moving' }
  /** Near an unstable point: no step longer than this. */
  | { readonly kind: 'watch'; readonly maxStep: number }
  | { readonly kind: 'steady'; readonly y: Float64Array; readonly residual: number };

const SLOW_START = 30;
/** The solution itself is uncertain by so many relative tolerances: a closer look would see noise. */
const NOISE = 10;
/** A first Newton step longer than this (relative) leads too far to be the fixed point that is being reached. */
const TOO_FAR = 1e-2;

const MOVING: Verdict = { kind: 'moving' };

export class SteadyWatch {
  private readonly system: OdeSystem;
  private readonly t0: number;
  private readonly tolerance: number;
  private readonly scale: Float64Array;
  private readonly solver: FixedPointSolver | undefined;
  private nextLook = 0;
  private mark: Float64Array | undefined;
  private markElapsed = 0;
  private since: { readonly elapsed: number; readonly y: Float64Array } | undefined;
  private watching = false;
  private hasMoved = false;
  private looks = 0;

  /** @param poll what it throws passes through `look` */
  constructor(system: OdeSystem, t0: number, tolerance: number, weights: Tolerance, count: () => void, poll: Poll = go) {
    this.system = system;
    this.t0 = t0;
    this.tolerance = Math.max(tolerance, NOISE * weights.rtol);
    this.scale = weights.atol.map((atol) => Math.max(weights.rtol > 0 ? atol / weights.rtol : atol, 1e-300));
    this.solver = FixedPointSolver.able(system) ? new FixedPointSolver(system, this.scale, count, poll) : undefined;
  }

  look(t: number, y: Float64Array): Verdict {
    const elapsed = t - this.t0;
    if (!this.watching && elapsed < this.nextLook) return MOVING;
    const change = this.mark === undefined ? 0 : this.distance(this.mark, y);
    const before = this.markElapsed;
    this.mark = Float64Array.from(y);
    this.markElapsed = elapsed;
    this.looks++;
    if (change > this.tolerance) this.hasMoved = true;
    const verdict = this.judge(t, y, elapsed, before, change);
    this.nextLook = elapsed * (this.since === undefined ? 2 : 1.25);
    return verdict;
  }

  private judge(t: number, y: Float64Array, elapsed: number, before: number, change: number): Verdict {
    if (this.solver === undefined) return this.judgeByChange(t, y, elapsed, before, change);
    if (change > 0.5) return this.moved();
    const found = this.solver.near(t, y, elapsed, Math.max(TOO_FAR, 10 * this.tolerance));
    if (found === undefined) return this.judgeByChange(t, y, elapsed, before, change);
    if (found === 'far' || found.distance > this.tolerance) return this.moved();
    if (this.since === undefined || (found.lasting !== true && this.distance(this.since.y, found.y) > this.tolerance)) this.since = { elapsed, y: found.y };
    const steady: Verdict = { kind: 'steady', y: found.y, residual: found.residual };
    if (found.growth !== undefined && found.growth > 0 && !this.atRest(t, y)) {
      this.watching = true;
      const stayed = elapsed - this.since.elapsed;
      return stayed * found.growth >= 100 ? steady : { kind: 'watch', maxStep: 0.2 / found.growth };
    }
    return elapsed > 0 && elapsed >= 2 * this.since.elapsed ? steady : MOVING;
  }

  private moved(): Verdict {
    this.since = undefined;
    this.watching = false;
    return MOVING;
  }

  private judgeByChange(t: number, y: Float64Array, elapsed: number, before: number, change: number): Verdict {
    if (change > this.tolerance) return this.moved();
    if (this.since === undefined || this.distance(this.since.y, y) > this.tolerance) this.since = { elapsed: before, y: Float64Array.from(y) };
    const f = new Float64Array(y.length);
    this.system.rhs(t, y, f);
    const residual = maximumNorm(f);
    const settled = this.hasMoved || this.looks >= SLOW_START || residual === 0;
    if (!settled || elapsed === 0 || elapsed < 2 * this.since.elapsed) return MOVING;
    return { kind: 'steady', y: Float64Array.from(y), residual };
  }

  private atRest(t: number, y: Float64Array): boolean {
    const f = new Float64Array(y.length);
    this.system.rhs(t, y, f);
    return maximumNorm(f) === 0;
  }

  private distance(from: Float64Array, to: Float64Array): number {
    let largest = 0;
    for (let i = 0; i < to.length; i++) largest = Math.max(largest, Math.abs(to[i]! - from[i]!) / (Math.abs(to[i]!) + this.scale[i]!));
    return largest;
  }
}
