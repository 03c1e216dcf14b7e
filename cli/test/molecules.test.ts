/** `onepot simulate` molecule by molecule. Means and variances come from closed forms: immigration–death is Poisson with mean k/d·(1 − e^(−d·t)). */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { onepot, start, temporaryFolder } from './onepot.ts';

const folder = temporaryFolder();
const poisson = folder.file('poisson.crn', `param k = 10
param d = 0.2
species X
0 -> X @ k
X -> 0 @ d
simulate noisy { t = 40; method = ssa; replicas = 2000; seed = 4 }
simulate one { t = 10; method = ssa; seed = 9 }
simulate smooth { t = 10 }
`);

interface Ensemble {
  outcome: string;
  message: string;
  method: string;
  algorithm: string;
  replicas: number;
  moleculesPerConcentration: number;
  t: number[];
  species: Record<string, { mean: number[]; sd: (number | null)[]; quantiles: Record<string, number[]> }>;
  events: number;
  seconds: number;
}
interface Single {
  outcome: string;
  t: number[];
  species: Record<string, number[]>;
  events: number;
  moleculesPerConcentration: number;
}
async function json<Result>(...args: string[]): Promise<Result> {
  const { code, out, error } = await onepot('simulate', ...args, '--json');
  expect({ code, error }).toEqual({ code: 0, error: '' });
  return JSON.parse(out) as Result;
}
/** Six standard errors: a chance below 2e-9 each. */
const near = (found: number, mean: number, deviation: number, runs: number): void => { expect(Math.abs(found - mean)).toBeLessThan((6 * deviation) / Math.sqrt(runs)); };

describe('many runs', () => {
  it('give mean, deviation and bands', async () => {
    const result = await json<Ensemble>(poisson, '--points', '3');
    expect(result).toMatchObject({ outcome: 'reached', method: 'ssa', algorithm: 'sorted direct', replicas: 2000, moleculesPerConcentration: 1, t: [0, 20, 40] });
    const { mean, sd, quantiles } = result.species['X']!;
    expect([mean[0], sd[0]]).toEqual([0, 0]);
    for (const k of [1, 2]) {
      const expected = 50 * (1 - Math.exp(-0.2 * result.t[k]!));
      near(mean[k]!, expected, Math.sqrt(expected), 2000);
      // Of a Poisson number the variance of the sample variance is about 2σ⁴/n.
      near(sd[k]! ** 2, expected, Math.SQRT2 * expected, 2000);
      // Quantiles of the Poisson distribution with mean 50: 39, 50, 62.
      expect(Math.abs(quantiles['0.05']![2]! - 39)).toBeLessThanOrEqual(1);
      expect(Math.abs(quantiles['0.95']![2]! - 62)).toBeLessThanOrEqual(1);
    }
  });

  it('do not depend on the number of threads, nor on the times of the output', async () => {
    const [one, three, fine] = await Promise.all([
      json<Ensemble>(poisson, '--points', '2', '--workers', '1'), json<Ensemble>(poisson, '--points', '2', '--workers', '3'), json<Ensemble>(poisson, '--points', '41', '--workers', '2'),
    ]);
    expect(three.species).toEqual(one.species);
    expect(three.events).toBe(one.events);
    expect(fine.species['X']!.mean.at(-1)).toBe(one.species['X']!.mean.at(-1));
    expect(fine.species['X']!.sd.at(-1)).toBe(one.species['X']!.sd.at(-1));
  });

  it('--csv has columns for each', async () => {
    const { code, out } = await onepot('simulate', poisson, '--csv', '--points', '2', '--replicas', '50');
    expect(code).toBe(0);
    expect(out).toMatch(/^t,X mean,X sd,X 5 %,X 50 %,X 95 %\n0,0,0,0,0,0\n40,[\d.]+,[\d.]+,[\d.]+,[\d.]+,[\d.]+\n$/);
  });

  it('are summed up for people', async () => {
    const { out } = await onepot('simulate', poisson, '--replicas', '50');
    expect(out).toMatch(/^50 runs reached t = 40\.\nsorted direct: [\d.e]+ events, .* seed 4, one molecule is a concentration of 1\n +mean +sd +5 % +50 % +95 %\nX +[45]\d/);
  });

  it('say which run could not go on, whoever ran it', async () => {
    const file = folder.file('negative.crn', 'species X = 3, Y = 3\nX -> 0 @ 1\nfade: 0 -> X rate Y - 2\nY -> 0 @ 1\nsimulate { t = 20; method = ssa; replicas = 40 }\n');
    const one = await onepot('simulate', file, '--workers', '1', '--json'), two = await onepot('simulate', file, '--workers', '2', '--json');
    expect(one.code).toBe(1);
    expect(one.error).toMatch(/^Run 1 of 40: Stopped at t = [\d.]+: the rate of fade .* is negative there\./);
    expect(two.error).toBe(one.error);
    expect(JSON.parse(one.out)).toMatchObject({ outcome: 'stuck', t: [], species: {} });
  });
});

