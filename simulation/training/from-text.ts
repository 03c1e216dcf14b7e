/** A training as a text describes it → the settings of a trainer. */
import type { NoiseSpec, PotPlan, RunnableTraining } from '../../chemistry/index.ts';
import type { SilicoSettings } from './silico.ts';
import type { NoiseSettings, TrainingSettings } from './types.ts';

/** Noise on a network whose groups have the plan's names; everything drawn comes from the seed. */
export function noiseSettings({ rates, concentrations, intrinsic }: NoiseSpec, plan: Pick<PotPlan, 'groups'>, seed: number): NoiseSettings {
  const { group, ...drawn } = rates ?? {};
  return {
    seed, ...(rates === undefined ? {} : { rates: { ...(drawn as Omit<typeof rates, 'group'>), ...(group === undefined ? {} : { groups: [plan.groups[group]] }) } }),
    ...(concentrations === undefined ? {} : { concentrations }), ...(intrinsic === undefined ? {} : { intrinsic }),
  };
}

/** For `PotTrainer`. @param rails integrate all rails even where their differences are exact */
export function potSettings({ plan, settings, noise }: RunnableTraining, rails = false): TrainingSettings {
  const { epochs, seed, dwell, rate, decay, order, every, stop } = settings;
  return {
    epochs, seed, dwell, rate, shuffle: order === 'shuffled', reduction: rails ? 'none' : 'auto',
    ...(decay === undefined || decay === 0 ? {} : { decay }), ...(noise === undefined ? {} : { noise: noiseSettings(noise, plan, seed) }),
    ...(every === undefined ? {} : { evaluation: { every } }), ...(stop === undefined ? {} : { stop: { loss: stop } }),
  };
}

/** For `SilicoTrainer`. */
export function silicoSettings({ settings }: Pick<RunnableTraining, 'settings'>): SilicoSettings {
  const { epochs, seed, rate, decay, optimizer = 'sgd', batch, stop, every } = settings;
  return {
    epochs, seed, optimiser: { kind: optimizer, rate, ...(decay === undefined ? {} : { decay }) },
    ...(batch === undefined ? {} : { batch }), ...(stop === undefined ? {} : { stop: { loss: stop } }), ...(every === undefined ? {} : { every }),
  };
}
