import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { onepot, start, temporaryFolder } from './onepot.ts';

const folder = temporaryFolder();
/** X(t) = k/d·(1 − e^(−d·t)) */
const model = folder.file('model.crn', `
param k = 10
param d = 0.5
species X
fixed F = 3
dual W = -2
species Y[2] = [1, 2]
0 -> X @ k
X -> 0 @ d
for i in 1..2 { Y[i] -> 0 @ d }
W^+ + W^- -> 0 @ d
simulate short { t = 4 }
simulate rest  { until = fixed_point }
`);
interface Result {
  outcome: string;
  method: string;
  t: number[];
  species: Record<string, number[]>;
  steps: number;
  evaluations: number;
  seconds: number;
  buildSeconds: number;
}
async function json(...args: string[]): Promise<Result> {
  const { code, out } = await onepot('simulate', model, ...args, '--json');
  expect(code).toBe(0);
  return JSON.parse(out) as Result;
}

describe('onepot simulate', () => {
  it('--json has the course of every species', async () => {
    const result = await json('--points', '5', '--rtol', '1e-10', '--atol', '1e-12');
    expect(Object.keys(result)).toEqual(expect.arrayContaining(['outcome', 'method', 't', 'species', 'steps', 'evaluations', 'seconds', 'buildSeconds']));
    expect(result.outcome).toBe('reached');
    expect(result.t).toEqual([0, 1, 2, 3, 4]);
    expect(Object.keys(result.species)).toEqual(['X', 'F', 'W^+', 'W^-', 'Y[1]', 'Y[2]']);
    for (const [i, t] of result.t.entries()) expect(result.species['X']?.[i]).toBeCloseTo(20 * (1 - Math.exp(-0.5 * t)), 7);
    expect(result.species['F']).toEqual([3, 3, 3, 3, 3]);
    expect(result.species['W^-']).toEqual([2, 2, 2, 2, 2]);
    expect(result.steps).toBeGreaterThan(0);
    expect(result.evaluations).toBeGreaterThanOrEqual(result.steps);
    expect(result.seconds).toBeGreaterThanOrEqual(0);
    expect(result.buildSeconds).toBeGreaterThan(0);
  });

  it('does not depend on the output grid', async () => {
    const [coarse, fine] = await Promise.all([json('--points', '2'), json('--points', '401')]);
    expect(fine.steps).toBe(coarse.steps);
    expect(fine.species['X']?.at(-1)).toBe(coarse.species['X']?.at(-1));
  });

  it.each(['tsit5', 'bdf'])('--method %s runs that method', async (method) => {
    const result = await json('--method', method, '--rtol', '1e-8', '--atol', '1e-10', '--points', '2');
    expect(result.method).toBe(method);
    expect(result.species['X']?.[1]).toBeCloseTo(20 * (1 - Math.exp(-2)), 5);
  });

  it('--set changes parameters, initial values, elements and duals; --until wins over the text', async () => {
    const result = await json('--set', 'k=0', '--set', 'X=8', '--set', 'Y[2]=6', '--set', 'W=5', '--until', '2', '--points', '2', '--rtol', '1e-10');
    expect(result.t).toEqual([0, 2]);
    expect(result.species['X']?.[1]).toBeCloseTo(8 * Math.exp(-1), 6);
    expect(result.species['Y[1]']?.[0]).toBe(1);
    expect(result.species['Y[2]']?.[0]).toBe(6);
    expect([result.species['W^+']?.[0], result.species['W^-']?.[0]]).toEqual([5, 0]);
  });

  it('runs the simulation that is named, here to the fixed point', async () => {
    const result = await json('rest');
    expect(result.outcome).toBe('steady');
    expect(result.species['X']?.at(-1)).toBeCloseTo(20, 6);
    expect((await json('--until', 'fixed-point')).outcome).toBe('steady');
  });

  it('--csv is a table', async () => {
    const file = folder.file('grid.crn', 'species M[1,2] = [[1, 2]]\nfor i in 1..1, j in 1..2 { M[i,j] -> M[i,j] @ 1 }\n');
    const { code, out } = await onepot('simulate', file, '--csv', '--points', '3', '--until', '2');
    expect(code).toBe(0);
    expect(out).toBe('t,"M[1,1]","M[1,2]"\n0,1,2\n1,1,2\n2,1,2\n');
  });

  it('without options prints a summary', async () => {
    const { code, out, error } = await onepot('simulate', model);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toMatch(/^Reached t = 4\.\n/);
    expect(out).toMatch(/^X +17\.29/m);
  });

  it('says when nobody gave an end', async () => {
    const { code, error } = await onepot('simulate', folder.file('bare.crn', 'species A = 1\nA -> 0 @ 1\n'));
    expect(code).toBe(0);
    expect(error).toContain('No end time is given');
  });
});

