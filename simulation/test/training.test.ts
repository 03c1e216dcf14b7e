/** Training in the pot: rails against differences, evaluation against the layered closed form, interruption, blow-up, bad input. */
import { describe, expect, it } from 'vitest';
import { initialState, type PotPlan } from '../../chemistry/index.ts';
import { CheckpointError, PotTrainer, readWeights, trainPot, TrainingError, type Checkpoint, type TrainingData, type TrainingSettings } from '../index.ts';
import { networkOf, potPlan, potText, XOR, type PotText } from './pots.ts';
import { seeded } from './problems.ts';

const run: TrainingSettings = { dwell: 20, epochs: 3, seed: 4 };

function randomData(rows: number, inputs: number, outputs: number, low = 0): TrainingData {
  const random = seeded(rows + inputs + outputs);
  return {
    inputs: { rows, columns: inputs, values: Float64Array.from({ length: rows * inputs }, () => low + (1 - low) * random()) },
    targets: { rows, columns: outputs, values: Float64Array.from({ length: rows * outputs }, () => 2 * random() - 1) },
  };
}

/** Outputs of the layered net by its closed form, φ(y) = (y + √(y² + 4h))/2 or the algebraic sigmoid. */
function closedForm(weights: readonly Float64Array[], widths: readonly number[], h: number, x: readonly number[], activation: PotText['activation'] = 'smooth_relu'): number[] {
  let a = [...x];
  for (let l = 1; l < widths.length; l++) {
    const W = weights[2 * l - 2]!, b = weights[2 * l - 1]!, fanIn = widths[l - 1]!;
    const y = Array.from({ length: widths[l]! }, (_, i) => a.reduce((sum, value, j) => sum + W[i * fanIn + j]! * value, b[i]!));
    a = l === widths.length - 1 ? y : y.map((v) => (activation === 'smooth_relu' ? (v + Math.sqrt(v * v + 4 * h)) / 2 : v === 0 ? 0.5 : (v - 2 * h + Math.sqrt(v * v + 4 * h * h)) / (2 * v)));
  }
  return a;
}

/** max |a − b| over the signed weights of two states */
function weightDistance(plan: PotPlan, a: Float64Array, b: Float64Array): number {
  const of = readWeights(plan, b);
  return Math.max(...readWeights(plan, a).flatMap((part, k) => [...part].map((w, i) => Math.abs(w - of[k]![i]!))));
}

describe('the reduction to differences', () => {
  const cases: readonly (readonly [string, PotText])[] = [
    ['one hidden layer', { widths: [2, 4, 1], κe: 100 }],
    ['three hidden layers, two outputs', { widths: [3, 4, 3, 3, 2], scale: 0.7, seed: 2 }],
    ['weight decay', { widths: [2, 3, 2], λ: 2, seed: 3 }],
    ['inputs on two rails', { widths: [3, 4, 1], signedInputs: true, seed: 4 }],
    ['a switch with the algebraic sigmoid', { widths: [2, 3, 3, 1], activation: 'sigmoid', h: 0.3, seed: 5 }],
    ['no hidden layer', { widths: [3, 2], seed: 6 }],
    ['units that do something of their own', { widths: [2, 3, 1], seed: 7, replace: [['group update {', 'group update {\nfor i in 1..3 { 3 H1[i] -> H1[i] + S1[i] @ 0.1 }']] }],
  ];
  it.each(cases)('is exact: %s', (_name, text) => {
    const plan = potPlan(text), { widths } = text, data = randomData(5, widths[0]!, widths.at(-1)!, text.signedInputs === true ? -1 : 0);
    const settings: TrainingSettings = { ...run, epochs: 8, rtol: 1e-10, atol: 1e-12, evaluation: { every: 8 } };
    const rails = trainPot(plan, data, { ...settings, reduction: 'none', method: 'bdf' }), reduced = trainPot(plan, data, settings);
    expect(reduced.withoutReduction).toBeUndefined();
    expect(reduced.reduction).toBe('differences');
    expect(rails.reduction).toBe('none');
    expect(reduced.presentations).toBe(40);
    expect(weightDistance(plan, initialState(plan.network), rails.state)).toBeGreaterThan(0.01);
    expect(weightDistance(plan, reduced.state, rails.state)).toBeLessThan(2e-8);
    expect(reduced.evaluation!.loss).toBeCloseTo(rails.evaluation!.loss, 7);
  });

  const refused: readonly (readonly [string, readonly [string, string]])[] = [
    ['unequal constants of the rails', ['Y1^-[i] + H1[i] -> Y1^-[i] @ 1', 'Y1^-[i] + H1[i] -> Y1^-[i] @ 1.001']],
    ['a rail that loses more', ['group update {', 'group update {\nfor i in 1..4 { L1^+[i] -> 0 @ 0.01 }']],
    ['one unit that differs', ['group forward {', 'group forward {\nH1[2] -> 0 @ 0.01']],
    ['a weight that reads something else', ['group update {', 'group update {\nS1[1] -> S1[1] + W1^+[2,1] @ 0.001']],
  ];
  it.each(refused)('is refused: %s', (_name, change) => {
    const text: PotText = { widths: [2, 4, 1], replace: [change] };
    const outcome = trainPot(potPlan(text), XOR, { ...run, epochs: 1 });
    expect(outcome.reduction).toBe('none');
    expect(outcome.withoutReduction).toMatch(/[a-z] [a-z]/);
    expect(outcome.reason).toBe('epochs');
  });

  it('can be switched off', () => {
    expect(trainPot(potPlan({ widths: [2, 2, 1] }), XOR, { ...run, epochs: 1, reduction: 'none' })).toMatchObject({ reduction: 'none', withoutReduction: 'switched off' });
  });
});

