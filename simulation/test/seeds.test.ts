/** Seeds far below the default absolute tolerance grow as they should, by every method; nothing is damped away unnoticed. */
import { describe, expect, it } from 'vitest';
import { fixedPoints, seedTolerances, simulate, Simulator, type MethodName } from '../index.ts';
import { networkOf } from './stochastic-oracles.ts';

const METHODS = ['auto', 'tsit5', 'rkc', 'bdf'] as const satisfies readonly MethodName[];
/** x of x' = ax, a' = −ax with a(0) = 1: the logistic curve of total 1 + x(0). */
const logistic = (seed: number, t: number): number => (seed * (1 + seed) * Math.exp((1 + seed) * t)) / (1 + seed * Math.exp((1 + seed) * t));

describe.each(METHODS)('%s', (method) => {
  it.each([1e-9, 1e-12, 1e-15, 1e-20, 1e-30])('a product that makes itself, from %f on', (seed) => {
    const t = Math.log(1 / seed) - 3, { outcome, final } = simulate(networkOf(`species X = ${seed}, A = 1\nA + X -> 2 X @ 1\n`), { until: t, method });
    expect(outcome.kind).toBe('reached');
    expect(Math.abs(final[0]! / logistic(seed, t) - 1)).toBeLessThan(2e-3);
    expect(final[0]! + final[1]!).toBeCloseTo(1 + seed, 12);
  });

  it('an infection beside fast reactions', () => {
    const { outcome, final } = simulate(networkOf('species S = 1, I = 1e-14, R, B = 1\nS + I -> 2 I @ 2\nI -> R @ 1\nB -> 0 @ 1000\n0 -> B @ 1000\n'), { until: 100, method });
    expect(outcome.kind).toBe('reached');
    // The final size equation ln(S/S₀) = −(β/γ)·(1 − S): by then the infection has died out.
    expect(final[1]!).toBeLessThan(1e-15);
    expect(Math.abs(Math.log(final[0]!) + 2 * (1 - final[0]!))).toBeLessThan(1e-4);
  });

  it('what is made from nothing, very slowly, and then makes itself', () => {
    // x' ≈ x + 1e-18 while a ≈ 1: x = 1e-18·(e^t − 1).
    const { final } = simulate(networkOf('species X, A = 1\nA + X -> 2 X @ 1\nA -> X @ 1e-18\n'), { until: 30, method });
    expect(Math.abs(final[0]! / (1e-18 * Math.expm1(30)) - 1)).toBeLessThan(2e-3);
  });

  it('a run to the fixed point leaves the unstable one', () => {
    const { outcome, reached } = fixedPoints(new Simulator(networkOf('species X = 1e-15, A = 1\nA + X <-> 2 X @ 1, 0.5\n')), { method });
    expect(outcome.kind).toBe('steady');
    expect(reached!.values.get('X')!).toBeCloseTo(2 / 3, 6);
  });
});

it('a seed that dies out is no trouble', () => {
  const { outcome, steps, final } = simulate(networkOf('species X = 1e-15, A = 1, P\nX -> P @ 1\nA + X -> 2 X @ 0.5\n'), { until: 1000 });
  expect(outcome.kind).toBe('reached');
  expect(final[0]!).toBeLessThan(1e-20);
  expect(steps).toBeLessThan(2000);
});

it('tolerances are of the start, or of what is made of nothing; what is neither keeps the one of all', () => {
  const { system } = new Simulator(networkOf('species A = 1, B = 1e-8, C, D\nA -> C @ 1e-7\nC -> D @ 1\n')).compiled;
  expect([...seedTolerances(system, Float64Array.of(1, 1e-8, 0, 0), 10, 1e-9)]).toEqual([1e-9, 1e-6 * 1e-8, 1e-6 * (1e-7 * 10), 1e-9]);
});

it('a tolerance that is asked for is the one that is used', () => {
  const text = 'species X = 1e-15, A = 1\nA + X -> 2 X @ 1\n';
  expect(simulate(networkOf(text), { until: 30, atol: 1e-9, method: 'bdf' }).steps).toBeLessThan(5);
});
