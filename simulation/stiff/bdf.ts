/**
 * Variable-order (1–5), variable-step BDF in Nordsieck form with fixed leading coefficient. Error test, order and step
 * selection and the rules of the modified Newton iteration are those described in the CVODE user guide and in Brown,
 * Byrne & Hindmarsh, "VODE: a variable-coefficient ODE solver" (SIAM J. Sci. Stat. Comput. 10, 1989). The code is ours.
 *
 * Column j of the Nordsieck array is h^j y^(j)/j! of the interpolating polynomial at t. It is one long file because a
 * multistep method's step, its error test, its order and its Newton iteration share one state. That state lies in an arena,
 * where the vector loops are WebAssembly.
 */
import type { Advance, Counters, History, Stepper, StepperStart } from '../stepper.ts';
import type { OdeSystem } from '../system.ts';
import { newtonMatrix, type NewtonMatrix } from '../linear/newton-matrix.ts';
import { TotalsProjection } from '../linear/totals.ts';
import { Arena } from '../kernels/arena.ts';
import type { Kernels } from '../kernels/module.ts';
import { allFinite, NEGATIVE_LIMIT, smallestStep, WEIGHT_FLOOR, type Tolerance } from '../vector.ts';
import { lowerOrder, MAX_ORDER, newCoefficients, raiseOrder, setCoefficients } from './coefficients.ts';

/** Newton: iterations at most, when to give up, how long a factorisation and a Jacobian may be reused. */
const MAX_ITERATIONS = 3, DIVERGING = 2, MATRIX_AGE = 20, GAMMA_CHANGE = 0.3;
const JACOBIAN_AGE = { direct: 50, iterative: 20 } as const;
/**
 * Nor for steps so many times longer: what has died out since (an infection) still brakes others in an old Jacobian, times γ, and
 * Newton's first move is then small although the equations are not solved.
 */
const JACOBIAN_GROWTH = 10;
/** Iterative linear solvers leave at most this fraction of what Newton itself may leave. */
const LINEAR_FRACTION = 0.01;
/** Step-size selection: bias factors for orders q − 1, q, q + 1, and limits. */
const BIAS_BELOW = 6, BIAS = 6, BIAS_ABOVE = 10, ADD = 1e-6;
const CHANGE_WORTHWHILE = 1.5, FIRST_GROWTH = 1e4, GROWTH = 10, SHRINK = 0.2, SHRINK_NEWTON = 0.25;

type Corrector = 'converged' | 'diverged' | 'not a number';

export class Bdf implements Stepper {
  readonly name = 'bdf';
  readonly stiff = true;
  maxStep = Infinity;
  t: number;
  previousT: number;
  readonly y: Float64Array;
  readonly matrix: NewtonMatrix;
  private readonly system: OdeSystem;
  private readonly tolerance: Tolerance;
  private readonly counters: Counters;
  private readonly cancel: () => boolean;
  private readonly maxOrder: number;
  private readonly n: number;
  private readonly arena: Arena;
  private readonly kernels: Kernels;
  private readonly columns: readonly Float64Array[];
  /** Address of the Nordsieck array and bytes from one column to the next. */
  private readonly array: number;
  private readonly stride: number;
  /** The corrector polynomial, for the kernels. */
  private readonly l: Float64Array;
  private readonly atol: Float64Array;
  private readonly correction: Float64Array;
  private readonly delta: Float64Array;
  private readonly slope: Float64Array;
  private readonly weights: Float64Array;
  /** Where the corrector is; becomes y when the step is accepted. */
  private readonly trial: Float64Array;
  private readonly coefficients = newCoefficients();
  private readonly scratch = new Float64Array(MAX_ORDER + 2);
  private readonly tau = new Float64Array(MAX_ORDER + 2);
  /** The correction of the step before, kept while a rise of the order is considered. */
  private readonly kept: Float64Array;
  /** What is conserved stays that of the start: neither rounding nor inexact linear solves make it drift. */
  private readonly totals: TotalsProjection | undefined;
  private readonly start: Float64Array;
  private keptRatio = 0;
  /** Order in use and the size the Nordsieck array is scaled to. */
  private q = 1;
  private h: number;
  private nextOrder = 1;
  private eta = 1;
  private growthLimit = FIRST_GROWTH;
  /** Steps until a change of order is considered. */
  private wait = 2;
  private accepted = 0;
  private gamma = 0;
  private matrixGamma = 0;
  private matrixStep = -1;
  private jacobianStep = -1;
  private jacobianGamma = 0;
  private rate = 1;
  private correctionNorm = 0;
  /** The end that the present step must not pass. */
  private end = Infinity;

