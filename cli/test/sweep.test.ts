import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { onepot, start, temporaryFolder } from './onepot.ts';

const folder = temporaryFolder();
const NETWORK = `network xor {
  input  x[2]
  layer  hidden[4] = smooth_relu(h = 0.1)
  layer  y[1] = linear
  weights uniform(-1, 1, seed: 7)
}
data table {
  x[2] -> y[1]
  0 0 -> 0
  0 1 -> 1
  1 0 -> 1
  1 1 -> 0
}
`;
const model = (sweep: string): string => `${NETWORK}train xor on table { epochs = 3 }\n${sweep}\n`;
const file = folder.file('xor.crn', model('sweep robust { train xor on table; vary noise in 0..0.2 steps 2; vary h in [0.05, 0.1]; replicas = 2 }'));
const decay = folder.file('decay.crn', `param k = 1
species A = 1, B
A -> B @ k
simulate relax { t = 1 }
simulate drops { t = 1; method = ssa; volume = 400; plot = B }
sweep rates { simulate relax; vary k in 0..2 steps 3; vary A in [1, 2] }
sweep grains { simulate drops; vary volume in [100, 400]; replicas = 3 }
`);

/** A table as objects. */
function table(path: string): Record<string, string>[] {
  const [header, ...rows] = readFileSync(path, 'utf8').trimEnd().split('\n').map((line) => line.split(','));
  return rows.map((row) => Object.fromEntries(header!.map((name, k) => [name, row[k] ?? ''])));
}
/** What a row says but for how long it took. */
const timeless = (rows: Record<string, string>[]): Record<string, string>[] => rows.map(({ seconds: _, ...row }) => row);

