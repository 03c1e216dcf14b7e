/** Runs molecule by molecule against the master equation, closed forms and conservation. Seeds are fixed; a correct code would fail with chance below 1e-6. */
import { describe, expect, it } from 'vitest';
import { parameterValues } from '../../chemistry/index.ts';
import {
  ensemble, Propensities, simulateStochastically, StochasticError, StochasticSimulator,
  type StochasticMethod, type StochasticRequest, type StochasticResult,
} from '../index.ts';
import { NetworkBuilder } from './networks.ts';
import { chiSquare, kolmogorovSmirnov, linearMoments, marginal, networkOf, type Process } from './stochastic-oracles.ts';

const EXACT: readonly StochasticMethod[] = ['direct', 'sorted direct', 'composition rejection'];

/** Final molecules of one species over replicas. */
function sampleOf(text: string, species: string, request: StochasticRequest, replicas: number): Float64Array {
  const simulator = new StochasticSimulator(networkOf(text));
  return Float64Array.from({ length: replicas }, (_, replica) => {
    const { species: courses } = simulator.run({ times: [request.until], species: [species], output: 'molecules', ...request, replica });
    return courses.get(species)![0]!;
  });
}

const TINY: readonly { readonly name: string; readonly text: string; readonly species: string; readonly at: number; readonly t: number; readonly volume: number; readonly process: Process }[] = [
  {
    name: 'birth and death', text: 'species X = 12\nX -> 2 X @ 0.8\nX -> 0 @ 1\n', species: 'X', at: 0, t: 1.5, volume: 1,
    process: { start: [12], inside: ([n]) => n! < 200, jumps: [{ by: [1], rate: ([n]) => 0.8 * n! }, { by: [-1], rate: ([n]) => n! }] },
  },
  {
    name: 'immigration and death', text: 'species X = 2\n0 -> X @ 3\nX -> 0 @ 0.7\n', species: 'X', at: 0, t: 2, volume: 2,
    process: { start: [4], inside: ([n]) => n! < 80, jumps: [{ by: [1], rate: () => 3 * 2 }, { by: [-1], rate: ([n]) => 0.7 * n! }] },
  },
  {
    // k·V^(1−2)·n(n−1), without ½.
    name: 'dimerisation in a volume', text: 'species P = 6, D\n2 P -> D @ 0.5\nD -> 2 P @ 0.4\n', species: 'P', at: 0, t: 1, volume: 5,
    process: { start: [30, 0], jumps: [{ by: [-2, 1], rate: ([p]) => (0.5 / 5) * p! * (p! - 1) }, { by: [2, -1], rate: ([, d]) => 0.4 * d! }] },
  },
  {
    name: 'three molecules at once, a catalyst and a fixed species',
    text: 'species A = 9, B = 4, C\nfixed F = 3\n3 A -> C @ 0.02\nA + B -> B + C @ 0.1\nF + C -> F + A @ 0.2\n2 F -> 2 F + A @ 0.3\n', species: 'A', at: 0, t: 2, volume: 1,
    process: {
      start: [9, 4, 0], inside: ([a, , c]) => a! + c! < 60,
      jumps: [
        { by: [-3, 0, 1], rate: ([a]) => 0.02 * a! * (a! - 1) * (a! - 2) },
        { by: [-1, 0, 1], rate: ([a, b]) => 0.1 * a! * b! },
        { by: [1, 0, -1], rate: ([, , c]) => 0.2 * 3 * c! },
        { by: [1, 0, 0], rate: () => 0.3 * 3 * 2 },
      ],
    },
  },
  {
    // A law acts on concentrations, times the volume.
    name: 'a saturating rate law', text: 'species X = 5\nX -> 0 rate 3*X/(2 + X)\n0 -> X @ 1\n', species: 'X', at: 0, t: 1.5, volume: 4,
    process: { start: [20], inside: ([n]) => n! < 100, jumps: [{ by: [-1], rate: ([n]) => (4 * 3 * (n! / 4)) / (2 + n! / 4) }, { by: [1], rate: () => 4 }] },
  },
];

