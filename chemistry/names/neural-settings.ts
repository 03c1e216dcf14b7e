/** What networks, data, trainings, noises and sweeps may set. One table for the checker, completion and hovers. */
import { marked, type Text } from '../../l10n/index.ts';
import type { NumberRange } from './settings.ts';

const ABOVE_ZERO: NumberRange = { words: marked('a number above 0'), holds: (value) => value > 0 && Number.isFinite(value) };
const FROM_ZERO: NumberRange = { words: marked('a number from 0 on'), holds: (value) => value >= 0 && Number.isFinite(value) };
const COUNT: NumberRange = { words: marked('a whole number from 1 on'), holds: (value) => value >= 1 && Number.isSafeInteger(value) };
const SEED: NumberRange = { words: marked('a whole number from 0 on'), holds: (value) => value >= 0 && Number.isSafeInteger(value) };

export interface NeuralSettingSpec {
  readonly name: string;
  /**
   * `start`: a number, uniform(a, b, seed: n) or normal(mean, sd, seed: n); `noise`: the name of a noise; `columns`: a recipe for columns;
   * `distribution`: lognormal or normal with their arguments; `quantities`: species.
   */
  readonly kind: 'word' | 'number' | 'start' | 'noise' | 'columns' | 'distribution' | 'quantities';
  readonly words?: readonly string[];
  readonly range?: NumberRange;
  readonly about: Text;
}

export const NETWORK_SETTINGS: readonly NeuralSettingSpec[] = [
  { name: 'form', kind: 'word', words: ['rails', 'constants'], about: marked('How weights are kept: rails (species on two rails, which reactions can train) or constants (rate constants). rails when left out.') },
  { name: 'loss', kind: 'word', words: ['squared', 'normalised'], about: marked('What training lowers: the squared error, or the squared error of the outputs’ shares of a pool, for classes.') },
  { name: 'forward', kind: 'word', words: ['bimolecular', 'termolecular'], about: marked('For weights on rails. bimolecular: W + x makes the weighted input y, which drives the units; termolecular: W + x + unit -> W + x + 2 unit, without y, where the activation allows it. bimolecular when left out.') },
  { name: 'κ', kind: 'number', range: ABOVE_ZERO, about: marked('Rate at which rails annihilate, 10 when left out.') },
  { name: 'κ_error', kind: 'number', range: ABOVE_ZERO, about: marked('Rate at which the rails of errors annihilate; κ for gradient, 1000 for the other rules when left out.') },
  { name: 'biases', kind: 'start', about: marked('How biases start: a number, uniform(…) or normal(…); 0 when left out, from where small networks learn most surely.') },
  { name: 'inputs', kind: 'word', words: ['nonnegative', 'signed'], about: marked('Whether inputs are one species each or on two rails; by the data when left out.') },
];

export const TRAIN_SETTINGS: readonly NeuralSettingSpec[] = [
  { name: 'where', kind: 'word', words: ['pot', 'silico'], about: marked('pot: by reactions; silico: by the adjoint gradient through the fixed point.') },
  { name: 'rule', kind: 'word', words: ['gradient', 'self_annealing', 'sorted', 'sorted_self_annealing'], about: marked('Which reactions change the weights; gradient when left out.') },
  { name: 'rate', kind: 'number', range: ABOVE_ZERO, about: marked('Learning rate η, 0.005 when left out.') },
  { name: 'dwell', kind: 'number', range: ABOVE_ZERO, about: marked('How long each sample is shown, 20 when left out.') },
  { name: 'epochs', kind: 'number', range: COUNT, about: marked('How often all samples are shown, 100 when left out.') },
  { name: 'decay', kind: 'number', range: FROM_ZERO, about: marked('Weight decay λ (L2).') },
  { name: 'seed', kind: 'number', range: SEED, about: marked('Seed of the order of the samples and of noise, and of the weights where the network names no seed of its own; 1 when left out.') },
  { name: 'order', kind: 'word', words: ['shuffled', 'cyclic'], about: marked('Order of the samples in an epoch; shuffled when left out.') },
  { name: 'noise', kind: 'noise', about: marked('A noise statement by its name, noise = jitter; none when left out.') },
  { name: 'every', kind: 'number', range: COUNT, about: marked('Evaluate after so many epochs, 1 when left out.') },
  { name: 'stop', kind: 'number', range: ABOVE_ZERO, about: marked('Stop when the loss of an evaluation is below this.') },
  { name: 'optimizer', kind: 'word', words: ['sgd', 'adam'], about: marked('How in-silico training steps: sgd, plain gradient descent, when left out, or adam.') },
  { name: 'batch', kind: 'number', range: COUNT, about: marked('Samples a step of in-silico training, 1 when left out.') },
];

export const DATA_SETTINGS: readonly NeuralSettingSpec[] = [
  { name: 'x', kind: 'columns', about: marked('Inputs: columns(1..4), pixels, standardize(…), scale(…, 0, 1).') },
  { name: 'y', kind: 'columns', about: marked('Targets: column("name"), labels, onehot(…).') },
  { name: 'test', kind: 'columns', about: marked('Held-out rows from a file of their own, csv("…") or idx("…", "…"), instead of a split.') },
  { name: 'header', kind: 'word', words: ['true', 'false'], about: marked('Whether the first row of a table holds names; by its text when left out.') },
  { name: 'delimiter', kind: 'columns', about: marked('What stands between the cells of a table: ",", ";", "|", " " or "tab"; by its text when left out.') },
];

export const NOISE_SETTINGS: readonly NeuralSettingSpec[] = [
  { name: 'rates', kind: 'distribution', words: ['lognormal', 'normal'], about: marked('Rate constants times a random factor: lognormal(0.1, frozen, per: reaction). dwell for frozen: drawn anew for every sample; per: module: one factor for both rails; group: update, backward or forward: only these reactions.') },
  { name: 'concentrations', kind: 'distribution', words: ['lognormal', 'normal'], about: marked('Concentrations times a random factor whenever a sample is poured in: lognormal(0.02, every: dwell). species: weights or fast: only these.') },
  { name: 'intrinsic', kind: 'word', words: ['ssa', 'tau', 'langevin'], about: marked('Molecules in place of concentrations: event by event (ssa), in leaps (tau), or by the chemical Langevin equation. Needs volume.') },
  { name: 'volume', kind: 'number', range: ABOVE_ZERO, about: marked('Molecules per unit of concentration, for intrinsic noise.') },
];

/** What a sweep has besides the settings of its training. */
export const SWEEP_SETTINGS: readonly NeuralSettingSpec[] = [
  { name: 'replicas', kind: 'number', range: COUNT, about: marked('How often every combination is run, each time with other seeds; 1 when left out.') },
  { name: 'plot', kind: 'quantities', about: marked('For a simulation: the species whose values at the end are written down; what the simulation plots when left out.') },
];

/** Defaults of a training, where the text says nothing. */
export const TRAIN_DEFAULTS = { where: 'pot', rule: 'gradient', rate: 0.005, dwell: 20, epochs: 100, seed: 1, order: 'shuffled' } as const;

export function neuralSettingNamed(list: readonly NeuralSettingSpec[], name: string): NeuralSettingSpec | undefined {
  return list.find((setting) => setting.name === name);
}
