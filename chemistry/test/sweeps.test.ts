/** Noise, sweeps and what is expected of trainings: what the statements say, and what is said of wrong ones. */
import { describe, expect, test } from 'vitest';
import { analyse, withValues, type Analysis } from '../index.ts';
import { parse } from '../../grammar/index.ts';

const NETWORK = `network net {
  input x[2]
  layer hidden[3] = smooth_relu(h = 0.1)
  layer y[1] = linear
  weights uniform(-1, 1)
}
data table {
  x[2] -> y[1]
  0 0 -> 0
  1 1 -> 1
}
`;
const of = (text: string): Analysis => analyse(parse(`${NETWORK}${text}\n`));
/** Codes with the text that is underlined. */
const said = (analysis: Analysis): string[] => analysis.diagnostics.map(({ code, unit, span }) => `${code} ${unit.text.slice(span.start, span.end)}`);
const errors = (text: string): string[] => said(of(text));

describe('noise', () => {
  const noise = (settings: string): unknown => of(`noise n { ${settings} }\ntrain net on table { noise = n }`).trainings[0]!.noise;
  test('is read as written', () => {
    expect(noise('rates = lognormal(0.1, frozen, per: reaction)')).toEqual({ rates: { distribution: 'lognormal', size: 0.1, when: 'frozen', per: 'reaction' } });
    expect(noise('rates = normal(2*0.1, every: dwell, per: module, group: update)')).toEqual({ rates: { distribution: 'normal', size: 0.2, when: 'dwell', per: 'module', group: 'update' } });
    expect(noise('rates = lognormal(0.1, dwell)')).toMatchObject({ rates: { when: 'dwell', per: 'reaction' } });
    expect(noise('concentrations = lognormal(0.02, every: dwell, species: fast)')).toEqual({ concentrations: { distribution: 'lognormal', size: 0.02, species: 'fast' } });
    expect(noise('intrinsic = langevin; volume = 1000')).toEqual({ intrinsic: { method: 'langevin', volume: 1000 } });
  });
  test.each([
    ['rates = lognormal(0.1); rates = normal(1)', 'CRN222 rates'],
    ['rate = lognormal(0.1)', 'CRN813 rate'],
    ['rates = gamma(0.1)', 'CRN814 gamma'],
    ['rates = 0.1', 'CRN814 0.1'],
    ['rates = lognormal(-0.1)', 'CRN814 -0.1'],
    ['rates = lognormal()', 'CRN814 lognormal()'],
    ['rates = lognormal(0.1, frozn)', 'CRN814 frozn'],
    ['rates = lognormal(0.1, per: reactions)', 'CRN814 reactions'],
    ['rates = lognormal(0.1, by: reaction)', 'CRN814 by'],
    ['concentrations = lognormal(0.1, species: weight)', 'CRN814 weight'],
    ['intrinsic = sas; volume = 10', 'CRN814 sas'],
    ['intrinsic = ssa; volume = 0', 'CRN814 0'],
    ['intrinsic = ssa', 'CRN817 intrinsic'],
    ['volume = 3', 'CRN817 volume'],
  ])('%s', (settings, expected) => {
    expect(errors(`noise n { ${settings} }`)).toEqual([expected]);
  });
  test('sizes may be parameters, and these count as used', () => {
    expect(errors('param size = 0.1\nnoise n { rates = lognormal(size) }')).toEqual([]);
  });
});

