/**
 * Many replicas of one request: mean, variance and bands over time. A host shares replicas out in chunks (`chunksOf`), runs each
 * anywhere (`runReplicas`), adds the sums in the order in which they come (`mergeSums`) and reads them at any moment
 * (`summarise`): the numbers are those of one run over all replicas, bit for bit.
 */
import { t } from '../../l10n/index.ts';
import { componentName, type Network } from '../../chemistry/index.ts';
import { addReplica, emptySums, meetings, mergeSums, moments, quantiles, type EnsembleSums, type Meetings } from './accumulator.ts';
import type { EngineName } from './course.ts';
import { StochasticSimulator, type StochasticOptions, type StochasticOutcome, type StochasticRequest } from './simulator.ts';

/** One chunk: replicas first … first + count − 1. */
export interface Chunk {
  readonly first: number;
  readonly count: number;
}

export interface ChunkResult {
  readonly sums: EnsembleSums;
  readonly method: EngineName;
  readonly moleculesPerConcentration: number;
  /** The replica that ended early, and how; replicas after it were not run, and it is not in the sums. */
  readonly stopped?: { readonly replica: number; readonly outcome: StochasticOutcome };
}

export interface EnsembleRequest extends Omit<StochasticRequest, 'replica' | 'onProgress'> {
  /** Bands of the summary: levels between 0 and 1, default 0.05, 0.5, 0.95. */
  readonly levels?: readonly number[];
  /** Called after every replica with the number run so far. */
  readonly onReplica?: (done: number, sums: EnsembleSums) => void;
}

export interface EnsembleSpecies {
  readonly mean: Float64Array;
  /** Unbiased; NaN for fewer than two replicas. */
  readonly variance: Float64Array;
  /** One course a level, in the order of `levels`. */
  readonly quantiles: readonly Float64Array[];
}

export interface EnsembleResult {
  readonly t: Float64Array;
  readonly species: ReadonlyMap<string, EnsembleSpecies>;
  readonly levels: readonly number[];
  /** Replicas in mean and variance, and in the quantiles (the first ones, by number, where there are very many). */
  readonly replicas: number;
  readonly quantileReplicas: number;
  readonly output: 'concentration' | 'molecules';
  readonly moleculesPerConcentration: number;
  readonly method: EngineName;
  readonly events: number;
  readonly outcomes: { readonly reached: number; readonly extinct: number };
  /** Of a request with a condition: when it came to hold; absent where it never did. Its replicas stay as they were then. */
  readonly met?: Meetings;
  /** Why fewer replicas are in it than were asked for. */
  readonly stopped?: { readonly replica: number; readonly outcome: StochasticOutcome };
  readonly seed: number;
  /** Seconds of the replicas; 0 without a clock. */
  readonly seconds: number;
  /** What the numbers were read from: more replicas can be added, also later. */
  readonly sums: EnsembleSums;
}

const LEVELS: readonly number[] = [0.05, 0.5, 0.95];
/** Points of an ensemble when neither times nor points are given. */
const POINTS = 200;

/** Shares replicas out: first … first + replicas − 1 in chunks of nearly equal size. */
export function chunksOf(replicas: number, chunks: number, first = 0): Chunk[] {
  const number = Math.max(1, Math.min(Math.floor(chunks), replicas));
  return Array.from({ length: number }, (_, k) => {
    const from = Math.floor((replicas * k) / number), to = Math.floor((replicas * (k + 1)) / number);
    return { first: first + from, count: to - from };
  });
}

/** Runs a chunk of replicas, adding to `into` where it is given. Throws what `StochasticSimulator.run` throws. */
export function runReplicas(simulator: StochasticSimulator, request: EnsembleRequest, chunk: Chunk, into?: EnsembleSums): ChunkResult {
  const prepared = simulator.prepare({ points: POINTS, ...request });
  const { grid, engine } = prepared, sums = emptySums(grid.times, grid.components, engine.name === 'langevin' ? 1024 : 1);
  let stopped: ChunkResult['stopped'];
  for (let k = 0; k < chunk.count; k++) {
    const replica = chunk.first + k, { course, outcome, event } = simulator.course(prepared, replica);
    if (outcome.kind !== 'reached' && outcome.kind !== 'extinct') {
      stopped = { replica, outcome };
      break;
    }
    addReplica(sums, replica, grid.rows);
    sums.events += course.events;
    sums.outcomes[outcome.kind]++;
    if (event !== undefined) sums.met.push(event);
    request.onReplica?.(k + 1, sums);
  }
  if (into !== undefined) mergeSums(into, sums);
  return {
    sums: into ?? sums, method: engine.name, moleculesPerConcentration: simulator.propensities.omega,
    ...(stopped === undefined ? {} : { stopped }),
  };
}

/** Mean, variance and bands of what has been summed so far. */
export function summarise(
  network: Network, sums: EnsembleSums,
  options: { readonly levels?: readonly number[]; readonly scale?: number } = {},
): Pick<EnsembleResult, 't' | 'species' | 'levels' | 'replicas' | 'quantileReplicas' | 'met'> {
  const { times, components } = sums, { levels = LEVELS, scale = 1 } = options, width = components.length;
  if (levels.some((level) => !(level >= 0 && level <= 1))) throw new RangeError(t('Levels of bands lie between 0 and 1.'));
  const species = new Map<string, EnsembleSpecies>(), scratch = new Float64Array(sums.kept.length);
  components.forEach((component, c) => {
    const mean = new Float64Array(times.length), variance = new Float64Array(times.length), bands = levels.map(() => new Float64Array(times.length));
    for (let k = 0; k < times.length; k++) {
      const cell = k * width + c, of = moments(sums, cell);
      mean[k] = of.mean * scale;
      variance[k] = of.variance * scale * scale;
      quantiles(sums, cell, levels, scratch).forEach((value, level) => { bands[level]![k] = value * scale; });
    }
    species.set(componentName(network, component), { mean, variance, quantiles: bands });
  });
  const met = meetings(sums, levels);
  return { t: times, species, levels, replicas: sums.replicas, quantileReplicas: sums.kept.length, ...(met === undefined ? {} : { met }) };
}

/**
 * Runs replicas 0 … replicas − 1 here and summarises them. With `previous` (the `sums` of an earlier result of the same request)
 * only what is missing is run.
 * @throws RangeError for a number of replicas below 1, and what `StochasticSimulator.run` throws
 */
export function ensemble(
  network: Network, request: EnsembleRequest, replicas: number,
  options: StochasticOptions & { readonly simulator?: StochasticSimulator; readonly previous?: EnsembleSums } = {},
): EnsembleResult {
  if (!Number.isSafeInteger(replicas) || replicas < 1) throw new RangeError(t('The number of replicas must be a whole number from 1 on, not {0}.', replicas));
  const simulator = options.simulator ?? new StochasticSimulator(network, options), clock = options.clock ?? ((): number => 0), from = clock();
  const first = options.previous?.replicas ?? 0;
  const { sums, method, moleculesPerConcentration, stopped } = runReplicas(simulator, request, { first, count: Math.max(0, replicas - first) }, options.previous);
  const seconds = clock() - from, output = request.output ?? 'concentration';
  return {
    ...summarise(network, sums, { scale: output === 'molecules' ? 1 : 1 / moleculesPerConcentration, ...(request.levels === undefined ? {} : { levels: request.levels }) }),
    output, moleculesPerConcentration, method, events: sums.events, outcomes: sums.outcomes, seed: request.seed ?? 1, seconds, sums,
    ...(stopped === undefined ? {} : { stopped }),
  };
}