describe('exact methods against the master equation', () => {
  for (const { name, text, species, at, t, volume, process } of TINY) {
    for (const method of EXACT) {
      it(`${name}, ${method}`, () => {
        const truth = marginal(process, t, (n) => n[at]!), sample = sampleOf(text, species, { until: t, method, volume, seed: 11 }, 20_000);
        expect(kolmogorovSmirnov(sample, truth)).toBeLessThan(1);
        expect(chiSquare(sample, truth)).toBeLessThan(1);
      });
    }
  }

  it('the tests of distributions notice a constant that is 5 % off', () => {
    const wrong: Process = { start: [4], inside: ([n]) => n! < 80, jumps: [{ by: [1], rate: () => 6.3 }, { by: [-1], rate: ([n]) => 0.7 * n! }] };
    const sample = sampleOf(TINY[1]!.text, 'X', { until: 2, volume: 2, seed: 11 }, 20_000);
    expect(kolmogorovSmirnov(sample, marginal(wrong, 2, ([n]) => n!))).toBeGreaterThan(1);
  });

  for (const method of EXACT) {
    it(`draws the time of a single event from the exponential distribution, ${method}`, () => {
      const simulator = new StochasticSimulator(networkOf('species X = 1\nX -> 0 @ 2\n'));
      const sample = Float64Array.from({ length: 40_000 }, (_, replica) => simulator.run({ until: 50, times: [], method, replica, seed: 5 }).outcome.t);
      const truth = new Map(Array.from({ length: 400 }, (_, k) => [k, Math.exp(-2 * k * 0.05) - Math.exp(-2 * (k + 1) * 0.05)]));
      expect(kolmogorovSmirnov(sample.map((t) => Math.floor(t / 0.05)), truth)).toBeLessThan(1);
    });
  }
});

/** Forty species in a ring of conversions and dimerisations, some of them empty at first. */
function ring(size: number): string {
  const lines = [`species ${Array.from({ length: size }, (_, i) => `X${i} = ${i % 3 === 0 ? 40 : 0}`).join(', ')}`];
  for (let i = 0; i < size; i++) {
    const next = (i + 1) % size, after = (i + 7) % size;
    lines.push(`X${i} -> X${next} @ ${1 + (i % 5)}`, `X${i} + X${next} -> 2 X${after} @ 0.0${1 + (i % 4)}`, `2 X${i} -> X${next} + X${after} @ 0.003`);
  }
  return `${lines.join('\n')}\n`;
}

describe('a network of many reactions', () => {
  const network = networkOf(ring(40)), total = 14 * 40;

  it('chooses the method by the number of reactions and says so', () => {
    expect(simulateStochastically(network, { until: 0.1 }).method).toBe('composition rejection');
    expect(simulateStochastically(networkOf(TINY[0]!.text), { until: 0.1 }).method).toBe('sorted direct');
  });

  for (const method of [...EXACT, 'tau'] as const) {
    it(`keeps the conserved total and whole counts, ${method}`, () => {
      const { species, final } = simulateStochastically(network, { until: 3, method, points: 50 });
      for (let k = 0; k < 50; k++) {
        let sum = 0;
        for (const course of species.values()) {
          expect(course[k]! >= 0 && Number.isInteger(course[k])).toBe(true);
          sum += course[k]!;
        }
        expect(sum).toBe(total);
      }
      expect(final.reduce((sum, n) => sum + n, 0)).toBe(total);
    });
  }

  it('agrees in distribution between the exact methods', () => {
    const samples = EXACT.map((method) => sampleOf(ring(40), 'X5', { until: 1, method, seed: 3 }, 1500));
    for (const other of samples.slice(1)) {
      // Two samples: the distance doubles its limit at most, √2 of one sample's.
      const truth = new Map<number, number>();
      for (const n of other) truth.set(n, (truth.get(n) ?? 0) + 1 / other.length);
      expect(kolmogorovSmirnov(samples[0]!, truth)).toBeLessThan(Math.SQRT2);
    }
  });
});

