/** First passages molecule by molecule: waiting times of Poisson and death processes, against their closed forms. */
import { describe, expect, it } from 'vitest';
import { analyse, type EndCondition, type Network } from '../../chemistry/index.ts';
import { parse } from '../../grammar/index.ts';
import { ensemble, mergeSums, runReplicas, StochasticSimulator, simulateStochastically, summariseEnsemble, type EnsembleResult, type StochasticMethod, type StochasticRequest } from '../index.ts';

function modelOf(text: string, until: string): { network: Network; condition: EndCondition } {
  const analysis = analyse(parse(`${text}\nsimulate run { until = ${until}; t = 1 }\n`)), setting = analysis.network.experiments[0]?.settings.get('until');
  if (analysis.hasErrors || setting?.kind !== 'condition') throw new Error(analysis.diagnostics.map(({ message }) => message).join(' '));
  return { network: analysis.network, condition: setting.condition };
}
function passage(text: string, until: string, request: Omit<StochasticRequest, 'condition'>, replicas: number): EnsembleResult {
  const { network, condition } = modelOf(text, until);
  return ensemble(network, { points: 5, seed: 3, ...request, condition }, replicas);
}
/** Within four standard errors, and what the method itself may be off. */
function near(found: EnsembleResult, mean: number, variance: number, bias = 0): void {
  const { met, replicas } = found;
  expect(met!.replicas).toBe(replicas);
  expect(Math.abs(met!.mean - mean)).toBeLessThan(bias + 4 * Math.sqrt(variance / replicas));
  expect(met!.variance / variance).toBeGreaterThan(0.8);
  expect(met!.variance / variance).toBeLessThan(1.25);
}
const ARRIVALS = 'species X\n0 -> X @ 2\n';
const EXACT: readonly StochasticMethod[] = ['direct', 'sorted direct', 'composition rejection'];

describe('a run molecule by molecule ends where its condition holds', () => {
  it.each(EXACT)('the fifth arrival, by %s', (method) => {
    // Gamma(5, 2)
    const found = passage(ARRIVALS, 'X >= 5', { until: 100, method }, 3000);
    near(found, 5 / 2, 5 / 4);
    const { mean, variance } = found.species.get('X')!;
    expect([mean.at(-1), variance.at(-1)]).toEqual([5, 0]);
  });

  it.each(EXACT)('the seventh death of ten, by %s', (method) => {
    const ranks = [10, 9, 8, 7, 6, 5, 4];
    near(passage('species X = 10\nX -> 0 @ 1\n', 'X < 4', { until: 100, method }, 3000), ranks.reduce((sum, n) => sum + 1 / n, 0), ranks.reduce((sum, n) => sum + 1 / n ** 2, 0));
  });

  it('by leaps, within them', () => {
    // Only arrivals: nothing limits a leap, and the whole run is one.
    const { met } = passage('species X\n0 -> X @ 1000\n', 'X >= 500', { until: 4, method: 'tau' }, 400);
    expect(met!.replicas).toBe(400);
    expect(met!.mean).toBeCloseTo(0.5, 2);
    // Deaths from 2000 to 1000 take ln 2, with variance (1/1000 − 1/2000); a leap keeps the rates of its start, ε/2 too high on average.
    near(passage('species X = 2000\nX -> 0 @ 1\n', 'X <= 1000', { until: 40, method: 'tau', epsilon: 0.01 }, 800), Math.log(2), 1 / 2000, 0.005 * Math.log(2));
  });

  it('by Langevin’s equation, within its steps', () => {
    // A Wiener process with drift 400 and variance 400 a unit of time reaches 400 after 1, with variance 1/400 (inverse Gaussian).
    near(passage('species X\n0 -> X @ 400\n', 'X > 400', { until: 20, method: 'langevin', step: 1e-3 }, 1500), 1, 1 / 400);
  });

  it.each(EXACT)('between two events, where the condition depends on time, by %s', (method) => {
    // The one molecule lives for T: time > 1 + X at T, but not before 1 nor after 2.
    const { met, replicas } = passage('species X = 1\nX -> 0 @ 1\n', 'time > 1 + X', { until: 9, method }, 4000);
    const mean = 1 + Math.exp(-1) - Math.exp(-2), square = 1 + 2 * (2 * Math.exp(-1) - 3 * Math.exp(-2));
    expect(met!.replicas).toBe(replicas);
    expect(Math.abs(met!.mean - mean)).toBeLessThan(4 * Math.sqrt((square - mean ** 2) / replicas));
    expect(met!.quantiles[0]).toBeCloseTo(1, 12);
    expect(met!.quantiles[2]).toBeCloseTo(2, 12);
  });

  it('in as many runs as come to it before the end', () => {
    // P(N(2) ≥ 5) for N Poisson of mean 4
    const { met, replicas } = passage(ARRIVALS, 'X >= 5', { until: 2 }, 4000), chance = 1 - Math.exp(-4) * (1 + 4 + 8 + 64 / 6 + 256 / 24);
    expect(Math.abs(met!.replicas / replicas - chance)).toBeLessThan(4 * Math.sqrt((chance * (1 - chance)) / replicas));
    expect(passage(ARRIVALS, 'X > 500', { until: 2 }, 20).met).toBeUndefined();
  });

  it.each([...EXACT, 'tau', 'langevin'] as const)('on the path that it would have taken anyway, by %s', (method) => {
    const text = 'species X = 60, Y\nX -> Y @ 1\nY -> X @ 0.5\n0 -> X rate 3 + X/50\n', { network, condition } = modelOf(text, 'Y > 25');
    const times = Float64Array.from({ length: 41 }, (_, k) => k / 10), request = { until: 4, times, method, seed: 8, volume: 1 };
    const whole = simulateStochastically(network, request), stopped = simulateStochastically(network, { ...request, condition });
    expect(stopped.event).toBeGreaterThan(0.1);
    expect(stopped.outcome).toEqual({ kind: 'reached', t: stopped.event });
    expect(stopped.t.at(-1)).toBe(stopped.event);
    expect(stopped.species.get('Y')!.at(-1)).toBe(stopped.final[1]);
    expect(stopped.final[1]!).toBeGreaterThan(method === 'langevin' ? 24.999 : 25);
    for (const name of ['X', 'Y']) expect([...stopped.species.get(name)!.slice(0, -1)]).toEqual([...whole.species.get(name)!.slice(0, stopped.t.length - 1)]);
    expect(Math.max(...stopped.species.get('Y')!.slice(0, -1))).toBeLessThanOrEqual(25);
  });

  it('at once, or not at all', () => {
    const { network, condition } = modelOf('species X = 3\nX -> 0 @ 1\n', 'X >= 3');
    expect(simulateStochastically(network, { until: 5, condition })).toMatchObject({ outcome: { kind: 'reached', t: 0 }, event: 0, t: Float64Array.of(0) });
    const never = modelOf('species X = 3\nX -> 0 @ 1\n', 'X > 3'), result = simulateStochastically(never.network, { until: 500, condition: never.condition });
    expect([result.outcome.kind, result.event]).toEqual(['extinct', undefined]);
  });

  it('with the same numbers however the runs are shared out', () => {
    const { network, condition } = modelOf(ARRIVALS, 'X >= 5'), request = { until: 3, times: [0, 1, 3], seed: 12, condition };
    const simulator = new StochasticSimulator(network), whole = ensemble(network, request, 60), { sums } = runReplicas(simulator, request, { first: 40, count: 20 });
    mergeSums(sums, runReplicas(simulator, request, { first: 0, count: 40 }).sums);
    expect(summariseEnsemble(network, sums).met).toEqual(whole.met);
  });
});