  /**
   * @param derivative f(start.t, start.y)
   * @param maxOrder for measuring one order alone
   * @param history of the method that brought the solution to t: then the first step is not of order 1
   */
  constructor(start: StepperStart, derivative: Float64Array, maxOrder = MAX_ORDER, history?: History) {
    const n = start.system.dimension;
    this.tolerance = start.tolerance;
    this.counters = start.counters;
    this.cancel = start.cancel;
    this.maxOrder = maxOrder;
    this.t = this.previousT = start.t;
    this.h = start.firstStep;
    const padded = n + (n & 1), vectors = 8, conserved = start.system.conserved;
    const arena = this.arena = Arena.take(Arena.bytes([...new Array<number>(vectors).fill(n), (MAX_ORDER + 1) * padded, MAX_ORDER + 2])
      + (conserved === undefined ? 0 : TotalsProjection.bytes(conserved)) + (start.system.inside?.bytes ?? 0));
    this.system = start.system.inside?.place(arena) ?? start.system;
    this.n = n;
    this.kernels = arena.kernels;
    const array = arena.doubles((MAX_ORDER + 1) * padded);
    this.array = array.byteOffset;
    this.stride = 8 * padded;
    this.columns = Array.from({ length: MAX_ORDER + 1 }, (_, j) => array.subarray(j * padded, j * padded + n));
    this.columns[0]!.set(start.y);
    const first = this.columns[1]!;
    for (let i = 0; i < n; i++) first[i] = this.h * derivative[i]!;
    this.y = new Float64Array(start.y);
    this.correction = arena.doubles(n);
    this.delta = arena.doubles(n);
    this.trial = arena.doubles(n);
    this.slope = arena.doubles(n);
    this.weights = arena.doubles(n);
    this.kept = arena.doubles(n);
    this.start = arena.doubles(n);
    this.start.set(start.y);
    this.totals = conserved === undefined ? undefined : new TotalsProjection(conserved, n, arena);
    this.atol = arena.doubles(n);
    this.atol.set(start.tolerance.atol);
    this.l = arena.doubles(MAX_ORDER + 2);
    if (history !== undefined) this.goOn(history);
    this.matrix = newtonMatrix(start.system, () => { this.counters.evaluations++; }, start.poll);
  }

  /**
   * Begins with the order at which the local errors q!·‖h^(q+1) y^(q+1)/(q+1)!‖ allow the longest step, as if the steps before had been
   * as long: their ends all lie within the one step of the history.
   */
  private goOn({ step, columns: given }: History): void {
    const { kernels, tolerance, weights, n, columns, delta } = this;
    kernels.errorWeights(this.array, this.atol.byteOffset, tolerance.rtol, WEIGHT_FLOOR, weights.byteOffset, n);
    let best = 0, order = 1;
    for (let q = 1, factorial = 1; q < Math.min(given.length, this.maxOrder + 1); factorial *= ++q) {
      delta.set(given[q]!);
      const eta = 1 / ((BIAS * factorial * this.norm(delta)) ** (1 / (q + 1)) + ADD);
      if (eta > best) { best = eta; order = q; }
    }
    const share = Math.min(best, 1 / order);
    if (!(share > 0)) return;
    this.q = this.nextOrder = order;
    this.h = share * step;
    for (let j = 1, scale = share; j <= order; j++, scale *= share) {
      const column = columns[j]!, from = given[j - 1]!;
      for (let i = 0; i < n; i++) column[i] = scale * from[i]!;
    }
    this.tau.fill(this.h);
    this.wait = order + 1;
    this.growthLimit = GROWTH;
  }

  get order(): number {
    return this.q;
  }

  get nextStep(): number {
    return this.h * this.eta;
  }

  get derivative(): Float64Array {
    const inverse = 1 / this.h;
    return Float64Array.from(this.columns[1]!, (value) => value * inverse);
  }