describe('what a run does not depend on', () => {
  const network = networkOf(ring(12));
  const at = (result: StochasticResult, t: number): number[] => [...result.species.values()].map((course) => course[result.t.indexOf(t)]!);

  for (const method of [...EXACT, 'tau', 'langevin'] as const) {
    it(`the output grid, bit for bit: ${method}`, () => {
      const volume = method === 'tau' || method === 'langevin' ? 500 : 1;
      const run = (times: readonly number[]): StochasticResult => simulateStochastically(network, { until: 1, method, volume, times, seed: 8 });
      const fine = run(Array.from({ length: 101 }, (_, k) => k / 100)), coarse = run([0.25, 0.5]), none = run([]);
      expect([...coarse.final]).toEqual([...fine.final]);
      expect([...none.final]).toEqual([...fine.final]);
      expect(none.events).toBe(fine.events);
      expect(at(coarse, 0.5)).toEqual(at(fine, 0.5));
      expect(at(coarse, 0.25)).toEqual(at(fine, 0.25));
    });
  }

  it('what ran before, nor the order of replicas', () => {
    const simulator = new StochasticSimulator(network), request = { until: 1, seed: 4 };
    const second = simulator.run({ ...request, replica: 2 }), first = simulator.run({ ...request, replica: 1 });
    expect([...simulator.run({ ...request, replica: 2 }).final]).toEqual([...second.final]);
    expect([...simulateStochastically(network, { ...request, replica: 1 }).final]).toEqual([...first.final]);
    expect([...first.final]).not.toEqual([...second.final]);
    expect([...simulator.run({ ...request, seed: 5, replica: 2 }).final]).not.toEqual([...second.final]);
  });
});

describe('how a run ends', () => {
  for (const method of [...EXACT, 'tau'] as const) {
    it(`extinct: ${method}`, () => {
      const { outcome, final, t, events } = simulateStochastically(networkOf('species A = 30, B = 20, C\nA + B -> C @ 1\n'), { until: 1e6, method, points: 5 });
      expect(outcome.kind).toBe('extinct');
      expect(outcome.t).toBeLessThan(1e3);
      expect([...final]).toEqual([10, 0, 20]);
      expect(t.length).toBe(5);
      expect(events).toBe(20);
    });
  }

  it('too many events, with the grid up to there', () => {
    const { outcome, events, t } = simulateStochastically(networkOf('species X\n0 -> X @ 1000\n'), { until: 100, maxEvents: 5000, points: 101 });
    expect(outcome).toMatchObject({ kind: 'too many events', limit: 5000 });
    expect(events).toBe(5000);
    expect(t.length).toBeLessThan(10);
  });

  it('cancelled', () => {
    let polls = 0;
    const { outcome } = simulateStochastically(networkOf('species X\n0 -> X @ 1e6\n'), { until: 1e6, cancel: () => ++polls > 3 });
    expect(outcome.kind).toBe('cancelled');
    expect(polls).toBe(4);
  });

  for (const method of EXACT) {
    it(`a law that turns negative is named: ${method}`, () => {
      const { outcome, final } = simulateStochastically(networkOf('species X = 10\n0 -> X rate 2.01 - X/20\n'), { until: 1e3, method });
      expect(outcome).toMatchObject({ kind: 'stuck', reason: 'negative rate' });
      expect(outcome.kind === 'stuck' ? outcome.reaction : '').toContain('X');
      expect(final[0]).toBe(41);
    });

    it(`a law that does not vanish takes no molecule that is not there: ${method}`, () => {
      const { outcome, final } = simulateStochastically(networkOf('species X = 5\nX -> 0 rate 3\n'), { until: 100, method });
      expect(outcome.kind).toBe('extinct');
      expect(final[0]).toBe(0);
    });
  }
});

