/**
 * One dwell of the pot in differences of rails by a linearly implicit method (`rosenbrock.ts`). After a switch of the sample
 * everything relaxes, at rates between 1 and a hundred; an explicit method would go on at the pace of the fastest of them for the
 * whole dwell, this one lengthens its steps as the pot comes to rest. The later layers' weights are not among its unknowns
 * (`stage-weights.ts`), and nothing is allocated on the way.
 */
import type { Cancel } from '../system.ts';
import { CascadeSolver } from './cascade-solver.ts';
import type { DifferenceSystem } from './difference-system.ts';
import { A, ALPHA, B, C, E, M, NODES, STAGES, TIME, γ } from './rosenbrock.ts';
import { StageWeights } from './stage-weights.ts';

const SAFETY = 0.9, SLOWEST = 0.2, FASTEST = 5, MAX_STEPS = 100_000;

export type DwellEnd =
  | { readonly kind: 'reached' | 'cancelled' }
  /** `beyond`: a number is larger than the bound; `stuck`: steps became too small or too many. */
  | { readonly kind: 'beyond' | 'stuck'; readonly t: number };

export interface DwellRequest {
  readonly duration: number;
  readonly rtol: number;
  readonly atol: number;
  readonly bound: number;
  /** Told after every step, with the whole state. */
  readonly onStep?: ((t: number, z: Float64Array) => void) | undefined;
  readonly cancel?: Cancel | undefined;
}

export class CascadeStepper {
  private readonly system: DifferenceSystem;
  private readonly solver: CascadeSolver;
  private readonly weights: StageWeights;
  private readonly first: Float64Array;
  private readonly derivative: Float64Array;
  private readonly stage: Float64Array;
  private readonly next: Float64Array;
  private readonly u: readonly Float64Array[];

  constructor(system: DifferenceSystem) {
    const { model, offsets, fast, dimension } = system;
    this.system = system;
    this.solver = new CascadeSolver(system);
    this.weights = new StageWeights(model, offsets, [...ALPHA, B], new Float64Array(dimension));
    [this.first, this.derivative, this.stage, this.next] = [new Float64Array(fast), new Float64Array(fast), new Float64Array(fast), new Float64Array(fast)];
    this.u = Array.from({ length: STAGES }, () => new Float64Array(fast));
  }

  /** Takes z through a dwell, in place. */
  run(z: Float64Array, request: DwellRequest): DwellEnd {
    const { system, weights } = this;
    weights.z = z;
    system.stage = weights;
    try {
      return this.steps(z, request);
    } finally {
      system.stage = undefined;
    }
  }

  private steps(z: Float64Array, request: DwellRequest): DwellEnd {
    const { system, weights, solver, first, next } = this, { duration, bound, onStep, cancel } = request;
    let t = 0, h = 0;
    for (let count = 0; t < duration; count++) {
      weights.at(0);
      system.rhs(t, z, first);
      if (h === 0) h = Math.min(duration, this.firstStep(z, request));
      solver.evaluate(z);
      for (let rejected = false; ; rejected = true) {
        if (cancel?.() === true) return { kind: 'cancelled' };
        const left = duration - t, last = h * 1.01 >= left, step = last ? left : 2 * h > left ? left / 2 : h;
        if (count > MAX_STEPS || !(step > 1e-13 * duration)) return { kind: 'stuck', t };
        const error = this.attempt(t, step, z, request);
        const factor = Math.max(SLOWEST, Math.min(rejected ? 1 : FASTEST, SAFETY / Math.cbrt(error)));
        // Not a number as well: a quarter of the step may still be one.
        if (!(error <= 1)) {
          h = step * (Number.isFinite(factor) ? Math.min(factor, 0.9) : 0.25);
          continue;
        }
        z.set(next);
        weights.complete();
        t = last ? duration : t + step;
        h = Math.max(step * factor, last ? 0 : step < h ? h : 0);
        break;
      }
      onStep?.(t, z);
      for (let i = 0; i < next.length; i++) if (!(Math.abs(next[i]!) <= bound)) return { kind: 'beyond', t };
    }
    return { kind: 'reached' };
  }

  /** So long that the state changes by a hundredth, or by the tolerance where that is more (Hairer, Nørsett, Wanner, §II.4). */
  private firstStep(z: Float64Array, { rtol, atol, duration }: DwellRequest): number {
    const { first } = this;
    let size = 0, speed = 0;
    for (let i = 0; i < first.length; i++) {
      const scale = rtol * Math.abs(z[i]!) + atol;
      size += (z[i]! / scale) ** 2;
      speed += (first[i]! / scale) ** 2;
    }
    return speed === 0 ? duration : size === 0 ? Math.sqrt(first.length / speed) : 0.01 * Math.sqrt(size / speed);
  }

  /** Writes the fast part at t + h into `next`. @returns the weighted error, NaN when a number was not finite */
  private attempt(t: number, h: number, z: Float64Array, { rtol, atol }: DwellRequest): number {
    const { system, solver, weights, first, derivative, stage, next, u } = this, n = first.length, hγ = h * γ;
    const [u1, u2, u3, u4] = u as [Float64Array, Float64Array, Float64Array, Float64Array];
    if (!solver.factorise(hγ)) return NaN;
    weights.begin(h);
    for (let s = 0; s < STAGES; s++) {
      const own = u[s]!, a1 = A[s]![0]!, a2 = A[s]![1]!, a3 = A[s]![2]!, c1 = γ * C[s]![0]!, c2 = γ * C[s]![1]!, c3 = γ * C[s]![2]!;
      if (s === 0) for (let i = 0; i < n; i++) own[i] = hγ * first[i]!;
      else {
        // What later stages left from the step before counts 0.
        if (s === 1) for (let i = 0; i < n; i++) stage[i] = z[i]! + a1 * u1[i]!;
        else if (s === 2) for (let i = 0; i < n; i++) stage[i] = z[i]! + (a1 * u1[i]! + a2 * u2[i]!);
        else for (let i = 0; i < n; i++) stage[i] = z[i]! + (a1 * u1[i]! + a2 * u2[i]! + a3 * u3[i]!);
        weights.at(s);
        system.rhs(t + NODES[s]! * h, stage, derivative);
        if (s === 1) for (let i = 0; i < n; i++) own[i] = hγ * derivative[i]! + c1 * u1[i]!;
        else if (s === 2) for (let i = 0; i < n; i++) own[i] = hγ * derivative[i]! + (c1 * u1[i]! + c2 * u2[i]!);
        else for (let i = 0; i < n; i++) own[i] = hγ * derivative[i]! + (c1 * u1[i]! + c2 * u2[i]! + c3 * u3[i]!);
      }
      system.addTimeDerivative(t, hγ * h * TIME[s]!, own);
      solver.solve(own);
    }
    const [m1, m2, m3, m4] = M as [number, number, number, number], [e1, e2, e3, e4] = E as [number, number, number, number];
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const before = z[i]!, x1 = u1[i]!, x2 = u2[i]!, x3 = u3[i]!, x4 = u4[i]!, after = before + (m1 * x1 + m2 * x2 + m3 * x3 + m4 * x4);
      const error = (e1 * x1 + e2 * x2 + e3 * x3 + e4 * x4) / (rtol * Math.max(Math.abs(before), Math.abs(after)) + atol);
      next[i] = after;
      sum += error * error;
    }
    return Math.sqrt(sum / n);
  }
}