describe('onepot sweep', () => {
  it('has a row for each run, in the order of the plan, whatever the number of workers', async () => {
    const [one, two] = [join(folder.path, 'one.csv'), join(folder.path, 'two.csv')];
    const first = await onepot('sweep', file, '-o', one, '--workers', '1');
    expect({ code: first.code, error: first.error }).toEqual({ code: 0, error: '' });
    expect(first.out).toMatch(/noise +h +runs +accuracy +sd/);
    expect((await onepot('sweep', file, 'robust', '-o', two, '--workers', '3')).code).toBe(0);
    const rows = table(one);
    expect(rows.map(({ noise, h, replica }) => [noise, h, replica])).toEqual([
      ['0', '0.05', '1'], ['0', '0.05', '2'], ['0', '0.1', '1'], ['0', '0.1', '2'], ['0.2', '0.05', '1'], ['0.2', '0.05', '2'], ['0.2', '0.1', '1'], ['0.2', '0.1', '2'],
    ]);
    expect(timeless(table(two))).toEqual(timeless(rows));
    // All runs differ, and noise of size 0 is none at all.
    expect(new Set(rows.map(({ loss }) => loss)).size).toBe(8);
    expect(rows.map(({ equations }) => equations)).toEqual([...Array<string>(4).fill('differences'), ...Array<string>(4).fill('rails')]);
    // The first replica is the training as the text has it.
    const { out } = await onepot('train', file, '--json');
    expect(Number(rows[2]!['loss'])).toBe((JSON.parse(out.trim().split('\n').at(-1) ?? '') as { loss: number }).loss);
  });

  it('simulations: parameters and initial values, against the closed form', async () => {
    const path = join(folder.path, 'rates.csv');
    expect((await onepot('sweep', decay, 'rates', '-o', path)).code).toBe(0);
    const rows = table(path);
    expect(rows).toHaveLength(6);
    for (const { k, A, outcome, t } of rows) expect([k, A, outcome, t]).toEqual([k, A, 'reached', '1']);
    // What is varied keeps its name; what is left of it at the end is called so.
    for (const row of rows) {
      expect(Number(row['A at end'])).toBeCloseTo(Number(row['A']) * Math.exp(-Number(row['k'])), 4);
      expect(Number(row['B'])).toBeCloseTo(Number(row['A']) * (1 - Math.exp(-Number(row['k']))), 4);
    }
  });

  it('simulations molecule by molecule: every replica has a seed of its own', async () => {
    const path = join(folder.path, 'grains.csv');
    const { code, out } = await onepot('sweep', decay, 'grains', '-o', path, '--json');
    expect(code).toBe(0);
    const rows = table(path);
    expect(rows.map(({ seed }) => seed)).toEqual(['1', '2', '3', '1', '2', '3']);
    for (const { volume, B } of rows) expect(Number.isInteger(Math.round(Number(B) * Number(volume) * 1e6) / 1e6)).toBe(true);
    const { points } = JSON.parse(out) as { points: { values: { volume: number }; runs: number; B: { count: number; mean: number; sd: number; median: number } }[] };
    const of = rows.slice(0, 3).map(({ B }) => Number(B));
    const mean = (of[0]! + of[1]! + of[2]!) / 3;
    expect(points[0]).toMatchObject({ values: { volume: 100 }, runs: 3, B: { count: 3 } });
    expect(points[0]!.B.mean).toBeCloseTo(mean, 12);
    expect(points[0]!.B.sd).toBeCloseTo(Math.sqrt(of.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2), 12);
    expect(points[0]!.B.median).toBe([...of].sort((a, b) => a - b)[1]);
  });

  it('what is varied keeps its name in the table; what a run has of the same name is the run’s', async () => {
    const text = 'species A = 1, B\nA -> B @ 1\nsimulate relax { until = B > 0.5; t = 2; plot = B }\nsweep ends { simulate relax; vary t in [0.1, 2]; vary seed in [7]; replicas = 2 }\n', path = join(folder.path, 'ends.csv');
    expect((await onepot('sweep', folder.file('ends.crn', text), '-o', path)).code).toBe(0);
    const [header] = readFileSync(path, 'utf8').split('\n'), rows = table(path), columns = header!.split(',');
    expect(new Set(columns).size).toBe(columns.length);
    // ln 2 where there is time for it.
    expect(rows.map(({ t, seed, replica, outcome }) => [t, seed, replica, outcome])).toEqual([['0.1', '7', '1', 'missed'], ['0.1', '7', '2', 'missed'], ['2', '7', '1', 'reached'], ['2', '7', '2', 'reached']]);
    expect(rows.map((row) => Number(row['run t']))).toEqual([0.1, 0.1, expect.closeTo(Math.LN2, 5), expect.closeTo(Math.LN2, 5)]);
    expect(Object.keys(rows[0]!)).toContain('run seed');
  });

  it('--json has outcomes and the confusion of all replicas together', async () => {
    const { out } = await onepot('sweep', file, '-o', join(folder.path, 'json.csv'), '--json');
    const result = JSON.parse(out) as { sweep: string; runs: number; computed: number; outcome: string; points: { outcomes: object; confusion: number[][]; accuracy: { mean: number } }[] };
    expect(result).toMatchObject({ sweep: 'robust', runs: 8, computed: 8, outcome: 'done' });
    expect(result.points).toHaveLength(4);
    for (const { outcomes, confusion, accuracy } of result.points) {
      expect(outcomes).toEqual({ epochs: 2 });
      expect(confusion.flat().reduce((sum, n) => sum + n, 0)).toBe(8);
      expect(accuracy.mean).toBeCloseTo((confusion[0]![0]! + confusion[1]![1]!) / 8, 12);
    }
  });

  it('a run that is lost has a row that says so', async () => {
    const wild = folder.file('wild.crn', model('sweep wild { train xor on table; vary rate in [0.005, 50]; epochs = 30 }'));
    const path = join(folder.path, 'wild.csv');
    expect((await onepot('sweep', wild, '-o', path)).code).toBe(0);
    expect(table(path).map(({ outcome }) => outcome)).toEqual(['epochs', 'blown up']);
  });
});

