/** Noise in the pot: what is multiplied, how often, by how much; that seeds decide; that the reduction knows when to step back. */
import { describe, expect, it } from 'vitest';
import { initialState, parameterValues, rateConstants, unroll } from '../../chemistry/index.ts';
import { PotTrainer, readWeights, trainPot, type NoiseSettings, type TrainingSettings } from '../index.ts';
import { drawFactors, withFactors } from '../training/noise.ts';
import { streamOf } from '../training/streams.ts';
import { potPlan, XOR } from './pots.ts';

const run: TrainingSettings = { dwell: 20, epochs: 2, seed: 4 };
const plan = potPlan({ widths: [2, 3, 1], seed: 3 });
const rates = (more: Partial<NonNullable<NoiseSettings['rates']>> = {}, seed = 1): NoiseSettings =>
  ({ seed, rates: { distribution: 'normal', size: 0.1, when: 'frozen', per: 'reaction', ...more } });
const weights = (state: Float64Array): number[] => readWeights(plan, state).flatMap((part) => [...part]);

describe('factors of rate constants', () => {
  const plain = unroll(plan.network), constants = rateConstants(plan.network, plain, parameterValues(plan.network));
  const ratios = (per: 'reaction' | 'module', groups?: readonly string[]): number[] => {
    const noise = { distribution: 'lognormal', size: 0.2, when: 'frozen', per } as const;
    const { network, factors } = withFactors(plan.network, { per, ...(groups === undefined ? {} : { groups }) }), values = parameterValues(network);
    const before = rateConstants(network, unroll(network), values);
    expect([...before]).toEqual([...constants]);
    drawFactors(factors, noise, streamOf(5, 'rates'), values);
    return [...rateConstants(network, unroll(network), values)].map((k, r) => (constants[r] === 0 ? NaN : k / constants[r]!));
  };

  it('are one for every single reaction', () => {
    const all = ratios('reaction').filter((ratio) => !Number.isNaN(ratio));
    expect(new Set(all.map((ratio) => ratio.toFixed(9))).size).toBe(all.length);
    const logs = all.map(Math.log), mean = logs.reduce((a, b) => a + b, 0) / logs.length, deviation = Math.sqrt(logs.reduce((a, b) => a + (b - mean) ** 2, 0) / logs.length);
    // Five standard errors.
    expect(Math.abs(mean)).toBeLessThan(5 * 0.2 / Math.sqrt(all.length));
    expect(Math.abs(deviation - 0.2)).toBeLessThan(5 * 0.2 / Math.sqrt(2 * all.length));
  });

  it('are one for all reactions of a module: both rails, every index', () => {
    const all = ratios('module');
    plan.network.families.forEach((_, f) => {
      const part = new Set(all.slice(plain.familyStart[f], plain.familyStart[f + 1]).map((ratio) => ratio.toFixed(12)));
      expect(part.size).toBe(1);
    });
    // Y⁺ making H and Y⁻ removing it are one module in two families.
    expect(new Set(all.filter((ratio) => !Number.isNaN(ratio)).map((ratio) => ratio.toFixed(12))).size).toBeLessThan(plan.network.families.length);
  });

  it('leave other groups alone', () => {
    const all = ratios('reaction', ['update']);
    plan.network.families.forEach((family, f) => {
      for (const ratio of all.slice(plain.familyStart[f], plain.familyStart[f + 1])) if (!Number.isNaN(ratio)) expect(ratio === 1).toBe(!family.groups.includes('update'));
    });
  });
});

