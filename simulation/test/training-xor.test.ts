/** The sample of XOR as it is written: what it promises for its first eight seeds, and that a long dwell keeps what it learnt. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse, type PotPlan } from '../../chemistry/index.ts';
import { parse } from '../../grammar/index.ts';
import { trainPot } from '../index.ts';
import { XOR } from './pots.ts';

const sample = readFileSync(join(import.meta.dirname, '../../samples/xor.crn'), 'utf8');

function planOf(seed: number, settings = ''): PotPlan {
  const text = sample.replace('seed: 7)', `seed: ${seed})${settings}`);
  expect(text).toContain(`seed: ${seed})`);
  const plan = analyse(parse(text)).trainings[0]?.plan;
  expect(plan).toBeDefined();
  return plan!;
}

describe('samples/xor.crn', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('learns to a mean square error below 0.01 within 500 epochs, seed %i', (seed) => {
    const { reason, epochs, evaluation } = trainPot(planOf(seed), XOR, { dwell: 20, rate: 0.005, epochs: 500, seed, stop: { loss: 0.01 }, evaluation: { every: 5 } });
    expect(reason).toBe('target loss');
    expect(epochs).toBeLessThanOrEqual(500);
    expect(evaluation).toMatchObject({ accuracy: 1 });
  });

  it('with a dwell of 100 stays as it learnt for 1000 epochs', () => {
    const outcome = trainPot(planOf(3, '\n  κ_error = 1000'), XOR, { dwell: 100, rate: 0.001, epochs: 1000, seed: 3, evaluation: { every: 20 } });
    expect(outcome.reason).toBe('epochs');
    const late = outcome.history.filter(({ epoch, evaluation }) => epoch >= 500 && evaluation !== undefined).map(({ evaluation }) => evaluation!.loss);
    expect(late).toHaveLength(26);
    expect(Math.max(...late)).toBeLessThan(0.02);
  });

  it('with leaky ReLUs turns stiff only after the first sample, in which everything is at rest, and is trained all the same', () => {
    const text = sample.replace('smooth_relu(h = 0.1)', 'leaky_relu(α = 0.01)'), plan = analyse(parse(text)).trainings[0]?.plan;
    expect(plan).toBeDefined();
    const outcome = trainPot(plan!, XOR, { dwell: 20, rate: 0.005, epochs: 3, seed: 1, shuffle: false, evaluation: { every: 3, until: 50 } });
    expect(outcome).toMatchObject({ reason: 'epochs', reduction: 'none', method: 'bdf' });
  });
});
