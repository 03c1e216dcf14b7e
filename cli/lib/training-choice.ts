/** Which training a command means, and its settings: options win over the text. */
import type { RunnableTraining, TrainingInfo } from '../../chemistry/index.ts';
import { UnusableError } from './errors.ts';
import type { Model } from './model.ts';
import type { TrainOptions } from './training-protocol.ts';

export interface ChosenTraining extends RunnableTraining {
  /** Name of the data statement. */
  readonly data: string;
  readonly where: 'pot' | 'silico';
}

/**
 * The training of that name, else the first one of the network of that name; without a name the first one.
 * @throws UnusableError when there is none
 */
export function chosenTraining(model: Model, name: string | undefined, { epochs, seed }: Pick<TrainOptions, 'epochs' | 'seed'>): ChosenTraining {
  const { trainings, networks } = model.analysis;
  const found = name === undefined ? trainings[0] : (trainings.find((training) => training.name === name) ?? trainings.find((training) => training.network === name));
  if (found === undefined) throw new UnusableError(`${missing(model.file, name, networks.map((network) => network.name), trainings)} A training is written: train NETWORK on DATA { epochs = 100 }.`);
  return runnable(found, new Map([...(epochs === undefined ? [] : [['epochs', epochs] as const]), ...(seed === undefined ? [] : [['seed', seed] as const])]));
}

/** A training with some of its settings changed. @throws UnusableError when its text has an error */
export function runnable(found: TrainingInfo, values: ReadonlyMap<string, number | string> = new Map()): ChosenTraining {
  // Without it there was an error, and texts with errors come no further than loading.
  if (found.vary === undefined) throw new UnusableError(`The training of ${found.network} cannot be run: its network or its data have an error.`);
  const training = found.vary({ values });
  return { ...training, data: found.data, where: training.settings.where };
}

function missing(file: string, name: string | undefined, networks: readonly string[], trainings: readonly TrainingInfo[]): string {
  if (name === undefined || (trainings.length === 0 && networks.length === 0)) return `${file} has no train statement.`;
  if (networks.includes(name)) return `${file} has no train statement for ${name}.`;
  const known = [...new Set(trainings.flatMap((training) => [...(training.name === undefined ? [] : [training.name]), training.network]))];
  return `There is no training and no network “${name}” in ${file}.${known.length === 0 ? '' : ` It trains ${known.join(', ')}.`}`;
}
