/**
 * The shape of Proposition 5.1 of Kang and Kim: while a network trains in one pot, noise of relative size ε on its rate constants
 * moves every forward species by no more than a constant times ε, over the whole run. The exponent is fitted over a decade and a half.
 */
import { describe, expect, it } from 'vitest';
import { parse } from '../../grammar/index.ts';
import { analyse, blockNamed, createRandom, initialState, parameterValues, type PotPlan } from '../../chemistry/index.ts';
import { compileNetwork, integrate, sampleGrid } from '../index.ts';
import { withFactors } from '../training/noise.ts';
import { XOR } from './pots.ts';

const DWELL = 20;
const PRESENTATIONS = 8;

function planOf(settings: string): PotPlan {
  const { trainings, diagnostics } = analyse(parse(`network xor {
  input x[2]
  layer hidden[3] = smooth_relu(h = 0.2)
  layer y[1] = linear
  weights uniform(-1, 1, seed: 7)
  ${settings}
}
data table {
  x[2] -> y[1]
  0 1 -> 1
}
train xor on table { rate = 0.005; dwell = ${DWELL} }
`));
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  return trainings[0]!.plan!;
}

/** The state at four times of every dwell, of a run in which each single reaction's constant is multiplied by exp(ε·z), z normal. */
function run(plan: PotPlan, ε: number, seed: number): Float64Array[] {
  const { network, factors } = withFactors(plan.network, { per: 'reaction' });
  const values = parameterValues(network), random = createRandom(seed);
  for (const id of factors) for (let k = values.start[id]!; k < values.start[id + 1]!; k++) values.values[k] = Math.exp(ε * random.normal());
  const { system } = compileNetwork(network, values), states: Float64Array[] = [];
  const inputs = network.blocks[plan.inputs]!, targets = network.blocks[plan.targets!]!;
  let y = Float64Array.from(initialState(network, values));
  for (let shown = 0; shown < PRESENTATIONS; shown++) {
    const row = shown % 4;
    y.set(XOR.inputs.values.subarray(2 * row, 2 * row + 2), inputs.offset);
    y[targets.offset] = XOR.targets.values[row]!;
    const sampler = sampleGrid([5, 10, 15, DWELL], 0, y), { outcome, y: end } = integrate(system, { t0: 0, t1: DWELL, y0: y, rtol: 1e-10, atol: 1e-13, method: 'bdf', onStep: sampler.onStep });
    expect(outcome.kind).toBe('reached');
    states.push(...sampler.finish().states);
    y = Float64Array.from(end);
  }
  return states;
}

/** Slope of a straight line through points, by least squares. */
function slope(x: readonly number[], y: readonly number[]): number {
  const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [mx, my] = [mean(x), mean(y)];
  return x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0) / x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
}

describe('noise on rate constants while the pot trains', () => {
  it.each([['bimolecular', ['xor.hidden.y', 'xor.hidden', 'xor.y']], ['termolecular', ['xor.hidden', 'xor.y']]] as const)('moves every forward species in proportion (%s)', (form, species) => {
    const plan = planOf(`forward = ${form}`), sizes = [1e-4, 4e-4, 1e-3, 3e-3], clean = run(plan, 0, 1);
    const noisy = sizes.map((ε) => run(plan, ε, 11));
    for (const name of species) {
      const { offset, size } = blockNamed(plan.network, name)!;
      const deviation = noisy.map((states) => states.reduce((most, state, n) => {
        for (let i = offset; i < offset + size; i++) most = Math.max(most, Math.abs(state[i]! - clean[n]![i]!));
        return most;
      }, 0));
      expect(Math.abs(slope(sizes.map(Math.log), deviation.map(Math.log)) - 1), name).toBeLessThan(0.1);
      // Θ: no species is hundreds of times more sensitive than its constants.
      deviation.forEach((value, k) => { expect(value / sizes[k]!).toBeLessThan(100); });
    }
  });
});