describe('a condition in the text', () => {
  const crossing = folder.file('crossing.crn', `
units time s, concentration uM
param k: uM/s = 10, d: 1/s = 0.5, half: uM = 10
species X
0 -> X @ k
X -> 0 @ d
simulate rise   { until = X > half; t = 100; rtol = 1e-10; atol = 1e-12 }
simulate open   { until = X > half; rtol = 1e-10; atol = 1e-12 }
simulate never  { until = X > 2.5*half }
simulate short  { until = X > half; t = 1 }
simulate growth { until = X*d > k; t = 20 }
expect X ~ 10 within 1e-6 in rise
expect time ~ 1.386294361 within 1e-6 in rise
expect X ~ 10 in short
expect X < 30 in never
sweep halves { simulate rise; vary half in [5, 10, 30] }
`);
  const at = 2 * Math.log(2);
  it.each(['rise', 'open'])('ends the run where it holds: %s', async (name) => {
    const { code, out } = await onepot('simulate', crossing, name, '--json');
    const result = JSON.parse(out) as Result & { message: string; condition: { until: string; at: number } };
    expect([code, result.outcome, result.condition.until]).toEqual([0, 'reached', 'X > half']);
    expect(result.condition.at / at).toBeCloseTo(1, 7);
    expect(result.t.at(-1)).toBe(result.condition.at);
    expect(result.species['X']!.at(-1)).toBeCloseTo(10, 6);
    expect(result.message).toBe('“X > half” at t = 1.38629 s.');
    const changed = await onepot('simulate', crossing, name, '--set', 'half=5', '--json', '--points', '7');
    expect((JSON.parse(changed.out) as typeof result).condition.at / (2 * Math.log(4 / 3))).toBeCloseTo(1, 7);
  });

  it.each([
    ['never', /“X > 2\.5\*half” does not come true: at t = \S+ s the network has come to rest/], ['short', /“X > half” did not come true up to t = 1 s/],
    ['growth', /did not come true up to t = 20 s/],
  ])('says so where it does not come true: %s', async (name, message) => {
    const { code, out } = await onepot('simulate', crossing, name);
    expect(out).toMatch(message);
    expect(code).toBe(1);
    const { out: object } = await onepot('simulate', crossing, name, '--json');
    expect(JSON.parse(object)).toMatchObject({ condition: { at: null } });
  });

  it('gives way to --until', async () => {
    const { out } = await onepot('simulate', crossing, 'rise', '--until', '3', '--json');
    expect(JSON.parse(out)).not.toHaveProperty('condition');
    expect((JSON.parse(out) as Result).t.at(-1)).toBe(3);
    const { out: other } = await onepot('simulate', crossing, 'rise', '--until', 'X > 15', '--json');
    expect((JSON.parse(other) as { condition: { at: number } }).condition.at).toBeCloseTo(2 * Math.log(4), 7);
    const { out: rest } = await onepot('fixed-point', crossing, 'rise', '--json');
    expect((JSON.parse(rest) as { fixedPoint: { X: number } }).fixedPoint.X).toBeCloseTo(20, 6);
  });

  it('is where expectations look, and what a sweep measures', async () => {
    const { code, out } = await onepot('test', crossing, '--json');
    expect(code).toBe(1);
    const tests = JSON.parse(out) as { holds: boolean; found: string }[];
    expect(tests.map(({ holds }) => holds)).toEqual([true, true, false, false]);
    expect(tests[2]!.found).toContain('“X > half” did not come true up to t = 1 s');
    expect(tests[3]!.found).toContain('has come to rest');
    const table = folder.file('halves.csv', '');
    const swept = await onepot('sweep', crossing, 'halves', '-o', table, '--force', '--json');
    expect(swept.code).toBe(0);
    const rows = readFileSync(table, 'utf8').trim().split('\n').map((line) => line.split(',')), column = (name: string) => rows.slice(1).map((row) => row[rows[0]!.indexOf(name)]);
    expect(column('outcome')).toEqual(['reached', 'reached', 'missed']);
    expect(Number(column('t')[0])).toBeCloseTo(2 * Math.log(4 / 3), 7);
    expect(Number(column('t')[1])).toBeCloseTo(at, 7);
    expect(rows[3]!.join(',')).toContain('did not come true up to t = 100 s');
  });
});