describe('evaluation', () => {
  it.each([['none', 'smooth_relu'], ['auto', 'smooth_relu'], ['none', 'sigmoid'], ['auto', 'sigmoid']] as const)('reaches the fixed point of the layered net (%s, %s)', (reduction, activation) => {
    const widths = [3, 4, 3, 2], h = 0.2, plan = potPlan({ widths, h, activation, scale: 1.5, seed: 9 }), data = randomData(6, 3, 2);
    const trainer = new PotTrainer(plan, data, { ...run, reduction, rtol: 1e-8 });
    trainer.step();
    trainer.step();
    const before = trainer.checkpoint(), weights = readWeights(plan, trainer.pot.state()), out = new Float64Array(2);
    let squares = 0;
    for (let r = 0; r < 6; r++) {
      const x = [...data.inputs.values.subarray(3 * r, 3 * r + 3)], expected = closedForm(weights, widths, h, x, activation);
      trainer.predict(Float64Array.from(x), out);
      expected.forEach((value, k) => {
        // Differences solve the units' equations, the rails run the reactions until nothing moves.
        expect(out[k]).toBeCloseTo(value, reduction === 'auto' && activation === 'smooth_relu' ? 11 : 5);
        squares += (value - data.targets.values[2 * r + k]!) ** 2;
      });
    }
    const evaluation = trainer.evaluate()!;
    expect(evaluation.loss).toBeCloseTo(squares / 12, 5);
    expect(evaluation.accuracy).toBeUndefined();
    expect(trainer.checkpoint()).toEqual(before);
  });

  it('counts classes by the largest output, a single output by ½', () => {
    // No hidden layer and no inputs that matter: outputs are the biases, 0.2 and 0.7.
    const fixedOutputs = (text: PotText, biases: readonly number[]): { plan: PotPlan; initial: Float64Array } => {
      const plan = potPlan(text), initial = initialState(plan.network), at = (id: number): number => plan.network.blocks[id]!.offset, layer = plan.layers[0]!;
      initial.fill(0, at(layer.weights), at(layer.weights) + plan.network.blocks[layer.weights]!.size);
      initial.fill(0, at(layer.biases), at(layer.biases) + plan.network.blocks[layer.biases]!.size);
      biases.forEach((b, k) => { initial[at(layer.biases) + k] = b; });
      return { plan, initial };
    };
    const inputs = { rows: 4, columns: 1, values: new Float64Array(4) };
    for (const reduction of ['auto', 'none'] as const) {
      const two = fixedOutputs({ widths: [1, 2] }, [0.2, 0.7]);
      const classes = new PotTrainer(two.plan, { inputs, targets: { rows: 4, columns: 2, values: Float64Array.of(1, 0, 0, 1, 0, 1, 0, 1) } }, { ...run, reduction, initial: two.initial }).evaluate()!;
      expect(classes).toMatchObject({ accuracy: 0.75, confusion: [[0, 1], [0, 3]], samples: 4 });
      expect(classes.loss).toBeCloseTo((0.8 ** 2 + 0.7 ** 2 + 3 * (0.2 ** 2 + 0.3 ** 2)) / 8, 5);
      const one = fixedOutputs({ widths: [1, 1] }, [0.7]);
      const answers = new PotTrainer(one.plan, { inputs, targets: { rows: 4, columns: 1, values: Float64Array.of(1, 0, 0, 1) } }, { ...run, reduction, initial: one.initial }).evaluate()!;
      expect(answers).toMatchObject({ accuracy: 0.5, confusion: [[0, 2], [0, 2]] });
    }
  });

  it('uses held-out rows where there are any', () => {
    const data: TrainingData = { ...XOR, train: Uint32Array.of(0, 1, 2), test: Uint32Array.of(3) };
    const outcome = trainPot(potPlan({ widths: [2, 2, 1] }), data, { ...run, epochs: 2 });
    expect(outcome.presentations).toBe(6);
    expect(outcome.evaluation!.samples).toBe(1);
  });
});