  release(): void {
    this.matrix.release?.();
    this.arena.recycle();
  }

  advance(end: number): Advance {
    const t0 = this.t;
    this.kernels.errorWeights(this.array, this.atol.byteOffset, this.tolerance.rtol, WEIGHT_FLOOR, this.weights.byteOffset, this.n);
    this.fitBefore(end);
    if (this.eta !== 1 || this.nextOrder !== this.q) this.applyChange();
    let errorFailures = 0, newtonFailures = 0, negative = 0, sawNaN = false;
    let reason: 'first' | 'after error' | 'after Newton' = 'first';
    for (;;) {
      if (this.cancel()) return 'cancelled';
      const tNew = t0 + this.h;
      if (this.h < smallestStep(t0) || tNew === t0) return sawNaN ? 'not a number' : 'step underflow';
      this.kernels.shift(this.array, this.stride, this.q, 1, this.n);
      setCoefficients(this.coefficients, this.q, this.h, this.tau, this.wait === 1);
      this.gamma = this.h / this.coefficients.l[1]!;
      const corrector = this.correct(tNew, reason);
      if (corrector !== 'converged') {
        this.kernels.shift(this.array, this.stride, this.q, -1, this.n);
        this.counters.rejected++;
        newtonFailures++;
        sawNaN ||= corrector === 'not a number';
        reason = 'after Newton';
        this.growthLimit = 1;
        this.shrink(SHRINK_NEWTON);
        // A Newton iteration that keeps failing has to do with the history as well: begin anew at order 1.
        if (newtonFailures % 10 === 0) this.restart(t0);
        continue;
      }
      const error = this.correctionNorm * this.coefficients.error;
      if (!(error <= 1)) {
        this.kernels.shift(this.array, this.stride, this.q, -1, this.n);
        this.counters.rejected++;
        this.growthLimit = 1;
        reason = 'after error';
        errorFailures++;
        if (errorFailures > 3) {
          if (this.q > 1) {
            this.changeOrder(-1);
            this.wait = this.q + 1;
            this.shrink(0.1);
          } else {
            this.shrink(0.1);
            this.restart(t0);
          }
        } else {
          const factor = Math.max(SHRINK, 1 / ((BIAS * error) ** (1 / (this.q + 1)) + ADD));
          this.shrink(errorFailures >= 2 ? Math.min(factor, SHRINK) : factor);
        }
        continue;
      }
      if (this.system.nonNegative === true && this.kernels.anyBelow(this.trial.byteOffset, this.atol.byteOffset, NEGATIVE_LIMIT, this.n) !== 0) {
        if (negative++ < 2) {
          this.kernels.shift(this.array, this.stride, this.q, -1, this.n);
          this.counters.rejected++;
          this.growthLimit = 1;
          reason = 'after error';
          this.shrink(0.5);
          continue;
        }
        this.liftNegative();
      }
      this.complete(tNew, error);
      return 'accepted';
    }
  }

  /** The polynomial passes through the solution at t. */
  at(t: number, out: Float64Array): void {
    if (t === this.t) { out.set(this.y); return; }
    this.kernels.interpolate(this.array, this.stride, this.q, (t - this.t) / this.h, this.delta.byteOffset, this.n);
    out.set(this.delta);
  }

  /** Shortens the coming step so that it does not pass `end`, and so that no sliver remains. */
  private fitBefore(end: number): void {
    if (this.h * this.eta > this.maxStep) this.eta = this.maxStep / this.h;
    const left = end - this.t, wanted = this.h * this.eta;
    if (wanted * 1.0001 >= left) this.eta = left / this.h;
    else if (2 * wanted > left) this.eta = Math.min(this.eta, left / 2 / this.h);
    this.end = end;
  }

  private applyChange(): void {
    if (this.nextOrder !== this.q) {
      this.changeOrder(this.nextOrder - this.q);
      this.wait = this.q + 1;
    }
    this.rescale(this.eta);
    this.eta = 1;
  }