describe('--until with a condition', () => {
  // X(t) = 20·(1 − e^(−t/2)) passes 10 at 2·ln 2.
  it('ends the run there', async () => {
    const result = await json('--until', 'X > 10', '--rtol', '1e-10', '--atol', '1e-12');
    expect(result.outcome).toBe('reached');
    expect(result.t.at(-1)! / (2 * Math.log(2))).toBeCloseTo(1, 8);
    expect(result.species['X']!.at(-1)).toBeCloseTo(10, 8);
    const { code, out } = await onepot('simulate', model, '--until', 'Y[1] < k/20');
    expect(code).toBe(0);
    expect(out).toMatch(/^“Y\[1\] < k\/20” at t = 1\.38629\.\n/);
  });

  it.each([
    [['--until', 'X > 1000'], /“X > 1000” did not come true up to t = 4/, 1], [['--until', 'Z > 1'], /--until "Z > 1": .*Z/, 2], [['--until', 'X >'], /--until "X >": /, 2],
    [['rest', '--until', 'X > 1', '--method', 'ssa'], /“X > 1” may be waited for for ever: with --method ssa/, 2], [['rest', '--until', 'time > 5'], /it depends on time/, 2],
    [['--until', 'X < 50*k/k'], /“X < 50\*k\/k” at t = 0\./, 0], [['--until', 'k > 5'], /--until "k > 5": Nothing in/, 2], [['--until', 'X >= 1; t = 5'], /write a comparison/, 2],
  ])('%j', async (args, message, expected) => {
    const { code, out, error } = await onepot('simulate', model, ...args);
    expect(out + error).toMatch(message);
    expect(code).toBe(expected);
  });
});

describe('runs that do not arrive say so: exit code 1, finite numbers', () => {
  it.each([
    ['finite-time blow-up', '2 X -> 3 X @ 1', 'diverged', /Diverged at t = 1:? ?.*X/],
    ['a constant of 1e300', 'X -> 2 X @ 1e300', undefined, /^(Diverged|Stopped) at t = \S+:/],
    ['a rate that is no number', '0 -> X rate sqrt(X - 2)', 'stuck', /not a finite number/],
    ['a constant out of scale', 'X -> 0 @ 1e300', 'stuck', /^Stopped at t = 0: \S+run-14\.crn:2:1: the constant of “X -> 0” is 1e300, out of scale with the rest/],
  ])('%s', async (_, reaction, outcome, sentence) => {
    const { code, out, error } = await onepot('simulate', folder.file(`run-${reaction.length}.crn`, `species X = 1\n${reaction}\nsimulate { t = 2 }\n`), '--json');
    expect(error).toMatch(sentence);
    expect(code).toBe(1);
    const result = JSON.parse(out) as Result;
    if (outcome !== undefined) expect(result.outcome).toBe(outcome);
    expect(result.species['X']?.every(Number.isFinite)).toBe(true);
    expect(out).not.toContain('null');
  });
});

it('settings in the text that make no sense are refused', async () => {
  const file = folder.file('settings.crn', 'species A = 1\nA -> 0 @ 1\nsimulate back { t = -1 }\nsimulate loose { t = 1; rtol = -1 }\n');
  const { code, out, error } = await onepot('simulate', file);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(error).toMatch(/settings\.crn:3:21: error CRN801 t cannot be -1/);
  expect(error).toMatch(/settings\.crn:4:32: error CRN801 rtol cannot be -1/);
});

