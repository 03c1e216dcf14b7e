/** The implicit method of the reduced pot: its coefficients, its linear solver, and its dwells against the explicit pair. */
import { describe, expect, it } from 'vitest';
import { initialState, parameterValues, type PotPlan } from '../../chemistry/index.ts';
import { readWeights, trainPot, type TrainingSettings } from '../index.ts';
import { CascadeSolver } from '../training/cascade-solver.ts';
import { differenceModel } from '../training/difference-model.ts';
import { DifferenceSystem } from '../training/difference-system.ts';
import { A, C, E, M, γ } from '../training/rosenbrock.ts';
import { potPlan, XOR, type PotText } from './pots.ts';
import { seeded } from './problems.ts';

describe('the coefficients', () => {
  /** y₁' = −y₁² + 0.3 y₂, y₂' = sin y₁ − 2 y₂ from (1, ½) over 2 units of time, in n steps with an inexact Jacobian diag(d₁, d₂). */
  function solve(n: number, d: readonly [number, number], part: 'step' | 'estimate'): readonly [number, number] {
    const h = 2 / n;
    let y: [number, number] = [1, 0.5];
    const add = (base: readonly number[], by: readonly number[], u: readonly (readonly number[])[]): [number, number] =>
      [0, 1].map((q) => u.reduce((sum, one, k) => sum + by[k]! * one[q]!, base[q]!)) as [number, number];
    for (let step = 0; step < n; step++) {
      const u: [number, number][] = [];
      for (let i = 0; i < 4; i++) {
        const [a, b] = add(y, A[i]!, u), f = [-a * a + 0.3 * b, Math.sin(a) - 2 * b];
        const right = add(f.map((value) => h * γ * value), C[i]!.map((c) => γ * c), u);
        u.push(right.map((value, q) => value / (1 - h * γ * d[q]!)) as [number, number]);
      }
      y = add(y, part === 'step' ? M : M.map((m, k) => m - E[k]!), u);
    }
    return y;
  }
  const exact = solve(4000, [-2, -2], 'step');
  const error = (...of: Parameters<typeof solve>): number => Math.hypot(...solve(...of).map((value, q) => value - exact[q]!));

  it.each([[[0, 0]], [[-1, -2]], [[-5, 1]]] as const)('are of order 3, the estimate of order 2, with the Jacobian %j', (d) => {
    expect(Math.log2(error(80, d, 'step') / error(160, d, 'step'))).toBeCloseTo(3, 0);
    expect(Math.log2(error(80, d, 'estimate') / error(160, d, 'estimate'))).toBeCloseTo(2, 0);
  });
});

const CASES: readonly (readonly [string, PotText])[] = [
  ['one hidden layer', { widths: [2, 4, 1] }],
  ['three hidden layers, two outputs, weight decay', { widths: [2, 5, 3, 2, 1], λ: 2, seed: 2 }],
  ['switches', { widths: [2, 3, 3, 1], activation: 'sigmoid', h: 0.3, seed: 5 }],
  ['no hidden layer', { widths: [2, 1], seed: 6 }],
];

describe.each(CASES)('a pot with %s', (_name, text) => {
  const plan: PotPlan = potPlan(text);

  it('is solved in one pass as by its Jacobian without the weights', () => {
    const model = differenceModel(plan, plan.network, parameterValues(plan.network));
    if (typeof model === 'string') throw new Error(model);
    const system = new DifferenceSystem(model, 'training'), solver = new CascadeSolver(system), n = system.dimension, random = seeded(7);
    const z = new Float64Array(n);
    system.read(initialState(plan.network), z);
    for (let i = 0; i < system.fast; i++) z[i] = z[i]! + 0.2 + random();
    system.start.fill(0.3);
    const weight = new Set<number>();
    system.offsets.forEach(({ r, b }, l) => { for (let i = 0; i < model.layers[l]!.units; i++) { weight.add(b + i); if (r >= 0) weight.add(r + i); } });
    for (let i = system.fast; i < n; i++) weight.add(i);
    const γ = 0.7, x = Float64Array.from({ length: n }, () => random() - 0.5);
    // (I − γJ) x by central differences along x; the equations are polynomials of low degree.
    const along = (step: number): Float64Array => {
      const out = new Float64Array(n);
      system.rhs(0, z.map((value, i) => (weight.has(i) ? value : value + step * x[i]!)), out);
      return out;
    };
    const ε = 1e-4, up = along(ε), down = along(-ε);
    const b = x.map((value, i) => (weight.has(i) ? value : value - γ * (up[i]! - down[i]!) / (2 * ε))).subarray(0, system.fast);
    solver.evaluate(z);
    expect(solver.factorise(γ)).toBe(true);
    solver.solve(b);
    for (let i = 0; i < system.fast; i++) expect(b[i]).toBeCloseTo(x[i]!, 6);
  });

  it('goes where the explicit method takes it, the nearer the smaller the tolerance', () => {
    const run = (settings: Partial<TrainingSettings>): readonly Float64Array[] => {
      const outcome = trainPot(plan, XOR, { dwell: 30, rate: 0.02, epochs: 4, seed: 1, evaluation: { every: 0 }, ...settings });
      expect(outcome.reason).toBe('epochs');
      expect(outcome.method).toBe(settings.method ?? 'rosenbrock');
      return readWeights(plan, outcome.state);
    };
    const exact = run({ method: 'tsit5', rtol: 1e-10, atol: 1e-12 });
    const distance = (weights: readonly Float64Array[]): number => Math.max(...weights.flatMap((part, l) => [...part].map((w, i) => Math.abs(w - exact[l]![i]!))));
    const coarse = distance(run({ rtol: 1e-3 })), fine = distance(run({ rtol: 1e-5 }));
    expect(coarse).toBeLessThan(5e-3);
    expect(fine).toBeLessThan(1e-4);
    expect(fine).toBeLessThan(coarse / 5);
  });
});