  private changeOrder(change: number): void {
    const { q, array, stride, kernels, scratch, n } = this;
    if (change > 0) {
      const scale = raiseOrder(q, this.h, this.tau, scratch);
      const top = array + (q + 1) * stride;
      kernels.scaled(scale, this.kept.byteOffset, top, n);
      for (let j = 2; j <= q; j++) kernels.axpy(scratch[j]!, top, array + j * stride, n);
    } else {
      lowerOrder(q, this.h, this.tau, scratch);
      for (let j = 2; j < q; j++) kernels.axpy(-scratch[j]!, array + q * stride, array + j * stride, n);
    }
    this.q = q + change;
    this.nextOrder = this.q;
  }

  private rescale(eta: number): void {
    this.kernels.rescale(this.array, this.stride, this.q, eta, this.n);
    this.h *= eta;
  }

  private shrink(eta: number): void {
    this.rescale(eta);
    this.eta = 1;
  }

  /** Order 1 from the last accepted point, the derivative evaluated anew. */
  private restart(t: number): void {
    this.q = this.nextOrder = 1;
    this.wait = 10;
    this.system.rhs(t, this.columns[0]!, this.slope);
    this.counters.evaluations++;
    const first = this.columns[1]!;
    for (let i = 0; i < first.length; i++) first[i] = this.h * this.slope[i]!;
  }

  private correct(t: number, reason: 'first' | 'after error' | 'after Newton'): Corrector {
    const { matrix, gamma } = this;
    const change = (): number => (this.matrixGamma === 0 ? 0 : Math.abs(gamma / this.matrixGamma - 1));
    let prepare = this.matrixStep < 0 || reason !== 'first' || this.accepted >= this.matrixStep + MATRIX_AGE || change() > GAMMA_CHANGE;
    let badJacobian = false;
    for (;;) {
      this.correction.fill(0);
      this.trial.set(this.columns[0]!);
      this.system.rhs(t, this.trial, this.slope);
      this.counters.evaluations++;
      let fresh = false;
      if (!this.finite(this.slope)) return 'not a number';
      if (prepare) {
        const age = matrix.direct ? JACOBIAN_AGE.direct : JACOBIAN_AGE.iterative;
        // A Newton failure with γ little changed is the Jacobian's fault; otherwise the matrix with the new γ may do.
        fresh = this.jacobianStep < 0 || this.accepted > this.jacobianStep + age || gamma > JACOBIAN_GROWTH * this.jacobianGamma || (badJacobian && change() < 0.2)
          || reason === 'after Newton';
        if (fresh) {
          this.counters.evaluations += matrix.evaluate(t, this.trial, this.slope, this.weights);
          this.counters.jacobians++;
          this.jacobianStep = this.accepted;
          this.jacobianGamma = gamma;
        }
        this.counters.factorisations++;
        const regular = matrix.factorise(gamma, this.weights);
        this.totals?.prepare(this.weights);
        this.matrixGamma = gamma;
        this.matrixStep = this.accepted;
        this.rate = 1;
        if (!regular) { this.matrixStep = -1; this.jacobianStep = -1; return 'diverged'; }
      }
      const result = this.iterate(t);
      if (result === 'converged') return result;
      // Give up only with a Jacobian of this very point.
      if (fresh || (result === 'not a number' && prepare) || this.cancel()) return result;
      prepare = true;
      badJacobian = true;
    }
  }

  private finite(v: Float64Array): boolean {
    // A sum that is not finite may have overflowed, so look again.
    return Number.isFinite(this.kernels.sum(v.byteOffset, this.n)) || allFinite(v);
  }

  private norm(v: Float64Array): number {
    return Math.sqrt(this.kernels.weightedSquares(v.byteOffset, this.weights.byteOffset, this.n) / Math.max(1, this.n));
  }

