/** Adaptive Tsit5: PI step control, dense output of order 4, detection of stiffness. */
import type { OdeSystem } from '../system.ts';
import type { Advance, Counters, History, Stepper, StepperStart } from '../stepper.ts';
import { clipNegative, NEGATIVE_LIMIT, smallestStep, WEIGHT_FLOOR, type Tolerance } from '../vector.ts';
import { Arena } from '../kernels/arena.ts';
import type { Kernels } from '../kernels/module.ts';
import { ERROR, INTERPOLANT, MATRIX, NODES, STABILITY_LIMIT } from './tableau.ts';

const SAFETY = 0.9, SLOWEST = 0.2, FASTEST = 10;
/** PI control (Gustafsson; Hairer & Wanner, Solving ODEs II, §IV.2): exponents of this error and the last one. */
const BETA = 0.04, ALPHA = 0.2 - 0.75 * BETA;
/** So many steps near the stability limit, and fewer than NON_STIFF ones away from it in a row, mean stiffness. */
const STIFF = 15, NON_STIFF = 6;
/** (m choose j) for j = 1 … 4 by rows, m = 1 … 4. */
const BINOMIAL = [[1, 2, 3, 4], [0, 1, 3, 6], [0, 0, 1, 4], [0, 0, 0, 1]] as const;

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
  private readonly stiffAfter: number;
  private readonly arena: Arena;
  private readonly kernels: Kernels;
  private readonly k: Float64Array[];
  /** Addresses of the k, in their present order. */
  private readonly stages: Int32Array;
  /** Addresses of the rows of the matrix, and of the error's coefficients. */
  private readonly rows: readonly number[];
  private readonly error: number;
  private readonly atol: Float64Array;
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
    this.tolerance = start.tolerance;
    this.counters = start.counters;
    this.cancel = start.cancel;
    this.stiffAfter = start.stiffAfter ?? STIFF;
    this.t = this.previousT = start.t;
    this.nextStep = start.firstStep;
    const vectors = 12;
    const inside = start.system.inside;
    const arena = this.arena = Arena.take(Arena.bytes([...new Array<number>(vectors).fill(n), ...MATRIX.map((row) => row.length), ERROR.length], [7]) + (inside?.bytes ?? 0));
    this.system = inside?.place(arena) ?? start.system;
    this.kernels = arena.kernels;
    this.y = this.y1 = arena.doubles(n);
    this.y.set(start.y);
    this.y0 = arena.doubles(n);
    this.stage = arena.doubles(n);
    this.weights = arena.doubles(n);
    this.atol = arena.doubles(n);
    this.atol.set(start.tolerance.atol);
    this.k = Array.from({ length: 7 }, () => arena.doubles(n));
    this.k[6]!.set(derivative);
    this.stages = arena.words(7);
    this.rows = MATRIX.map((row) => arena.put(Float64Array.from(row)));
    this.error = arena.put(Float64Array.from(ERROR));
  }

  get derivative(): Float64Array {
    return this.k[6]!;
  }

  release(): void {
    this.arena.recycle();
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
      if (this.system.nonNegative === true && this.kernels.anyBelow(to.byteOffset, this.atol.byteOffset, NEGATIVE_LIMIT, to.length) !== 0) {
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
    const { kernels, k, stage, stages, system, atol } = this, n = y.length, from = y.byteOffset, table = stages.byteOffset;
    for (let j = 0; j < 7; j++) stages[j] = k[j]!.byteOffset;
    for (let j = 0; j < 6; j++) {
      // The last row gives the solution, whose derivative is the last stage.
      const to = j < 5 ? stage : out;
      kernels.combineStages(to.byteOffset, from, h, this.rows[j]!, table, j + 1, n);
      system.rhs(t + NODES[j]! * h, to, k[j + 1]!);
    }
    this.counters.evaluations += 6;
    const squares = kernels.stageErrorSquares(from, out.byteOffset, h, this.error, table, 7, this.tolerance.rtol, atol.byteOffset, WEIGHT_FLOOR, n);
    return n === 0 ? 0 : Math.sqrt(squares / n);
  }

  /**
   * Stages 6 and 7 belong to the same time, so ‖k₇ − k₆‖/‖y₇ − y₆‖ estimates the largest |∂f/∂y| that matters
   * (Shampine; Hairer & Wanner, Solving ODEs II, §IV.2). Steps that hug the stability limit are stiff ones.
   */
  private watchStiffness(h: number, y: Float64Array): void {
    const { kernels, tolerance, stage, weights: { byteOffset: weights } } = this, n = y.length;
    kernels.errorWeights(y.byteOffset, this.atol.byteOffset, tolerance.rtol, WEIGHT_FLOOR, weights, n);
    const change = kernels.weightedSquaresOfDifference(this.k[6]!.byteOffset, this.k[5]!.byteOffset, 1, weights, n);
    const distance = kernels.weightedSquaresOfDifference(y.byteOffset, stage.byteOffset, 1, weights, n);
    if (distance > 0 && h * Math.sqrt(change / distance) > 0.9 * STABILITY_LIMIT) {
      this.calmSteps = 0;
      if (++this.stiffSteps >= this.stiffAfter) this.stiff = true;
    } else if (this.stiffSteps > 0 && ++this.calmSteps >= NON_STIFF) {
      this.stiffSteps = this.calmSteps = 0;
      this.stiff = false;
    }
  }

  history(): History | undefined {
    const { k, t, previousT } = this, h = t - previousT;
    if (!(h > 0)) return undefined;
    // Σ c_m θ^m at θ = 1 + s has Σ_m (m choose j) c_m at s^j.
    const columns = BINOMIAL.map((row) => {
      const out = new Float64Array(this.y.length), by = INTERPOLANT.map((c) => h * (row[0] * c[0] + row[1] * c[1] + row[2] * c[2] + row[3] * c[3]));
      for (let s = 0; s < 7; s++) {
        const stage = k[s]!, b = by[s]!;
        if (b !== 0) for (let i = 0; i < out.length; i++) out[i] = out[i]! + b * stage[i]!;
      }
      return out;
    });
    return { step: h, columns };
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