describe('sweeps', () => {
  const sweep = (lines: string): Analysis['sweeps'][number] | undefined => of(`param k = 1\nspecies A = 1, B\nA -> B @ k\nsweep s { train net on table; ${lines} }`).sweeps[0];
  test('ranges and lists', () => {
    expect(sweep('vary noise in 0..0.3 steps 7')?.axes).toEqual([{ name: 'noise', kind: 'training', values: [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3] }]);
    expect(sweep('vary seed in 2..5; vary rule in [gradient, sorted]; replicas = 3')).toMatchObject({ replicas: 3, axes: [{ values: [2, 3, 4, 5] }, { name: 'rule', values: ['gradient', 'sorted'] }] });
    expect(sweep('vary net.h in [0.1, 1/5]; vary κ in [10]; vary k in [1, -1]')?.axes.map(({ name, kind }) => [name, kind])).toEqual([['h', 'training'], ['κ', 'training'], ['k', 'declared']]);
  });
  test('a variation changes what it says and nothing else', () => {
    const info = sweep('vary h in [0.1, 0.3]; replicas = 2; rate = 0.002')!;
    const values = (name: string, value: number | string): ReturnType<NonNullable<typeof info.vary>> => info.vary!({ values: new Map([[name, value]]) });
    expect(info.vary!({}).settings).toMatchObject({ rate: 0.002, seed: 1, dwell: 20 });
    expect(values('h', 0.3).plan.layers[0]!.activation).toMatchObject({ constants: new Map([['h', 0.3]]) });
    expect(info.vary!({}).plan.layers[0]!.activation).toMatchObject({ constants: new Map([['h', 0.1]]) });
    expect(values('rule', 'sorted').settings.decay).toBe(0.001);
    expect(values('noise', 0.2).noise).toEqual({ rates: { distribution: 'lognormal', size: 0.2, when: 'frozen', per: 'reaction' } });
    expect(values('noise', 0).noise).toBeUndefined();
  });
  test('replicas have other seeds, of weights too', () => {
    const info = sweep('vary h in [0.1]; replicas = 3')!;
    const runs = [0, 1, 2].map((replica) => info.vary!({ replica }));
    expect(runs.map(({ settings }) => settings.seed)).toEqual([1, 2, 3]);
    const weights = runs.map(({ plan }) => JSON.stringify(plan.network.blocks[plan.layers[0]!.weights]!.initial));
    expect(new Set(weights).size).toBe(3);
    expect(JSON.stringify(info.vary!({ replica: 1 }).plan.network.blocks[runs[1]!.plan.layers[0]!.weights]!.initial)).toBe(weights[1]);
  });
  test('the settings of the file’s own training are its own where it says nothing', () => {
    const { sweeps, diagnostics } = of('noise j { rates = lognormal(0.3) }\ntrain net on table { epochs = 7; dwell = 30; noise = j }\nsweep s { train net on table; dwell = 40; replicas = 2 }');
    expect(diagnostics).toEqual([]);
    expect(sweeps[0]!.vary!({})).toMatchObject({ settings: { epochs: 7, dwell: 40 }, noise: { rates: { size: 0.3 } } });
  });
  test.each([
    ['vary nois in [0, 1]', 'CRN818 nois'], ['vary volume in [1, 2]', 'CRN818 volume'], ['vary h in [0, 1]', 'CRN819 0'], ['vary noise in [0.1, -0.1]', 'CRN819 -0.1'],
    ['vary rule in [gradient, sort]', 'CRN819 sort'], ['vary rule in 1..3', 'CRN819 1..3'], ['vary epochs in 0..3', 'CRN819 0'], ['vary epochs in 1..2 steps 3', 'CRN819 1..2 steps 3'],
    ['vary noise in []', 'CRN819 []'], ['vary noise in [1, 1]', 'CRN819 1'], ['vary noise in 1..0 steps 3', 'CRN819 1..0 steps 3'], ['vary noise in 0..1 steps 1', 'CRN819 1'],
    ['vary noise in 0..1.5', 'CRN819 0..1.5'], ['vary rate in [0.1]; vary rate in [0.2]', 'CRN222 rate'], ['rate = 1; vary rate in [0.2]', 'CRN222 rate'],
    ['replicas = 0', 'CRN814 0'], ['replicas = 2; replicas = 3', 'CRN222 replicas'], ['epoch = 3; replicas = 2', 'CRN813 epoch'], ['epochs = 3, 4; replicas = 2', 'CRN814 3, 4'],
    ['plot = net; replicas = 2', 'CRN820 plot'], ['noise = nowhere; replicas = 2', 'CRN814 nowhere'], ['epochs = 2', 'CRN820 s'], ['vary seed in 1..5000; replicas = 1000', 'CRN819 s'],
    ['vary seed in 1..500; replicas = 100', 'CRN821 s'],
  ])('%s', (lines, expected) => {
    expect(errors(`sweep s { train net on table; ${lines} }`).filter((one) => !one.startsWith('CRN202'))).toEqual([expected]);
  });
  test('of simulations', () => {
    const decay = 'param k = 1\nspecies A = 1, B\nA -> B @ k\nsimulate run { t = 1 }\n';
    const { sweeps } = of(`${decay}sweep s { simulate run; vary k in [1, 2]; vary A in 1..3; vary t in [5]; plot = B }`);
    expect(sweeps[0]).toMatchObject({ target: { kind: 'simulate', experiment: 'run' }, plot: ['B'], axes: [{ kind: 'declared' }, { kind: 'declared' }, { kind: 'experiment' }] });
    expect(errors(`${decay}sweep s { simulate rum; vary k in [1, 2] }`)).toEqual(['CRN220 rum']);
    expect(errors(`${decay}sweep s { simulate run; vary A in [1, -2] }`)).toEqual(['CRN819 -2']);
    expect(errors(`${decay}sweep s { simulate run; vary k in [1, 2]; rate = 3 }`)).toEqual(['CRN820 rate']);
    expect(errors(`${decay}sweep s { train net on table; simulate run; vary k in [1, 2] }`)).toEqual(['CRN820 simulate run']);
    expect(errors(`${decay}sweep s { simulate run; replicas = 3 }`)).toEqual(['CRN820 replicas']);
    expect(errors(`${decay}simulate drops { t = 1; method = ssa; volume = 9 }\nsweep s { simulate drops; replicas = 3 }`)).toEqual([]);
    expect(errors('sweep s { train ned on table; replicas = 2 }')).toEqual(['CRN810 ned']);
    expect(errors('sweep s { train net on tabel; replicas = 2 }')).toEqual(['CRN811 tabel']);
  });
  test('a text with other values is the text but for these', () => {
    const text = 'param k = 1, n = 2 // two\nspecies A, B: uM = 3\nA -> B @ k\n';
    expect(withValues(parse(text), new Map([['k', 0.5], ['A', 4], ['B', -1], ['nowhere', 1]]))).toBe('param k = 0.5, n = 2 // two\nspecies A = 4, B: uM = -1\nA -> B @ k\n');
  });
});