  private iterate(t: number): Corrector {
    const { correction, delta, slope, trial: y, weights, gamma, coefficients, matrix, kernels, n, array, stride } = this;
    const leading = 1 / coefficients.l[1]!, perComponent = 1 / Math.max(1, n);
    const ratio = gamma / this.matrixGamma;
    const scale = matrix.direct && ratio !== 1 ? 2 / (1 + ratio) : 1;
    const point = { t, y, gamma, weights, tolerance: LINEAR_FRACTION * coefficients.newton };
    let before = 0;
    for (let m = 0; ; m++) {
      // An iteration on a large network takes long; the step itself asks again and says that it was cancelled.
      if (m > 0 && this.cancel()) return 'diverged';
      kernels.newtonResidual(delta.byteOffset, slope.byteOffset, array + stride, correction.byteOffset, gamma, leading, n);
      const solved = matrix.solve(delta, point);
      if (solved === 'failed' || (solved === 'reduced' && m > 0)) return allFinite(slope) ? 'diverged' : 'not a number';
      const size = Math.sqrt(perComponent * kernels.newtonMove(correction.byteOffset, delta.byteOffset, scale, y.byteOffset, array, weights.byteOffset, n));
      if (!Number.isFinite(size)) return 'not a number';
      if (m > 0) this.rate = Math.max(0.3 * this.rate, size / before);
      if (size * Math.min(1, this.rate) <= coefficients.newton) {
        this.correctionNorm = m === 0 ? size : this.norm(correction);
        return Number.isFinite(this.correctionNorm) ? 'converged' : 'not a number';
      }
      if (m + 1 === MAX_ITERATIONS || (m > 0 && size > DIVERGING * before)) return 'diverged';
      before = size;
      this.system.rhs(t, y, slope);
      this.counters.evaluations++;
    }
  }

  /** Raises the components that are too far below zero to zero, as part of the correction. */
  private liftNegative(): void {
    const { trial: y, correction, atol } = this, predicted = this.columns[0]!;
    for (let i = 0; i < y.length; i++) {
      if (y[i]! < -NEGATIVE_LIMIT * atol[i]!) { y[i] = 0; correction[i] = -predicted[i]!; }
    }
  }

  private complete(t: number, error: number): void {
    const { q, columns, correction, tau, coefficients } = this;
    this.accepted++;
    this.counters.steps++;
    for (let i = q; i >= 2; i--) tau[i] = tau[i - 1]!;
    if (q === 1 && this.accepted > 1) tau[2] = tau[1]!;
    tau[1] = this.h;
    this.l.set(coefficients.l);
    this.kernels.correctColumns(this.array, this.stride, q, this.l.byteOffset, correction.byteOffset, this.n);
    this.totals?.apply(this.start, columns[0]!);
    this.previousT = this.t;
    this.t = Math.abs(this.end - t) <= 2 * smallestStep(t) ? this.end : t;
    this.y.set(columns[0]!);
    this.wait--;
    if (this.growthLimit === 1) {
      // After a failed step keep size and order once.
      this.wait = Math.max(this.wait, 2);
      this.nextOrder = q;
      this.eta = 1;
    } else {
      this.chooseNext(error);
    }
    if (this.wait === 1 && q < this.maxOrder) {
      this.kept.set(correction);
      this.keptRatio = coefficients.above;
    }
    this.growthLimit = GROWTH;
  }

  private chooseNext(error: number): void {
    const { q, correction, coefficients } = this;
    const same = 1 / ((BIAS * error) ** (1 / (q + 1)) + ADD);
    let best = same, order = q;
    if (this.wait === 0) {
      this.wait = 2;
      const below = q > 1
        ? 1 / ((BIAS_BELOW * this.norm(this.columns[q]!) * coefficients.errorBelow) ** (1 / q) + ADD) : 0;
      let above = 0;
      if (q < this.maxOrder && this.keptRatio !== 0) {
        const quotient = (coefficients.above / this.keptRatio) * (this.h / this.tau[2]!) ** (q + 1);
        const change = this.kernels.weightedSquaresOfDifference(correction.byteOffset, this.kept.byteOffset, quotient, this.weights.byteOffset, this.n);
        above = 1 / ((BIAS_ABOVE * Math.sqrt(change / Math.max(1, this.n)) * coefficients.errorAbove) ** (1 / (q + 2)) + ADD);
      }
      if (below > best) { best = below; order = q - 1; }
      if (above > best) { best = above; order = q + 1; }
      if (best < CHANGE_WORTHWHILE) { this.eta = 1; this.nextOrder = q; return; }
      if (order === q + 1) this.kept.set(correction);
    }
    if (best < CHANGE_WORTHWHILE) {
      this.eta = 1;
      this.nextOrder = q;
    } else {
      this.eta = Math.min(best, this.growthLimit);
      this.nextOrder = order;
    }
  }
}
