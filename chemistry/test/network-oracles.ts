/** What networks of neurons should compute, by closed forms, bisection and differences; and what a pot settles at, to compare with it. */
import { expect } from 'vitest';
import { fixedPoint } from '../../simulation/index.ts';
import { componentName, initialState, parameterValues } from '../index.ts';
import type { Network, PotPlan } from '../index.ts';

type Phi = (y: number, h: number) => number;
const PHI: Readonly<Record<string, Phi>> = {
  smooth_relu: (y, h) => (y + Math.sqrt(y * y + 4 * h)) / 2,
  algebraic_sigmoid: (y, h) => (Math.abs(y) < 1e-9 ? 0.5 : (y - 2 * h + Math.sqrt(y * y + 4 * h * h)) / (2 * y)),
  algebraic_tanh: (y, h) => y / (2 * h + Math.sqrt(4 * h * h + y * y)),
  algebraic_logistic: (y, h) => (1 + y / Math.sqrt(y * y + 4 * h)) / 2,
  linear: (y) => y,
  // h + y x = x³, by bisection: the left side is above the right one below the root, and below it above.
  cubic: (y, h) => {
    let [low, high] = [0, 2 + Math.abs(y) + h];
    for (let k = 0; k < 200; k++) {
      const x = (low + high) / 2;
      if (h + y * x - x ** 3 > 0) low = x;
      else high = x;
    }
    return low;
  },
};
export const SLOPE: Readonly<Record<string, Phi>> = Object.fromEntries(Object.entries(PHI).map(([name, phi]) => [name, (y: number, h: number): number => (phi(y + 1e-6, h) - phi(y - 1e-6, h)) / 2e-6]));

export interface Layer {
  readonly activation: string;
  readonly h: number;
  readonly W: readonly (readonly number[])[];
  readonly b: readonly number[];
}

/** Weights as they start: the differences of rails, or the parameters. */
export function layersOf(plan: PotPlan): Layer[] {
  const { network } = plan;
  const state = initialState(network);
  const values = parameterValues(network);
  const numbersOf = (id: number): number[] => {
    if (plan.form === 'constants') {
      const parameter = network.parameters[id];
      const size = parameter?.shape.reduce((product, extent) => product * extent, 1) ?? 0;
      return [...values.values.slice(values.start[id] ?? 0, (values.start[id] ?? 0) + size)];
    }
    const block = network.blocks[id];
    if (block === undefined) throw new Error('no block');
    const half = block.size / 2;
    return Array.from({ length: half }, (_, k) => (state[block.offset + k] ?? NaN) - (state[block.offset + half + k] ?? NaN));
  };
  return plan.layers.map((layer) => {
    const flat = numbersOf(layer.weights);
    const { activation } = layer;
    return {
      activation: activation === 'linear' ? 'linear' : activation.name, h: activation === 'linear' ? 0 : (activation.constants.get('h') ?? NaN),
      W: Array.from({ length: layer.units }, (_, i) => flat.slice(i * layer.fanIn, (i + 1) * layer.fanIn)), b: numbersOf(layer.biases),
    };
  });
}

/** Pre-activations and activities, layer by layer. */
export function forward(layers: readonly Layer[], x: readonly number[]): { y: number[]; H: number[] }[] {
  let input: readonly number[] = x;
  return layers.map(({ activation, h, W, b }) => {
    const y = W.map((row, i) => row.reduce((sum, w, j) => sum + w * (input[j] ?? NaN), b[i] ?? NaN));
    const H = y.map((value) => PHI[activation]?.(value, h) ?? NaN);
    input = H;
    return { y, H };
  });
}

/** What is on the two rails of a layer's units; a species has nothing on the second. */
type Rails = readonly (readonly [plus: number, minus: number])[];

/** Rails that gain P and N, decay at rate 1 and annihilate at rate κ: p − n = P − N = q, and κp² + (1 − κq)p = P. */
export function annihilated(P: number, N: number, κ: number): [number, number] {
  const root = (q: number, gain: number): number => {
    const b = 1 - κ * q;
    const d = Math.sqrt(b * b + 4 * κ * gain);
    return b > 0 ? (2 * gain) / (b + d) : (d - b) / (2 * κ);
  };
  return [root(P - N, P), root(N - P, N)];
}

/** The same rail by rail: ReLU by annihilation is not quite max(0, y), and linear layers pass on more than a difference. */
export function forwardOnRails(layers: readonly Layer[], x: readonly number[]): number[][] {
  let input: Rails = x.map((value) => [Math.max(value, 0), Math.max(-value, 0)]);
  return layers.map(({ activation, h, W, b }) => {
    const output = W.map((row, i): [number, number] => {
      const gains = row.reduce<[number, number]>(([P, N], w, j) => {
        const [plus, minus] = input[j] ?? [NaN, NaN];
        const [up, down] = [Math.max(w, 0), Math.max(-w, 0)];
        return [P + up * plus + down * minus, N + up * minus + down * plus];
      }, [Math.max(b[i] ?? NaN, 0), Math.max(-(b[i] ?? NaN), 0)]);
      const y = gains[0] - gains[1];
      switch (activation) {
        case 'linear':
          return annihilated(...gains, 10);
        case 'relu':
          return [annihilated(...gains, 1000)[0], 0];
        case 'leaky_relu': {
          const [p, n] = annihilated(...gains, 1000);
          return [p, 0.1 * n];
        }
        default: {
          const value = PHI[activation]?.(y, h) ?? NaN;
          return activation === 'algebraic_tanh' ? [(1 + value) / 2, (1 - value) / 2] : [value, 0];
        }
      }
    });
    input = output;
    return output.map(([plus, minus]) => plus - minus);
  });
}

/** Value of an element of a block at a fixed point, signed for a dual. */
export function valueOf(network: Network, id: number, at: ReadonlyMap<string, number>, index: number): number {
  const block = network.blocks[id];
  if (block === undefined) throw new Error('no block');
  if (block.kind !== 'dual') return at.get(componentName(network, block.offset + index)) ?? NaN;
  const plus = at.get(componentName(network, block.offset + index)) ?? NaN;
  return plus - (at.get(componentName(network, block.offset + block.size / 2 + index)) ?? NaN);
}

export function settle(plan: PotPlan, x: readonly number[], t: readonly number[] = []): ReadonlyMap<string, number> {
  const { network } = plan;
  const initial = new Map<string, number>();
  const set = (id: number, values: readonly number[]): void => {
    const block = network.blocks[id];
    if (block === undefined) return;
    values.forEach((value, k) => {
      initial.set(componentName(network, block.offset + k), Math.max(value, block.kind === 'dual' ? 0 : value));
      if (block.kind === 'dual') initial.set(componentName(network, block.offset + block.size / 2 + k), Math.max(-value, 0));
    });
  };
  set(plan.inputs, x);
  if (plan.targets !== undefined) set(plan.targets, t);
  // Without learning, everything else settles.
  const parameters = plan.rate === undefined ? undefined : new Map([[plan.rate, 0]]);
  const result = fixedPoint(network, { initial, steadyTolerance: 1e-11, ...(parameters === undefined ? {} : { parameters }) });
  expect(result.outcome.kind).toBe('steady');
  return result.fixedPoint;
}