describe('going on with a table', () => {
  it.skipIf(process.platform === 'win32')('after kill -9 in the middle only what was under way is done again', async () => {
    const long = folder.file('long.crn', model('sweep many { train xor on table; vary noise in [0, 0.1]; replicas = 15; epochs = 40 }'));
    const [whole, cut] = [join(folder.path, 'whole.csv'), join(folder.path, 'cut.csv')];
    const { child, ended } = start(['sweep', long, '-o', cut, '--workers', '2']);
    const lines = (): string[] => (existsSync(cut) ? readFileSync(cut, 'utf8').split('\n').slice(0, -1) : []);
    while (lines().length < 5) await wait(20);
    child.kill('SIGKILL');
    await ended;
    const kept = lines();
    expect(kept.length).toBeGreaterThanOrEqual(5);
    expect(kept.length).toBeLessThan(31);
    // And the last line was half written.
    writeFileSync(cut, `${kept.join('\n')}\n0.1,15,15,epo`);
    // Killed once more: what follows the half line is whole rows.
    const second = start(['sweep', long, '-o', cut, '--workers', '2', '--resume']);
    while (lines().length < kept.length + 2) await wait(20);
    second.child.kill('SIGKILL');
    await second.ended;
    const rows = lines().length - 1;
    const again = await onepot('sweep', long, '-o', cut, '--resume', '--json');
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ runs: 30, computed: 30 - rows });
    expect(again.error).toContain(`${rows} runs of 30 are in`);
    expect((await onepot('sweep', long, '-o', whole)).code).toBe(0);
    expect(timeless(table(cut))).toEqual(timeless(table(whole)));
    // Rows that were there were kept to the letter, their times included.
    const after = new Set(readFileSync(cut, 'utf8').split('\n'));
    for (const line of kept) expect(after.has(line)).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('Ctrl-C leaves a whole table', async () => {
    const endless = folder.file('endless.crn', model('sweep endless { train xor on table; vary epochs in [1, 100000000]; replicas = 2 }'));
    const path = join(folder.path, 'endless.csv');
    const { child, ended } = start(['sweep', endless, '-o', path, '--workers', '1', '--json']);
    while (!existsSync(path) || readFileSync(path, 'utf8').split('\n').length < 4) await wait(20);
    child.kill('SIGINT');
    const { code, out, error } = await ended;
    expect(code).toBe(130);
    expect(error).toMatch(/Interrupted: 2 runs of 4 missing\. --resume goes on/);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'interrupted', computed: 2 });
    expect(table(path).map(({ epochs }) => epochs)).toEqual(['1', '1']);
  });

  it('more values and replicas are added; another model, another sweep and damaged rows are refused', async () => {
    const path = join(folder.path, 'grow.csv');
    const grow = (sweep: string, network = NETWORK): string => folder.file('grow.crn', `${network}train xor on table { epochs = 1 }\n${sweep}\n`);
    expect((await onepot('sweep', grow('sweep s { train xor on table; vary seed in [1, 2] }'), '-o', path)).code).toBe(0);
    const before = readFileSync(path, 'utf8');
    expect((await onepot('sweep', grow('sweep s { train xor on table; vary seed in [1, 2] }'), '-o', path)).error).toMatch(/is there already\. --resume goes on with it; --force/);
    const more = await onepot('sweep', grow('// more of it\nsweep s {\n  train xor on table\n  vary seed in 1..4\n  replicas = 1\n}'), '-o', path, '--resume', '--json');
    expect(JSON.parse(more.out)).toMatchObject({ runs: 4, computed: 2 });
    expect(readFileSync(path, 'utf8').startsWith(before)).toBe(true);
    const other = await onepot('sweep', grow('sweep s { train xor on table; vary seed in [1, 2] }', NETWORK.replace('h = 0.1', 'h = 0.2')), '-o', path, '--resume');
    expect(other).toMatchObject({ code: 2, out: '' });
    expect(other.error).toMatch(/grow\.csv:2: This row is of another sweep: the network, the data or a setting has changed/);
    const columns = await onepot('sweep', grow('sweep s { train xor on table; vary rate in [0.001, 0.002] }'), '-o', path, '--resume');
    expect(columns.error).toMatch(/grow\.csv:1: These are the columns of another table/);
    writeFileSync(path, before.replace('\n1,', '\n1,1,'));
    expect((await onepot('sweep', grow('sweep s { train xor on table; vary seed in [1, 2] }'), '-o', path, '--resume')).error).toMatch(/grow\.csv:2: This row has \d+ cells/);
    expect((await onepot('sweep', grow('sweep s { train xor on table; vary seed in [1, 2] }'), '-o', path, '--force')).code).toBe(0);
    expect(timeless(table(path))).toHaveLength(2);
  });
});

