/** Gradients through fixed points against finite differences, closed forms and back-propagation; training with them. */
import { describe, expect, it } from 'vitest';
import { componentOf, initialState, parameterValues, type Network } from '../../chemistry/index.ts';
import { compileNetwork, FixedPointAdjoint, integrate, readWeights, SilicoModel, SilicoTrainer, silicoTask, trainInSilico, trainPot, writeWeights, type SilicoTask } from '../index.ts';
import { networkOf, potPlan, XOR } from './pots.ts';
import { seeded } from './problems.ts';

/** Fixed point by integration, to near rounding. */
function rest(network: Network, overrides: ReadonlyMap<string, number>, initial?: Float64Array): Float64Array {
  const values = parameterValues(network, overrides);
  const { system } = compileNetwork(network, values);
  const { outcome, y } = integrate(system, { t0: 0, t1: Infinity, y0: initial ?? initialState(network, values), rtol: 1e-9, atol: 1e-13, steady: { tolerance: 1e-9 } });
  expect(outcome.kind).toBe('steady');
  return y;
}

const NETWORKS: readonly (readonly [string, string, readonly string[], string])[] = [
  ['an enzyme with conserved totals that are parameters', `
param k1 = 1.3, k2 = 0.4, k3 = 0.9, k4 = 0.2, total = 0.7, s = 2*total + 0.1
species E = total, S = s, ES, P
E + S <-> ES @ k1, k2
ES -> E + P @ k3
P -> S @ k4`, ['k1', 'k2', 'k3', 'k4', 'total', 's'], 'P'],
  ['rate laws and computed parameters', `
param Vmax = 1.5, Km = 0.6, n = 2, a = 0.3, b = a^2 + exp(-Km), d = 0.5
species X = 0.5, Y = 0.2
0 -> X rate a + Vmax*Y^n/(Km^n + Y^n)
X -> 0 @ d
X -> X + Y @ b
Y -> 0 @ max(d, 0.1)*sqrt(Km)`, ['Vmax', 'Km', 'n', 'a', 'b', 'd'], 'X'],
  ['arrays, fixed species and a dual', `
param w[2, 3] = [1, 2, 0.5, 0.3, 0.7, 1.1], h = 0.2, q = -0.4
fixed I[3] = 0.6
dual M[2] = q
species Z[2] = 1
for i in 1..2, j in 1..3 { I[j] -> I[j] + Z[i] @ w[i,j]*i }
for i in 1..2 { 2 Z[i] -> Z[i] @ 1
  0 -> Z[i] @ h }
for i in 1..2 { M^-[i] + Z[i] -> M^-[i] @ 1
  M^+[i] + Z[i] -> M^+[i] + 2 Z[i] @ 1 }`, ['w[1,2]', 'w[2,3]', 'h', 'q'], 'Z[2]'],
];

