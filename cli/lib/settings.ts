/** What a run is asked to do: the experiment's settings in the text, and the options that override them. */
import { dependsOnTime, type EndCondition, type Experiment, type Network } from '../../chemistry/index.ts';
import type { MethodName } from '../../simulation/index.ts';
import { UnusableError } from './errors.ts';
import { DEFAULT_END, DEFAULT_POINTS, METHODS, MOLECULE_METHODS, MOST_POINTS, type MoleculeMethod } from './limits.ts';

export interface RunOptions {
  /** End time, or the fixed point. */
  readonly until?: number | 'fixed point';
  /** Ends the run when it first holds; in the place of the experiment's own. */
  readonly condition?: string;
  readonly method?: MethodName | MoleculeMethod;
  readonly rtol?: number;
  readonly atol?: number;
  readonly points?: number;
  /** Parameters and initial values. */
  readonly set?: readonly (readonly [string, number])[];
  /** Of runs molecule by molecule, and of starts. */
  readonly seed?: number;
  readonly volume?: number;
  readonly replicas?: number;
  /** Results in molecules instead of concentrations. */
  readonly molecules?: boolean;
  readonly starts?: number;
}

/** What a run molecule by molecule has beside its end. */
export interface MoleculeSettings {
  readonly method: MoleculeMethod;
  readonly volume: number;
  readonly seed: number;
  readonly replicas: number;
  readonly output: 'concentration' | 'molecules';
}

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
  /** With a condition the latest end: where it is 'fixed point', the run ends where it comes to rest. */
  readonly until: number | 'fixed point';
  /** Ends the run when it first holds: the experiment's, or that of `--until`. */
  readonly condition?: EndCondition;
  /** False when the end time was nobody's wish. */
  readonly endGiven: boolean;
  /** Of the rate equations; without effect where `molecules` is set. */
  readonly method: MethodName;
  /** Set when the run goes molecule by molecule. */
  readonly molecules?: MoleculeSettings;
  /** Starts of a run to the fixed point, and the seed of the random ones. */
  readonly starts: number;
  readonly seed: number;
  readonly rtol: number | undefined;
  readonly atol: number | undefined;
  /** Where `atol` is not given: a part of the largest initial value. */
  readonly atolOfLargest?: number;
  readonly points: number;
  /** Names to show; empty: all. */
  readonly plot: readonly string[];
  /** Groups of reactions that are switched off. */
  readonly off: readonly string[];
}

/**
 * Options win over the experiment's settings, those over the defaults.
 * @param condition that of `options.condition`, as it was read
 * @throws UnusableError for a method that this command does not have, and for times and tolerances that make no sense.
 */
export function settingsOf(experiment: Experiment | undefined, options: RunOptions, condition = ownCondition(experiment, options)): RunSettings {
  const number = (key: string): number | undefined => {
    const value = experiment?.settings.get(key);
    if (value?.kind !== 'number') return undefined;
    const fromZero = key === 'atol' || key === 'seed';
    if (!Number.isFinite(value.value) || (fromZero ? value.value < 0 : value.value <= 0)) {
      throw new UnusableError(`The simulation “${experiment?.name ?? ''}” has ${key} = ${value.value}; that must be a number ${fromZero ? 'of 0 or more' : 'above 0'}.`);
    }
    return value.value;
  };
  const words = (key: string): readonly string[] => {
    const value = experiment?.settings.get(key);
    return value?.kind === 'words' ? value.items : value?.kind === 'word' ? [value.text] : [];
  };
  const until = options.until ?? number('t') ?? number('until') ?? (words('until')[0] === 'fixed_point' || condition !== undefined ? 'fixed point' : undefined);
  const wanted = options.method ?? words('method')[0] ?? 'auto';
  const method = METHODS.find((name) => name === wanted);
  const byMolecules = MOLECULE_METHODS.find((name) => name === wanted);
  if (method === undefined && byMolecules === undefined) {
    throw new UnusableError(`This command has no method “${wanted}”; choose one with --method: ${[...METHODS, ...MOLECULE_METHODS].join(', ')}.`);
  }
  const starts = Math.round(options.starts ?? number('starts') ?? 1), seed = options.seed ?? number('seed') ?? 1;
  if (condition !== undefined && until === 'fixed point') refuseWaiting(condition, byMolecules);
  refuseUseless(options, byMolecules, until, starts);
  return {
    until: until ?? DEFAULT_END,
    ...(condition === undefined ? {} : { condition }),
    endGiven: until !== undefined,
    method: method ?? 'auto',
    ...(byMolecules === undefined ? {} : {
      molecules: {
        method: byMolecules, seed, volume: options.volume ?? number('volume') ?? 1, replicas: Math.round(options.replicas ?? number('replicas') ?? 1),
        output: options.molecules === true ? 'molecules' : 'concentration',
      },
    }),
    starts,
    seed,
    rtol: options.rtol ?? number('rtol'),
    atol: options.atol ?? number('atol'),
    points: options.points ?? pointsOf(number('points')),
    plot: words('plot'),
    off: words('off'),
  };
}

/** The experiment's, unless an end is given by `--until`. */
function ownCondition(experiment: Experiment | undefined, options: RunOptions): EndCondition | undefined {
  const value = experiment?.settings.get('until');
  return value?.kind === 'condition' && options.until === undefined && options.condition === undefined ? value.condition : undefined;
}

/** A condition without a latest end, where the run cannot end by coming to rest. */
function refuseWaiting(condition: EndCondition, byMolecules: MoleculeMethod | undefined): void {
  const why = byMolecules !== undefined ? `with --method ${byMolecules} molecules go on reacting for ever` : dependsOnTime(condition) ? 'it depends on time' : undefined;
  if (why !== undefined) throw new UnusableError(`“${condition.text}” may be waited for for ever: ${why}. Give the latest end in a simulate statement: simulate { t = 100 }.`);
}

/** Options that would be passed over in silence. */
function refuseUseless(options: RunOptions, byMolecules: MoleculeMethod | undefined, until: RunSettings['until'] | undefined, starts: number): void {
  if (byMolecules !== undefined) {
    if (until === 'fixed point') throw new UnusableError(`With --method ${byMolecules} molecules go on reacting for ever, so there is no fixed point to run to. Give an end time: --until 100.`);
    for (const key of ['rtol', 'atol'] as const) {
      if (options[key] !== undefined) throw new UnusableError(`--${key} is about integrating the rate equations and has no effect with --method ${byMolecules}. Leave it out.`);
    }
    return;
  }
  for (const key of ['volume', 'replicas', 'molecules'] as const) {
    if (options[key] !== undefined) throw new UnusableError(`--${key} goes with runs molecule by molecule. Add --method ssa (or tau, langevin), or leave it out.`);
  }
  if (options.seed !== undefined && starts === 1) {
    throw new UnusableError('Nothing is random in this run, so --seed has no effect. It goes with --method ssa, tau or langevin, and with --starts.');
  }
}

function pointsOf(setting: number | undefined): number {
  return setting === undefined ? DEFAULT_POINTS : Math.min(MOST_POINTS, Math.max(1, Math.round(setting)));
}
