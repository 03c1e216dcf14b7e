/** What a run is asked to do: the experiment's settings in the text, and the options that override them. */
import type { Experiment, Network } from '../../chemistry/index.ts';
import type { MethodName } from '../../simulation/index.ts';
import { UnusableError } from './errors.ts';

export const METHODS: readonly MethodName[] = ['auto', 'tsit5', 'bdf'];

export interface RunOptions {
  /** End time, or the fixed point. */
  readonly until?: number | 'fixed point';
  readonly method?: MethodName;
  readonly rtol?: number;
  readonly atol?: number;
  readonly points?: number;
  /** Parameters and initial values. */
  readonly set?: readonly (readonly [string, number])[];
}

/** Where nobody said how long. */
export const DEFAULT_END = 100;
export const DEFAULT_POINTS = 101;
export const MOST_POINTS = 1_000_000;

/**
 * The experiment of a name; without a name the first one, if there is any.
 * @throws UnusableError when there is none of that name.
 */
export function experimentNamed(network: Network, name: string | undefined): Experiment | undefined {
  if (name === undefined) return network.experiments[0];
  const found = network.experiments.find((experiment) => experiment.name === name);
  if (found !== undefined) return found;
  const names = network.experiments.map((experiment) => experiment.name);
  throw new UnusableError(`There is no simulation “${name}”. ${names.length === 0 ? 'The file has no simulate statement.' : `The file has ${names.join(', ')}.`}`);
}

export interface RunSettings {
  readonly until: number | 'fixed point';
  /** False when the end time was nobody's wish. */
  readonly endGiven: boolean;
  readonly method: MethodName;
  readonly rtol: number | undefined;
  readonly atol: number | undefined;
  readonly points: number;
  /** Names to show; empty: all. */
  readonly plot: readonly string[];
  /** Groups of reactions that are switched off. */
  readonly off: readonly string[];
}

/**
 * Options win over the experiment's settings, those over the defaults.
 * @throws UnusableError for a method that this command does not have, and for times and tolerances that make no sense.
 */
export function settingsOf(experiment: Experiment | undefined, options: RunOptions): RunSettings {
  const number = (key: string): number | undefined => {
    const value = experiment?.settings.get(key);
    if (value?.kind !== 'number') return undefined;
    const tolerance = key === 'rtol' || key === 'atol';
    if (!Number.isFinite(value.value) || (tolerance ? value.value < 0 : value.value <= 0)) {
      throw new UnusableError(`The simulation “${experiment?.name ?? ''}” has ${key} = ${value.value}; that must be a number ${tolerance ? 'of 0 or more' : 'above 0'}.`);
    }
    return value.value;
  };
  const words = (key: string): readonly string[] => {
    const value = experiment?.settings.get(key);
    return value?.kind === 'words' ? value.items : value?.kind === 'word' ? [value.text] : [];
  };
  const until = options.until ?? number('t') ?? number('until') ?? (words('until')[0] === 'fixed_point' ? 'fixed point' : undefined);
  const wanted = words('method')[0];
  const method = options.method ?? METHODS.find((name) => name === wanted) ?? 'auto';
  if (options.method === undefined && wanted !== undefined && method !== wanted) {
    throw new UnusableError(`This command has no method “${wanted}”; choose one with --method: ${METHODS.join(', ')}.`);
  }
  return {
    until: until ?? DEFAULT_END,
    endGiven: until !== undefined,
    method,
    rtol: options.rtol ?? number('rtol'),
    atol: options.atol ?? number('atol'),
    points: options.points ?? pointsOf(number('points')),
    plot: words('plot'),
    off: words('off'),
  };
}

function pointsOf(setting: number | undefined): number {
  return setting === undefined ? DEFAULT_POINTS : Math.min(MOST_POINTS, Math.max(1, Math.round(setting)));
}
