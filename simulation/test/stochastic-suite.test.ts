/**
 * Eleven models of the discrete stochastic part of the SBML Test Suite, written in .crn by hand, in two ways.
 *
 * The suite's own: 10,000 runs, |mean − µ|·√n/σ < 3 and |√(n/2)(s²/σ² − 1)| < 5 at every whole time to 50. The mean of a correct simulator leaves
 * that range with chance 0.0027 at each time: with most seeds one or another of the eleven does somewhere (00003 aside, of the seeds 1 … 12 they all stay within
 * for 7 and 8; by the case, for 88 to 98 % of 100 seeds, and for 6 of 12 in 00039). `SEED` is the first with which all do. That proves little; the second way is the test.
 *
 * One that holds for any seed: what several seeds give together against exact distributions (`branching.ts`, the master equation), by bounds on the
 * chance of a mean and of a mean square that are right for every shape of distribution. Correct code fails with chance below 1e-6 over all of them.
 *
 * 00003 is why: hardly a run survives to t = 50, and those that do have many. The kurtosis κ is 95.7 there, so that √(n/2)(s²/σ² − 1), of deviation
 * √((κ − 1)/2) = 6.9 and not 1, stays within ±5 for 53 % of correct simulators, and of the seeds 1 … 100 twelve stay within it at all times. It has a seed of its
 * own, the first of these.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensemble, type EnsembleResult } from '../index.ts';
import { branchingMarginals, logChance, momentsOf, type Branching } from './branching.ts';
import { linearMoments, marginal, networkOf, type Process } from './stochastic-oracles.ts';

const SUITE = join(import.meta.dirname, '../../../shared/sbml-test-suite/stochastic');
const TEXTS = join(import.meta.dirname, 'stochastic-suite');
const SEED = 7;
const SEEDS = [SEED, 101];
/** Times at which distributions are worked out. */
const TIMES = [1, 5, 20, 50];
/** Of each of the 208 comparisons: 11 models, 13 species, 4 times, mean and square, two sides. */
const LEAST_LOG_CHANCE = Math.log(1e-9);

interface Case {
  readonly id: string;
  readonly species: readonly string[];
  readonly branching?: Branching;
  readonly process?: Process;
  /** Runs of each seed that are held against exact distributions, where not 10,000. */
  readonly exactRuns?: number;
  /** Of the comparison with the suite's ranges, where `SEED` does not stay within them. */
  readonly seed?: number;
}

const birthDeath = (birth: number, death: number): Branching => ({ start: [100], reactions: [{ of: 0, to: [2], k: birth }, { of: 0, to: [0], k: death }] });
const immigration = (k: number, death: number, batch = 1): Branching => ({ start: [0], reactions: [{ of: -1, to: [batch], k }, { of: 0, to: [0], k: death }] });

const CASES: readonly Case[] = [
  { id: '00001', species: ['X'], branching: birthDeath(0.1, 0.11) },
  { id: '00003', species: ['X'], branching: birthDeath(1, 1.1), seed: 16 },
  { id: '00007', species: ['X', 'Sink'], branching: { start: [100, 0], reactions: [{ of: 0, to: [2, 0], k: 0.1 }, { of: 0, to: [0, 1], k: 0.11 }] } },
  { id: '00021', species: ['X'], branching: immigration(10, 0.1) },
  // A hundred thousand events a run: fewer for the exact distributions, whose bounds are those of their number.
  { id: '00023', species: ['X'], branching: immigration(1000, 0.1), exactRuns: 400 },
  { id: '00025', species: ['X', 'Sink'], branching: { start: [0, 0], reactions: [{ of: -1, to: [1, 0], k: 10 }, { of: 0, to: [0, 1], k: 0.1 }] } },
  { id: '00027', species: ['X'], branching: immigration(1, 0.1) },
  {
    // The suite's k1·P(P − 1)/2 is k1/2·P(P − 1).
    id: '00031', species: ['P', 'P2'],
    process: { start: [1000, 0], jumps: [{ by: [-2, 1], rate: ([p]) => (0.0002 * p! * (p! - 1)) / 2 }, { by: [2, -1], rate: ([, d]) => 0.004 * d! }] },
  },
  {
    id: '00035', species: ['P2'],
    process: { start: [0], jumps: [{ by: [1], rate: ([d]) => (0.001 * (100 - 2 * d!) * (99 - 2 * d!)) / 2 }, { by: [-1], rate: ([d]) => 0.01 * d! }] },
  },
  { id: '00037', species: ['X'], branching: immigration(1, 0.2, 5) },
  { id: '00039', species: ['X'], branching: immigration(1, 4, 100) },
];

const EVERY = Array.from({ length: 51 }, (_, t) => t);
const done = new Map<string, EnsembleResult>();

/** Of each case, as the suite asks. */
const RUNS = 10_000;
/** Those of 00023 are 10⁹ events: about a minute, and on a slow machine more. */
const PATIENCE = 600_000;

