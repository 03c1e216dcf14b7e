/** Ensembles: sums exact in any order, moments and bands; generators and deviates against theory. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../chemistry/index.ts';
import { chunksOf, ensemble, mergeSums, runReplicas, StochasticSimulator, summariseEnsemble, type EnsembleSums } from '../index.ts';
import { addReplica, emptySums, moments, quantiles } from '../stochastic/accumulator.ts';
import { logPoisson, poisson } from '../stochastic/deviates.ts';
import { ReplicaStreams, Stream, STREAM_BLOCK } from '../stochastic/generator.ts';
import { chiSquare, kolmogorovSmirnov, networkOf } from './stochastic-oracles.ts';

const TEXT = 'species X = 20, Y\nX -> Y @ 1\nY -> X @ 0.3\n0 -> Y @ 2\n';

describe('ensembles', () => {
  const network = networkOf(TEXT), request = { until: 3, times: [0, 1, 3], seed: 12 };

  it('hold the mean and variance of their single runs', () => {
    const simulator = new StochasticSimulator(network), result = ensemble(network, request, 50);
    const values = Array.from({ length: 50 }, (_, replica) => simulator.run({ ...request, replica }).species.get('Y')![2]!);
    const mean = values.reduce((a, b) => a + b, 0) / 50, variance = values.reduce((sum, y) => sum + (y - mean) ** 2, 0) / 49;
    const { species, replicas, quantileReplicas, outcomes } = result;
    expect(species.get('Y')!.mean[2]).toBeCloseTo(mean, 12);
    expect(species.get('Y')!.variance[2]).toBeCloseTo(variance, 10);
    expect(species.get('Y')!.quantiles[1]![2]).toBe((values.sort((a, b) => a - b)[24]! + values[25]!) / 2);
    expect(species.get('X')!.variance[0]).toBe(0);
    expect([replicas, quantileReplicas, outcomes.reached]).toEqual([50, 50, 50]);
  });

  for (const method of ['ssa', 'tau', 'langevin'] as const) {
    it(`are the same bit for bit however they are shared out and added, ${method}`, () => {
      const whole = ensemble(network, { ...request, method }, 40).sums;
      const parts = chunksOf(40, 7).map((chunk) => runReplicas(new StochasticSimulator(network), { ...request, method }, chunk).sums);
      const [first, ...rest] = [3, 0, 6, 1, 5, 2, 4].map((k) => structuredClone(parts[k]!));
      for (const part of rest) mergeSums(first!, part);
      const plain = ({ sum, squareHigh, squareLow, replicas, events }: EnsembleSums): unknown => ({
        sum, squareHigh, squareLow, replicas, ...(method === 'langevin' ? {} : { events }),
      });
      expect(plain(first!)).toEqual(plain(whole));
      expect(summariseEnsemble(network, first!)).toEqual(summariseEnsemble(network, whole));
    });
  }

  it('go on from earlier sums', () => {
    const whole = ensemble(network, request, 30), early = ensemble(network, request, 11);
    const late = ensemble(network, request, 30, { previous: structuredClone(early.sums) });
    expect(late.species).toEqual(whole.species);
    expect(late.replicas).toBe(30);
  });

  it('share replicas out without gaps', () => {
    expect(chunksOf(10, 3, 5)).toEqual([{ first: 5, count: 3 }, { first: 8, count: 3 }, { first: 11, count: 4 }]);
    expect(chunksOf(2, 8).length).toBe(2);
  });

  it('stop when cancelled, with the replicas run so far', () => {
    let done = 0;
    const result = ensemble(network, { ...request, onReplica: (count) => { done = count; }, cancel: () => done >= 5 }, 100);
    expect(result.replicas).toBe(5);
    expect(result.stopped).toMatchObject({ replica: 5, outcome: { kind: 'cancelled' } });
  });

  it('refuse other requests’ sums and senseless numbers', () => {
    const other = ensemble(network, { ...request, times: [0, 2, 3] }, 2).sums;
    expect(() => { mergeSums(ensemble(network, request, 2).sums, other); }).toThrow('same request');
    expect(() => ensemble(network, request, 0)).toThrow('replicas');
    expect(() => ensemble(network, { ...request, levels: [2] }, 2)).toThrow('Levels');
  });

  it('sum squares of large counts exactly', () => {
    const values = [2 ** 40 + 12345, 3 * 2 ** 38 + 7, 2 ** 26 - 1, 0, 2 ** 49 + 1].map(Math.round);
    const sums = emptySums(Float64Array.of(1), Int32Array.of(0), 1);
    values.forEach((value, replica) => { addReplica(sums, replica, Float64Array.of(value)); });
    const square = values.reduce((sum, value) => sum + BigInt(value) * BigInt(value), 0n), total = values.reduce((sum, value) => sum + BigInt(value), 0n);
    expect(BigInt(sums.squareHigh[0]!) * 2n ** 52n + BigInt(sums.squareLow[0]!)).toBe(square);
    expect(moments(sums, 0).variance).toBeCloseTo(Number(5n * square - total * total) / 20, -10);
    expect(quantiles(sums, 0, [0, 1], new Float64Array(5))).toEqual([0, 2 ** 49 + 1]);
  });
});

describe('random numbers', () => {
  it('are those of xoshiro128**, two words a number', () => {
    const state = [1, 2, 3, 4], stream = Stream.fromState(state);
    // The published generator, step by step.
    let [a, b, c, d] = state as [number, number, number, number];
    const bits = (): number => {
      const product = Math.imul(b, 5), result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0, shifted = b << 9;
      c ^= a; d ^= b; b ^= c; a ^= d; c ^= shifted; d = (d << 11) | (d >>> 21);
      return result;
    };
    for (let k = 0; k < 3 * STREAM_BLOCK; k++) expect(stream.uniform()).toBe(((bits() >>> 5) * 2 ** 26 + (bits() >>> 6)) / 2 ** 53);
  });

  it('jump by 2^64 words: the 64th squaring of the step as a matrix over GF(2)', () => {
    const step = (words: readonly number[]): number[] => {
      let [a, b, c, d] = words as [number, number, number, number];
      const shifted = b << 9;
      c ^= a; d ^= b; b ^= c; a ^= d; c ^= shifted; d = (d << 11) | (d >>> 21);
      return [a, b, c, d];
    };
    // Column k: where the unit vector k goes.
    let columns = Array.from({ length: 128 }, (_, k) => step([0, 1, 2, 3].map((w) => (w === k >> 5 ? 1 << (k & 31) : 0))));
    const times = (matrix: readonly (readonly number[])[], vector: readonly number[]): number[] => {
      const sum = [0, 0, 0, 0];
      for (let k = 0; k < 128; k++) if (((vector[k >> 5]! >>> (k & 31)) & 1) === 1) for (let w = 0; w < 4; w++) sum[w]! ^= matrix[k]![w]!;
      return sum;
    };
    for (let squaring = 0; squaring < 64; squaring++) columns = columns.map((column) => times(columns, column));
    const random = createRandom(77), start = [random.bits(), random.bits(), random.bits(), random.bits()];
    expect([...Stream.fromState(start).jumped().words()]).toEqual(times(columns, start).map((word) => word >>> 0));
  });

  it('of replicas do not depend on the order in which they are asked for', () => {
    const forwards = new ReplicaStreams(3), backwards = new ReplicaStreams(3);
    const up = [0, 1, 2, 3].map((r) => forwards.of(r).uniform()), down = [3, 2, 1, 0].map((r) => backwards.of(r).uniform()).reverse();
    expect(up).toEqual(down);
    expect(new Set(up).size).toBe(4);
  });

  it.each([0.01, 0.7, 5, 9.9, 10, 33.3, 1000, 2e5])('Poisson of mean %f', (mean) => {
    const stream = Stream.of(21), sample = Float64Array.from({ length: 40_000 }, () => poisson(stream, mean));
    const truth = new Map<number, number>(), spread = 12 * Math.sqrt(mean) + 30;
    // ln p(k) = k ln m − m − Σ ln i, summed as it stands.
    let logFactorial = 0;
    for (let k = 0; k <= mean + spread; k++) {
      if (k > 0) logFactorial += Math.log(k);
      if (k >= mean - spread) truth.set(k, Math.exp(k * Math.log(mean) - mean - logFactorial));
    }
    expect(kolmogorovSmirnov(sample, truth)).toBeLessThan(1);
    if (mean >= 0.7) expect(chiSquare(sample, truth)).toBeLessThan(1);
  });

  it('Poisson of huge means keeps mean and variance', () => {
    for (const mean of [1e9, 1e14]) {
      const stream = Stream.of(4), n = 20_000, z = Array.from({ length: n }, () => (poisson(stream, mean) - mean) / Math.sqrt(mean));
      expect(Math.abs(z.reduce((a, b) => a + b, 0) / n)).toBeLessThan(6 / Math.sqrt(n));
      expect(Math.abs(z.reduce((a, b) => a + b * b, 0) / n - 1)).toBeLessThan(6 * Math.sqrt(2 / n));
    }
    expect(logPoisson(0, 3)).toBe(-3);
    expect(logPoisson(4, 2.5)).toBeCloseTo(4 * Math.log(2.5) - 2.5 - Math.log(24), 13);
  });
});
