/**
 * Compiled networks, any activation and both losses: the gradient through the fixed point and one slow step of the pot against the
 * gradient of the layered closed form, taken by finite differences of formulas written out here.
 */
import { describe, expect, it } from 'vitest';
import { parse } from '../../grammar/index.ts';
import { analyse, initialState, type PotPlan } from '../../chemistry/index.ts';
import { readWeights, SilicoModel, silicoTask, trainPot } from '../index.ts';

interface Case {
  readonly layers: readonly (readonly [units: number, activation: string, h: number])[];
  readonly inputs: number;
  readonly loss: 'squared' | 'normalised';
  readonly forward?: string;
}

function planOf({ layers, inputs, loss, forward = 'bimolecular' }: Case, where: string): PotPlan {
  const lines = layers.map(([units, activation, h], l) => `  layer l${l}[${units}] = ${activation}${activation === 'linear' ? '' : `(h = ${h})`}`);
  const { trainings, diagnostics } = analyse(parse(`network n {\n  input x[${inputs}]\n${lines.join('\n')}\n  weights uniform(-1, 1, seed: 3)\n  biases = uniform(-0.5, 0.5, seed: 5)\n  loss = ${loss}\n  forward = ${forward}\n}
data d {\n  x[${inputs}] -> t[${layers.at(-1)![0]}]\n  ${'1 '.repeat(inputs)}-> ${'1 '.repeat(layers.at(-1)![0])}\n}
train n on d { where = ${where}; rate = 0.001; dwell = 100 }\n`));
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  return trainings[0]!.plan!;
}

const PHI: Readonly<Record<string, (y: number, h: number) => number>> = {
  linear: (y) => y,
  smooth_relu: (y, h) => (y + Math.sqrt(y * y + 4 * h)) / 2,
  algebraic_sigmoid: (y, h) => (1 + y / (2 * h + Math.sqrt(4 * h * h + y * y))) / 2,
  algebraic_tanh: (y, h) => y / (2 * h + Math.sqrt(4 * h * h + y * y)),
  algebraic_logistic: (y, h) => (1 + y / Math.sqrt(y * y + 4 * h)) / 2,
};

/** The loss of one sample: weights as W, b of each layer in turn, row-major. ε of the shares is 0.1. */
function lossOf({ layers, loss }: Case, weights: readonly number[], x: readonly number[], t: readonly number[]): number {
  let at = 0, input = [...x];
  for (const [units, activation, h] of layers) {
    const fanIn = input.length, W = at, b = at + units * fanIn;
    at = b + units;
    input = Array.from({ length: units }, (_, i) => PHI[activation]!(input.reduce((sum, value, j) => sum + weights[W + i * fanIn + j]! * value, weights[b + i]!), h));
  }
  const total = loss === 'squared' ? 1 : input.reduce((sum, value) => sum + value, 0.1);
  return input.reduce((sum, value, k) => sum + (value / total - t[k]!) ** 2 / 2, 0);
}

function differences(of: (weights: readonly number[]) => number, weights: readonly number[]): number[] {
  return weights.map((_, i) => {
    const moved = (by: number): number => of(weights.map((w, k) => (k === i ? w + by : w)));
    return (moved(1e-5) - moved(-1e-5)) / 2e-5;
  });
}

const flat = (parts: readonly Float64Array[]): number[] => parts.flatMap((part) => [...part]);
const sample = (inputs: number, outputs: number): { x: number[]; t: number[] } =>
  ({ x: Array.from({ length: inputs }, (_, j) => 0.9 / (j + 1)), t: Array.from({ length: outputs }, (_, k) => (k === 0 ? 0.8 : 0.1)) });

const SQUARED: readonly Case[] = [
  { inputs: 2, layers: [[3, 'smooth_relu', 0.3], [1, 'linear', 0]], loss: 'squared' },
  { inputs: 3, layers: [[2, 'algebraic_tanh', 0.5], [3, 'algebraic_sigmoid', 0.6], [2, 'linear', 0]], loss: 'squared' },
  { inputs: 2, layers: [[3, 'algebraic_logistic', 0.5], [2, 'smooth_relu', 0.4], [2, 'algebraic_logistic', 0.6], [1, 'linear', 0]], loss: 'squared' },
  { inputs: 2, layers: [[3, 'smooth_relu', 0.3], [2, 'algebraic_sigmoid', 0.5]], loss: 'squared', forward: 'termolecular' },
];

describe('the gradient through the fixed point', () => {
  it.each(SQUARED)('is that of the layered closed form %#', (network) => {
    const plan = planOf(network, 'silico'), weights = flat(readWeights(plan, initialState(plan.network)));
    const { x, t } = sample(network.inputs, network.layers.at(-1)![0]);
    const found = new SilicoModel(silicoTask(plan)).sample(Float64Array.from(x), Float64Array.from(t))!;
    expect(found.loss).toBeCloseTo(lossOf(network, weights, x, t), 8);
    const expected = differences((w) => lossOf(network, w, x, t), weights);
    expect(found.gradient.length).toBe(expected.length);
    expected.forEach((g, i) => { expect(Math.abs(found.gradient[i]! - g)).toBeLessThan(1e-7); });
  });
});

const POTS: readonly Case[] = [
  SQUARED[1]!, SQUARED[3]!,
  { inputs: 2, layers: [[2, 'algebraic_logistic', 0.5], [1, 'linear', 0]], loss: 'squared' },
  { inputs: 2, layers: [[3, 'smooth_relu', 0.3], [3, 'smooth_relu', 0.4]], loss: 'normalised' },
  { inputs: 2, layers: [[2, 'algebraic_tanh', 0.5], [2, 'smooth_relu', 0.4], [4, 'smooth_relu', 0.5]], loss: 'normalised', forward: 'termolecular' },
];

describe('one slow step of the pot', () => {
  it.each(POTS)('is −η·dwell·∂L/∂w up to an error that goes with η %#', (network) => {
    const plan = planOf(network, 'pot'), outputs = network.layers.at(-1)![0], { x, t } = sample(network.inputs, outputs);
    const data = { inputs: { rows: 1, columns: network.inputs, values: Float64Array.from(x) }, targets: { rows: 1, columns: outputs, values: Float64Array.from(t) } };
    const precise = { epochs: 1, seed: 1, rtol: 1e-9, atol: 1e-12 };
    // All fast species at rest for this very sample, nothing learnt on the way.
    const settled = trainPot(plan, data, { ...precise, dwell: 500, rate: 0 }).state;
    const before = flat(readWeights(plan, settled)), gradient = differences((w) => lossOf(network, w, x, t), before);
    const size = Math.hypot(...gradient), dwell = 20;
    const errors = [4e-3, 2e-3, 1e-3].map((rate) => {
      const after = flat(readWeights(plan, trainPot(plan, data, { ...precise, dwell, rate, initial: settled }).state));
      return Math.hypot(...after.map((w, i) => (w - before[i]!) / (-rate * dwell) - gradient[i]!)) / size;
    });
    expect(errors.at(-1)).toBeLessThan(0.05);
    for (let k = 1; k < errors.length; k++) expect(errors[k]! / errors[k - 1]!).toBeCloseTo(0.5, 1);
  });
});
