/** Which training a command means, and its settings: options win over the text. */
import type { PotPlan, TrainingInfo } from '../../chemistry/index.ts';
import type { NoiseSettings } from '../../simulation/index.ts';
import { UnusableError } from './errors.ts';
import type { Model } from './model.ts';
import { noiseSettings } from './training-noise.ts';
import type { TrainOptions } from './training-protocol.ts';

export interface ChosenTraining {
  readonly plan: PotPlan;
  /** Name of the data statement. */
  readonly data: string;
  readonly where: 'pot' | 'silico';
  readonly settings: Omit<TrainingInfo['settings'], 'noise'> & { readonly noise?: NoiseSettings; readonly reduction: 'auto' | 'none' };
}

/**
 * The training of that name, else the first one of the network of that name; without a name the first one.
 * @throws UnusableError when there is none; FailedError for a noise that is not understood
 */
export function chosenTraining(model: Model, name: string | undefined, { epochs, seed, rails }: TrainOptions): ChosenTraining {
  const { trainings, networks } = model.analysis;
  const found = name === undefined ? trainings[0] : (trainings.find((training) => training.name === name) ?? trainings.find((training) => training.network === name));
  if (found === undefined) throw new UnusableError(`${missing(model.file, name, networks.map((network) => network.name), trainings)} A training is written: train NETWORK on DATA { epochs = 100 }.`);
  const { plan, settings: { noise, ...settings } } = found;
  // Without a plan there was an error, and texts with errors come no further than loading.
  if (plan === undefined) throw new UnusableError(`The training of ${found.network} cannot be run: its network or its data have an error.`);
  const chosen = { ...settings, ...(epochs === undefined ? {} : { epochs }), ...(seed === undefined ? {} : { seed }) };
  return {
    plan, data: found.data, where: settings.where,
    settings: { ...chosen, reduction: rails === true ? 'none' : 'auto', ...(noise === undefined ? {} : { noise: noiseSettings(model, noise, chosen.seed) }) },
  };
}

function missing(file: string, name: string | undefined, networks: readonly string[], trainings: readonly TrainingInfo[]): string {
  if (name === undefined || (trainings.length === 0 && networks.length === 0)) return `${file} has no train statement.`;
  if (networks.includes(name)) return `${file} has no train statement for ${name}.`;
  const known = [...new Set(trainings.flatMap((training) => [...(training.name === undefined ? [] : [training.name]), training.network]))];
  return `There is no training and no network “${name}” in ${file}.${known.length === 0 ? '' : ` It trains ${known.join(', ')}.`}`;
}