describe('training', () => {
  it.each([1, 6])('XOR is learnt to a test MSE under 0.01 within 500 epochs (seed %i)', (seed) => {
    const outcome = trainPot(potPlan({ widths: [2, 4, 1], seed }), XOR, { dwell: 20, rate: 0.005, epochs: 500, seed, stop: { loss: 0.01 } });
    expect(outcome).toMatchObject({ reason: 'target loss', reduction: 'differences' });
    expect(outcome.evaluation!.loss).toBeLessThan(0.01);
    expect(outcome.evaluation!.accuracy).toBe(1);
  });

  it('XOR is learnt on the rails', () => {
    const outcome = trainPot(potPlan({ widths: [2, 4, 1], seed: 6 }), XOR, { dwell: 20, epochs: 500, seed: 6, reduction: 'none', stop: { loss: 0.01 }, evaluation: { every: 10 } });
    expect(outcome).toMatchObject({ reason: 'target loss', reduction: 'none', method: 'bdf' });
    // The trained weights, in the closed form, answer right.
    const weights = readWeights(potPlan({ widths: [2, 4, 1], seed: 6 }), outcome.state);
    for (const [x, t] of [[[0, 0], 0], [[0, 1], 1], [[1, 0], 1], [[1, 1], 0]] as const) expect(closedForm(weights, [2, 4, 1], 0.1, x)[0]).toBeCloseTo(t, 0);
  });

  it('presents every row once an epoch, in a new order each time, the same for the same seed', () => {
    const orders = (seed: number): string[] => {
      const rows: number[][] = [[], [], []];
      trainPot(potPlan({ widths: [2, 1] }), randomData(12, 2, 1), { ...run, seed, dwell: 1 }, { onDwell: ({ epoch, row }) => { rows[epoch]!.push(row); } });
      for (const list of rows) expect([...list].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, r) => r));
      return rows.map((list) => list.join(' '));
    };
    const order = orders(1);
    expect(new Set(order).size).toBe(3);
    expect(orders(1)).toEqual(order);
    expect(orders(2)).not.toEqual(order);
  });

  it.each(['auto', 'none'] as const)('shows the course of a dwell without changing it (%s)', (reduction) => {
    const plan = potPlan({ widths: [2, 3, 1], λ: 1 }), settings = { ...run, epochs: 1, reduction }, times: number[] = [];
    let last = new Float64Array(0);
    const trainer = new PotTrainer(plan, XOR, settings), plain = new PotTrainer(plan, XOR, settings);
    trainer.step({ onState: (t, state) => { times.push(t); last = Float64Array.from(state); } });
    plain.step();
    expect(trainer.checkpoint()).toEqual(plain.checkpoint());
    expect(times.length).toBeGreaterThan(10);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
    expect(times.at(-1)).toBe(20);
    trainer.pot.state().forEach((value, i) => { expect(last[i]).toBeCloseTo(value, 12); });
  });

  it('stops when there is no progress', () => {
    const outcome = trainPot(potPlan({ widths: [2, 2, 1] }), XOR, { ...run, rate: 0, epochs: 50, stop: { patience: 3 } });
    expect(outcome.reason).toBe('patience');
    expect(outcome.epochs).toBeLessThan(10);
  });

  it.each(['auto', 'none'] as const)('names the species that blows up (%s)', (reduction) => {
    const outcome = trainPot(potPlan({ widths: [2, 4, 1] }), XOR, { ...run, rate: 0.5, epochs: 100, reduction });
    expect(outcome.reason).toBe('blown up');
    const { species, epoch, dwell, t, message } = outcome.blowUp!;
    expect(species).toMatch(/^[A-Z]\d?(\^[+-])?(\[\d(,\s?\d)?\])?$/);
    expect(epoch).toBe(outcome.epochs + 1);
    expect(dwell).toBeGreaterThan(0);
    expect(t).toBeGreaterThan(0);
    expect(message).toContain(species);
    expect(outcome.state.every(Number.isFinite)).toBe(true);
  });
});

