/** Networks of neurons compiled to reactions: against the layered closed form, back-propagation, and published reaction counts. */
import { describe, expect, it, test } from 'vitest';
import { format, parse } from '../../grammar/index.ts';
import { activationFacts, analyse, initialState, libraryActivations, networkFacts, neuronFacts, unroll, unrolledReactions } from '../index.ts';
import type { Analysis, Network, PotPlan } from '../index.ts';
import { numbers } from './build.ts';
import { annihilated, forward, forwardOnRails, layersOf, settle, SLOPE, valueOf } from './network-oracles.ts';
import type { Layer } from './network-oracles.ts';

const of = (text: string): Analysis => analyse(parse(text));
const codes = (analysis: Analysis): string[] => analysis.diagnostics.map(({ code }) => code);
const planOf = (analysis: Analysis): PotPlan => {
  const plan = analysis.networks[0]?.plan;
  if (plan === undefined) throw new Error(codes(analysis).join());
  return plan;
};

const XOR = `network xor {
  input x[2]
  layer hidden[4] = smooth_relu(h = 0.1)
  layer y[1] = linear
  weights uniform(-1, 1, seed: 7)
}
data truth_table {
  x[2] -> y[1]
  0 0 -> 0
  0 1 -> 1
  1 0 -> 1
  1 1 -> 0
}
`;

// ---------------------------------------------------------------- the lists

describe('the pot of 2-4-1', () => {
  const pot = (rule: string): PotPlan => planOf(of(`${XOR}train xor on truth_table { rule = ${rule}; rate = 0.001; dwell = 100 }`));
  test.each([['gradient', 78, 191], ['self_annealing', undefined, 199], ['sorted', undefined, 276], ['sorted_self_annealing', undefined, 276]] as const)('by the rule %s has as many reactions as the list it was found with', (rule, species, reactions) => {
    const { network } = pot(rule);
    expect(unroll(network).count).toBe(reactions);
    if (species !== undefined) expect(network.dimension).toBe(species);
    expect(network.groups).toEqual(['forward', 'backward', 'update']);
    for (const { reactants } of network.families) expect(reactants.reduce((sum, { stoichiometry }) => sum + stoichiometry, 0)).toBeLessThanOrEqual(2);
  });
  it('holds every reaction of the published list', () => {
    const reactions = new Set(unrolledReactions(pot('gradient').network).map((line) => line.replaceAll('xor.', '')));
    const has = (line: string): void => { expect([...reactions].some((other) => other.startsWith(`${line} @`)), line).toBe(true); };
    has('hidden.W^+[2,1] + x[1] -> hidden.W^+[2,1] + x[1] + hidden.y^+[2]');
    has('hidden.y^+[1] + hidden[1] -> hidden.y^+[1] + 2 hidden[1]');
    has('hidden.y^-[1] + hidden[1] -> hidden.y^-[1]');
    has('2 hidden[1] -> 2 hidden[1] + hidden.S[1]');
    has('y.T^+[1] -> y.T^+[1] + y.E^-[1]');
    has('y.W^-[1,3] + y.E^+[1] -> y.W^-[1,3] + y.E^+[1] + hidden.G^-[3]');
    has('y.E^+[1] + hidden[2] -> y.E^+[1] + hidden[2] + y.W^-[1,2]');
    has('hidden.L^-[4] + x[2] -> hidden.L^-[4] + x[2] + hidden.W^+[4,2]');
  });
  it('has forward reactions only where nothing trains it', () => {
    const plan = planOf(of(XOR));
    expect(unroll(plan.network).count).toBe(65);
    expect(plan.targets).toBeUndefined();
    expect(plan.layers[0]?.delta).toBeUndefined();
    expect(plan.network.groups).toEqual(['forward']);
  });
  it('has inputs on two rails where the data are negative', () => {
    const plan = planOf(of(`${XOR.replace('0 1 -> 1', '-1 1 -> 1')}train xor on truth_table { rate = 0.005 }`));
    expect(plan.network.blocks[plan.inputs]?.kind).toBe('dual');
    expect(planOf(of(XOR)).network.blocks[0]?.kind).toBe('fixed');
  });
});