describe('propensities', () => {
  it('follow the convention k·V^(1−order)·n(n−1)…(n−ν+1)', () => {
    const network = networkOf('param k = 3\nspecies A = 5, B = 7\n0 -> A @ k\nA -> 0 @ k\nA + B -> 0 @ k\n2 A -> 0 @ k\n2 A + B -> 0 @ k\n4 A -> 0 @ k\n');
    const values = parameterValues(network), propensities = new Propensities(network, values);
    const counts = Float64Array.of(5, 7, 1, 1), all = (): number[] => Array.from({ length: 6 }, (_, r) => propensities.value(r, counts, 0));
    propensities.prepare(values, 2, counts);
    expect(all()).toEqual([6, 15, (3 / 2) * 35, (3 / 2) * 20, (3 / 4) * 20 * 7, (3 / 8) * 120]);
    counts[0] = 1;
    expect(all()).toEqual([6, 3, (3 / 2) * 7, 0, 0, 0]);
    propensities.prepare(parameterValues(network, new Map([['k', 1]])), 1, counts);
    expect(all()).toEqual([1, 1, 7, 0, 0, 0]);
  });

  it('are written out from families with their own constants', () => {
    const network = networkOf('param w[3] = [1, 2, 4]\nspecies X[3] = [10, 20, 30], Y[3]\nfor i in 1..3 { X[i] -> Y[i] @ w[i] }\n');
    const values = parameterValues(network), propensities = new Propensities(network, values), counts = Float64Array.of(10, 20, 30, 0, 0, 0, 1, 1);
    propensities.prepare(values, 1, counts);
    expect([0, 1, 2].map((r) => propensities.value(r, counts, 0))).toEqual([10, 40, 120]);
    expect([...propensities.dependentStart]).toEqual([0, 1, 2, 3, 3, 3, 3]);
  });

  it('count molecules by Avogadro’s number where a unit is declared', () => {
    const network = networkOf('units time s, concentration uM\nspecies A: uM = 1\nA -> 0 @ 1\n');
    const result = simulateStochastically(network, { until: 1e-9, volume: 1e-15, output: 'molecules' });
    expect(result.moleculesPerConcentration).toBeCloseTo(602.214076, 6);
    expect(result.species.get('A')![0]).toBe(602);
    expect(result.rounded).toEqual(['A']);
  });

  it.each([
    ['param k = 1\nspecies X = 1\nX -> 0 @ k\n', { parameters: new Map([['k', -1]]) }, 'cannot be negative'],
    ['param k = 1\nspecies X = 1\nX -> 0 @ k\n', { parameters: new Map([['k', NaN]]) }, 'not a finite number'],
    ['species X = 1\nX -> 0 @ 1 + time\n', {}, 'depend on time'],
    ['species X = 1\nX -> 0 @ 1\n', { volume: 1e60 }, 'volume smaller'],
    ['species X = 1\nX -> 0 @ 1\n', { volume: 0 }, 'volume'],
    ['species X = 1\nX -> 0 @ 1\n', { until: Infinity }, 'end time'],
    ['species X = 1\nX -> 0 @ 1\n', { initial: new Map([['X', -2]]) }, 'negative'],
    ['species X = 1\nX -> 0 @ 1\n', { times: [2, 1] }, 'ascend'],
    ['species X = 1\nX -> 0 @ 1\n', { species: ['Z'] }, 'no species Z'],
  ] as const)('refuses what cannot be run: %s %o', (text, request, message) => {
    const run = (): unknown => simulateStochastically(networkOf(text), { until: 1, ...request });
    expect(run).toThrow(message);
    try { run(); } catch (error) { expect(error instanceof StochasticError || error instanceof RangeError).toBe(true); }
  });
});

it('half a molecule cannot react', () => {
  expect(() => simulateStochastically(new NetworkBuilder().species('X', 4).reaction('0.5 X -> 0', 1).build(), { until: 1 })).toThrow('whole numbers');
});

