/**
 * Variable-order (1–5), variable-step BDF in Nordsieck form with fixed leading coefficient. Error test, order and step
 * selection and the rules of the modified Newton iteration are those described in the CVODE user guide and in Brown,
 * Byrne & Hindmarsh, "VODE: a variable-coefficient ODE solver" (SIAM J. Sci. Stat. Comput. 10, 1989). The code is ours.
 *
 * Column j of the Nordsieck array is h^j y^(j)/j! of the interpolating polynomial at t. It is one long file because a
 * multistep method's step, its error test, its order and its Newton iteration share one state.
 */
import type { Advance, Counters, Stepper, StepperStart } from '../stepper.ts';
import type { OdeSystem } from '../system.ts';
import { newtonMatrix, type NewtonMatrix } from '../linear/newton-matrix.ts';
import { allFinite, belowZero, errorWeights, NEGATIVE_LIMIT, smallestStep, weightedNorm, type Tolerance } from '../vector.ts';
import { lowerOrder, MAX_ORDER, newCoefficients, raiseOrder, setCoefficients } from './coefficients.ts';

/** Newton: iterations at most, when to give up, how long a factorisation and a Jacobian may be reused. */
const MAX_ITERATIONS = 3, DIVERGING = 2, MATRIX_AGE = 20, GAMMA_CHANGE = 0.3;
const JACOBIAN_AGE = { direct: 50, iterative: 20 } as const;
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
  readonly derivative: Float64Array;
  readonly matrix: NewtonMatrix;
  private readonly system: OdeSystem;
  private readonly tolerance: Tolerance;
  private readonly counters: Counters;
  private readonly cancel: () => boolean;
  private readonly maxOrder: number;
  private readonly columns: Float64Array[];
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
  private rate = 1;
  private correctionNorm = 0;
  /** The end that the present step must not pass. */
  private end = Infinity;

  /** @param derivative f(start.t, start.y). @param maxOrder for measuring one order alone */
  constructor(start: StepperStart, derivative: Float64Array, maxOrder = MAX_ORDER) {
    const n = start.system.dimension;
    this.system = start.system;
    this.tolerance = start.tolerance;
    this.counters = start.counters;
    this.cancel = start.cancel;
    this.maxOrder = maxOrder;
    this.t = this.previousT = start.t;
    this.h = start.firstStep;
    this.columns = Array.from({ length: MAX_ORDER + 1 }, () => new Float64Array(n));
    this.columns[0]!.set(start.y);
    const first = this.columns[1]!;
    for (let i = 0; i < n; i++) first[i] = this.h * derivative[i]!;
    this.y = Float64Array.from(start.y);
    this.derivative = Float64Array.from(derivative);
    this.correction = new Float64Array(n);
    this.delta = new Float64Array(n);
    this.trial = new Float64Array(n);
    this.slope = new Float64Array(n);
    this.weights = new Float64Array(n);
    this.kept = new Float64Array(n);
    this.matrix = newtonMatrix(start.system, () => { this.counters.evaluations++; });
  }

  get order(): number {
    return this.q;
  }

  get nextStep(): number {
    return this.h * this.eta;
  }

  advance(end: number): Advance {
    const t0 = this.t;
    errorWeights(this.columns[0]!, this.tolerance, this.weights);
    this.fitBefore(end);
    if (this.eta !== 1 || this.nextOrder !== this.q) this.applyChange();
    let errorFailures = 0, newtonFailures = 0, negative = 0, sawNaN = false;
    let reason: 'first' | 'after error' | 'after Newton' = 'first';
    for (;;) {
      if (this.cancel()) return 'cancelled';
      const tNew = t0 + this.h;
      if (this.h < smallestStep(t0) || tNew === t0) return sawNaN ? 'not a number' : 'step underflow';
      this.predict();
      setCoefficients(this.coefficients, this.q, this.h, this.tau, this.wait === 1);
      this.gamma = this.h / this.coefficients.l[1]!;
      const corrector = this.correct(tNew, reason);
      if (corrector !== 'converged') {
        this.restore();
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
        this.restore();
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
      if (this.system.nonNegative === true && belowZero(this.trial, this.tolerance.atol)) {
        if (negative++ < 2) {
          this.restore();
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

  /** Interpolation by Horner's rule; the polynomial passes through the solution at t. */
  at(t: number, out: Float64Array): void {
    if (t === this.t) { out.set(this.y); return; }
    const n = out.length, columns = this.columns, s = (t - this.t) / this.h;
    const top = columns[this.q]!;
    for (let i = 0; i < n; i++) out[i] = top[i]!;
    for (let j = this.q - 1; j >= 0; j--) {
      const column = columns[j]!;
      for (let i = 0; i < n; i++) out[i] = out[i]! * s + column[i]!;
    }
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
    const { q, columns, scratch } = this, n = this.y.length;
    if (change > 0) {
      const scale = raiseOrder(q, this.h, this.tau, scratch);
      const top = columns[q + 1]!;
      for (let i = 0; i < n; i++) top[i] = scale * this.kept[i]!;
      for (let j = 2; j <= q; j++) axpy(scratch[j]!, top, columns[j]!);
    } else {
      lowerOrder(q, this.h, this.tau, scratch);
      for (let j = 2; j < q; j++) axpy(-scratch[j]!, columns[q]!, columns[j]!);
    }
    this.q = q + change;
    this.nextOrder = this.q;
  }

  private rescale(eta: number): void {
    let factor = eta;
    for (let j = 1; j <= this.q; j++) {
      const column = this.columns[j]!;
      for (let i = 0; i < column.length; i++) column[i] = column[i]! * factor;
      factor *= eta;
    }
    this.h *= eta;
  }

  private shrink(eta: number): void {
    this.rescale(eta);
    this.eta = 1;
  }

  /** Multiplies the array by Pascal's triangle: the Taylor expansion at t + h. */
  private predict(): void {
    const columns = this.columns, q = this.q;
    for (let k = 1; k <= q; k++) for (let j = q; j >= k; j--) axpy(1, columns[j]!, columns[j - 1]!);
  }

  private restore(): void {
    const columns = this.columns, q = this.q;
    for (let k = 1; k <= q; k++) for (let j = q; j >= k; j--) axpy(-1, columns[j]!, columns[j - 1]!);
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
      if (!allFinite(this.slope)) return 'not a number';
      if (prepare) {
        const age = matrix.direct ? JACOBIAN_AGE.direct : JACOBIAN_AGE.iterative;
        // A Newton failure with γ little changed is the Jacobian's fault; otherwise the matrix with the new γ may do.
        fresh = this.jacobianStep < 0 || this.accepted > this.jacobianStep + age || (badJacobian && change() < 0.2)
          || reason === 'after Newton';
        if (fresh) {
          this.counters.evaluations += matrix.evaluate(t, this.trial, this.slope, this.weights);
          this.counters.jacobians++;
          this.jacobianStep = this.accepted;
        }
        this.counters.factorisations++;
        const regular = matrix.factorise(gamma, this.weights);
        this.matrixGamma = gamma;
        this.matrixStep = this.accepted;
        this.rate = 1;
        if (!regular) { this.matrixStep = -1; this.jacobianStep = -1; return 'diverged'; }
      }
      const result = this.iterate(t);
      if (result === 'converged') return result;
      // Give up only with a Jacobian of this very point.
      if (fresh || (result === 'not a number' && prepare)) return result;
      prepare = true;
      badJacobian = true;
    }
  }

  private iterate(t: number): Corrector {
    const { correction, delta, slope, trial: y, weights, gamma, coefficients, matrix } = this;
    const n = y.length, leading = 1 / coefficients.l[1]!;
    const first = this.columns[1]!, predicted = this.columns[0]!;
    const ratio = gamma / this.matrixGamma;
    const scale = matrix.direct && ratio !== 1 ? 2 / (1 + ratio) : 1;
    const point = { t, y, gamma, weights, tolerance: LINEAR_FRACTION * coefficients.newton };
    let before = 0;
    for (let m = 0; ; m++) {
      for (let i = 0; i < n; i++) delta[i] = gamma * slope[i]! - leading * first[i]! - correction[i]!;
      const solved = matrix.solve(delta, point);
      if (solved === 'failed' || (solved === 'reduced' && m > 0)) return allFinite(slope) ? 'diverged' : 'not a number';
      if (scale !== 1) for (let i = 0; i < n; i++) delta[i] = delta[i]! * scale;
      const size = weightedNorm(delta, weights);
      if (!Number.isFinite(size)) return 'not a number';
      for (let i = 0; i < n; i++) {
        const moved = correction[i]! + delta[i]!;
        correction[i] = moved;
        y[i] = predicted[i]! + moved;
      }
      if (m > 0) this.rate = Math.max(0.3 * this.rate, size / before);
      if (size * Math.min(1, this.rate) <= coefficients.newton) {
        this.correctionNorm = m === 0 ? size : weightedNorm(correction, weights);
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
    const { trial: y, correction } = this, atol = this.tolerance.atol, predicted = this.columns[0]!;
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
    for (let j = 0; j <= q; j++) axpy(coefficients.l[j]!, correction, columns[j]!);
    this.previousT = this.t;
    this.t = Math.abs(this.end - t) <= 2 * smallestStep(t) ? this.end : t;
    this.y.set(columns[0]!);
    const first = columns[1]!, inverse = 1 / this.h;
    for (let i = 0; i < first.length; i++) this.derivative[i] = first[i]! * inverse;
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
    const { q, correction, weights, coefficients } = this;
    const same = 1 / ((BIAS * error) ** (1 / (q + 1)) + ADD);
    let best = same, order = q;
    if (this.wait === 0) {
      this.wait = 2;
      const below = q > 1
        ? 1 / ((BIAS_BELOW * weightedNorm(this.columns[q]!, weights) * coefficients.errorBelow) ** (1 / q) + ADD) : 0;
      let above = 0;
      if (q < this.maxOrder && this.keptRatio !== 0) {
        const quotient = (coefficients.above / this.keptRatio) * (this.h / this.tau[2]!) ** (q + 1);
        const change = this.delta;
        for (let i = 0; i < change.length; i++) change[i] = correction[i]! - quotient * this.kept[i]!;
        above = 1 / ((BIAS_ABOVE * weightedNorm(change, weights) * coefficients.errorAbove) ** (1 / (q + 2)) + ADD);
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

/** y += a·x */
function axpy(a: number, x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) y[i] = y[i]! + a * x[i]!;
}