describe('what cannot be swept', () => {
  const bare = folder.file('bare.crn', 'species A = 1\nA -> 0 @ 1\n');
  const two = folder.file('two-sweeps.crn', model('sweep a { train xor on table; replicas = 2 }\nsweep b { train xor on table; replicas = 3 }'));
  const missing = folder.file('missing.crn', `${NETWORK.replace(/data table \{[\s\S]*?\n\}/, 'data table = csv("nowhere.csv") { x = columns(1..2); y = column(3) }')}sweep s { train xor on table; replicas = 2 }\n`);
  const negative = folder.file('negative-k.crn', 'param k = 1\nspecies A = 1, B\nA -> B @ k\nsimulate relax { t = 1 }\nsweep s { simulate relax; vary k in [1, -1] }\n');
  it.each([
    [['sweep', bare], 2, /has no sweep statement\. A sweep is written: sweep NAME/],
    [['sweep', two], 2, /has several sweeps; name one of them: a, b/],
    [['sweep', two, 'c'], 2, /There is no sweep “c” in .* It has a, b/],
    [['sweep', file, '--workers', '0'], 2, /number of workers is a whole number from 1 on/],
    [['sweep', file, '--resume', '--force'], 2, /leave one of the two out/],
    [['sweep', file, '-o', file], 2, /cannot be both read and written/],
    [['sweep', file, '-o', join(folder.path, 'no', 'such', 'folder.csv')], 2, /folder\.csv cannot be written: there is no folder .*such\./],
    [['sweep', missing, '-o', join(folder.path, 'never.csv')], 2, /nowhere\.csv: error The file was not found/],
    [['sweep', negative, '-o', join(folder.path, 'never.csv')], 1, /CRN521[\s\S]*1 error with k = -1; nothing was computed/],
  ])('%j', async (args, expected, message) => {
    const { code, out, error } = await onepot(...args);
    expect(error).toMatch(message);
    expect({ code, out }).toEqual({ code: expected, out: '' });
    expect(existsSync(join(folder.path, 'never.csv'))).toBe(false);
  });
});

describe('expect of trainings', () => {
  it('runs the training and compares', async () => {
    const expecting = folder.file('expecting.crn', `${NETWORK}train xor on table { where = silico; optimizer = adam; rate = 0.02; epochs = 250 }
train short: xor on table { epochs = 1 }
train blown: xor on table { rate = 5; epochs = 50 }
`.replace('train xor on', 'train long: xor on') + `expect accuracy(long) >= 1
expect 0.05 > loss(long)
expect loss(short) < 1e-6
expect relative_error(long) ~ 0 within 0.5
expect loss(blown) < 1
`);
    const { code, out } = await onepot('test', expecting, '--json');
    const entries = JSON.parse(out) as { text: string; holds: boolean; found: string }[];
    expect(entries.map(({ holds }) => holds)).toEqual([true, true, false, true, false]);
    expect(entries[2]!.found).toMatch(/the loss is [\d.]+ after 1 epoch; expected is < 1e-6/);
    expect(entries[4]!.found).toMatch(/in epoch \d+, dwell \d+/);
    expect(code).toBe(1);
  });
});