describe('arguments that cannot be used', () => {
  it.each([
    [['simulate', model, 'nope'], /There is no simulation “nope”\. The file has short, rest\./],
    [['simulate', model, '--until', '0'], /positive time or “fixed-point”/],
    [['simulate', model, '--until', 'soon'], /positive time or “fixed-point”/],
    [['simulate', model, '--method', 'euler'], /Allowed choices are auto, tsit5, rkc, bdf/],
    [['simulate', model, '--rtol', '-1'], /The relative tolerance is a number from 1e-14 to 0\.1/],
    ...['0', 'NaN', 'Infinity', '1e-15', '0.2', ''].map((rtol) => [['simulate', model, '--rtol', rtol], /The relative tolerance is a number from 1e-14 to 0\.1/] as [string[], RegExp]),
    ...['-1e-9', 'NaN', 'Infinity'].map((atol) => [['simulate', model, '--atol', atol], /The absolute tolerance must be a number of 0 or more/] as [string[], RegExp]),
    [['simulate', model, '--points', '1.5'], /whole number/],
    [['simulate', model, '--set', 'k'], /Write NAME=NUMBER/],
    [['simulate', model, '--set', 'k=abc'], /Write NAME=NUMBER/],
    [['simulate', model, '--set', 'nobody=1'], /--set nobody: there is no parameter or species of that name\. There are k, d, X/],
    [['simulate', model, '--set', 'X=-1'], /cannot be negative/],
    [['simulate', model, '--json', '--csv'], /cannot be used with/],
    [['fixed-point', model, '--until', '3'], /unknown option/],
  ])('%j', async (args, message) => {
    const { code, out, error } = await onepot(...args);
    expect(error).toMatch(message);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});

describe('onepot fixed-point', () => {
  it('--json', async () => {
    const { code, out } = await onepot('fixed-point', model, '--json');
    expect(code).toBe(0);
    const result = JSON.parse(out) as { outcome: string; fixedPoint: Record<string, number>; residual: number };
    expect(Object.keys(result)).toEqual(expect.arrayContaining(['outcome', 'fixedPoint', 'residual']));
    expect(result.outcome).toBe('steady');
    expect(result.fixedPoint['X']).toBeCloseTo(20, 8);
    expect(result.fixedPoint['Y[1]']).toBeCloseTo(0, 8);
    expect(result.residual).toBeLessThan(1e-8);
  });

  it('prints a table', async () => {
    const { code, out } = await onepot('fixed-point', model, '--set', 'k=5');
    expect(code).toBe(0);
    expect(out).toMatch(/^Reached a fixed point at t = .*\n(.*\n)*X +10\n/);
  });

  it('says when there is none', async () => {
    const { code, out } = await onepot('fixed-point', folder.file('grows.crn', 'species X = 1\nX -> 2 X @ 1\n'), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'diverged', fixedPoint: null });
  });
});

describe('onepot fixed-point tells all of them', () => {
  interface Point { fixedPoint: Record<string, number>; stable: boolean | null; eigenvalues: { re: number; im: number }[]; starts: number }
  interface Answer extends Omit<Point, 'fixedPoint'> {
    outcome: string;
    fixedPoint: Record<string, number> | null;
    rate: { predicted: number | null; measured: number | null };
    fixedPoints: Point[];
    sensitivities?: Record<string, Record<string, number>>;
  }
  // Schlögl: x' = −(x − 1)(x − 2)(x − 3).
  const bistable = 'species X = 0.5\n0 -> X @ 6\nX -> 0 @ 11\n2 X -> 3 X @ 6\n3 X -> 2 X @ 1\n';

  it('with stability, eigenvalues and rate', async () => {
    const { code, out } = await onepot('fixed-point', folder.file('bistable.crn', bistable), '--starts', '16', '--json');
    expect(code).toBe(0);
    const answer = JSON.parse(out) as Answer;
    expect(answer).toMatchObject({ outcome: 'steady', stable: true, starts: 16 });
    expect(answer.fixedPoint!['X']).toBeCloseTo(1, 9);
    expect(answer.eigenvalues[0]!.re).toBeCloseTo(-2, 6);
    expect(answer.rate.predicted).toBeCloseTo(2, 6);
    expect(answer.rate.measured).toBeCloseTo(2, 1);
    const points = answer.fixedPoints.map((point) => [Math.round(1e6 * point.fixedPoint['X']!) / 1e6, point.stable]);
    expect(points.sort((a, b) => Number(a[0]) - Number(b[0]))).toEqual([[1, true], [2, false], [3, true]]);
    expect(answer.fixedPoints.reduce((sum, point) => sum + point.starts, 0)).toBe(16);
  });

  it('also by a simulate statement with starts', async () => {
    const { code, out } = await onepot('simulate', folder.file('starts.crn', `${bistable}simulate { until = fixed_point; starts = 12; seed = 2 }\n`));
    expect(code).toBe(0);
    expect(out).toMatch(/^X +1$/m);
    expect(out).toMatch(/^X +3$/m);
    expect(out).toMatch(/ of 12 starts came here/);
    expect(out).toMatch(/Unstable: small disturbances grow at 1\./);
  });

  it('in an oscillator, which does not come to it', async () => {
    const file = folder.file('clock.crn', 'species X = 2, Y = 2\n0 -> X @ 1\n2 X + Y -> 3 X @ 1\nX -> Y @ 3\nX -> 0 @ 1\n');
    const words = await onepot('fixed-point', file), machine = await onepot('fixed-point', file, '--json');
    expect([words.code, machine.code]).toEqual([1, 1]);
    expect(words.out).toMatch(/^Does not settle .*\nThis fixed point is there, but the start does not come to it:\nUnstable: small disturbances grow at 0\.5, turning with a period of 7\.2552\./);
    const answer = JSON.parse(machine.out) as Answer;
    expect(answer.fixedPoint).toBeNull();
    expect(answer.stable).toBeNull();
    expect(answer.fixedPoints).toMatchObject([{ stable: false, starts: 0 }]);
    expect(answer.fixedPoints[0]!.fixedPoint['Y']).toBeCloseTo(3, 8);
  });

  it('--sensitivities', async () => {
    const { out } = await onepot('fixed-point', model, '--sensitivities', '--json');
    const answer = JSON.parse(out) as Answer;
    // X = k/d
    expect(answer.sensitivities!['X']!['k']).toBeCloseTo(2, 8);
    expect(answer.sensitivities!['X']!['d']).toBeCloseTo(-40, 7);
    expect((await onepot('fixed-point', model, '--sensitivities')).out).toMatch(/X: [kd] -?[\d.]+, [kd] -?[\d.]+/);
  });

  it.each([[['--starts', '0'], /number of starts is a whole number from 1 on/], [['--seed', '3'], /Nothing is random in this run/]])('%j is refused', async (args, message) => {
    const { code, error } = await onepot('fixed-point', model, ...args);
    expect(error).toMatch(message);
    expect(code).toBe(2);
  });
});

describe('Ctrl-C', () => {
  it.skipIf(process.platform === 'win32')('cancels and says where', async () => {
    // Two thousand clocks with a very long way to go.
    const clocks = folder.file('clocks.crn', `species X[2000] = uniform(0.5, 2, seed: 1), Y[2000] = 1
for i in 1..2000 { 0 -> X[i] @ 1\n X[i] -> Y[i] @ 3\n 2 X[i] + Y[i] -> 3 X[i] @ 1\n X[i] -> 0 @ 1 }
simulate { t = 1e9; method = tsit5 }
`);
    // A signal that comes before the thread has begun ends the process at once, and one that comes while the network is made ready
    // leaves nothing to tell of: then wait longer.
    for (const wait of [1000, 3000, 9000]) {
      const { child, ended } = start(['simulate', clocks]);
      const timer = setTimeout(() => child.kill('SIGINT'), wait);
      const { code, out, error } = await ended;
      clearTimeout(timer);
      if (code === null) continue;
      if (error.includes('Cancelled while the network was made ready.')) { expect(code).toBe(130); continue; }
      expect(out).toMatch(/^Cancelled at t = [\d.e]+\./);
      expect(code).toBe(130);
      return;
    }
    expect.fail('The run never began.');
  });
});