describe('the text of a network', () => {
  const texts = [
    `${XOR}train xor on truth_table { rule = sorted; rate = 0.001; dwell = 100 }`,
    `${XOR.replace('weights', 'form = constants\n  weights')}`,
    "activation mine(h) { x' = h + y*x - x^3 }\nnetwork n {\n  input x[3]\n  layer a[2] = mine(h = 0.2)\n  layer b[2] = algebraic_tanh(h = 0.5)\n  layer c[2] = leaky_relu\n  layer d[2] = relu\n  layer e[1] = algebraic_sigmoid(h = 1)\n}\ndata t {\n  x[3] -> y[1]\n  0 1 2 -> 1\n}\ntrain n on t { rate = 0.001; dwell = 30 }",
  ];
  const every = ['gradient', 'self_annealing', 'sorted', 'sorted_self_annealing'].flatMap((rule) => ['', '  forward = termolecular\n'].map((setting) =>
    `${XOR.replace('  layer y', `${setting}  layer middle[2] = algebraic_logistic(h = 0.3)\n  layer y`)}train xor on truth_table { rule = ${rule}; rate = 0.001; dwell = 100 }`));
  it.each([...texts, ...every])('compiles by itself to the same network %#', (text) => {
    const analysis = of(text);
    expect(analysis.diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    const info = analysis.networks[0];
    const alone = of(info?.text ?? '');
    expect(format(info?.text ?? '')).toBe(info?.text);
    expect(alone.hasErrors).toBe(false);
    const names = (network: Network): string[] => network.blocks.map(({ name, kind, shape }) => `${kind} ${name}[${shape.join()}]`);
    expect(names(alone.network)).toEqual(names(analysis.network));
    expect(unrolledReactions(alone.network)).toEqual(unrolledReactions(analysis.network));
    expect([...initialState(alone.network)]).toEqual([...initialState(analysis.network)]);
    expect(unrolledReactions(info?.plan.network ?? alone.network)).toEqual(unrolledReactions(alone.network));
  });
  it('stands beside what else is in the file, which can read it', () => {
    const analysis = of(`units time s, concentration uM\nspecies A = 1\nA -> 0 @ 2\n${XOR}expect xor.hidden[1] >= 0\nsimulate run { t = 1; plot = xor.y, A }`);
    expect(codes(analysis)).toEqual([]);
    expect(analysis.network.families.at(-1)?.variables).toEqual([]);
    expect(analysis.expectations).toHaveLength(1);
  });
  it('of 784-100-10 is as short as that of 2-4-1', () => {
    const large = of('network m {\n  input x[784]\n  layer hidden[100] = smooth_relu(h = 0.1)\n  layer y[10] = linear\n}');
    expect(large.networks[0]?.text.split('\n').length).toBe(of(XOR).networks[0]?.text.split('\n').length);
    expect(large.network.families.length).toBe(of(XOR).network.families.length);
  });
  it('is taken over when something else is edited', () => {
    const before = of(`${XOR}species A = 1\nA -> 0 @ 2`);
    const after = analyse(parse(`${XOR}species A = 1\nA -> 0 @ 3`), { previous: before });
    expect(after.diagnostics).toEqual([]);
    expect(unrolledReactions(after.network)).toEqual(unrolledReactions(of(`${XOR}species A = 1\nA -> 0 @ 3`).network));
  });
});

// ---------------------------------------------------------------- what they compute

const ACTIVATIONS = ['smooth_relu', 'algebraic_sigmoid', 'algebraic_tanh', 'algebraic_logistic', 'cubic', 'linear', 'relu', 'leaky_relu'] as const;
const CONSTANTS: Readonly<Partial<Record<(typeof ACTIVATIONS)[number], string>>> = { linear: '', relu: '', leaky_relu: '(α = 0.1)' };

/** A random network of 1 to 4 layers, as text; its first layer has the n-th activation, so that all have their turn. */
function randomNetwork(draw: () => number, n: number, settings: string): { text: string; inputs: number } {
  const inputs = 1 + Math.floor(draw() * 3);
  const depth = 1 + Math.floor(draw() * 4);
  const lines = Array.from({ length: depth }, (_, k) => {
    const activation = ACTIVATIONS[k === 0 ? n % ACTIVATIONS.length : Math.floor(draw() * ACTIVATIONS.length)] ?? 'linear';
    return `  layer l${k}[${1 + Math.floor(draw() * 3)}] = ${activation}${CONSTANTS[activation] ?? `(h = ${(0.05 + draw()).toFixed(3)})`}`;
  });
  const own = "activation cubic(h) { x' = h + y*x - x^3 }\n";
  const text = `${own}network n {\n  input x[${inputs}]\n${lines.join('\n')}\n  weights uniform(-1.5, 1.5, seed: ${1 + Math.floor(draw() * 1000)})\n  biases = normal(0, 0.7, seed: ${1 + Math.floor(draw() * 1000)})\n${settings}\n  inputs = ${draw() < 0.5 ? 'signed' : 'nonnegative'}\n}`;
  return { text: text.includes('= cubic') ? text : text.slice(own.length), inputs };
}

describe.each([['  form = rails', 5], ['  form = rails\n  forward = termolecular', 7], ['  form = constants', 6]])('random networks with%s', (settings, seed) => {
  const draw = numbers(seed);
  const cases = Array.from({ length: 24 }, (_, n) => randomNetwork(draw, n, settings));
  it.each(cases)('settle at the layered closed form %#', ({ text, inputs }) => {
    const analysis = of(text);
    expect(analysis.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const plan = planOf(analysis);
    const signed = plan.network.blocks[plan.inputs]?.kind === 'dual';
    const x = Array.from({ length: inputs }, () => (signed ? 2 * draw() - 1 : draw()));
    const layers = layersOf(plan);
    const expected = forwardOnRails(layers, x);
    const found = settle(plan, x);
    plan.layers.forEach((layer, l) => {
      for (let i = 0; i < layer.units; i++) {
        expect(Math.abs(valueOf(plan.network, layer.activity, found, i) - (expected[l]?.[i] ?? NaN)), `${text}\n${layer.name}[${i + 1}]`).toBeLessThan(1e-9);
      }
    });
    // Where every unit is smooth, the closed form is that of the activations alone.
    if (!/relu\n|leaky_relu/.test(text.replaceAll('smooth_relu', ''))) forward(layers, x).forEach(({ H }, l) => { H.forEach((value, i) => { expect(value).toBeCloseTo(expected[l]?.[i] ?? NaN, 11); }); });
  });
});

describe('the termolecular form', () => {
  const plan = planOf(of(XOR.replace('  weights', '  forward = termolecular\n  weights')));
  it('has no weighted input where three molecules do: W + x + unit', () => {
    expect(plan.layers[0]?.preactivation).toBe(-1);
    expect(unrolledReactions(plan.network)).toContain('xor.hidden.W^+[2,1] + xor.x[1] + xor.hidden[2] -> xor.hidden.W^+[2,1] + xor.x[1] + 2 xor.hidden[2] @ 1');
    expect(unrolledReactions(plan.network)).toContain('xor.hidden.W^-[2,1] + xor.x[1] + xor.hidden[2] -> xor.hidden.W^-[2,1] + xor.x[1] @ 1');
    expect(plan.network.blocks.map(({ name }) => name)).not.toContain('xor.hidden.y');
  });
  it('keeps the weighted input of units that need more, as of a switch', () => {
    const switched = planOf(of(XOR.replace('smooth_relu', 'algebraic_sigmoid').replace('  weights', '  forward = termolecular\n  weights')));
    expect(switched.layers[0]?.preactivation).toBeGreaterThan(-1);
    for (const { reactants } of switched.network.families) expect(reactants.reduce((sum, { stoichiometry }) => sum + stoichiometry, 0)).toBeLessThanOrEqual(3);
  });
  it('is not there for weights that are rate constants', () => {
    expect(codes(of(XOR.replace('  weights', '  forward = termolecular\n  form = constants\n  weights')))).toEqual(['CRN814']);
  });
});

describe('the way back', () => {
  const data = (inputs: number, targets: number): string => `data d {\n  x[${inputs}] -> t[${targets}]\n  ${'1 '.repeat(inputs)}-> ${'1 '.repeat(targets)}\n}\ntrain n on d { rate = 0.001; dwell = 60 }`;
  const lossOf = (layers: readonly Layer[], x: readonly number[], t: readonly number[], loss: string): number => {
    const H = forward(layers, x).at(-1)?.H ?? [];
    const total = 0.1 + H.reduce((sum, value) => sum + value, 0);
    return H.reduce((sum, value, k) => sum + ((loss === 'normalised' ? value / total : value) - (t[k] ?? NaN)) ** 2 / 2, 0);
  };
  it.each([
    ['squared', ['smooth_relu(h = 0.3)', 'linear'], [2, 3, 2]],
    ['squared', ['smooth_relu(h = 0.3)', 'algebraic_sigmoid(h = 0.6)', 'smooth_relu(h = 0.5)', 'linear'], [2, 3, 2, 3, 1]],
    ['squared', ['algebraic_tanh(h = 0.5)', 'linear', 'algebraic_sigmoid(h = 0.7)'], [3, 2, 2, 2]],
    ['squared', ['algebraic_logistic(h = 0.4)', 'algebraic_logistic(h = 0.6)', 'linear'], [2, 3, 2, 2]],
    ['normalised', ['smooth_relu(h = 0.3)', 'smooth_relu(h = 0.5)'], [2, 3, 3]],
    ['normalised', ['algebraic_tanh(h = 0.5)', 'smooth_relu(h = 0.2)', 'algebraic_sigmoid(h = 0.4)'], [3, 2, 3, 4]],
    ['normalised', ['linear', 'algebraic_logistic(h = 0.4)', 'smooth_relu(h = 0.2)', 'smooth_relu(h = 0.5)'], [2, 2, 3, 2, 5]],
    ['normalised', ['smooth_relu(h = 0.5)'], [3, 2]],
  ] as const)('carries ∂loss/∂y of the %s loss to every layer of %j', (loss, activations, widths) => {
    const layers = activations.map((activation, k) => `  layer l${k}[${widths[k + 1] ?? 1}] = ${activation}`).join('\n');
    const analysis = of(`network n {\n  input x[${widths[0]}]\n${layers}\n  weights uniform(-1, 1, seed: 3)\n  biases = uniform(-0.5, 0.5, seed: 4)\n  loss = ${loss}\n}\n${data(widths[0], widths.at(-1) ?? 1)}`);
    expect(codes(analysis)).toEqual([]);
    const plan = planOf(analysis);
    const draw = numbers(9);
    const x = Array.from({ length: widths[0] }, () => draw());
    const t = Array.from({ length: widths.at(-1) ?? 1 }, () => draw());
    const found = settle(plan, x, t);
    const base = layersOf(plan);
    plan.layers.forEach((layer, l) => {
      for (let i = 0; i < layer.units; i++) {
        // ∂loss/∂y is ∂loss/∂b.
        const moved = (by: number): number => lossOf(base.map((other, k) => (k === l ? { ...other, b: other.b.map((value, n) => (n === i ? value + by : value)) } : other)), x, t, loss);
        const gradient = (moved(1e-5) - moved(-1e-5)) / 2e-5;
        expect(Math.abs(valueOf(plan.network, layer.delta ?? -1, found, i) - gradient), `${layer.name}[${i + 1}]`).toBeLessThan(1e-7);
        if (layer.derivative !== undefined) {
          const y = forward(base, x)[l]?.y[i] ?? NaN;
          const { activation, h } = base[l] ?? { activation: '', h: NaN };
          expect(valueOf(plan.network, layer.derivative, found, i)).toBeCloseTo(SLOPE[activation]?.(y, h) ?? NaN, 6);
        }
      }
    });
  });
  it('is the same in the termolecular form', () => {
    const text = `network n {\n  input x[2]\n  layer a[3] = smooth_relu(h = 0.3)\n  layer b[2] = algebraic_logistic(h = 0.4)\n  layer c[1] = linear\n  weights uniform(-1, 1, seed: 3)\n}\n${data(2, 1)}`;
    const [two, three] = [planOf(of(text)), planOf(of(text.replace('  weights', '  forward = termolecular\n  weights')))];
    const found = [two, three].map((plan) => settle(plan, [0.3, 0.9], [0.4]));
    two.layers.forEach((layer, l) => {
      for (let i = 0; i < layer.units; i++) {
        const [a, b] = [two, three].map((plan, k) => valueOf(plan.network, plan.layers[l]?.delta ?? -1, found[k] ?? new Map(), i));
        expect(Math.abs((a ?? NaN) - (b ?? NaN))).toBeLessThan(1e-8);
      }
    });
  });
  it.each([['relu', 0], ['leaky_relu(α = 0.1)', 0.1]])('takes the slope of %s from which rail is left: on where y > 0', (activation, α) => {
    const plan = planOf(of(`network n {\n  input x[2]\n  layer a[4] = ${activation}\n  layer b[1] = linear\n  weights uniform(-1, 1, seed: 8)\n}\n${data(2, 1)}`));
    const x = [0.7, 0.4];
    const found = settle(plan, x, [0.2]);
    const [first] = layersOf(plan);
    const D = plan.layers[0]?.derivative ?? -1;
    const signs = new Set<number>();
    first?.W.forEach((row, i) => {
      const gain = (sign: number): number => row.reduce((sum, w, j) => sum + Math.max(sign * w, 0) * (x[j] ?? NaN), Math.max(sign * (first.b[i] ?? NaN), 0));
      const [p, n] = annihilated(gain(1), gain(-1), 1000);
      signs.add(Math.sign(p - n));
      // The switch is on for as long as y⁺ is there: on/(on + off) = y⁺/(y⁺ + y⁻).
      expect(valueOf(plan.network, D, found, i)).toBeCloseTo((p + α * n) / (p + n), 7);
    });
    expect(signs.size).toBe(2);
  });
  it('keeps size and sign apart in the sorted rules: size max(|e| − 0.07, 0) times |V| times the slope', () => {
    const plan = planOf(of(`${XOR}train xor on truth_table { rule = sorted; rate = 0.001; dwell = 100 }`));
    const found = settle({ ...plan, ...(plan.decay === undefined ? {} : {}) }, [1, 0.5], [2]);
    const base = layersOf(plan);
    const [hidden, output] = forward(base, [1, 0.5]);
    const e = (output?.H[0] ?? NaN) - 2;
    expect(valueOf(plan.network, plan.layers[1]?.size ?? -1, found, 0)).toBeCloseTo(Math.max(Math.abs(e) - 0.07, 0), 2);
    for (let i = 0; i < 4; i++) {
      const v = base[1]?.W[0]?.[i] ?? NaN;
      expect(Math.sign(valueOf(plan.network, plan.layers[0]?.delta ?? -1, found, i))).toBe(Math.sign(e * v));
      const size = Math.abs(v) * valueOf(plan.network, plan.layers[1]?.size ?? -1, found, 0) * (SLOPE['smooth_relu']?.(hidden?.y[i] ?? NaN, 0.1) ?? NaN);
      expect(valueOf(plan.network, plan.layers[0]?.size ?? -1, found, i)).toBeCloseTo(size, 5);
    }
  });
});

describe('findings', () => {
  const train = (settings: string, network = XOR): string[] => codes(of(`${network}train xor on truth_table { ${settings} }`));
  test.each([
    ['rate = 0.005; dwell = 20', []],
    ['rate = 0.005; dwell = 8', ['CRN721']],
    ['rate = 0.02; dwell = 20', ['CRN722']],
    ['rate = 0.001; dwell = 20', []],
    ['where = silico; rate = 0.5', []],
    ['rule = gradiant', ['CRN814']],
    ['epochs = 0', ['CRN814']],
    ['epochs = 2.5', ['CRN814']],
    ['rate = -1', ['CRN814']],
    ['decay = -1', ['CRN814']],
    ['rat = 1', ['CRN813']],
    ['rate = 0.005; rate = 0.01', ['CRN222']],
    ['noise = jitter', ['CRN814']],
  ])('%s', (settings, expected) => { expect(train(settings)).toEqual(expected); });
  test.each([
    ['κ = 0', ['CRN814']],
    ['κ = 20', []],
    ['form = rail', ['CRN814']],
    ['weights = uniform(1, -1)', ['CRN813']],
    ['biases = 0', []],
    ['layer hidden[2] = linear', ['CRN727']],
    ['layer z[n] = linear', ['CRN202', 'CRN728']],
    ['layer z[2] = softplus', ['CRN715']],
    ['layer κ[1] = linear', ['CRN727']],
    ['forward = termolecular', []],
    ['forward = unimolecular', ['CRN814']],
    ['layer z[1] = algebraic_logistic', ['CRN716']],
    ['layer z[1] = algebraic_logistic(h = -1)', ['CRN718']],
    ['layer z[1] = algebraic_logistic(K = 1)', ['CRN716', 'CRN717']],
    ['layer z[1] = hill(K = 1)', ['CRN720']],
  ])('network { %s }', (line, expected) => {
    expect(codes(of(XOR.replace('  weights', `  ${line}\n  weights`))).sort()).toEqual(expected);
  });
  it('an error of one network leaves others standing', () => {
    const analysis = of(`${XOR}network bad {\n  input x[0]\n  layer y[1] = linear\n}`);
    expect(codes(analysis)).toEqual(['CRN728']);
    expect(analysis.networks.map(({ name }) => name)).toEqual(['xor']);
  });
  it('a dwell is too short for the switch of a logistic unit too, which settles at the rate h', () => {
    const text = `${XOR.replace('smooth_relu(h = 0.1)', 'algebraic_logistic(h = 0.04)')}train xor on truth_table { rate = 0.001; dwell = `;
    expect(codes(of(`${text}20 }`))).toEqual(['CRN721']);
    expect(codes(of(`${text}26 }`))).toEqual([]);
  });
  it('settings are filled in, and the decay that the sorted rules need', () => {
    const [training] = of(`${XOR}train first: xor on truth_table { rule = sorted; dwell = 100; rate = 0.001 }`).trainings;
    expect(training).toMatchObject({ name: 'first', network: 'xor', data: 'truth_table', settings: { where: 'pot', rule: 'sorted', decay: 0.001, epochs: 100 } });
    expect(training?.plan?.decay).toBe('xor.λ');
  });
});

describe('facts for hovers', () => {
  it('of a network: counts by group and molecularity', () => {
    const facts = networkFacts(of(`${XOR}train xor on truth_table { rate = 0.005; dwell = 20 }`).networks[0] ?? (() => { throw new Error('no network'); })());
    // 52 + 13 forward; 20 for slopes, 7 for the error, 28 + 20 on the way back; 34 + 17 for the weights.
    expect(facts.byGroup).toEqual([{ group: 'forward', reactions: 65 }, { group: 'backward', reactions: 75 }, { group: 'update', reactions: 51 }]);
    expect(facts).toMatchObject({ widths: '2-4-1', species: 78, reactions: 191, weights: 17 });
    expect([...facts.byMolecularity.values()].reduce((sum, count) => sum + count, 0)).toBe(191);
    expect(facts.layers[0]?.blocks).toEqual(['y', '', 'S', 'D', 'G', 'L'].map((part) => `xor.hidden${part === '' ? '' : `.${part}`}`));
  });
  it('of a neuron: its fixed point, why it is unique, its slowest rate', () => {
    const analysis = of('param h = 0.25\nfixed X = 1\nneuron H = smooth_relu(2*X - 1; h = h)');
    const unit = analysis.tree.units.at(-1);
    const facts = unit === undefined ? undefined : neuronFacts(analysis, unit, 'H');
    expect(facts).toMatchObject({ input: '2*X - 1', activation: { equation: "x' = h + y*x - x^2", fixedPoint: 'x = (y + √(y² + 4h))/2', slowest: '2√h', why: 'one sign change for every y: Descartes (proven)' } });
    expect(facts?.slowestRate).toBeCloseTo(1, 9);
  });
  it('of the built-in activations', () => {
    expect([...libraryActivations().values()].map(({ model }) => activationFacts(model).fixedPoint)).toEqual([
      'x = (y + √(y² + 4h))/2', 'u = (y + √(y² + 4h²))/(2h), x = u/(1 + u)', 'u = (y + √(y² + 4h²))/(2h), x − x̄ = (u − 1)/(u + 1)', 'u = y/K, x = u/(1 + u)',
    ]);
  });
});