describe('interruption', () => {
  const data = randomData(5, 2, 1);
  const noisy: TrainingSettings = {
    ...run, noise: { seed: 8, rates: { distribution: 'lognormal', size: 0.1, when: 'dwell', per: 'reaction' }, concentrations: { distribution: 'normal', size: 0.02, species: 'all' } },
  };
  it.each([['differences', run], ['rails', { ...run, reduction: 'none' }], ['noise', noisy]] as const)('a run resumed at any dwell is the same bit for bit (%s)', (_name, settings) => {
    const plan = potPlan({ widths: [2, 3, 1], seed: 7 });
    const whole = trainPot(plan, data, settings);
    expect(whole.reason).toBe('epochs');
    for (const stopAfter of [0, 1, 4, 5, 6, 11, 14]) {
      let asked = 0;
      const part = trainPot(plan, data, settings, { poll: () => (asked++ === stopAfter ? 'pause' : 'go') });
      expect(part.reason).toBe('paused');
      const kept = JSON.parse(JSON.stringify(part.checkpoint)) as Checkpoint;
      const rest = trainPot(potPlan({ widths: [2, 3, 1], seed: 7 }), data, settings, {}, kept);
      expect(rest.checkpoint).toEqual(whole.checkpoint);
      expect(rest.history).toEqual(whole.history);
      expect(rest.state).toEqual(whole.state);
      expect(rest.presentations).toBe(15);
    }
  });

  it('an evaluation broken off again and again goes on where it was', () => {
    const plan = potPlan({ widths: [2, 3, 1], seed: 7 }), whole = trainPot(plan, data, run);
    const trainer = new PotTrainer(plan, data, run);
    let calls = 0;
    // One sample of an evaluation a call.
    while (trainer.finished === undefined && calls++ < 100) {
      let asked = 0;
      trainer.step({}, () => asked++ > 0);
    }
    // In each epoch 5 presentations, and 5 samples of which the last one ends the evaluation.
    expect(calls).toBe(3 * (5 + 5));
    expect(trainer.checkpoint()).toEqual(whole.checkpoint);
  });

  it('a run goes on with another step, another noise and a longer dwell from the very weights it had', () => {
    const plan = potPlan({ widths: [2, 3, 1], seed: 7 }), trainer = new PotTrainer(plan, data, run);
    for (let k = 0; k < 8; k++) trainer.step();
    expect(trainer.at).toEqual({ epoch: 1, dwell: 2, dwells: 5, presentations: 7 });
    const others: readonly TrainingSettings[] = [{ ...run, rate: 0 }, { ...run, dwell: 40, rate: 0 }, { ...noisy, rate: 0 }, { ...run, reduction: 'none', rate: 0 }];
    for (const settings of others) {
      const on = trainer.continued(settings);
      expect(weightDistance(plan, on.pot.state(), trainer.pot.state())).toBe(0);
      expect([on.at, on.nextRow]).toEqual([trainer.at, trainer.nextRow]);
      on.step();
      // Without a rate nothing learns; noise on concentrations moves the weights by itself.
      if (settings.noise === undefined) expect(weightDistance(plan, on.pot.state(), trainer.pot.state())).toBeLessThan(1e-12);
    }
    expect(() => trainer.continued(run, potPlan({ widths: [2, 2, 1] }))).toThrow(/another network/);
  });

  it('tells stop from pause, and a finished run from both', () => {
    const plan = potPlan({ widths: [2, 1] });
    expect(trainPot(plan, XOR, run, { poll: () => 'stop' }).reason).toBe('stopped');
    const done = trainPot(plan, XOR, run);
    expect(trainPot(plan, XOR, run, {}, done.checkpoint)).toMatchObject({ reason: 'epochs', presentations: 12 });
    // A finished run may be made longer.
    expect(trainPot(plan, XOR, { ...run, epochs: 4 }, {}, done.checkpoint)).toMatchObject({ reason: 'epochs', presentations: 16 });
  });

  it('refuses a checkpoint of another run, or one that is damaged', () => {
    const plan = potPlan({ widths: [2, 1] }), { checkpoint } = trainPot(plan, XOR, { ...run, epochs: 1 });
    const resume = (other: { plan?: PotPlan; data?: TrainingData; settings?: Partial<TrainingSettings>; checkpoint?: Partial<Checkpoint> }) => () =>
      trainPot(other.plan ?? plan, other.data ?? XOR, { ...run, ...other.settings }, {}, { ...checkpoint, ...other.checkpoint });
    expect(resume({})).not.toThrow();
    expect(resume({ plan: potPlan({ widths: [2, 2, 1] }) })).toThrow(/another network/);
    expect(resume({ data: { ...XOR, targets: { rows: 4, columns: 1, values: Float64Array.of(0, 1, 1, 1) } } })).toThrow(/other data/);
    expect(resume({ settings: { dwell: 21 } })).toThrow(/other settings/);
    expect(resume({ settings: { rate: 0.004 } })).toThrow(/other settings/);
    expect(resume({ settings: { reduction: 'none' } })).toThrow(CheckpointError);
    expect(resume({ checkpoint: { numbers: checkpoint.numbers.slice(0, -3) } })).toThrow(CheckpointError);
    expect(resume({ checkpoint: { numbers: `!${checkpoint.numbers.slice(1)}` } })).toThrow(/damaged/);
    expect(resume({ checkpoint: { version: 0 } })).toThrow(/version/);
  });
});