describe('models of the SBML suite', () => {
  // Means and deviations at t = 50 as the suite has them, in its ranges: ±3 for the mean, ±5 for the variance.
  it.each([
    ['00001', 'X', 60.65307, 22.38677], ['00021', 'X', 99.32621, 9.96625], ['00027', 'X', 9.93262, 3.15161], ['00037', 'X', 24.99887, 8.65995],
  ])('%s', async (id, name, mean, deviation) => {
    const result = await json<Ensemble>(join(root, 'simulation/test/stochastic-suite', `${id}.crn`), '--replicas', '4000', '--points', '2');
    expect(Math.abs(result.species[name]!.mean[1]! - mean)).toBeLessThan((3 * deviation) / Math.sqrt(4000));
    expect(Math.abs(result.species[name]!.sd[1]! ** 2 / deviation ** 2 - 1)).toBeLessThan(5 / Math.sqrt(2000));
  });
});

describe('one run', () => {
  it('is the same for a seed, another for another', async () => {
    const [a, b, c] = await Promise.all([json<Single>(poisson, 'one'), json<Single>(poisson, 'one'), json<Single>(poisson, 'one', '--seed', '10')]);
    expect(b.species).toEqual(a.species);
    expect(c.species).not.toEqual(a.species);
    expect(a.t.length).toBe(101);
    expect(a.species['X']!.every((n) => Number.isInteger(n) && n >= 0)).toBe(true);
    // Every event changes X by one.
    expect(a.events).toBeGreaterThanOrEqual(a.species['X']!.at(-1)!);
  });

  it.each(['tau', 'langevin'])('--method %s stays near the rate equation in a large volume', async (method) => {
    const result = await json<Single>(poisson, 'smooth', '--method', method, '--volume', '1e6', '--points', '2');
    expect(result.species['X']![1]).toBeCloseTo(50 * (1 - Math.exp(-2)), 0);
  });

  it('tells when nothing can react any more', async () => {
    const file = folder.file('decay.crn', 'species X = 2.4\nX -> 0 @ 1\nsimulate { t = 100; method = ssa }\n');
    const { code, out, error } = await onepot('simulate', file);
    expect(code).toBe(0);
    expect(out).toMatch(/^Reached t = 100; nothing can react any more after t = [\d.]+\.\n.*2 events/);
    expect(error).toMatch(/^The start of X is no whole number of molecules at this volume; it was rounded/);
  });

  it('counts molecules in litres where concentrations have a unit', async () => {
    const file = folder.file('units.crn', 'units time s, concentration uM\nparam k: 1/s = 1\nspecies A: uM = 1\nA -> 0 @ k\nsimulate { t = 1; method = ssa; volume = 1e-15 }\n');
    const { code, out } = await onepot('simulate', file, '--json', '--molecules', '--points', '2');
    expect(code).toBe(0);
    const result = JSON.parse(out) as Single;
    expect(result.moleculesPerConcentration).toBeCloseTo(602.214076, 6);
    expect(result.species['A']![0]).toBe(602);
  });
});

