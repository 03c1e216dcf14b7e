/**
 * Which method 'auto' goes on with. It starts with the explicit pair, or with the method for stiff systems when the Jacobian
 * says at once that stability would allow only tiny steps; it leaves the pair once its steps have been limited by stability for
 * a while, and comes back when the stiff method's steps have for a while been so short beside the fastest rate (Petzold 1983)
 * that stability would not limit the pair's. Each return doubles the while: what goes to and fro for ever does so ever more rarely.
 *
 * Stiff systems with a matrix are solved by BDF. Without one (families of reactions) BDF's linear solver, unless
 * it is a direct one for pairs of components (`linear/bordered.ts`), has nothing to precondition with, which is good enough while the steps are not too many times longer than the fastest time; for the
 * stiffer ones the stabilised explicit method is both quicker and nearer to the tolerance.
 */
import { pollOf } from './cancel.ts';
import { hasDirectSolver, multiply } from './linear/newton-matrix.ts';
import { spectralRadius, type PowerVectors } from './stabilised/spectral-radius.ts';
import type { Counters, Stepper } from './stepper.ts';
import type { MethodName, OdeSystem } from './system.ts';

export type Method = Exclude<MethodName, 'auto'>;

/** Explicit steps that stability alone would ask for before a stiff method is chosen at the outset: small and larger systems. */
const OBVIOUSLY_STIFF = { small: 1e5, large: 3e3, size: 30 } as const;
/** Fastest times in what is left of the interval from which on a system without a matrix is left to the stabilised method. */
const BEYOND_KRYLOV = 3e4;
/** A stiff method's step is short when it is less than so many of the fastest times. */
const SHORT = 0.5;
/** BDF's steps are looked at every so often; so many looks in a row must find them short and no longer growing, at first. */
const LOOK = 20, LOOKS = 3, GROWING = 1.5;

export class MethodChoice {
  private readonly system: OdeSystem;
  private readonly t1: number;
  private readonly counters: Counters;
  private readonly cancel: () => boolean;
  private vectors: (PowerVectors & { readonly f: Float64Array }) | undefined;
  private values: Float64Array | undefined;
  private steps = 0;
  private shortLooks = 0;
  private stepBefore = 0;
  /** How often the explicit pair has been returned to, doubled each time. */
  private patience = 1;

  constructor(system: OdeSystem, t1: number, counters: Counters, cancel: () => boolean) {
    this.system = system;
    this.t1 = t1;
    this.counters = counters;
    this.cancel = cancel;
  }

  first(t: number, y: Float64Array): Method {
    const span = this.t1 - t;
    if (this.system.jacobian === undefined || !Number.isFinite(span)) return 'tsit5';
    const limit = y.length > OBVIOUSLY_STIFF.size ? OBVIOUSLY_STIFF.large : OBVIOUSLY_STIFF.small;
    return this.rateBound(t, y) * span > limit ? 'bdf' : 'tsit5';
  }

  /** @returns what to go on with after an accepted step: the stepper's own name, or another */
  next(stepper: Stepper): Method {
    const { name } = stepper;
    this.steps++;
    if (name === 'tsit5') return stepper.stiff ? this.begin(this.stiffMethod(stepper)) : name;
    if (name === 'rkc') return !stepper.stiff && this.steps >= LOOK * LOOKS * this.patience ? this.back() : name;
    if (this.steps % LOOK !== 0) return name;
    const { t, y } = stepper, step = t - stepper.previousT, grows = step > GROWING * this.stepBefore;
    this.stepBefore = step;
    this.shortLooks = !grows && this.isShort(step, t, y) ? this.shortLooks + 1 : 0;
    return this.shortLooks >= LOOKS * this.patience ? this.back() : name;
  }

  private begin(method: Method): Method {
    this.steps = this.shortLooks = this.stepBefore = 0;
    return method;
  }

  private back(): Method {
    this.patience *= 2;
    return this.begin('tsit5');
  }

  private stiffMethod({ t, y }: Stepper): Method {
    if (this.system.jacobian !== undefined || this.system.jacobianTimes === undefined) return 'bdf';
    const left = this.t1 - t;
    if (hasDirectSolver(this.system, pollOf(this.cancel))) return 'bdf';
    return Number.isFinite(left) && this.rate(t, y) * left > BEYOND_KRYLOV ? 'rkc' : 'bdf';
  }

  /** Whether a step is short beside the fastest rate. A component's own rate, the diagonal, mostly says at once that it is not. */
  private isShort(step: number, t: number, y: Float64Array): boolean {
    const { jacobian } = this.system;
    if (jacobian !== undefined) {
      const { n, columnStart, rowIndex } = jacobian.pattern, values = this.values ??= new Float64Array(columnStart[n]!);
      jacobian.fill(t, y, values);
      for (let j = 0; j < n; j++) {
        for (let p = columnStart[j]!; p < columnStart[j + 1]!; p++) if (rowIndex[p] === j && Math.abs(values[p]!) * step >= SHORT) return false;
      }
    }
    return step * this.rate(t, y) < SHORT;
  }

  /** The fastest rate, rather over- than underestimated: the spectral radius of J, of whose matrix the non-zeros are in `values`. */
  private rate(t: number, y: Float64Array): number {
    const n = y.length, { system, values } = this, { jacobian } = system;
    if (this.vectors === undefined) {
      const vector = (): Float64Array => new Float64Array(n);
      this.vectors = { direction: vector(), image: vector(), moved: vector(), f: vector() };
    }
    const { f } = this.vectors;
    if (jacobian !== undefined && values !== undefined) {
      const matrix: OdeSystem = {
        dimension: n,
        rhs(at, state, out) { system.rhs(at, state, out); },
        jacobianTimes(_t, _y, v, out) { multiply(jacobian.pattern, values, v, out); },
      };
      return spectralRadius(matrix, t, y, f, this.vectors, () => undefined, this.cancel);
    }
    const count = (): void => { this.counters.evaluations++; };
    if (system.jacobianTimes === undefined) {
      count();
      system.rhs(t, y, f);
    }
    return spectralRadius(system, t, y, f, this.vectors, count, this.cancel);
  }

  /** min(‖J‖₁, ‖J‖_∞) */
  private rateBound(t: number, y: Float64Array): number {
    const jacobian = this.system.jacobian!, { n, columnStart, rowIndex } = jacobian.pattern;
    const values = this.values ??= new Float64Array(columnStart[n]!), rows = new Float64Array(n);
    jacobian.fill(t, y, values);
    let byColumns = 0, byRows = 0;
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = columnStart[j]!; p < columnStart[j + 1]!; p++) {
        const size = Math.abs(values[p]!);
        sum += size;
        rows[rowIndex[p]!]! += size;
      }
      byColumns = Math.max(byColumns, sum);
    }
    for (let i = 0; i < n; i++) byRows = Math.max(byRows, rows[i]!);
    return Math.min(byColumns, byRows);
  }
}