function run({ id }: Case, seed: number, runs = RUNS): EnsembleResult {
  const key = `${id} ${seed} ${runs}`;
  let result = done.get(key);
  if (result === undefined) done.set(key, (result = ensemble(networkOf(readFileSync(join(TEXTS, `${id}.crn`), 'utf8')), { until: 50, times: EVERY, seed }, runs)));
  expect(result.replicas).toBe(runs);
  return result;
}

/** Distributions of a species at `TIMES`. */
function distributions({ branching, process }: Case, s: number): readonly ReadonlyMap<number, number>[] {
  if (branching === undefined) return TIMES.map((t) => marginal(process!, t, (n) => n[s]!));
  const { start, reactions } = branching;
  const jumps = reactions.map(({ of, to, k }) => ({
    by: to.map((n, i) => n - (i === of ? 1 : 0)), constant: of < 0 ? k : 0, linear: start.map((_, i) => (i === of ? k : 0)),
  }));
  const about = TIMES.map((t) => linearMoments(start, jumps, t));
  const size = 2 ** Math.ceil(Math.log2(20 * Math.max(5, ...about.map(({ deviation }) => deviation[s]!))));
  return branchingMarginals(branching, s, TIMES, about.map(({ mean }) => mean[s]!), size);
}

/** Mean and deviation in the suite's ranges. */
function within(result: EnsembleResult, name: string, k: number, mean: number, deviation: number): void {
  const n = result.replicas, found = result.species.get(name)!, where = `${name} at ${result.t[k]!}`;
  if (deviation === 0) {
    expect([found.mean[k], found.variance[k]], where).toEqual([mean, 0]);
    return;
  }
  expect(Math.abs(found.mean[k]! - mean) * Math.sqrt(n) / deviation, where).toBeLessThan(3);
  expect(Math.abs(Math.sqrt(n / 2) * (found.variance[k]! / deviation ** 2 - 1)), where).toBeLessThan(5);
}

describe('the SBML suite’s stochastic models', () => {
  for (const model of CASES) {
    const { id, species, exactRuns: runs = RUNS, seed = SEED } = model;
    it(`${id} is within the suite’s ranges: ${RUNS} runs of seed ${seed}`, () => {
      const result = run(model, seed), file = join(SUITE, id, 'results.csv');
      if (!existsSync(file)) {
        console.warn(`${id}: the suite's folder is not at hand; compared with computed moments only.`);
        species.forEach((name, s) => {
          distributions(model, s).forEach((distribution, k) => {
            const { mean, deviation } = momentsOf(distribution);
            within(result, name, TIMES[k]!, mean, deviation);
          });
        });
        return;
      }
      const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/u), names = header.split(',').map((name) => name.trim());
      expect(lines.length).toBe(51);
      for (const line of lines) {
        const row = line.split(',').map(Number), k = row[0]!;
        for (const name of species) within(result, name, k, row[names.indexOf(`${name}-mean`)]!, row[names.indexOf(`${name}-sd`)]!);
      }
    }, PATIENCE);

    it(`${id} has the exact means and variances: ${SEEDS.length} seeds`, () => {
      const results = SEEDS.map((each) => run(model, each, runs)), all = SEEDS.length * runs;
      species.forEach((name, s) => {
        distributions(model, s).forEach((distribution, k) => {
          const t = TIMES[k]!, { mean: µ } = momentsOf(distribution), of = results.map((result) => result.species.get(name)!);
          const mean = of.reduce((sum, { mean: found }) => sum + found[t]!, 0) / SEEDS.length;
          const square = of.reduce((sum, { mean: found, variance }) => sum + ((runs - 1) * variance[t]!) / runs + (found[t]! - µ) ** 2, 0) / SEEDS.length;
          expect(logChance(distribution, (n) => n, all, mean), `mean of ${name} at ${t}`).toBeGreaterThan(LEAST_LOG_CHANCE);
          expect(logChance(distribution, (n) => (n - µ) ** 2, all, square), `variance of ${name} at ${t}`).toBeGreaterThan(LEAST_LOG_CHANCE);
        });
      });
    });
  }

  it('a rate that is 3 % off does not pass for chance', () => {
    const result = run(CASES.find(({ id }) => id === '00021')!, SEED);
    const [distribution] = distributions({ id: '', species: ['X'], branching: immigration(10.3, 0.1) }, 0).slice(-1);
    expect(logChance(distribution!, (n) => n, 10_000, result.species.get('X')!.mean[50]!)).toBeLessThan(LEAST_LOG_CHANCE);
  });

  it('00003 has the kurtosis of which the suite’s range for deviations knows nothing', () => {
    const model = CASES.find(({ id }) => id === '00003')!, [, , at20, at50] = distributions(model, 0).map((distribution) => momentsOf(distribution).kurtosis);
    expect(at20).toBeCloseTo(7.02, 2);
    expect(at50).toBeCloseTo(95.7, 1);
  });
});