describe('approximate methods', () => {
  const text = 'species A = 4000, B = 1000, C\nA -> B @ 0.5\nB -> A @ 1\nA + B -> C @ 0.0001\nC -> A + B @ 0.2\n0 -> A @ 200\nA -> 0 @ 0.05\n';

  for (const method of ['tau', 'langevin'] as const) {
    it(`${method}: mean and deviation near those of the exact method`, () => {
      const network = networkOf(text), request = { until: 4, times: [1, 4], seed: 2 };
      const exact = ensemble(network, request, 300), near = ensemble(network, { ...request, method }, 600);
      for (const [name, truth] of exact.species) {
        const found = near.species.get(name)!;
        for (let k = 0; k < 2; k++) {
          const deviation = Math.sqrt(truth.variance[k]!), noise = (6 * deviation) / Math.sqrt(300);
          expect(Math.abs(found.mean[k]! - truth.mean[k]!)).toBeLessThan(0.01 * truth.mean[k]! + noise);
          expect(found.variance[k]! / truth.variance[k]!).toBeGreaterThan(0.55);
          expect(found.variance[k]! / truth.variance[k]!).toBeLessThan(1.8);
        }
      }
    });
  }

  it('tau leaps where counts are large: far fewer steps than events', () => {
    const { steps, events } = simulateStochastically(networkOf('species X\n0 -> X @ 1e6\nX -> 0 @ 1\n'), { until: 5, method: 'tau' });
    expect(events).toBeGreaterThan(5e6);
    expect(steps).toBeLessThan(events / 1000);
  });

  it('tau converges to the exact moments of a linear network as ε shrinks', () => {
    const network = networkOf('species X = 50000\nX -> 0 @ 1\n');
    const truth = linearMoments([50000], [{ by: [-1], constant: 0, linear: [1] }], 1).mean[0]!;
    const error = (epsilon: number): number => Math.abs(ensemble(network, { until: 1, times: [1], method: 'tau', epsilon, seed: 7 }, 300).species.get('X')!.mean[0]! - truth);
    const noise = (6 * Math.sqrt(50000 / 4)) / Math.sqrt(300);
    expect(error(0.2)).toBeGreaterThan(4 * error(0.02));
    expect(error(0.02)).toBeLessThan(0.015 * truth + noise);
  });

  it('tau never makes a count negative, however bold the leaps', () => {
    const network = networkOf('species A = 1000, B = 500, C\nA -> B @ 1\nA + B -> C @ 0.002\nB -> 0 @ 2\nC -> A @ 0.5\n');
    for (let replica = 0; replica < 30; replica++) {
      const { species, outcome } = simulateStochastically(network, { until: 20, method: 'tau', epsilon: 4, replica, points: 80 });
      expect(['reached', 'extinct']).toContain(outcome.kind);
      for (const course of species.values()) expect(course.every((n) => n >= 0 && Number.isInteger(n))).toBe(true);
    }
  });

  it('near zero counts tau is the exact method', () => {
    const { process, t } = TINY[2]!;
    const sample = sampleOf(TINY[2]!.text, 'P', { until: t, volume: 5, method: 'tau', seed: 6 }, 20_000);
    expect(kolmogorovSmirnov(sample, marginal(process, t, ([p]) => p!))).toBeLessThan(1);
  });

  it('langevin keeps totals and stays above zero where molecules are few', () => {
    const network = networkOf('species A = 6, B = 3, C\nA + B -> C @ 1\nC -> A + B @ 2\nA -> B @ 3\nB -> A @ 3\n');
    for (let replica = 0; replica < 20; replica++) {
      const { species } = simulateStochastically(network, { until: 5, method: 'langevin', step: 0.05, replica, points: 60 });
      for (let k = 0; k < 60; k++) {
        const [a, b, c] = ['A', 'B', 'C'].map((name) => species.get(name)![k]!);
        expect(Math.min(a!, b!, c!)).toBeGreaterThanOrEqual(0);
        expect(a! + b! + 2 * c!).toBeCloseTo(9, 6);
      }
    }
  });

  it('langevin has the stationary variance of immigration and death', () => {
    const result = ensemble(networkOf('species X = 400\n0 -> X @ 400\nX -> 0 @ 1\n'), { until: 6, times: [6], method: 'langevin', step: 0.01, seed: 9 }, 3000);
    const { mean, variance } = result.species.get('X')!;
    // Poisson with mean 400; Euler's step of 0.01 widens the variance by half of one hundredth.
    expect(Math.abs(mean[0]! - 400)).toBeLessThan((6 * 20) / Math.sqrt(3000));
    expect(Math.abs(variance[0]! / 400 - 1)).toBeLessThan(0.01 + 6 * Math.sqrt(2 / 3000));
  });
});
