/** One training of many: settings, noise, constants of the network and seeds other than the text has them. */
import type { NoiseSpec } from './read-noise.ts';
import { withRuleDecay } from './read-training.ts';
import type { TrainingSettings } from './read-training.ts';
import type { LayerSpec, NetworkSpec, TrainingSpec, WeightStart } from './spec.ts';

/** A training as the text has it, before anything follows from its settings. */
export interface TrainingText {
  /** The network without its training. */
  readonly base: NetworkSpec;
  readonly written: TrainingSettings;
  readonly noise?: NoiseSpec;
}

export interface Variation {
  /** By name: settings of a training, `noise`, `concentrations`, `volume`, `κ`, `κ_error`, constants of the layers' activations. */
  readonly values?: ReadonlyMap<string, number | string>;
  /** From 0. Replica r has the seeds of the text, each moved on by r. */
  readonly replica?: number;
}

/** A training that can be run. */
export interface VariedTraining {
  readonly spec: NetworkSpec;
  readonly settings: TrainingSettings;
  readonly noise?: NoiseSpec;
}

/** Noise of a size where nothing says which noise. */
export const usualNoise = (size: number): NoiseSpec => ({ rates: { distribution: 'lognormal', size, when: 'frozen', per: 'reaction' } });

/** Arrays of weights and biases have seeds one after the other: a step from seed to seed is wide enough for all of them. */
const SEED_STEP = 100;

export function varied({ base, written, noise }: TrainingText, { values = new Map(), replica = 0 }: Variation = {}): VariedTraining {
  let settings = written;
  let spec = base;
  let noisy = noise;
  for (const [name, value] of values) {
    if (name === 'noise' || name === 'concentrations' || name === 'volume') noisy = withSize(noisy, name, Number(value));
    else if (name === 'κ') spec = { ...spec, κ: Number(value) };
    else if (name === 'κ_error') spec = { ...spec, κError: Number(value) };
    else if (constantsOf(base).has(name)) spec = { ...spec, layers: spec.layers.map((layer) => withConstant(layer, name, Number(value))) };
    else settings = { ...settings, [name]: value };
  }
  settings = withRuleDecay({ ...settings, seed: settings.seed + replica });
  const seeded = (start: WeightStart): WeightStart => {
    if (start.kind === 'value') return start;
    const steps = start.unnamed === true ? settings.seed - 1 : replica;
    return steps === 0 ? start : { ...start, seed: start.seed + SEED_STEP * steps };
  };
  spec = { ...spec, weights: seeded(spec.weights), biases: seeded(spec.biases), ...(settings.where === 'pot' ? { training: trainingSpec(settings) } : {}) };
  const left = noisy === undefined ? undefined : withoutSilence(noisy);
  return { spec, settings, ...(left === undefined ? {} : { noise: left }) };
}

function trainingSpec(settings: TrainingSettings): TrainingSpec {
  return { rule: settings.rule, rate: settings.rate, ...(settings.decay === undefined || settings.decay === 0 ? {} : { decay: settings.decay }) };
}

/** Names of the constants that the layers' activations have. */
export function constantsOf(spec: NetworkSpec): ReadonlySet<string> {
  return new Set(spec.layers.flatMap(({ activation }) => [...activation.constants.keys()]));
}

function withConstant(layer: LayerSpec, name: string, value: number): LayerSpec {
  const { activation } = layer;
  if (!activation.constants.has(name)) return layer;
  return { ...layer, activation: { ...activation, constants: new Map(activation.constants).set(name, value) } };
}

/** `noise` is the size on rates, or on concentrations where the noise has none on rates; rates where nothing is noisy yet. */
function withSize(noise: NoiseSpec | undefined, name: 'noise' | 'concentrations' | 'volume', value: number): NoiseSpec {
  if (name === 'volume') return noise?.intrinsic === undefined ? (noise ?? {}) : { ...noise, intrinsic: { ...noise.intrinsic, volume: value } };
  if (noise?.concentrations !== undefined && (name === 'concentrations' || noise.rates === undefined)) return { ...noise, concentrations: { ...noise.concentrations, size: value } };
  if (name === 'concentrations') return { ...noise, concentrations: { distribution: 'lognormal', size: value, species: 'all' } };
  return { ...noise, rates: { ...(noise?.rates ?? usualNoise(value).rates!), size: value } };
}

/** Noise of size 0 is none: then the exact reductions hold. */
function withoutSilence({ rates, concentrations, intrinsic }: NoiseSpec): NoiseSpec | undefined {
  const loud = {
    ...(rates === undefined || rates.size === 0 ? {} : { rates }), ...(concentrations === undefined || concentrations.size === 0 ? {} : { concentrations }),
    ...(intrinsic === undefined ? {} : { intrinsic }),
  };
  return Object.keys(loud).length === 0 ? undefined : loud;
}
