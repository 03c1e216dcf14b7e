/**
 * When is a solution at its fixed point?
 *
 * Distance. The scaled distance of a state y from a fixed point y* is max_i |y*_i − y_i| / (|y*_i| + s_i), s_i = atol_i/rtol
 * (or atol_i itself where rtol is 0). It has no unit: slow networks and fast ones are judged alike. y* comes from Newton's
 * method, started at y, in the stoichiometric compatibility class of y.
 *
 * Rule. The solution is steady at t when it was within the tolerance of the same fixed point at some earlier t_a and at
 * every look since, and t − t0 ≥ 2 (t_a − t0): it has been there as long as it took to get there. A look is taken whenever
 * max_i |f_i|·(t − t0)/(|y_i| + s_i) ≤ 1, that is when as much time again would hardly change y, but not before the
 * elapsed time has grown by a quarter.
 *
 * Saddles. A fixed point from which small disturbances grow (an eigenvalue of the Jacobian within the class has a
 * positive real part λ) does not count until the solution has stayed there for 100/λ, and steps are kept under 0.2/λ
 * meanwhile, since an implicit method with long steps would damp what ought to grow. A state with f = 0 exactly is steady.
 *
 * Systems too large for a Newton matrix (families without a sparse Jacobian) are judged by f alone: steady when
 * max_i |f_i|·(t − t0)/(|y_i| + s_i) stays at or below the tolerance while the elapsed time doubles. So are states in whose
 * neighbourhood Newton's method finds nothing (fixed points that are not isolated). Because every start looks like rest for
 * a moment, the measure must then have been above the tolerance before, or have stayed below for SLOW_START looks, over
 * which the elapsed time grows by nine decades.
 */
import { FixedPointSolver } from './fixed-point.ts';
import type { OdeSystem } from './system.ts';
import { maximumNorm, type Tolerance } from './vector.ts';

export type Verdict =
  | { readonly kind: 'moving' }
  /** Near an unstable point: no step longer than this. */
  | { readonly kind: 'watch'; readonly maxStep: number }
  | { readonly kind: 'steady'; readonly y: Float64Array; readonly residual: number };

const SLOW_START = 100;

const MOVING: Verdict = { kind: 'moving' };

export class SteadyWatch {
  private readonly system: OdeSystem;
  private readonly t0: number;
  private readonly tolerance: number;
  private readonly scale: Float64Array;
  private readonly solver: FixedPointSolver | undefined;
  private lastLook = 0;
  private since: { readonly elapsed: number; readonly y: Float64Array } | undefined;
  private watching = false;
  private hasMoved = false;
  private looks = 0;

  constructor(system: OdeSystem, t0: number, tolerance: number, weights: Tolerance, count: () => void) {
    this.system = system;
    this.t0 = t0;
    this.tolerance = tolerance;
    this.scale = weights.atol.map((atol) => Math.max(weights.rtol > 0 ? atol / weights.rtol : atol, 1e-300));
    this.solver = FixedPointSolver.able(system) ? new FixedPointSolver(system, this.scale, count) : undefined;
  }

  /** @param derivative f(t, y) or the method's idea of it, which decides only whether to look closer */
  look(t: number, y: Float64Array, derivative: Float64Array): Verdict {
    const elapsed = t - this.t0;
    let movement = 0;
    for (let i = 0; i < y.length; i++) {
      movement = Math.max(movement, (Math.abs(derivative[i]!) * elapsed) / (Math.abs(y[i]!) + this.scale[i]!));
    }
    const solver = this.solver;
    if (movement > this.tolerance) this.hasMoved = true;
    if (!(movement <= (solver === undefined ? this.tolerance : 1))) return this.moved();
    if (this.watching ? false : elapsed < 1.25 * this.lastLook) return MOVING;
    this.lastLook = elapsed;
    if (solver === undefined) return this.judgeByDerivative(elapsed, t, y);
    const found = solver.near(t, y, elapsed);
    if (found === undefined) {
      // No isolated fixed point: go by f alone.
      return movement <= this.tolerance ? this.judgeByDerivative(elapsed, t, y) : this.moved();
    }
    if (found.distance > this.tolerance) return this.moved();
    if (this.since === undefined || !this.same(found.y, this.since.y)) this.since = { elapsed, y: found.y };
    const stayed = elapsed - this.since.elapsed;
    const steady: Verdict = { kind: 'steady', y: found.y, residual: found.residual };
    if (found.growth !== undefined && found.growth > 0 && !this.atRest(t, y)) {
      this.watching = true;
      return stayed * found.growth >= 100 ? steady : { kind: 'watch', maxStep: 0.2 / found.growth };
    }
    return elapsed >= 2 * this.since.elapsed && elapsed > 0 ? steady : MOVING;
  }

  private moved(): Verdict {
    this.since = undefined;
    this.watching = false;
    return MOVING;
  }

  private judgeByDerivative(elapsed: number, t: number, y: Float64Array): Verdict {
    this.since ??= { elapsed, y: Float64Array.from(y) };
    this.looks++;
    const f = new Float64Array(y.length);
    this.system.rhs(t, y, f);
    const residual = maximumNorm(f);
    const settled = this.hasMoved || this.looks >= SLOW_START || residual === 0;
    if (!settled || elapsed < 2 * this.since.elapsed) return MOVING;
    return { kind: 'steady', y: Float64Array.from(y), residual };
  }

  private atRest(t: number, y: Float64Array): boolean {
    const f = new Float64Array(y.length);
    this.system.rhs(t, y, f);
    return maximumNorm(f) === 0;
  }

  private same(a: Float64Array, b: Float64Array): boolean {
    for (let i = 0; i < a.length; i++) {
      if (Math.abs(a[i]! - b[i]!) > this.tolerance * (Math.abs(a[i]!) + this.scale[i]!)) return false;
    }
    return true;
  }
}
