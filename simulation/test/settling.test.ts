/** What settles after a change: the explicit pair takes it through, BDF goes on from what the pair leaves, not from order 1. */
import { describe, expect, it } from 'vitest';
import { integrate, PotTrainer, readWeights, type IntegrationRequest, type OdeSystem, type TrainingSettings } from '../index.ts';
import { Tsit5 } from '../explicit/tsit5.ts';
import { diagonalStructure, SparseLU } from '../linear/sparse-lu.ts';
import { minimumDegree } from '../linear/order.ts';
import { patternOf } from '../linear/pattern.ts';
import { Bdf } from '../stiff/bdf.ts';
import { potPlan, XOR } from './pots.ts';

const counters = () => ({ steps: 0, rejected: 0, evaluations: 0, jacobians: 0, factorisations: 0 });

/** y₁' = −λ(y₁ − y₂) follows y₂' = −y₂: from (2, 1) on, y₁ = a·e^(−t) + (2 − a)·e^(−λt) with a = λ/(λ − 1), y₂ = e^(−t). */
const λ = 300, a = λ / (λ - 1), solution = (t: number): readonly [number, number] => [a * Math.exp(-t) + (2 - a) * Math.exp(-λ * t), Math.exp(-t)];
const follower: OdeSystem = {
  dimension: 2,
  rhs: (_t, y, dy) => { dy[0] = -λ * (y[0]! - y[1]!); dy[1] = -y[1]!; },
  jacobian: {
    pattern: patternOf(2, Int32Array.of(0, 0, 1), Int32Array.of(0, 1, 1)).pattern,
    fill: (_t, _y, values) => { values.set([-λ, λ, -1]); },
  },
};

describe('the history of the explicit pair', () => {
  it('is the derivatives of the solution, to the order of its dense output', () => {
    // y = e^(−t): h^j y^(j)/j! = (−h)^j/j!·e^(−t). Halving h takes the error, of order 5, down by 32.
    const decay: OdeSystem = { dimension: 1, rhs: (_t, y, dy) => { dy[0] = -y[0]!; } };
    const errors = [0.1, 0.05].map((h) => {
      const stepper = new Tsit5({ system: decay, t: 0, y: Float64Array.of(1), tolerance: { rtol: 1, atol: Float64Array.of(1) }, firstStep: h, counters: counters(), cancel: () => false }, Float64Array.of(-1));
      expect(stepper.history()).toBeUndefined();
      stepper.advance(1);
      const { step, columns } = stepper.history()!;
      expect(step).toBeCloseTo(h, 12);
      let factor = 1;
      return columns.map((column, k) => Math.abs(column[0]! - (factor *= -h / (k + 1)) * Math.exp(-h)));
    });
    expect(errors[0]).toHaveLength(4);
    // The first is h·f itself.
    expect(errors[1]![0]!).toBeLessThan(1e-12);
    for (const j of [1, 2, 3]) expect(errors[0]![j]! / errors[1]![j]!).toBeGreaterThan(20);
  });

  it('gives BDF an order above 1 from its first step, with an error within the tolerance', () => {
    const tolerance = { rtol: 1e-6, atol: new Float64Array(2).fill(1e-9) }, y = Float64Array.of(2, 1), f = new Float64Array(2);
    follower.rhs(0, y, f);
    const pair = new Tsit5({ system: follower, t: 0, y, tolerance, firstStep: 1e-4, counters: counters(), cancel: () => false }, f);
    while (pair.t < 0.1) pair.advance(1);
    const count = counters(), bdf = new Bdf({ system: follower, t: pair.t, y: pair.y, tolerance, firstStep: 1e-3, counters: count, cancel: () => false }, pair.derivative, undefined, pair.history());
    expect(bdf.order).toBeGreaterThan(1);
    for (let k = 0; k < 10; k++) expect(bdf.advance(1)).toBe('accepted');
    solution(bdf.t).forEach((exact, i) => { expect(Math.abs(bdf.y[i]! - exact)).toBeLessThan(4e-6); });
    expect(count.rejected).toBeLessThan(4);
  });
});