describe('expect of trainings', () => {
  const train = 'train net on table { epochs = 3 }\n';
  test('names the network or the training', () => {
    const { expectations, diagnostics } = of(`${train}train first: net on table { epochs = 2 }\nexpect accuracy(first) >= 1\nexpect 0.01 > loss(first)\nexpect relative_error(first) ~ 0.1 within 50 %`);
    expect(diagnostics).toEqual([]);
    expect(expectations.map(({ check }) => check)).toEqual([
      { kind: 'training', measure: 'accuracy', training: 1, compare: { operator: '>=', value: 1 } },
      { kind: 'training', measure: 'loss', training: 1, compare: { operator: '<', value: 0.01 } },
      { kind: 'training', measure: 'relative_error', training: 1, compare: { operator: '~', value: 0.1, tolerance: 0.5, relative: true } },
    ]);
    expect(of(`${train}expect accuracy(net) = 1`).expectations[0]!.check).toMatchObject({ training: 0 });
  });
  test.each([
    ['expect accuracy(nett) >= 1', 'CRN822 nett'], ['expect accuracy(net) >= loss(net)', 'CRN822 loss(net)'], ['expect 1 - accuracy(net) < 0.1', 'CRN822 accuracy(net)'],
    ['expect accuracy(net) > 1 in short', 'CRN822 short'], ['expect accuracy() > 1', 'CRN822 accuracy()'],
  ])('%s', (text, expected) => {
    expect(errors(`${train}species A = 1\nA -> 0 @ 1\nsimulate short { t = 1 }\n${text}`)).toEqual([expected]);
  });
  test('a network that is trained twice, or never, is no answer', () => {
    expect(errors(`${train}train again: net on table { epochs = 2 }\nexpect loss(net) < 1`)).toEqual(['CRN822 net']);
    expect(errors('expect loss(net) < 1')).toEqual(['CRN822 net']);
  });
});
