/** What the page is told of the `train` statements of a text. */
import type { Analysis, PotPlan, TrainingInfo } from '../../../chemistry/index.ts';
import type { TrainingSummary, TrainingValues } from '../../training-protocol.ts';

/** Its name, or `xor on truth_table`; a second one of the same kind is numbered. */
export function trainingKeys(trainings: readonly TrainingInfo[]): readonly string[] {
  const taken = new Set<string>();
  return trainings.map(({ name, network, data }) => {
    const base = name ?? `${network} on ${data}`;
    let key = base;
    for (let k = 2; taken.has(key); k++) key = `${base} (${k})`;
    taken.add(key);
    return key;
  });
}

/** Constants of the activations, the first of each name. */
function constantsOf({ layers }: PotPlan): TrainingValues {
  const constants: Record<string, number> = {};
  for (const { activation } of layers) {
    if (activation === 'linear') continue;
    for (const [name, value] of activation.constants) constants[name] ??= value;
  }
  return constants;
}

export function valuesOf({ settings, noise }: TrainingInfo, plan: PotPlan): TrainingValues {
  const { rate, dwell, decay, seed, where } = settings;
  return {
    rate, ...(where === 'pot' ? { dwell } : {}), ...constantsOf(plan), decay: decay ?? 0,
    ...(where === 'pot' ? { noise: noise?.rates?.size ?? noise?.concentrations?.size ?? 0 } : {}), seed,
  };
}

/** Those that can be run. */
export function summariseTrainings({ trainings }: Analysis): readonly TrainingSummary[] {
  const keys = trainingKeys(trainings);
  return trainings.flatMap((training, i): TrainingSummary[] => {
    const { plan, place, settings } = training;
    if (plan === undefined) return [];
    return [{
      key: keys[i]!, network: training.network, data: training.data, where: settings.where, epochs: settings.epochs, values: valuesOf(training, plan),
      layers: plan.layers.map(({ name, units, fanIn }) => ({ name, units, fanIn })),
      place: { uri: place.file ?? null, start: place.unit.start + place.span.start, end: place.unit.start + place.span.end },
    }];
  });
}