describe('a noisy run', () => {
  it('is decided by its seed', () => {
    const a = trainPot(plan, XOR, { ...run, noise: rates() }), again = trainPot(plan, XOR, { ...run, noise: rates() });
    const b = trainPot(plan, XOR, { ...run, noise: rates({}, 2) }), without = trainPot(plan, XOR, { ...run, reduction: 'none' });
    expect(a).toMatchObject({ reduction: 'none', reason: 'epochs' });
    expect(again.state).toEqual(a.state);
    expect(b.state).not.toEqual(a.state);
    expect(trainPot(plan, XOR, { ...run, noise: rates({ size: 0 }) }).state).toEqual(without.state);
  });

  it('redrawn every dwell differs from frozen', () => {
    const frozen = trainPot(plan, XOR, { ...run, noise: rates() }), redrawn = trainPot(plan, XOR, { ...run, noise: rates({ when: 'dwell' }) });
    expect(redrawn.reason).toBe('epochs');
    expect(redrawn.state).not.toEqual(frozen.state);
  });

  it('per module keeps the reduction, and it is exact', () => {
    const settings: TrainingSettings = { ...run, epochs: 5, rtol: 1e-10, atol: 1e-13, noise: rates({ per: 'module', size: 0.3 }) };
    const reduced = trainPot(plan, XOR, settings), rails = trainPot(plan, XOR, { ...settings, reduction: 'none' });
    expect(reduced.reduction).toBe('differences');
    expect(rails.reduction).toBe('none');
    const of = weights(rails.state), clean = weights(trainPot(plan, XOR, { ...settings, noise: rates({ per: 'module', size: 0 }) }).state);
    weights(reduced.state).forEach((w, i) => { expect(Math.abs(w - of[i]!)).toBeLessThan(1e-8); });
    expect(Math.max(...of.map((w, i) => Math.abs(w - clean[i]!)))).toBeGreaterThan(1e-3);
    expect(trainPot(plan, XOR, { ...settings, epochs: 1, noise: rates({ per: 'module', when: 'dwell' }) }).withoutReduction).toMatch(/every dwell/);
  });

  it.each(['weights', 'fast', 'all'] as const)('kicks %s when a dwell begins', (species) => {
    // A dwell too short for anything to happen: what has changed is the kick.
    const trainer = new PotTrainer(plan, XOR, { ...run, dwell: 1e-9, rate: 0, noise: { seed: 3, concentrations: { distribution: 'lognormal', size: 0.1, species } } });
    expect(trainer.withoutReduction).toMatch(/concentrations/);
    const before = initialState(plan.network);
    trainer.step();
    const after = trainer.pot.state(), learnt = new Set(plan.layers.flatMap((layer) => [layer.weights, layer.biases]));
    for (const block of plan.network.blocks) {
      if (block.id === plan.inputs || block.id === plan.targets) continue;
      const kicked = species === 'all' || (species === 'weights') === learnt.has(block.id);
      for (let i = block.offset; i < block.offset + block.size; i++) {
        if (before[i] === 0) continue;
        const moved = Math.abs(Math.log(after[i]! / before[i]!));
        if (kicked) expect(moved).toBeGreaterThan(1e-5);
        else expect(moved).toBeLessThan(1e-6);
        expect(moved).toBeLessThan(0.6);
      }
    }
  });

  it('learns XOR with constants that change by 2 % every dwell', () => {
    const outcome = trainPot(potPlan({ widths: [2, 4, 1], seed: 6 }), XOR, {
      dwell: 20, epochs: 300, seed: 6, noise: rates({ when: 'dwell', size: 0.02 }), stop: { loss: 0.02 }, evaluation: { every: 10 },
    });
    expect(outcome).toMatchObject({ reason: 'target loss', reduction: 'none' });
    expect(outcome.evaluation!.accuracy).toBe(1);
  });

  it('deviates in proportion to small noise', () => {
    const deviation = (size: number): number => {
      const settings: TrainingSettings = { ...run, epochs: 1, rtol: 1e-9, atol: 1e-12 };
      const clean = trainPot(plan, XOR, { ...settings, noise: rates({ size: 0 }) }).state, noisy = trainPot(plan, XOR, { ...settings, noise: rates({ size }) }).state;
      return Math.max(...plan.layers.map(({ activity }) => {
        const { offset, size: count } = plan.network.blocks[activity]!;
        return Math.max(...Array.from({ length: count }, (_, k) => Math.abs(clean[offset + k]! - noisy[offset + k]!)));
      }));
    };
    const sizes = [1e-4, 1e-3, 1e-2], found = sizes.map(deviation);
    for (let k = 1; k < sizes.length; k++) expect(Math.log10(found[k]! / found[k - 1]!)).toBeCloseTo(1, 1);
  });
});
