/** The trees of neurons, networks, data, trainings, noise and sweeps. */
import { describe, expect, it } from 'vitest';
import { parse } from '../index.ts';
import { problemsOf } from './marked.ts';
import { codes, one } from './trees.ts';

describe('neurons and networks', () => {
  it('have activations with equations, conserved sums and what is read out', () => {
    const tree = one('/// doc\nactivation squash(h, k: 1/s = 2) {\n  x\' = h + y*x - x^2\n  x + x̄ = 1; output = x - x̄\n}', 'Activation');
    expect(tree.doc).toBe('doc');
    expect(tree.parameters.map((parameter) => [parameter.name.text, parameter.unit?.factors.length, parameter.value?.kind])).toEqual([['h', undefined, undefined], ['k', 1, 'Number']]);
    expect(tree.equations.map((equation) => equation.species.name.text)).toEqual(['x']);
    expect(tree.totals).toMatchObject([{ left: { operator: '+' }, right: { value: 1 } }]);
    expect(tree.output).toMatchObject({ operator: '-', left: { name: { text: 'x' } } });
    expect(one('activation f { x\' = y - x }', 'Activation').parameters).toEqual([]);
  });

  it('have neurons', () => {
    expect(one('neuron H = smooth_relu(2*X1 - 1.5*X2 + 0.3; h = 0.1)', 'Neuron')).toMatchObject({
      name: { text: 'H' }, activation: { text: 'smooth_relu' }, input: { operator: '+', right: { value: 0.3 } }, constants: [{ name: { text: 'h' }, value: { value: 0.1 } }],
    });
    expect(one('neuron H = linear(X)', 'Neuron').constants).toEqual([]);
  });

  it('have networks of inputs, layers, weights and settings', () => {
    const tree = one('network xor {\n  input x[2]\n  layer hidden[4] = smooth_relu(h = 0.1)\n  layer y[1] = linear; weights uniform(-1, 1, seed: 7)\n  κ = 10\n  input = 3\n}', 'Network');
    expect(tree.items.map((item) => (item.kind === 'setting' ? item.key.text : item.kind === 'weights' ? item.value.kind : `${item.kind} ${item.name.text}`)))
      .toEqual(['input x', 'layer hidden', 'layer y', 'Call', 'κ', 'input']);
    expect(tree.items[1]).toMatchObject({ size: { value: 4 }, activation: { name: { text: 'smooth_relu' }, constants: [{ name: { text: 'h' } }] } });
    expect(tree.items[2]).toMatchObject({ activation: { name: { text: 'linear' }, constants: [] } });
  });

  it('keep the good lines of a network', () => {
    const text = 'network n {\n  input x\n  layer a[2] = linear\n  layr b[2] = linear\n  layer c[2] =\n  layer y[1] = linear\n}';
    expect(one(text, 'Network').items.map((item) => (item.kind === 'layer' ? item.name.text : item.kind))).toEqual(['a', 'y']);
    expect(codes(text)).toEqual(['CRN133', 'CRN125', 'CRN111']);
    expect(one(text, 'Network').unread?.map((name) => name.text)).toEqual(['input', 'x', 'layr', 'b', 'linear', 'layer', 'c']);
  });
});

describe('data', () => {
  const rows = (text: string) => one(text, 'Data').rows.map((row) => [row.inputs.map((cell) => cell.value), row.targets.map((cell) => cell.value)]);

  it('are tables of signed numbers between blanks and commas', () => {
    const text = 'data d {\n  x[2] -> y[1]\n  0 -1.5 -> 1\n  +2, 1e-3->-.5 // c\n  1 -2 -> 3; 4 5 -> 6\n  split 0.8 seed 1\n  x = scale(inputs, 0, 1)\n}';
    expect(codes(text)).toEqual([]);
    expect(rows(text)).toEqual([[[0, -1.5], [1]], [[2, 0.001], [-0.5]], [[1, -2], [3]], [[4, 5], [6]]]);
    const tree = one(text, 'Data');
    expect(tree.header).toMatchObject({ inputs: { text: 'x' }, inputSize: { value: 2 }, targets: { text: 'y' }, targetSize: { value: 1 } });
    expect(tree.split).toMatchObject({ fraction: { value: 0.8 }, seed: { value: 1 } });
    expect(tree.settings.map((setting) => setting.key.text)).toEqual(['x']);
  });

  it('tell a bad row by its number and keep the others', () => {
    const text = 'data d {\n  x[2] -> y[1]\n  0 0 -> 0\n  0 yes -> 1\n  1 0 0 -> 1\n  1 1 -> 0\n}';
    const told = problemsOf(parse(text));
    expect(told.map(({ code, start, end }) => [code, text.slice(start, end)])).toEqual([['CRN130', 'yes'], ['CRN131', '1 0 0']]);
    expect(told[0]!.message).toContain('Row 2');
    expect(told[1]!.message).toMatch(/Row 3 .* 3 numbers before the arrow; `x\[2\]` asks for 2/);
    expect(rows(text)).toEqual([[[0, 0], [0]], [[0, NaN], [1]], [[1, 0, 0], [1]], [[1, 1], [0]]]);
  });

  it('never fill in a number', () => {
    for (const row of ['0,,1 -> 1', ', 0 1 -> 1', '0 1, -> 1', '0 1 -> 1,', '0 NaN -> 1', '0 1e999 -> 1', '0 1-2 -> 1', '0 - 1 -> 1', '0 "1" -> 1', '0 0x1 -> 1', '? 0 -> 1', '0 a -> 1']) {
      expect(codes(`data d {\n  x[2] -> y[1]\n  ${row}\n}`), row).toContain('CRN130');
    }
    for (const row of ['0 -> 1', '0 1 ->', '-> 1', '0 1 1']) expect(codes(`data d {\n  x[2] -> y[1]\n  ${row}\n}`), row).toEqual(['CRN131']);
    expect(codes('data d {\n  x[2] -> y[1]\n  0 0 => 1\n}')).toEqual(['CRN113']);
  });

  it('come from files', () => {
    const tree = one('data iris = csv("iris.csv") { x = scale(columns(1..4, 7), 0, 1, clip); delimiter = ","; test = csv("b.csv"); split 0.8 }', 'Data');
    expect(tree.source).toMatchObject({ callee: { text: 'csv' }, arguments: [{ value: 'iris.csv' }] });
    expect(tree.settings.map((setting) => setting.key.text)).toEqual(['x', 'delimiter', 'test']);
    expect(tree.settings[0]!.values[0]).toMatchObject({ arguments: [{ kind: 'Call', arguments: [{ kind: 'Range', from: { value: 1 }, to: { value: 4 } }, { value: 7 }] }, {}, {}, { name: { text: 'clip' } }] });
    expect(tree.split?.seed).toBeUndefined();
    expect(one('data d = idx("a", "b") { }', 'Data').source?.arguments.length).toBe(2);
  });

  it('list no more bad rows than anyone reads', () => {
    expect(codes(`data d {\n  x[1] -> y[1]\n${'  a1 -> 1\n'.repeat(5000)}}`).length).toBe(100);
  });
});

