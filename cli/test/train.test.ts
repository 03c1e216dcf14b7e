import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { onepot, start, temporaryFolder } from './onepot.ts';

const folder = temporaryFolder();
const network = (inputs: number, outputs: number): string => `network net {
  input  x[${inputs}]
  layer  hidden[4] = smooth_relu(h = 0.1)
  layer  y[${outputs}] = linear
  weights uniform(-1, 1, seed: 7)
}
`;
const ROWS = `data table {
  x[2] -> y[1]
  0 0 -> 0
  0 1 -> 1
  1 0 -> 1
  1 1 -> 0
}
`;
const xor = folder.file('xor.crn', `${network(2, 1)}${ROWS}train net on table { rate = 0.005; dwell = 20; epochs = 20 }\ntrain long: net on table { rate = 0.005; dwell = 20; epochs = 500 }\n`);

interface Line { epoch: number; loss: number; accuracy: number; seconds: number }
interface Last {
  network: string; data: string; where: string; outcome: string; epochs: number; presentations: number; loss: number | null; reduction: string; seconds: number;
  evaluation: { rows: string; samples: number; loss: number; accuracy: number | null; confusion: number[][] | null } | null;
}
/** The lines of --json, the last one apart. */
function parsed(out: string): { lines: Line[]; last: Last } {
  const all = out.trim().split('\n').map((line) => JSON.parse(line) as unknown);
  return { lines: all.slice(0, -1) as Line[], last: all.at(-1) as Last };
}

