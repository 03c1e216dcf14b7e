/** Adaptive Tsit5: PI step control, dense output of order 4, detection of stiffness. */
import type { OdeSystem } from '../system.ts';
import type { Advance, Counters, Stepper, StepperStart } from '../stepper.ts';
import { belowZero, clipNegative, errorWeights, smallestStep, type Tolerance } from '../vector.ts';
import {
  A21, A31, A32, A41, A42, A43, A51, A52, A53, A54, A61, A62, A63, A64, A65, B1, B2, B3, B4, B5, B6,
  E1, E2, E3, E4, E5, E6, E7, INTERPOLANT, NODES, STABILITY_LIMIT,
} from './tableau.ts';

const SAFETY = 0.9, SLOWEST = 0.2, FASTEST = 10;
/** PI control (Gustafsson; Hairer & Wanner, Solving ODEs II, §IV.2): exponents of this error and the last one. */
const BETA = 0.04, ALPHA = 0.2 - 0.75 * BETA;
/** So many steps near the stability limit, and fewer than NON_STIFF ones away from it in a row, mean stiffness. */
const STIFF = 15, NON_STIFF = 6;

export class Tsit5 implements Stepper {
  readonly name = 'tsit5';
  t: number;
  previousT: number;
  nextStep: number;
  y: Float64Array;
  stiff = false;
  maxStep = Infinity;
  private readonly system: OdeSystem;
  private readonly tolerance: Tolerance;
  private readonly counters: Counters;
  private readonly cancel: () => boolean;
  private readonly k: Float64Array[];
  private readonly weights: Float64Array;
  private readonly stage: Float64Array;
  private y0: Float64Array;
  private y1: Float64Array;
  private lastError = 1e-4;
  private stiffSteps = 0;
  private calmSteps = 0;

  /** @param derivative f(start.t, start.y) */
  constructor(start: StepperStart, derivative: Float64Array) {
    const n = start.system.dimension;
    this.system = start.system;
    this.tolerance = start.tolerance;
    this.counters = start.counters;
    this.cancel = start.cancel;
    this.t = this.previousT = start.t;
    this.nextStep = start.firstStep;
    this.y = this.y1 = Float64Array.from(start.y);
    this.y0 = new Float64Array(n);
    this.stage = new Float64Array(n);
    this.weights = new Float64Array(n);
    this.k = Array.from({ length: 7 }, () => new Float64Array(n));
    this.k[6]!.set(derivative);
  }

  get derivative(): Float64Array {
    return this.k[6]!;
  }

  advance(end: number): Advance {
    // The last stage of the last step is the first of this one; its storage changes place, as do the two solutions.
    const k = this.k;
    const first = k[6]!;
    k[6] = k[0]!;
    k[0] = first;
    const from = this.y1;
    this.y1 = this.y0;
    this.y0 = from;
    const status = this.attempts(end, from, this.y1);
    if (status !== 'accepted') {
      this.y0 = this.y1;
      this.y1 = from;
      k[0] = k[6]!;
      k[6] = first;
    }
    this.y = this.y1;
    return status;
  }

  private attempts(end: number, from: Float64Array, to: Float64Array): Advance {
    const t = this.t;
    let wanted = this.nextStep;
    let rejectedBefore = false, sawNaN = false, negative = 0;
    for (;;) {
      if (this.cancel()) return 'cancelled';
      const left = end - t;
      let h = Math.min(wanted, this.maxStep), last = false;
      if (h * 1.01 >= left) { h = left; last = true; }
      else if (2 * h > left) h = left / 2;
      if (h < smallestStep(t) && !last) return sawNaN ? 'not a number' : 'step underflow';
      const error = this.attempt(t, h, from, to);
      if (!Number.isFinite(error)) {
        sawNaN = true;
        this.counters.rejected++;
        rejectedBefore = true;
        wanted = h * 0.25;
        if (wanted < smallestStep(t)) return 'not a number';
        continue;
      }
      const factor = Math.max(SLOWEST, Math.min(FASTEST, SAFETY / (error ** ALPHA * this.lastError ** -BETA)));
      if (error > 1) {
        this.counters.rejected++;
        rejectedBefore = true;
        wanted = h * Math.min(1, Math.max(SLOWEST, SAFETY / error ** ALPHA));
        if (wanted < smallestStep(t)) return sawNaN ? 'not a number' : 'step underflow';
        continue;
      }
      if (this.system.nonNegative === true && belowZero(to, this.tolerance.atol)) {
        if (negative++ < 2) {
          this.counters.rejected++;
          rejectedBefore = true;
          wanted = h / 2;
          continue;
        }
        clipNegative(to);
        this.counters.evaluations++;
        this.system.rhs(t + h, to, this.k[6]!);
      }
      this.lastError = Math.max(error, 1e-4);
      this.watchStiffness(h, to);
      this.counters.steps++;
      this.previousT = t;
      this.t = last ? end : t + h;
      // A step cut short by the end of the interval says nothing against a longer one.
      const next = h * (rejectedBefore ? Math.min(1, factor) : factor);
      this.nextStep = h < wanted ? Math.max(wanted, next) : next;
      return 'accepted';
    }
  }