describe('the adjoint of a fixed point', () => {
  it.each(NETWORKS)('agrees with finite differences: %s', (_name, text, names, output) => {
    const network = networkOf(text), out = componentOf(network, output)!, base = parameterValues(network);
    const adjoint = new FixedPointAdjoint(network, base), x = rest(network, new Map());
    const slope = new Float64Array(x.length);
    slope[out] = 1;
    // Each parameter is moved as an override, that is with a value of its own.
    for (const name of names) {
      const [, whole = '', element] = /^([^[]*)(?:\[(.*)\])?$/u.exec(name)!, parameter = network.parameters.find((one) => one.name === whole)!;
      const position = element === undefined ? 0 : element.split(',').reduce((flat, text_, axis) => flat * parameter.shape[axis]! + Number(text_) - 1, 0);
      const at = base.start[parameter.id]! + position, value = base.values[at]!, step = 1e-4 * Math.max(1, Math.abs(value));
      const found = adjoint.gradient(x, slope, new Set([parameter.id]))!.parameters[at]!;
      const side = (sign: number): number => rest(network, new Map([[name, value + sign * step]]))[out]!;
      expect(found, name).toBeCloseTo((side(1) - side(-1)) / (2 * step), 6);
    }
  });

  it('agrees with finite differences in initial values', () => {
    const network = networkOf(NETWORKS[0]![1]), adjoint = new FixedPointAdjoint(network, parameterValues(network)), from = Float64Array.of(0.7, 1.5, 0.2, 0.3);
    const x = rest(network, new Map(), from), slope = Float64Array.of(0.3, -1, 0.5, 2), { initial } = adjoint.gradient(x, slope)!;
    const loss = (y: Float64Array): number => y.reduce((sum, value, i) => sum + slope[i]! * value, 0);
    for (let i = 0; i < 4; i++) {
      const side = (by: number): number => {
        const start = Float64Array.from(from);
        start[i]! += by;
        return loss(rest(network, new Map(), start));
      };
      expect(initial[i]).toBeCloseTo((side(1e-4) - side(-1e-4)) / 2e-4, 6);
    }
  });

  it('has no answer where the fixed point is not isolated', () => {
    // A' = −A² is at rest at 0, where its derivative is 0.
    const network = networkOf('param k = 1\nspecies A = 1\n2 A -> A @ k\n');
    expect(new FixedPointAdjoint(network, parameterValues(network)).gradient(Float64Array.of(0), Float64Array.of(1))).toBeUndefined();
  });
});

/** ½ Σ (o − t)² and its gradient by back-propagation on φ_h: an independent implementation. */
function backPropagation(weights: readonly Float64Array[], widths: readonly number[], h: number, x: readonly number[], target: readonly number[]) {
  const φ = (y: number): number => (y + Math.sqrt(y * y + 4 * h)) / 2, layers = widths.length - 1;
  const a: number[][] = [[...x]], slopes: number[][] = [[]];
  for (let l = 1; l <= layers; l++) {
    const y = Array.from({ length: widths[l]! }, (_, i) => a[l - 1]!.reduce((sum, value, j) => sum + weights[2 * l - 2]![i * widths[l - 1]! + j]! * value, weights[2 * l - 1]![i]!));
    a.push(l === layers ? y : y.map(φ));
    slopes.push(l === layers ? y.map(() => 1) : y.map((v) => (1 + v / Math.sqrt(v * v + 4 * h)) / 2));
  }
  let δ = a[layers]!.map((o, k) => o - target[k]!);
  const loss = δ.reduce((sum, e) => sum + e * e / 2, 0), gradient: number[][] = [];
  for (let l = layers; l >= 1; l--) {
    const W = weights[2 * l - 2]!, fanIn = widths[l - 1]!;
    gradient.unshift(δ.flatMap((d) => a[l - 1]!.map((value) => d * value)), δ);
    if (l > 1) δ = a[l - 1]!.map((_, j) => slopes[l - 1]![j]! * δ.reduce((sum, d, i) => sum + W[i * fanIn + j]! * d, 0));
  }
  return { loss, gradient: gradient.flat(), outputs: a[layers]! };
}

describe('layered networks in silico', () => {
  it.each([[[2, 4, 1]], [[3, 5, 4, 2]], [[2, 3, 3, 2, 1]], [[4, 3]]])('the gradient is that of back-propagation (%j)', (widths) => {
    for (const [h, signedInputs] of [[0.1, false], [0.5, true]] as const) {
      const plan = potPlan({ widths, h, signedInputs, seed: widths.length, scale: 1.5 }), model = new SilicoModel(silicoTask(plan)), random = seeded(3);
      const weights = readWeights(plan, initialState(plan.network));
      for (let trial = 0; trial < 3; trial++) {
        const x = Array.from({ length: widths[0]! }, () => (signedInputs ? 2 * random() - 1 : random())), t = Array.from({ length: widths.at(-1)! }, () => random());
        const found = model.sample(Float64Array.from(x), Float64Array.from(t))!, expected = backPropagation(weights, widths, h, x, t);
        expect(found.loss).toBeCloseTo(expected.loss, 8);
        expect(found.gradient.length).toBe(expected.gradient.length);
        expected.gradient.forEach((g, i) => { expect(found.gradient[i]).toBeCloseTo(g, 7); });
      }
    }
  });

  it.each([['sgd', 0.15], ['adam', 0.02]] as const)('learns XOR (%s), and the weights drop into the pot', (kind, rate) => {
    const plan = potPlan({ widths: [2, 4, 1], seed: 6 });
    const outcome = trainInSilico(silicoTask(plan), XOR, { epochs: 400, seed: 1, optimiser: { kind, rate }, stop: { loss: 0.002 } });
    expect(outcome.reason).toBe('target loss');
    expect(outcome.evaluation!.accuracy).toBe(1);
    // The pot itself, reactions and all, says the same.
    const start = initialState(plan.network);
    writeWeights(plan, readWeights(plan, outcome.state), start);
    const pot = trainPot(plan, XOR, { dwell: 20, rate: 0, epochs: 1, seed: 1, initial: start, reduction: 'none' });
    expect(pot.evaluation!.loss).toBeCloseTo(outcome.evaluation!.loss, 5);
    expect(pot.evaluation!.loss).toBeLessThan(0.0025);
  });

  it.each([['sgd', 0.15], ['adam', 0.02]] as const)('a run resumed anywhere comes to the same weights, bit for bit (%s)', (kind, rate) => {
    const task = silicoTask(potPlan({ widths: [2, 3, 1], seed: 6 })), settings = { epochs: 4, seed: 3, batch: 2, optimiser: { kind, rate } };
    const whole = trainInSilico(task, XOR, settings);
    for (const steps of [1, 2, 3, 7]) {
      const part = new SilicoTrainer(task, XOR, settings);
      for (let k = 0; k < steps; k++) part.step();
      const rest = new SilicoTrainer(silicoTask(potPlan({ widths: [2, 3, 1], seed: 6 })), XOR, settings, part.checkpoint());
      while (rest.finished === undefined) rest.step();
      expect(rest.outcome('epochs').epochs).toBe(4);
      rest.model.θ.forEach((value, i) => { expect(value).toBe(readWeights(potPlan({ widths: [2, 3, 1] }), whole.state).flatMap((one) => [...one])[i]!); });
    }
    const on = new SilicoTrainer(task, XOR, settings);
    on.step();
    expect([...on.continued({ ...settings, optimiser: { kind, rate: rate / 2 } }).model.θ]).toEqual([...on.model.θ]);
    expect(() => new SilicoTrainer(task, XOR, { ...settings, seed: 4 }, on.checkpoint())).toThrow(/other settings/);
  });

  it('trains rate constants of a network that is not layered', () => {
    // X* = a·I/b with a, b trained on X = 3 I: the ratio is found, both stay positive.
    const network = networkOf('param a = 0.5, b = 2\nfixed I = 1\nspecies X\nI -> I + X @ a\nX -> 0 @ b\n');
    const id = (name: string): number => network.blocks.find((block) => block.name === name)!.id;
    const task: SilicoTask = { name: 'ratio', network, without: [], inputs: id('I'), outputs: id('X'), parameters: ['a', 'b'], blocks: [] };
    const data = { inputs: { rows: 3, columns: 1, values: Float64Array.of(0.5, 1, 2) }, targets: { rows: 3, columns: 1, values: Float64Array.of(1.5, 3, 6) } };
    const outcome = trainInSilico(task, data, { epochs: 300, seed: 1, optimiser: { kind: 'adam', rate: 0.03 }, batch: 3, stop: { loss: 1e-8 } });
    const a = outcome.parameters.get('a')![0]!, b = outcome.parameters.get('b')![0]!;
    expect(a / b).toBeCloseTo(3, 2);
    expect(Math.min(a, b)).toBeGreaterThan(0);
  });
});

describe('one slow step of the pot', () => {
  it.each([['differences', 'auto'], ['rails', 'none']] as const)('is −η·dwell·∂L/∂w up to an error that goes with η (%s)', (_name, reduction) => {
    const widths = [2, 3, 2, 1], h = 0.1, plan = potPlan({ widths, h, seed: 2 });
    const sample = { inputs: { rows: 1, columns: 2, values: Float64Array.of(0.8, 0.3) }, targets: { rows: 1, columns: 1, values: Float64Array.of(0.6) } };
    // All fast species at rest for this very sample, nothing learnt on the way.
    const settled = trainPot(plan, sample, { dwell: 400, rate: 0, epochs: 1, seed: 1, reduction, rtol: 1e-10, atol: 1e-13 }).state;
    const before = readWeights(plan, settled), { gradient } = backPropagation(before, widths, h, [0.8, 0.3], [0.6]);
    const size = Math.hypot(...gradient), dwell = 20;
    const errors = [4e-3, 2e-3, 1e-3, 5e-4].map((rate) => {
      const after = readWeights(plan, trainPot(plan, sample, { dwell, rate, epochs: 1, seed: 1, reduction, initial: settled, rtol: 1e-10, atol: 1e-13 }).state).flatMap((part) => [...part]);
      const step = after.map((w, i) => (w - before.flatMap((part) => [...part])[i]!) / (-rate * dwell));
      return Math.hypot(...step.map((s, i) => s - gradient[i]!)) / size;
    });
    expect(errors.at(-1)).toBeLessThan(0.02);
    for (let k = 1; k < errors.length; k++) expect(errors[k]! / errors[k - 1]!).toBeCloseTo(0.5, 1);
  });
});
