/** Runs molecule by molecule with rates that depend on time, against Poisson distributions and the master equation. Correct code would fail with chance below 1e-6. */
import { describe, expect, it } from 'vitest';
import { ensemble, simulateStochastically, StochasticSimulator, type StochasticMethod } from '../index.ts';
import { firstEvents, hash } from '../stochastic/bridge.ts';
import { kolmogorovSmirnov, marginal, networkOf } from './stochastic-oracles.ts';

const EXACT: readonly StochasticMethod[] = ['direct', 'sorted direct', 'composition rejection', 'tau'];

function sampleOf(text: string, until: number, method: StochasticMethod, volume = 1, at = until): Float64Array {
  const simulator = new StochasticSimulator(networkOf(text)), prepared = simulator.prepare({ until, method, volume, seed: 17, times: [at], species: ['X'] });
  return Float64Array.from({ length: 20_000 }, (_, replica) => {
    simulator.course(prepared, replica);
    return prepared.grid.rows[0]!;
  });
}

function poissonOf(mean: number): Map<number, number> {
  const result = new Map<number, number>();
  for (let n = 0, p = Math.exp(-mean); n < mean + 12 * Math.sqrt(mean) + 30; n++, p *= mean / n) result.set(n, p);
  return result;
}

describe.each(EXACT)('%s', (method) => {
  it('immigration by day and death: Poisson at every time', () => {
    // m' = 20·(on by day) − m/2, in steps of half a day of 2.
    const half = Math.exp(-0.5), day = (m: number): number => m * half + 40 * (1 - half), night = (m: number): number => m * half;
    const mean = night(day(night(day(0))));
    const sample = sampleOf('species X\n0 -> X @ if(less(time - 2*floor(time/2), 1), 20, 0)\nX -> 0 @ 0.5\n', 4, method);
    expect(kolmogorovSmirnov(sample, poissonOf(mean))).toBeLessThan(1);
  });

  it('a pulse of a ten-thousandth of the run, with nothing before or after it', () => {
    const sample = sampleOf('species X\n0 -> X @ if(and(lessEqual(5, time), less(time, 5.01)), 1000, 0)\n', 100, method);
    expect(kolmogorovSmirnov(sample, poissonOf(10))).toBeLessThan(1);
  });

  it('rates that begin after time 0', () => {
    expect(kolmogorovSmirnov(sampleOf('species X\n0 -> X @ if(less(0, time), 7, 0)\n', 1, method), poissonOf(7))).toBeLessThan(1);
  });

  it('pairs are counted as pairs: dimerisation that is switched on for a while', () => {
    const truth = marginal({ start: [30], jumps: [{ by: [-2], rate: ([p]) => (0.5 / 5) * p! * (p! - 1) }] }, 0.5, ([p]) => p!);
    const sample = sampleOf('species X = 6, D\n2 X -> D @ if(and(lessEqual(1, time), less(time, 1.5)), 0.5, 0)\n', 3, method, 5);
    expect(kolmogorovSmirnov(sample, truth)).toBeLessThan(1);
  });

  it('a law with a condition of time, and of molecules', () => {
    const truth = marginal({ start: [20], jumps: [{ by: [-1], rate: ([n]) => (3 * n!) / (2 + n!) }] }, 2, ([n]) => n!);
    const sample = sampleOf('species X = 20\nX -> 0 rate if(less(time, 2), 3*X/(2 + X), 0)\n', 10, method);
    expect(kolmogorovSmirnov(sample, truth)).toBeLessThan(1);
  });

  it('is written down where rates jump as at any other time', () => {
    const { species, t } = simulateStochastically(networkOf('species X\n0 -> X @ if(less(time, 1), 1000, 0)\n'), { until: 3, method, times: [0, 1, 2, 3] });
    expect([...t]).toEqual([0, 1, 2, 3]);
    const [start, ...rest] = species.get('X')!;
    expect(start).toBe(0);
    expect(new Set(rest).size).toBe(1);
  });

  it('is refused where rates change otherwise', () => {
    for (const rate of ['1 + time', '1 + sin(time)', 'if(less(time, 1), 1, time)']) {
      expect(() => simulateStochastically(networkOf(`species X = 1\nX -> 0 @ ${rate}\n`), { until: 3, method })).toThrow('not only in steps');
    }
  });
});

describe('within a leap', () => {
  it('the first part of the run of a source has its own share of the events, at random', () => {
    // No reactant limits the leap: the run is one.
    for (const [at, mean] of [[10, 70], [3, 21], [0.5, 3.5]] as const) {
      expect(kolmogorovSmirnov(sampleOf('species X\n0 -> X @ 7\n', 10, 'tau', 1, at), poissonOf(mean))).toBeLessThan(1);
    }
  });

  it.each([[7, 0.3], [40, 0.5], [1000, 0.77], [60_000, 0.3]])('%i events, a share of %f: binomial', (k, share) => {
    const sample = Float64Array.from({ length: 20_000 }, (_, key) => firstEvents(k, share, hash(key, 5, 9))), truth = new Map<number, number>();
    let log = k * Math.log(1 - share);
    for (let n = 0; n <= k; log += Math.log(((k - n) / (n + 1)) * (share / (1 - share))), n++) if (log > -40) truth.set(n, Math.exp(log));
    expect(kolmogorovSmirnov(sample, truth)).toBeLessThan(1);
  });

  it('time brings events and takes none back', () => {
    for (let key = 1; key < 200; key++) {
      const k = 3 * key, course = Array.from({ length: 101 }, (_, s) => firstEvents(k, s / 100, hash(key, 1, 1)));
      expect([course[0], course[100]]).toEqual([0, k]);
      course.forEach((n, s) => { if (s > 0) expect(n).toBeGreaterThanOrEqual(course[s - 1]!); });
    }
  });
});

describe('langevin', () => {
  const means = (text: string, until: number, at = until): { mean: number; variance: number } => {
    const { mean, variance } = ensemble(networkOf(text), { until, times: [at], method: 'langevin', volume: 100, seed: 5, output: 'molecules' }, 2000).species.get('X')!;
    return { mean: mean[0]!, variance: variance[0]! };
  };

  it.each([
    ['a pulse', 'if(and(lessEqual(50, time), less(time, 50.001)), 10000, 0)', 1000],
    ['a bump', '10000*exp(-((time - 50)/0.001)^2)', 1000 * Math.sqrt(Math.PI)],
    ['a slow wave', '0.1 + 0.1*sin(time)', 10 * (100 + 1 - Math.cos(100)) / 1],
  ])('%s: mean and variance of a Poisson process', (_, rate, count) => {
    const { mean, variance } = means(`species X\n0 -> X @ ${rate}\n`, 100);
    expect(Math.abs(mean - count)).toBeLessThan(0.02 * count + 6 * Math.sqrt(count / 2000));
    expect(Math.abs(variance / count - 1)).toBeLessThan(0.02 + 6 * Math.sqrt(2 / 2000));
  });

  it('a source has its variance in the middle of the run too', () => {
    const { mean, variance } = means('species X\n0 -> X @ 1\n', 100, 37);
    expect(Math.abs(mean - 3700)).toBeLessThan(6 * Math.sqrt(3700 / 2000));
    expect(Math.abs(variance / 3700 - 1)).toBeLessThan(6 * Math.sqrt(2 / 2000));
  });
});
