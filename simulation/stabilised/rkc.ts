/**
 * The stabilised explicit Runge–Kutta–Chebyshev method of order 2: as many stages as stability along the negative real axis
 * asks for at the step that accuracy allows, so that a step's cost grows with the square root of the stiffness. It needs no matrix
 * and few vectors. Error estimate and step control are those of Sommeijer, Shampine, Verwer, "RKC: an explicit solver for
 * parabolic PDEs" (J. Comput. Appl. Math. 88, 1998); dense output is the cubic Hermite interpolant, whose order is 3.
 */
import { Arena } from '../kernels/arena.ts';
import type { Kernels } from '../kernels/module.ts';
import type { Advance, Counters, Stepper, StepperStart } from '../stepper.ts';
import type { OdeSystem } from '../system.ts';
import { clipNegative, NEGATIVE_LIMIT, smallestStep, WEIGHT_FLOOR, type Tolerance } from '../vector.ts';
import { chebyshevStages, stagesFor, type ChebyshevStages } from './chebyshev.ts';
import { spectralRadius, type PowerVectors } from './spectral-radius.ts';

/** Local errors of a method of low order add up over its many steps: its estimate counts so many times. */
const CAUTION = 10;
const SAFETY = 0.8, SLOWEST = 0.1, FASTEST = 10;
/** Stages at most; a step that would need more is made shorter. */
const MAX_STAGES = 1000;
/** An estimate of the spectral radius serves so many steps at most. */
const RADIUS_AGE = 25;
/**
 * Steps so short beside 1/ρ are short for accuracy's sake, which an explicit pair of higher order meets at less cost; so many of
 * them in a row say that it may take over.
 */
const SHORT = 0.7, CALM = 20;

/** Methods by their number of stages, made once. */
const known = new Map<number, ChebyshevStages>();

function methodOf(count: number): ChebyshevStages {
  let method = known.get(count);
  if (method === undefined) {
    if (known.size > 200) known.clear();
    method = chebyshevStages(count);
    known.set(count, method);
  }
  return method;
}

export class Rkc implements Stepper {
  readonly name = 'rkc';
  t: number;
  previousT: number;
  nextStep: number;
  y: Float64Array;
  stiff = true;
  maxStep = Infinity;
  /** Stages of the last step. */
  stages = 0;
  private readonly system: OdeSystem;
  private readonly tolerance: Tolerance;
  private readonly counters: Counters;
  private readonly cancel: () => boolean;
  private readonly arena: Arena;
  private readonly kernels: Kernels;
  private readonly atol: Float64Array;
  private readonly power: PowerVectors;
  /** Addresses and coefficients of what a stage is made of. */
  private readonly parts: Int32Array;
  private readonly coefficients: Float64Array;
  private y0: Float64Array;
  private y1: Float64Array;
  private spare: Float64Array;
  private f0: Float64Array;
  private f1: Float64Array;
  private radius = -1;
  private radiusAge = 0;
  private lastError = 0;
  private lastStep = 0;
  private calmSteps = 0;

  /** @param derivative f(start.t, start.y) */
  constructor(start: StepperStart, derivative: Float64Array) {
    const n = start.system.dimension, inside = start.system.inside;
    this.tolerance = start.tolerance;
    this.counters = start.counters;
    this.cancel = start.cancel;
    this.t = this.previousT = start.t;
    this.nextStep = start.firstStep;
    const vectors = 9;
    const arena = this.arena = Arena.take(Arena.bytes([...new Array<number>(vectors).fill(n), 5], [5]) + (inside?.bytes ?? 0));
    this.system = inside?.place(arena) ?? start.system;
    this.kernels = arena.kernels;
    this.y = this.y1 = arena.doubles(n);
    this.y.set(start.y);
    this.y0 = arena.doubles(n);
    this.spare = arena.doubles(n);
    this.f0 = arena.doubles(n);
    this.f1 = arena.doubles(n);
    this.f1.set(derivative);
    this.atol = arena.doubles(n);
    this.atol.set(start.tolerance.atol);
    this.power = { direction: arena.doubles(n), image: arena.doubles(n), moved: arena.doubles(n) };
    this.power.direction.set(derivative);
    this.coefficients = arena.doubles(5);
    this.parts = arena.words(5);
  }

  get derivative(): Float64Array {
    return this.f1;
  }

  release(): void {
    this.arena.recycle();
  }

  advance(end: number): Advance {
    // The end of the last step is the beginning of this one; storage changes place.
    const from = this.y1, f = this.f1;
    this.y1 = this.y0;
    this.y0 = from;
    this.f1 = this.f0;
    this.f0 = f;
    const status = this.attempts(end);
    if (status !== 'accepted') {
      this.y0 = this.y1;
      this.y1 = from;
      this.f0 = this.f1;
      this.f1 = f;
    }
    this.y = this.y1;
    return status;
  }