describe('what cannot be run molecule by molecule', () => {
  it.each([
    ['a rate that depends on time', 'X -> 0 @ 1 + sin(time)', [], /rates of this network depend on time.*langevin/, 1],
    ['too many molecules', 'X -> 0 @ 1', ['--volume', '1e30'], /bad\d+\.crn:1:9: The initial value of X is 1\.00e\+30 molecules.*Make the volume smaller/, 1],
    ['no end', 'X -> 0 @ 1', ['--until', 'fixed-point'], /no fixed point to run to.*--until 100/, 2],
    ['tolerances', 'X -> 0 @ 1', ['--rtol', '1e-3'], /--rtol is about integrating the rate equations/, 2],
    ['a volume of 0', 'X -> 0 @ 1', ['--volume', '0'], /The volume must be a number above 0/, 2],
    ['no replicas', 'X -> 0 @ 1', ['--replicas', '0'], /number of replicas is a whole number from 1 on/, 2],
    ['an element that is not there', 'X -> 0 @ 1', ['--set', 'X[3]=4'], /there is no parameter or species of that name/, 2],
  ])('%s', async (_, reaction, args, message, code) => {
    const file = folder.file(`bad${reaction.length}.crn`, `species X = 1\n${reaction}\nsimulate { t = 1; method = ssa }\n`);
    const ended = await onepot('simulate', file, ...args);
    expect(ended.error).toMatch(message);
    expect(ended.code).toBe(code);
  });

  it.each([
    [['--volume', '2'], /--volume goes with runs molecule by molecule/], [['--replicas', '2'], /--replicas goes with/], [['--seed', '2'], /Nothing is random in this run/],
  ])('%j of the rate equations is refused', async (args, message) => {
    const { code, error, out } = await onepot('simulate', poisson, 'smooth', ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toMatch(message);
  });
});

it.skipIf(process.platform === 'win32')('Ctrl-C says how many runs are in the numbers', async () => {
  const file = folder.file('long.crn', 'species X = 10\nX <-> 0 @ 1, 1000\nsimulate { t = 100; method = ssa; replicas = 100000 }\n');
  for (const wait of [1500, 4000, 9000]) {
    const { child, ended } = start(['simulate', file]);
    const timer = setTimeout(() => child.kill('SIGINT'), wait);
    const { code, out } = await ended;
    clearTimeout(timer);
    if (code === null) continue;
    expect(out).toMatch(/^Cancelled: \d+ of 100,000 runs were over\./);
    expect(code).toBe(130);
    return;
  }
  expect.fail('The run never began.');
});

describe('a condition', () => {
  // The fifth arrival at rate 2: Gamma(5, 2), mean 2.5, variance 1.25; before t = 2 with chance 1 − e^−4·(1 + 4 + 8 + 64/6 + 256/24).
  const arrivals = folder.file('arrivals.crn', `param k = 2
species X
0 -> X @ k
simulate many { until = X >= 5; t = 100; method = ssa; replicas = 3000; seed = 5 }
simulate early { until = X >= 5; t = 2; method = ssa; replicas = 3000; seed = 5 }
simulate one { until = X >= 5; t = 100; method = ssa; seed = 5 }
simulate never { until = X >= 500; t = 2; method = ssa; replicas = 20 }
simulate lone { until = X >= 500; t = 2; method = tau }
expect mean(X) ~ 5 in many
expect variance(X) ~ 0 in many
expect time ~ 2.5 within 0.15 in many
expect X ~ 5 in one
expect X < 500 in never
expect X < 500 in lone
sweep rates { simulate many; vary k in [1, 2] }
`);
  type Condition = { condition: { until: string; replicas: number; at: { mean: number; sd: number; quantiles: Record<string, number> } | null } };
  it('ends every run at its own time', async () => {
    const result = await json<Ensemble & Condition>(arrivals, 'many', '--points', '3');
    expect(result.condition).toMatchObject({ until: 'X >= 5', replicas: 3000 });
    near(result.condition.at!.mean, 2.5, Math.sqrt(1.25), 3000);
    expect(result.condition.at!.sd ** 2 / 1.25).toBeCloseTo(1, 0);
    // Half of the fifth arrivals lie before 2.3355: the median of χ² with ten degrees of freedom, 9.342, over 2·2.
    expect(result.condition.at!.quantiles['0.5']).toBeCloseTo(2.3355, 0);
    expect([result.species['X']!.mean.at(-1), result.species['X']!.sd.at(-1)]).toEqual([5, 0]);
    expect(result.message).toMatch(/^“X >= 5” in all 3,000 runs, at t = 2\.\d+ ± 1\.\d+\.$/);
    const shared = await json<Ensemble & Condition>(arrivals, 'many', '--points', '3', '--workers', '2');
    expect(shared.condition).toEqual(result.condition);
  });

  it('is not met in every run, or in none', async () => {
    const early = await json<Ensemble & Condition>(arrivals, 'early'), chance = 1 - Math.exp(-4) * (1 + 4 + 8 + 64 / 6 + 256 / 24);
    near(early.condition.replicas / 3000, chance, Math.sqrt(chance * (1 - chance)), 3000);
    expect(early.message).toMatch(/^“X >= 5” in 1,\d+ of 3,000 runs, at t = /);
    for (const [name, message] of [['never', '“X >= 500” did not come true in 20 runs up to t = 2.'], ['lone', '“X >= 500” did not come true up to t = 2.']] as const) {
      const { code, out } = await onepot('simulate', arrivals, name);
      expect([code, out.split('\n')[0]]).toEqual([1, message]);
    }
  });

  it('ends a single run', async () => {
    const result = await json<Single & { condition: { at: number }; message: string }>(arrivals, 'one');
    expect(result.t.at(-1)).toBe(result.condition.at);
    expect(result.species['X']!.at(-1)).toBe(5);
    expect(result.message).toMatch(/^“X >= 5” at t = /);
    const asked = await json<typeof result>(arrivals, 'one', '--until', 'X >= 2');
    expect(asked.condition.at).toBeLessThan(result.condition.at);
    expect(asked.species['X']!.at(-1)).toBe(2);
  });

  it('is where expectations look, and what a sweep measures', async () => {
    const { out } = await onepot('test', arrivals, '--json');
    expect((JSON.parse(out) as { holds: boolean }[]).map(({ holds }) => holds)).toEqual([true, true, true, true, false, false]);
    const swept = await onepot('sweep', arrivals, 'rates', '-o', join(folder.path, 'rates.csv'), '--json');
    const { points } = JSON.parse(swept.out) as { points: { t: { mean: number } }[] };
    near(points[0]!.t.mean, 5, Math.sqrt(5), 3000);
    near(points[1]!.t.mean, 2.5, Math.sqrt(1.25), 3000);
  });
});