  /** One trial step; returns the weighted error, NaN when f was not finite. */
  private attempt(t: number, h: number, y: Float64Array, out: Float64Array): number {
    const n = y.length, stage = this.stage, system = this.system;
    // Local copies: engines reload what another module may, in principle, change.
    const a21 = A21, a31 = A31, a32 = A32, a41 = A41, a42 = A42, a43 = A43, a51 = A51, a52 = A52, a53 = A53, a54 = A54, a61 = A61, a62 = A62, a63 = A63, a64 = A64, a65 = A65,
      b1 = B1, b2 = B2, b3 = B3, b4 = B4, b5 = B5, b6 = B6, e1 = E1, e2 = E2, e3 = E3, e4 = E4, e5 = E5, e6 = E6, e7 = E7;
    const [k1, k2, k3, k4, k5, k6, k7] = this.k as [
      Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
    for (let i = 0; i < n; i++) stage[i] = y[i]! + h * a21 * k1[i]!;
    system.rhs(t + NODES[0] * h, stage, k2);
    for (let i = 0; i < n; i++) stage[i] = y[i]! + h * (a31 * k1[i]! + a32 * k2[i]!);
    system.rhs(t + NODES[1] * h, stage, k3);
    for (let i = 0; i < n; i++) stage[i] = y[i]! + h * (a41 * k1[i]! + a42 * k2[i]! + a43 * k3[i]!);
    system.rhs(t + NODES[2] * h, stage, k4);
    for (let i = 0; i < n; i++) stage[i] = y[i]! + h * (a51 * k1[i]! + a52 * k2[i]! + a53 * k3[i]! + a54 * k4[i]!);
    system.rhs(t + NODES[3] * h, stage, k5);
    for (let i = 0; i < n; i++) {
      stage[i] = y[i]! + h * (a61 * k1[i]! + a62 * k2[i]! + a63 * k3[i]! + a64 * k4[i]! + a65 * k5[i]!);
    }
    system.rhs(t + h, stage, k6);
    for (let i = 0; i < n; i++) {
      out[i] = y[i]! + h * (b1 * k1[i]! + b2 * k2[i]! + b3 * k3[i]! + b4 * k4[i]! + b5 * k5[i]! + b6 * k6[i]!);
    }
    system.rhs(t + h, out, k7);
    this.counters.evaluations += 6;
    const { rtol, atol } = this.tolerance;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const error = h * (e1 * k1[i]! + e2 * k2[i]! + e3 * k3[i]! + e4 * k4[i]! + e5 * k5[i]! + e6 * k6[i]! + e7 * k7[i]!);
      const scale = rtol * Math.max(Math.abs(y[i]!), Math.abs(out[i]!)) + atol[i]!;
      const scaled = error / (scale > 1e-290 ? scale : 1e-290);
      sum += scaled * scaled;
    }
    return n === 0 ? 0 : Math.sqrt(sum / n);
  }

  /**
   * Stages 6 and 7 belong to the same time, so ‖k₇ − k₆‖/‖y₇ − y₆‖ estimates the largest |∂f/∂y| that matters
   * (Shampine; Hairer & Wanner, Solving ODEs II, §IV.2). Steps that hug the stability limit are stiff ones.
   */
  private watchStiffness(h: number, y: Float64Array): void {
    const n = y.length, k6 = this.k[5]!, k7 = this.k[6]!, stage = this.stage, weights = this.weights;
    errorWeights(y, this.tolerance, weights);
    let change = 0, distance = 0;
    for (let i = 0; i < n; i++) {
      const a = (k7[i]! - k6[i]!) * weights[i]!;
      const b = (y[i]! - stage[i]!) * weights[i]!;
      change += a * a;
      distance += b * b;
    }
    if (distance > 0 && h * Math.sqrt(change / distance) > 0.9 * STABILITY_LIMIT) {
      this.calmSteps = 0;
      if (++this.stiffSteps >= STIFF) this.stiff = true;
    } else if (this.stiffSteps > 0 && ++this.calmSteps >= NON_STIFF) {
      this.stiffSteps = this.calmSteps = 0;
      this.stiff = false;
    }
  }

  at(t: number, out: Float64Array): void {
    const h = this.t - this.previousT, y = this.y0, n = y.length;
    if (t === this.t) { out.set(this.y); return; }
    const theta = (t - this.previousT) / h;
    const b = INTERPOLANT.map(([c1, c2, c3, c4]) => h * theta * (c1 + theta * (c2 + theta * (c3 + theta * c4)))) as
      [number, number, number, number, number, number, number];
    const [k1, k2, k3, k4, k5, k6, k7] = this.k as [
      Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
    for (let i = 0; i < n; i++) {
      out[i] = y[i]! + b[0] * k1[i]! + b[1] * k2[i]! + b[2] * k3[i]! + b[3] * k4[i]! + b[4] * k5[i]! + b[5] * k6[i]! + b[6] * k7[i]!;
    }
  }
}