describe('what does not fit together', () => {
  const plan = potPlan({ widths: [2, 2, 1] });
  const matrix = (columns: number, ...values: number[]) => ({ rows: values.length / columns, columns, values: Float64Array.from(values) });
  const bad: readonly (readonly [string, Partial<TrainingData>, Partial<TrainingSettings>, RegExp])[] = [
    ['too many inputs', { inputs: matrix(3, ...new Array<number>(12).fill(0)) }, {}, /reads 2 inputs, the data have 3/],
    ['too many targets', { targets: matrix(2, ...new Array<number>(8).fill(0)) }, {}, /1 outputs, the data have 2/],
    ['rows that do not match', { targets: matrix(1, 0, 1) }, {}, /4 rows of inputs and 2 of targets/],
    ['a negative input', { inputs: matrix(2, 0, 0, 0, -1, 1, 0, 1, 1) }, {}, /input in row 2, column 2, is -1.*two rails/],
    ['a number that is none', { targets: matrix(1, 0, 1, NaN, 0) }, {}, /target in row 3, column 1, is NaN/],
    ['no samples', { train: new Uint32Array(0) }, {}, /no samples/],
    ['a row that is not there', { test: Uint32Array.of(4) }, {}, /row 5 of 4/],
    ['no time', {}, { dwell: 0 }, /dwell time must be a positive/],
    ['half an epoch', {}, { epochs: 0.5 }, /epochs must be a whole number/],
    ['a negative rate', {}, { rate: -1 }, /learning rate must not be negative/],
    ['a state of another size', {}, { initial: new Float64Array(3) }, /3 components/],
  ];
  it.each(bad)('%s', (_name, data, settings, message) => {
    expect(() => trainPot(plan, { ...XOR, ...data }, { ...run, ...settings })).toThrow(TrainingError);
    expect(() => trainPot(plan, { ...XOR, ...data }, { ...run, ...settings })).toThrow(message);
  });

  it('signed inputs go to a network with inputs on two rails', () => {
    const signed: TrainingData = { ...XOR, inputs: matrix(2, 0, 0, 0, -1, 1, 0, 1, 1) };
    const network = networkOf(potText({ widths: [2, 2, 1], signedInputs: true }));
    expect(trainPot(potPlan({ widths: [2, 2, 1], signedInputs: true }, network), signed, { ...run, epochs: 1 }).reason).toBe('epochs');
  });
});
