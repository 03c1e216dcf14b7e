/** Networks written in the language: what the compiler makes is what training reduces, evaluates and trains in silico. */
import { describe, expect, it } from 'vitest';
import { parse } from '../../grammar/index.ts';
import { analyse, type PotPlan } from '../../chemistry/index.ts';
import { silicoTask, trainInSilico, trainPot, type TrainingSettings } from '../index.ts';
import { XOR } from './pots.ts';

function planOf(activation: string, rule = 'gradient'): PotPlan {
  const { trainings, diagnostics } = analyse(parse(`network xor {
  input  x[2]
  layer  hidden[3] = ${activation}
  layer  y[1]      = linear
  weights uniform(-1, 1, seed: 7)
}
data truth_table {
  x[2] -> y[1]
  0 0 -> 0
  0 1 -> 1
  1 0 -> 1
  1 1 -> 0
}
train xor on truth_table {
  where  = pot
  rule   = ${rule}
  rate   = 0.005
  dwell  = 20
  epochs = 300
}
`));
  expect(diagnostics.filter((d) => d.severity === 'error').map((d) => d.message)).toEqual([]);
  const plan = trainings[0]?.plan;
  expect(plan).toBeDefined();
  return plan!;
}

const run: TrainingSettings = { dwell: 20, rate: 0.005, epochs: 3, seed: 1, rtol: 1e-9, atol: 1e-12, evaluation: { every: 3 } };

describe('a compiled network', () => {
  it.each(['smooth_relu(h = 0.1)', 'algebraic_sigmoid(h = 0.2)', 'algebraic_tanh(h = 0.2)'])('is reduced exactly (%s)', (activation) => {
    const plan = planOf(activation), reduced = trainPot(plan, XOR, run), rails = trainPot(plan, XOR, { ...run, reduction: 'none' });
    expect(reduced.withoutReduction).toBeUndefined();
    expect(rails.reduction).toBe('none');
    expect(reduced.evaluation!.loss).toBeCloseTo(rails.evaluation!.loss, 7);
  });

  it.each(['self_annealing', 'sorted', 'sorted_self_annealing'])('with another learning rule runs on its rails (%s)', (rule) => {
    const outcome = trainPot(planOf('smooth_relu(h = 0.1)', rule), XOR, { dwell: 20, epochs: 2, seed: 1 });
    expect(outcome).toMatchObject({ reason: 'epochs', reduction: 'none' });
    expect(outcome.withoutReduction).toContain(rule);
  });

  it.each(['algebraic_tanh(h = 0.2)', 'smooth_relu(h = 0.1)'])('has a gradient through its fixed point that goes downhill (%s)', (activation) => {
    const task = silicoTask(planOf(activation));
    const outcome = trainInSilico(task, XOR, { epochs: 30, seed: 1, optimiser: { kind: 'adam', rate: 0.05 }, batch: 4 });
    expect(outcome.reason).toBe('epochs');
    const losses = outcome.history.map((report) => report.evaluation!.loss);
    expect(losses.at(-1)).toBeLessThan(0.9 * losses[0]!);
  });
});
