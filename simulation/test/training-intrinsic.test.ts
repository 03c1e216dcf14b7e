/** Pots that train molecule by molecule. */
import { describe, expect, it } from 'vitest';
import { analyse, type RunnableTraining } from '../../chemistry/index.ts';
import { parse } from '../../grammar/index.ts';
import { potSettings, PotTrainer, trainPot, type TrainingData, type TrainingRun } from '../index.ts';

const data: TrainingData = {
  inputs: { rows: 4, columns: 2, values: Float64Array.from([0, 0, 0, 1, 1, 0, 1, 1]) },
  targets: { rows: 4, columns: 1, values: Float64Array.from([0, 1, 1, 0]) },
};

function training(settings: string, epochs = 3): RunnableTraining {
  const { diagnostics, trainings } = analyse(parse(`network xor {
  input x[2]
  layer hidden[2] = smooth_relu(h = 0.1)
  layer y[1] = linear
  weights uniform(-1, 1, seed: 7)
}
data table {
  x[2] -> y[1]
  0 0 -> 0
  0 1 -> 1
  1 0 -> 1
  1 1 -> 0
}
noise drops { ${settings} }
train xor on table { epochs = ${epochs}; noise = drops }
`));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return trainings[0]!.vary!({});
}
const run = (settings: string, seed = 1): TrainingRun => {
  const of = training(settings);
  // The order of the text, so that a seed decides nothing but what happens to the molecules.
  return trainPot(of.plan, data, { ...potSettings({ ...of, settings: { ...of.settings, seed } }), shuffle: false });
};
/** Largest difference of two states. */
const apart = (a: Float64Array, b: Float64Array): number => a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

describe('molecules in the pot', () => {
  it('are whole numbers, and the outcome says what ran', () => {
    const { molecules, reduction, withoutReduction, state } = run('intrinsic = ssa; volume = 40');
    expect({ molecules, reduction, withoutReduction }).toEqual({ molecules: 'ssa (composition rejection)', reduction: 'none', withoutReduction: 'single molecules tell the rails apart' });
    for (const value of state) expect(Math.abs(value * 40 - Math.round(value * 40))).toBeLessThan(1e-9);
    expect(run('intrinsic = langevin; volume = 500').molecules).toBe('langevin');
    expect(run('intrinsic = tau; volume = 500').molecules).toBe('tau (tau leaping)');
  });

  it('the seed gives the same run again, another seed another', () => {
    const [first, again, other] = [run('intrinsic = ssa; volume = 40'), run('intrinsic = ssa; volume = 40'), run('intrinsic = ssa; volume = 40', 2)];
    expect(again.state).toEqual(first.state);
    expect(apart(other.state, first.state)).toBeGreaterThan(0);
  });

  it('of many the pot follows the rate equations', () => {
    const of = training('intrinsic = tau; volume = 1000');
    const exact = trainPot(of.plan, data, { ...potSettings(of), noise: { seed: 1 }, reduction: 'none', shuffle: false });
    const at = (volume: number): number => apart(run(`intrinsic = tau; volume = ${volume}`).state, exact.state);
    // Deviations go as 1/√volume: a ten-thousandth of the molecules, a hundred times as far off.
    expect(at(1e6)).toBeLessThan(0.05);
    expect(at(100)).toBeGreaterThan(2 * at(1e6));
  });

  it('an interrupted run goes on as if nothing had happened', () => {
    const of = training('rates = lognormal(0.05, dwell); intrinsic = ssa; volume = 40'), settings = potSettings(of);
    const whole = trainPot(of.plan, data, settings);
    const first = new PotTrainer(of.plan, data, settings);
    for (let k = 0; k < 7; k++) first.step();
    const stored = JSON.parse(JSON.stringify(first.checkpoint())) as ReturnType<PotTrainer['checkpoint']>;
    const second = trainPot(of.plan, data, settings, {}, stored);
    expect(second.state).toEqual(whole.state);
    expect(second.history).toEqual(whole.history);
  });

  it('a pot that is lost says where', () => {
    const of = training('intrinsic = langevin; volume = 100', 50);
    const { reason, blowUp } = trainPot(of.plan, data, { ...potSettings(of), rate: 5, bound: 50 });
    expect(reason).toBe('blown up');
    expect(blowUp?.message).toMatch(/^xor\..* has grown beyond 50, in epoch \d+, dwell \d+/);
  });
});