describe('onepot train', () => {
  it('--json has a line an epoch and the result', async () => {
    const { code, out, error } = await onepot('train', xor, 'long', '--json');
    expect({ code, error }).toEqual({ code: 0, error: '' });
    const { lines, last } = parsed(out);
    expect(lines.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 500 }, (_, i) => i + 1));
    expect(last).toMatchObject({ network: 'net', data: 'table', where: 'pot', outcome: 'epochs', epochs: 500, presentations: 2000, reduction: 'differences' });
    expect(last.evaluation).toMatchObject({ rows: 'training', samples: 4, accuracy: 1, confusion: [[2, 0], [0, 2]] });
    // Reached on the way: at so short a dwell the weights drift on once the task is learned.
    expect(Math.min(...lines.map(({ loss }) => loss))).toBeLessThan(0.01);
    expect(last.evaluation?.loss).toBe(lines.at(-1)?.loss);
    expect(last.loss).toBe(last.evaluation?.loss);
    expect(last.seconds).toBeGreaterThan(0);
  });

  it('--interim measures within epochs, and what is learnt is the same', async () => {
    const rows = Array.from({ length: 60 }, (_, k) => `  ${k / 60} ${((k * 7) % 60) / 60} -> ${(k % 5) / 5}`).join('\n');
    const file = folder.file('interim.crn', `${network(2, 1)}data table {\n  x[2] -> y[1]\n${rows}\n  split 0.6666 seed 1\n}\ntrain net on table { rate = 0.005; dwell = 20; epochs = 2 }\n`);
    const lines = async (...more: string[]): Promise<Record<string, unknown>[]> => (await onepot('train', file, '--json', ...more)).out.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    const [plain, looked] = [await lines(), await lines('--interim', '15')];
    const interims = looked.flatMap(({ interim }) => (interim === undefined ? [] : [interim as { epoch: number; presented: number; of: number; samples: number; loss: number; perSecond?: number; secondsLeft?: number }]));
    expect(interims.map(({ epoch, presented, of, samples }) => [epoch, presented, of, samples])).toEqual([[0, 0, 40, 20], [0, 15, 40, 20], [0, 30, 40, 20], [1, 5, 40, 20], [1, 20, 40, 20], [1, 35, 40, 20]]);
    expect(interims[0]!.perSecond).toBeUndefined();
    expect(interims[5]!.secondsLeft! * interims[5]!.perSecond!).toBeCloseTo(5, 9);
    expect(new Set(interims.map(({ loss }) => loss)).size).toBe(6);
    const timeless = (all: readonly Record<string, unknown>[]): unknown[] => all.filter(({ interim }) => interim === undefined).map(({ seconds: _seconds, buildSeconds: _build, ...rest }) => rest);
    expect(timeless(looked)).toEqual(timeless(plain));
    expect(plain.some((line) => 'interim' in line)).toBe(false);
  });

  it('the same seed gives the same run, another one another; all rails agree with their differences', async () => {
    const [first, again, other, rails] = await Promise.all([[], [], ['--seed', '5'], ['--rails']].map(async (more) => parsed((await onepot('train', xor, '--epochs', '3', '--json', ...more)).out).last));
    expect(again!.loss).toBe(first!.loss);
    expect(other!.loss).not.toBe(first!.loss);
    expect(rails!.reduction).toBe('none');
    expect(rails!.loss).toBeCloseTo(first!.loss!, 3);
  });

  it('without --json prints a summary', async () => {
    const { code, out } = await onepot('train', xor);
    expect(code).toBe(0);
    expect(out).toMatch(/^Trained 20 epochs\.\nnet on table, in the pot: differences of rails, exact, .*80 presentations/);
    expect(out).toMatch(/on the 4 rows trained on \(none are held out\): loss [\d.]+, \d+ % right/);
  });

  it('in silico', async () => {
    const file = folder.file('silico.crn', `${network(2, 1)}${ROWS}train net on table { where = silico; optimizer = adam; rate = 0.02; epochs = 150 }\n`);
    const { code, out } = await onepot('train', file, '--json');
    expect(code).toBe(0);
    const { last } = parsed(out);
    expect(last).toMatchObject({ where: 'silico', reduction: 'adjoint', epochs: 150 });
    expect(last.evaluation?.loss).toBeLessThan(0.05);
    expect((await onepot('train', file, '--rails')).error).toMatch(/where = silico\. Leave it out/);
    // In two parts it is the run in one, to the last bit.
    const at = join(folder.path, 'silico');
    expect((await onepot('train', file, '--epochs', '37', '--checkpoint', at)).code).toBe(0);
    const { last: whole } = parsed((await onepot('train', file, '--checkpoint', at, '--resume', '--json')).out);
    expect([whole.loss, whole.epochs, whole.presentations]).toEqual([last.loss, 150, 600]);
  });

  it('--seed is also that of the weights, unless the network names one', async () => {
    const named = folder.file('named.crn', `${network(2, 1)}${ROWS}train net on table { epochs = 1; order = cyclic }\n`);
    const unnamed = folder.file('unnamed.crn', `${network(2, 1).replace(', seed: 7', '')}${ROWS}train net on table { epochs = 1; order = cyclic }\n`);
    const loss = async (file: string, seed: string): Promise<number | null> => parsed((await onepot('train', file, '--seed', seed, '--json')).out).last.loss;
    // In the order of the text, without noise, nothing but the weights can differ.
    expect(await loss(named, '2')).toBe(await loss(named, '3'));
    expect(await loss(unnamed, '2')).not.toBe(await loss(unnamed, '3'));
  });

  it('noise as the text says it; the outcome tells which equations ran', async () => {
    const noise = (settings: string): string => folder.file(`noise-${settings.length}.crn`, `${network(2, 1)}${ROWS}noise some { ${settings} }\ntrain net on table { epochs = 2; noise = some }\n`);
    const run = async (settings: string, ...more: string[]): Promise<Last & { molecules?: string; withoutReduction?: string }> => parsed((await onepot('train', noise(settings), '--json', ...more)).out).last;
    const quiet = parsed((await onepot('train', xor, '--epochs', '2', '--json')).out).last;
    const frozen = await run('rates = lognormal(0.1, frozen, per: reaction)');
    expect(frozen).toMatchObject({ reduction: 'none', withoutReduction: 'noise on single reactions tells the rails apart' });
    const dwell = await run('rates = normal(0.1, every: dwell, per: reaction)');
    const module = await run('rates = lognormal(0.1, frozen, per: module)');
    expect(module.reduction).toBe('differences');
    const update = await run('rates = lognormal(0.1, frozen, group: update)');
    const kicks = await run('concentrations = lognormal(0.02, every: dwell, species: weights)');
    expect(kicks.withoutReduction).toBe('noise on concentrations tells the rails apart');
    const drops = await run('intrinsic = ssa; volume = 50');
    expect(drops).toMatchObject({ reduction: 'none', molecules: 'ssa (composition rejection)', withoutReduction: 'single molecules tell the rails apart' });
    const langevin = await run('volume = 2000; intrinsic = langevin');
    expect(langevin.molecules).toBe('langevin');
    const losses = [quiet, frozen, dwell, module, update, kicks, drops, langevin].map(({ loss }) => loss);
    expect(new Set(losses).size).toBe(losses.length);
    expect((await run('intrinsic = ssa; volume = 50')).loss).toBe(drops.loss);
    expect((await run('intrinsic = ssa; volume = 50', '--seed', '2')).loss).not.toBe(drops.loss);
    const wrong = await onepot('train', noise('rates = lognormall(0.1, frozen)'));
    expect(wrong.code).toBe(1);
    expect(wrong.error).toMatch(/CRN814[\s\S]*Did you mean lognormal\?/);
  });

  it('tables: held-out rows, classes', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i},${i % 7},${i < 10 ? 'low' : 'high'}`);
    folder.file('rows.csv', `a;b;c\n${rows.join('\n').replaceAll(',', ';')}\n`);
    const file = folder.file('csv.crn', `${network(2, 2)}data rows = csv("rows.csv") { x = scale(columns("a", "b"), 0, 1, clip: true); y = onehot(column("c")); header = true; delimiter = ";"; split 0.5 seed 3 }\ntrain net on rows { epochs = 30 }\n`);
    const { code, out, error } = await onepot('train', file, '--json');
    expect({ code, error }).toEqual({ code: 0, error: '' });
    const { last } = parsed(out);
    expect(last).toMatchObject({ classes: ['high', 'low'], presentations: 300, evaluation: { rows: 'held-out', samples: 10 } });
    expect(last.evaluation?.confusion?.flat().reduce((sum, n) => sum + n, 0)).toBe(10);
    expect(last.loss).not.toBe(last.evaluation?.loss);
  });

  it('a pot that blows up is named: exit code 1', async () => {
    const file = folder.file('wild.crn', `${network(2, 1)}${ROWS}train net on table { rate = 5; dwell = 20; epochs = 50 }\n`);
    const { code, out, error } = await onepot('train', file, '--json');
    expect(code).toBe(1);
    expect(parsed(out).last).toMatchObject({ outcome: 'blown up', loss: null });
    expect(error).toMatch(/The pot was lost: net\..* in epoch \d+, dwell \d+/);
  });
});

describe('checkpoints', () => {
  it('a run in two parts is the run in one, to the last bit', async () => {
    const whole = parsed((await onepot('train', xor, '--epochs', '12', '--json')).out).last;
    const at = join(folder.path, 'parts');
    expect((await onepot('train', xor, '--epochs', '5', '--checkpoint', at, '--json')).code).toBe(0);
    const { out, error } = await onepot('train', xor, '--epochs', '12', '--checkpoint', at, '--resume', '--json');
    expect(error).toBe('');
    const { lines, last } = parsed(out);
    expect(lines.map(({ epoch }) => epoch)).toEqual([6, 7, 8, 9, 10, 11, 12]);
    expect([last.loss, last.epochs, last.presentations]).toEqual([whole.loss, 12, 48]);
    expect(readdirSync(at)).toEqual(['net-table.checkpoint.json']);
  });

  it('is not written over unless asked to', async () => {
    const at = join(folder.path, 'kept');
    expect((await onepot('train', xor, '--epochs', '1', '--checkpoint', at)).code).toBe(0);
    const second = await onepot('train', xor, '--epochs', '1', '--checkpoint', at);
    expect(second).toMatchObject({ code: 2, out: '' });
    expect(second.error).toMatch(/is there already\. Go on from it with --resume, or begin anew with --force/);
    expect((await onepot('train', xor, '--epochs', '1', '--checkpoint', at, '--force')).code).toBe(0);
  });

  it('of another run, damaged or missing ones', async () => {
    const at = join(folder.path, 'other');
    expect((await onepot('train', xor, '--epochs', '1', '--checkpoint', at, '--resume')).error).toMatch(/There is no checkpoint .* yet; the training begins anew/);
    const other = await onepot('train', xor, '--seed', '9', '--checkpoint', at, '--resume');
    expect(other.code).toBe(2);
    expect(other.error).toMatch(/The checkpoint was made with other settings/);
    const file = join(at, 'net-table.checkpoint.json');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 100));
    const damaged = await onepot('train', xor, '--checkpoint', at, '--resume');
    expect(damaged.code).toBe(2);
    expect(damaged.error).toMatch(/is no checkpoint of a training\. Start anew with --force/);
  });

  it.skipIf(process.platform === 'win32')('Ctrl-C keeps what was learnt', async () => {
    const endless = folder.file('endless.crn', `${network(2, 1)}${ROWS}train net on table { rate = 0.001; dwell = 20; epochs = 100000000; every = 10 }\n`);
    const at = join(folder.path, 'stopped');
    const { child, ended } = start(['train', endless, '--checkpoint', at, '--json']);
    child.stdout.once('data', () => child.kill('SIGINT'));
    const { code, out } = await ended;
    expect(code).toBe(130);
    const { last } = parsed(out);
    expect(last).toMatchObject({ outcome: 'interrupted', loss: null });
    expect(last.epochs).toBeGreaterThan(0);
    const { checkpoint } = JSON.parse(readFileSync(join(at, 'net-table.checkpoint.json'), 'utf8')) as { checkpoint: { epoch: number; presentations: number } };
    expect(checkpoint).toMatchObject({ epoch: last.epochs, presentations: last.presentations });
  });
});

describe('data that cannot be used: file, row, column and what to do; nothing is trained', () => {
  const table = (name: string, text: string | undefined, recipe: string, inputs = 2, outputs = 2): string => {
    if (text !== undefined) folder.file(`${name}.csv`, text);
    return folder.file(`${name}.crn`, `${network(inputs, outputs)}data d = csv("${name}.csv") { ${recipe} }\ntrain net on d { epochs = 2 }\n`);
  };
  const usual = 'x = columns(1..2); y = onehot(column(3))';
  const idx = (type: number[], dimensions: number[], body: number[]): Uint8Array => Uint8Array.from([0, 0, ...type, dimensions.length, ...dimensions.flatMap((n) => [n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255]), ...body]);
  const images = (name: string, pictures: Uint8Array, labels: Uint8Array, outputs = 2): string => {
    folder.file(`${name}.images`, pictures);
    folder.file(`${name}.labels`, labels);
    return folder.file(`${name}.crn`, `${network(4, outputs)}data d = idx("${name}.images", "${name}.labels") { x = scale(pixels, 0, 1); y = onehot(labels, ${outputs}) }\ntrain net on d { epochs = 2 }\n`);
  };
  const pixels = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

  it.each([
    ['missing file', 2, table('missing', undefined, usual), /missing\.csv: error The file was not found.*beside the file that names it/],
    ['ragged rows', 2, table('ragged', 'a,b,c\n1,2,u\n3,v\n', usual), /ragged\.csv:3:3: error This row has 2 cells, but the header \(line 1\) has 3\. Complete the row/],
    ['text in numbers', 2, table('text', 'a,b,c\n1,2,u\n1,oops,v\n3,4,v\n', usual), /text\.csv:3:2: error “oops” in column 2 \(“b”\) is text where a number is needed\. Correct it/],
    ['a missing number', 2, table('gap', 'a,b,c\n1,2,u\n1,,v\n', usual), /gap\.csv:3:2: error The value of column 2 \(“b”\) is missing\. Fill it in or delete the row/],
    ['one class only', 2, table('single', 'a,b,c\n1,2,u\n3,4,u\n', usual), /single\.csv:2:3: error Every row has the same class \(“u”\).*at least two classes/],
    ['negative inputs where a rail is missing', 2, table('negative', 'a,b,c\n1,2,u\n3,-4,v\n', usual), /negative\.csv:3: error Input 2 \(“b”\) of this row is -4, and a concentration cannot be negative\. Put the inputs on two rails, with inputs = signed in the network, or scale them to \[0, 1\]/],
    ['a label out of range', 2, table('range', 'a,b,c\n1,2,0\n3,4,2\n', 'x = columns(1..2); y = onehot(column(3), 2)'), /range\.csv:3:3: error The label “2” is out of range: with 2 classes, labels are 0 to 1/],
    ['a constant column', 2, table('constant', 'a,b,c\n1,2,u\n1,4,v\n', 'x = scale(columns(1..2), 0, 1); y = onehot(column(3))'), /constant\.csv.* has the same value, 1, in all 2 training rows/],
    ['a column that is not there', 2, table('column', 'a,b,c\n1,2,u\n1,4,v\n', 'x = columns(1..2); y = onehot(column("kind"))'), /There is no column “kind”\. The columns are “a”, “b”, “c”/],
    ['classes that do not fit the outputs', 2, table('fit', 'a,b,c\n1,2,u\n1,4,v\n2,2,w\n', usual), /d has 3 columns for the outputs, but the network net has 2 outputs/],
    ['a step that is none', 1, table('step', 'a,b,c\n1,2,u\n', 'x = standardise(columns(1..2)); y = onehot(column(3))'), /step\.crn:\d+:\d+.*standardi/],
    ['truncated IDX', 2, images('cut', idx([8], [3, 2, 2], pixels.slice(0, 9)), idx([8], [3], [0, 1, 0])), /cut\.images:3: error The file is cut off.*The first incomplete image is number 3\. Download it again/],
    ['labels out of range in IDX', 2, images('label', idx([8], [3, 2, 2], pixels), idx([8], [3], [0, 1, 7])), /label\.labels:3:1: error The label “7” is out of range/],
    ['fewer labels than images', 2, images('fewer', idx([8], [3, 2, 2], pixels), idx([8], [2], [0, 1])), /fewer\.images:3: error/],
    ['IDX that is none', 2, images('png', Uint8Array.from([137, 80, 78, 71, 0, 0]), idx([8], [3], [0, 1, 0])), /png\.images: error This is not an IDX file/],
  ] as const)('%s', async (_, expected, file, message) => {
    const { code, out, error } = await onepot('train', file, '--json');
    expect(error).toMatch(message);
    expect(error).toMatch(/nothing was (trained|computed)/);
    expect(code).toBe(expected);
    // All that --json prints is why.
    expect(Object.keys(JSON.parse(out) as object)).toEqual(['error']);
    expect((JSON.parse(out) as { error: string }).error).toMatch(message);
  });

  it('images that are whole are trained on', async () => {
    const { code, out } = await onepot('train', images('whole', idx([8], [3, 2, 2], pixels), idx([8], [3], [0, 1, 0])), '--json');
    expect(code).toBe(0);
    expect(parsed(out).last).toMatchObject({ presentations: 6, evaluation: { samples: 3 } });
  });
});

describe('arguments that cannot be used', () => {
  const bare = folder.file('bare.crn', 'species A = 1\nA -> 0 @ 1\n');
  it.each([
    [['train', bare], /has no train statement\. A training is written: train NETWORK on DATA/],
    [['train', xor, 'nope'], /There is no training and no network “nope” in .*It trains net, long\./],
    [['train', xor, '--epochs', '0'], /number of epochs is a whole number from 1 on/],
    [['train', xor, '--seed', '1.5'], /seed is a whole number from 0 on/],
    [['train', xor, '--resume'], /--resume needs --checkpoint/],
    [['compile', bare, 'net'], /There is no network “net” in .* It has no network statement\./],
    [['compile', xor, 'nope'], /There is no network “nope” in .* It has net\./],
    [['compile', xor, 'net', '-o', xor], /cannot be both read and written/],
  ])('%j', async (args, message) => {
    const { code, out, error } = await onepot(...args);
    expect(error).toMatch(message);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

describe('onepot compile', () => {
  it('prints a text that stands by itself, or writes it', async () => {
    const { code, out } = await onepot('compile', xor, 'net');
    expect(code).toBe(0);
    expect(out).toMatch(/group update \{/);
    const file = join(folder.path, 'compiled.crn');
    expect(await onepot('compile', xor, 'net', '-o', file)).toMatchObject({ code: 0, out: '' });
    expect(readFileSync(file, 'utf8')).toBe(out);
    expect((await onepot('check', file)).code).toBe(0);
    // 2-4-1 with rails: 78 species and 191 reactions, counted on the paper's list.
    const reactions = (await onepot('reactions', file)).out.trim().split('\n');
    expect(reactions).toHaveLength(191);
    expect((await onepot('compile', xor, 'net', '-o', file)).error).toMatch(/is there already; --force writes over it/);
    expect((await onepot('compile', xor, 'net', '-o', file, '--force')).code).toBe(0);
  });
  it('says that quantities are plain numbers where an activation of the text needs it', async () => {
    const own = folder.file('own.crn', "activation soft(h) { x' = h + y*x - x^2 }\nnetwork net {\n  input x[2]\n  layer y[1] = soft(h = 0.1)\n}\ndata d {\n  x[2] -> y[1]\n  0 1 -> 1\n}\ntrain net on d { rate = 0.005; dwell = 20 }\n");
    const file = join(folder.path, 'own-compiled.crn');
    expect((await onepot('compile', own, 'net', '-o', file)).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('\nunits time 1, concentration 1\n');
    expect((await onepot('check', file, '--json')).out).not.toContain('CRN402');
    expect((await onepot('compile', xor, 'net')).out).not.toContain('units time');
  });
});