describe('training, noise and sweeps', () => {
  it('have their names and settings', () => {
    expect(one('train xor on truth_table { where = pot; rate = 0.005; noise = jitter }', 'Train')).toMatchObject({
      network: { text: 'xor' }, data: { text: 'truth_table' }, settings: [{ key: { text: 'where' } }, { key: { text: 'rate' } }, { key: { text: 'noise' } }],
    });
    expect(one('train first: xor on d { }', 'Train').name?.text).toBe('first');
    expect(one('noise jitter { rates = lognormal(0.1, frozen, per: reaction) }', 'Noise').settings[0]!.values[0]).toMatchObject({ named: [{ name: { text: 'per' }, value: { name: { text: 'reaction' } } }] });
  });

  it('words of the language that noise is drawn by', () => {
    const [rates] = one('noise n { rates = lognormal(0.1, frozen, per: module, group: update) }', 'Noise').settings;
    expect(rates!.values[0]).toMatchObject({ named: [{ name: { text: 'per' }, value: { name: { text: 'module' } } }, { name: { text: 'group' }, value: { name: { text: 'update' } } }] });
    expect(codes('noise n { rates = lognormal(0.1, frozen, per: dual) }')).toEqual(['CRN116']);
  });

  it('vary ranges and lists', () => {
    const tree = one('sweep s {\n  train xor on d\n  vary noise in 0..0.3 steps 7\n  vary xor.h in [0.05, 0.1]; vary seed in 1..8\n  replicas = 20\n}', 'Sweep');
    expect(tree.train).toMatchObject({ network: { text: 'xor' }, data: { text: 'd' } });
    expect(tree.vary).toMatchObject([
      { name: { text: 'noise' }, range: { kind: 'range', from: { value: 0 }, to: { value: 0.3 }, steps: { value: 7 } } },
      { name: { text: 'xor.h' }, range: { kind: 'Array', elements: [{}, {}] } },
      { name: { text: 'seed' }, range: { kind: 'range', to: { value: 8 } } },
    ]);
    expect(tree.vary[2]!.range).not.toHaveProperty('steps');
    expect(tree.settings.map((setting) => setting.key.text)).toEqual(['replicas']);
  });

  it('keep what can be read', () => {
    expect(one('train xor d { rate = 1 }', 'Train')).toMatchObject({ network: { text: 'xor' }, data: { text: 'd' }, settings: [{}] });
    const text = 'sweep s {\n  train a\n  vary h [1, 2]\n  vary k in 1\n  vary m in [1, 2]\n  trian b on c\n}';
    expect(codes(text)).toEqual(['CRN132', 'CRN101', 'CRN101', 'CRN125']);
    expect(one(text, 'Sweep').vary.map((vary) => vary.name.text)).toEqual(['m']);
    expect(one('sweep s {\n  simulate relax\n  vary k in [1, 2]\n}', 'Sweep')).toMatchObject({ simulate: { experiment: { text: 'relax' } }, vary: [{ name: { text: 'k' } }] });
    const braces = 'sweep s {\n  train a on b { rate = 1 }\n  replicas = 2\n}';
    expect(codes(braces)).toEqual(['CRN101']);
    expect(one(braces, 'Sweep')).toMatchObject({ train: { network: { text: 'a' } }, settings: [{ key: { text: 'replicas' } }] });
  });

  it('leave their own words to names', () => {
    expect(codes('species input, layer, weights, output, split, seed, on, vary, steps\ninput + on -> vary @ 1')).toEqual([]);
    expect(codes('network on { input on[1]; layer layer[1] = linear }\ntrain on on on { }\ndata split { input[1] -> seed[1]; 1 -> 2; split 0.5 seed 1 }')).toEqual([]);
  });
});