describe('a run that is settling', () => {
  const run = (more: Partial<IntegrationRequest>) => integrate(follower, { t0: 0, t1: 5, y0: Float64Array.of(2, 1), method: 'auto', ...more });

  it('begins with the pair, hands over early, and takes fewer steps than either alone', () => {
    const both = run({ settling: true });
    expect(both.methods.slice(0, 2)).toEqual(['tsit5', 'bdf']);
    expect(both.outcome.kind).toBe('reached');
    const steps = (result: typeof both): number => result.steps + result.rejected;
    expect(steps(both)).toBeLessThan(steps(run({ method: 'bdf' })));
    expect(steps(both)).toBeLessThan(steps(run({ method: 'tsit5' })));
  });

  it('is right to its tolerance, whichever that is', () => {
    for (const rtol of [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8]) {
      const { y } = run({ settling: true, rtol, atol: rtol * 1e-3 });
      solution(5).forEach((exact, i) => { expect(Math.abs(y[i]! - exact), `${rtol}`).toBeLessThan(5 * rtol); });
    }
  });

  it('is the same with and without output', () => {
    const between = new Float64Array(2);
    const watched = run({ settling: true, onStep: (step) => { step.at((step.t0 + step.t1) / 2, between); } });
    expect(watched).toEqual(run({ settling: true }));
  });

  it('ends where a component passes the bound that is asked for', () => {
    const growth: OdeSystem = { dimension: 2, rhs: (_t, y, dy) => { dy[0] = 0; dy[1] = y[1]!; } };
    const { outcome } = integrate(growth, { t0: 0, t1: 100, y0: Float64Array.of(1, 1), bound: 50 });
    expect(outcome).toMatchObject({ kind: 'diverged', component: 1 });
    expect(outcome.t).toBeGreaterThan(Math.log(50));
    expect(outcome.t).toBeLessThan(10);
  });
});

describe('the structure of a pattern with diagonal pivots', () => {
  const n = 60, rows: number[] = [], columns: number[] = [];
  for (let k = 0; k < 3 * n; k++) { rows.push((7 * k * k + 3 * k) % n); columns.push((5 * k + 11) % n); }
  // A way round through all rows: pivots beside the diagonal.
  for (let k = 0; k < n; k++) { rows.push((k + 1) % n); columns.push(k); }
  const { pattern, diagonal, position } = patternOf(n, Int32Array.from(rows), Int32Array.from(columns)), order = minimumDegree(pattern), structure = diagonalStructure(pattern, order);
  const residual = (values: Float64Array): number => {
    const lu = new SparseLU(pattern, undefined, order, structure), b = Float64Array.from({ length: n }, (_, i) => Math.cos(i)), image = new Float64Array(n);
    expect(lu.factorise(values)).toBe(true);
    const x = Float64Array.from(b);
    lu.solve(x);
    for (let j = 0; j < n; j++) for (let p = pattern.columnStart[j]!; p < pattern.columnStart[j + 1]!; p++) image[pattern.rowIndex[p]!]! += values[p]! * x[j]!;
    return Math.max(...image.map((value, i) => Math.abs(value - b[i]!)));
  };

  it('solves matrices with a strong diagonal, one after the other, and others by pivoting that leaves it as it is', () => {
    const strong = Float64Array.from(pattern.rowIndex, (_, p) => Math.sin(p) / 4), weak = Float64Array.from(pattern.rowIndex, (_, p) => Math.sin(1 + p) / 4);
    for (const p of diagonal) { strong[p] = 2; weak[p] = 0; }
    for (const p of position.subarray(3 * n)) weak[p] = 3;
    const before = [structure.lowerRow, structure.upperRow, structure.rowOrder].map((part) => Int32Array.from(part));
    expect(residual(strong)).toBeLessThan(1e-12);
    expect(residual(weak)).toBeLessThan(1e-10);
    expect([structure.lowerRow, structure.upperRow, structure.rowOrder]).toEqual(before);
    expect(residual(strong)).toBeLessThan(1e-12);
  });
});

describe('dwells of a pot on its rails', () => {
  const plan = potPlan({ widths: [2, 3, 1], seed: 3 }), base: TrainingSettings = { dwell: 40, epochs: 3, seed: 4, reduction: 'none', evaluation: { every: 0 } };
  const trained = (more: Partial<TrainingSettings>) => {
    const trainer = new PotTrainer(plan, XOR, { ...base, ...more });
    while (trainer.finished === undefined) trainer.step();
    return { ...trainer.outcome('epochs'), weights: readWeights(plan, trainer.pot.state()).flatMap((part) => [...part]) };
  };

  it('come to the weights of a method that knows nothing of this, the nearer the smaller the tolerance', () => {
    const exact = trained({ method: 'tsit5', rtol: 1e-10 }).weights;
    const apart = [1e-4, 1e-5, 1e-6, 1e-7].map((rtol) => {
      const { weights, method } = trained({ rtol });
      expect(method).toBe('bdf');
      return Math.max(...weights.map((w, k) => Math.abs(w - exact[k]!)));
    });
    apart.forEach((distance, k) => { expect(distance).toBeLessThan(3 * 10 ** -(4 + k)); });
    expect(apart[3]!).toBeLessThan(apart[0]! / 50);
  });
});