  private attempts(end: number): Advance {
    const t = this.t, left = end - t;
    let wanted = this.nextStep, rejectedBefore = false, sawNaN = false, negative = 0;
    for (;;) {
      if (this.cancel()) return 'cancelled';
      if (this.radius < 0 || this.radiusAge >= RADIUS_AGE) this.estimateRadius(t);
      let h = Math.min(wanted, this.maxStep, methodOf(MAX_STAGES).limit / this.radius), last = false;
      if (h * 1.01 >= left) { h = left; last = true; }
      else if (2 * h > left) h = left / 2;
      if (h < smallestStep(t) && !last) return sawNaN ? 'not a number' : 'step underflow';
      const error = this.attempt(t, h);
      if (error === 'cancelled') return error;
      const negativeValues = error <= 1 && this.system.nonNegative === true
        && this.kernels.anyBelow(this.y1.byteOffset, this.atol.byteOffset, NEGATIVE_LIMIT, this.y1.length) !== 0;
      if (!(error <= 1) || (negativeValues && negative < 2)) {
        this.counters.rejected++;
        rejectedBefore = true;
        if (Number.isFinite(error)) wanted = error <= 1 ? h / 2 : h * Math.min(0.9, Math.max(SLOWEST, SAFETY / Math.cbrt(error)));
        else wanted = h / 4;
        if (!Number.isFinite(error)) sawNaN = true;
        if (error <= 1) negative++;
        // It may have been stability that failed: look anew, unless the estimate is of this very point.
        if (this.radiusAge > 0) this.radius = -1;
        if (wanted < smallestStep(t)) return sawNaN ? 'not a number' : 'step underflow';
        continue;
      }
      if (negativeValues) {
        clipNegative(this.y1);
        this.counters.evaluations++;
        this.system.rhs(t + h, this.y1, this.f1);
      }
      this.accept(h, last ? end : t + h, error, rejectedBefore, h < wanted ? wanted : 0);
      return 'accepted';
    }
  }

  /** @param uncut the step that was wanted where the end of the interval cut it short */
  private accept(h: number, t: number, error: number, rejectedBefore: boolean, uncut: number): void {
    const here = Math.max(error, 1e-8);
    let factor = SAFETY / Math.cbrt(here);
    // The error constant's trend, from this step and the last (Watts 1984; Gustafsson 1991).
    if (this.lastStep > 0) factor = Math.min(factor, (SAFETY * (h / this.lastStep) * Math.cbrt(this.lastError / here)) / Math.cbrt(here));
    factor = Math.min(rejectedBefore ? 1 : FASTEST, Math.max(SLOWEST, factor));
    this.lastError = here;
    this.lastStep = h;
    this.nextStep = Math.max(uncut, h * factor);
    this.previousT = this.t;
    this.t = t;
    this.radiusAge++;
    this.counters.steps++;
    this.calmSteps = h * this.radius < SHORT ? this.calmSteps + 1 : 0;
    this.stiff = this.calmSteps < CALM;
  }

  private estimateRadius(t: number): void {
    const found = spectralRadius(this.system, t, this.y0, this.f0, this.power, () => { this.counters.evaluations++; }, this.cancel);
    // A radius that is none leaves the step to the error test, with the fewest stages.
    this.radius = Number.isFinite(found) ? found : 0;
    this.radiusAge = 0;
  }

  /** One trial step; returns the weighted error, NaN when f was not finite. */
  private attempt(t: number, h: number): number | 'cancelled' {
    const { kernels, system, y0, f0, parts, coefficients, counters } = this, n = y0.length, table = parts.byteOffset, a = coefficients.byteOffset;
    const method = methodOf(Math.min(MAX_STAGES, stagesFor(h * this.radius))), { count, mu, nu, muTilde, gammaTilde, c } = method;
    this.stages = count;
    let before = y0, here = this.y1, other = this.spare;
    const f = this.f1, address = y0.byteOffset;
    parts[0] = f0.byteOffset;
    coefficients[0] = muTilde[1]!;
    kernels.combineStages(here.byteOffset, address, h, a, table, 1, n);
    for (let j = 2; j <= count; j++) {
      if (this.cancel()) return 'cancelled';
      system.rhs(t + c[j - 1]! * h, here, f);
      counters.evaluations++;
      parts[0] = address;
      parts[1] = here.byteOffset;
      parts[2] = before.byteOffset;
      parts[3] = f.byteOffset;
      parts[4] = f0.byteOffset;
      coefficients[0] = -(mu[j]! + nu[j]!);
      coefficients[1] = mu[j]!;
      coefficients[2] = nu[j]!;
      coefficients[3] = h * muTilde[j]!;
      coefficients[4] = h * gammaTilde[j]!;
      const out = before === y0 ? other : before;
      kernels.combineStages(out.byteOffset, address, 1, a, table, 5, n);
      before = here;
      here = out;
      other = before;
    }
    this.y1 = here;
    this.spare = before;
    system.rhs(t + h, here, f);
    counters.evaluations++;
    parts[0] = address;
    parts[1] = here.byteOffset;
    parts[2] = f0.byteOffset;
    parts[3] = f.byteOffset;
    coefficients[0] = 0.8 * CAUTION;
    coefficients[1] = -0.8 * CAUTION;
    coefficients[2] = coefficients[3] = 0.4 * CAUTION * h;
    const squares = kernels.stageErrorSquares(address, here.byteOffset, 1, a, table, 4, this.tolerance.rtol, this.atol.byteOffset, WEIGHT_FLOOR, n);
    return n === 0 ? 0 : Math.sqrt(squares / n);
  }

  at(t: number, out: Float64Array): void {
    if (t === this.t) { out.set(this.y); return; }
    const h = this.t - this.previousT, s = (t - this.previousT) / h, { y0, y1, f0, f1 } = this, r = 1 - s;
    const a = (1 + 2 * s) * r * r, b = s * s * (3 - 2 * s), c = h * s * r * r, d = -h * s * s * r;
    for (let i = 0; i < out.length; i++) out[i] = a * y0[i]! + b * y1[i]! + c * f0[i]! + d * f1[i]!;
  }
}
