/** Networks run molecule by molecule: one run, its trajectories by species name, and how the numbers came about. */
import { t } from '../../l10n/index.ts';
import {
  blockNamed, componentName, componentOf, initialState, parameterValues, type EndCondition, type Network, type ParameterValues,
} from '../../chemistry/index.ts';
import { Cancelled, pollOf } from '../cancel.ts';
import { CompositionRejection } from './composition-rejection.ts';
import { Course, Grid, type Engine, type EngineName, type Turn } from './course.ts';
import { DirectMethod } from './direct.ts';
import { StochasticError } from './error.ts';
import { ReplicaStreams } from './generator.ts';
import { Langevin } from './langevin.ts';
import { Propensities, type PropensityOptions } from './propensities.ts';
import { TauLeaping } from './tau-leaping.ts';
import { stretchesOf, type Stretches } from './stretches.ts';
import { moleculesPerConcentration } from './volume.ts';
import { Watch } from './watch.ts';

/** `ssa` takes the exact method that suits the size; `sorted direct`, `direct` and `composition rejection` ask for one. */
export type StochasticMethod = 'ssa' | 'direct' | 'sorted direct' | 'composition rejection' | 'tau' | 'langevin';

export interface StochasticRequest {
  /** End time in the network's unit. */
  readonly until: number;
  /** Ends the run where it first holds, if that is before the end time. It is about concentrations, whatever the output. */
  readonly condition?: EndCondition;
  /** See `moleculesPerConcentration`: molecules per unit of concentration, or litres where the network declares a unit. Default 1. */
  readonly volume?: number;
  /** Default `ssa`. */
  readonly method?: StochasticMethod;
  /** Default 1. The same seed gives the same run on every machine. */
  readonly seed?: number;
  /** Which of the independent runs of a seed; default 0. */
  readonly replica?: number;
  /** Parameter values that take the place of the declared ones: `k`, or `W[2,3]` for an element. */
  readonly parameters?: ReadonlyMap<string, number>;
  /** Initial concentrations that take the place of the declared ones, by component name. */
  readonly initial?: ReadonlyMap<string, number>;
  /** Output at these times, ascending from 0; otherwise at `points` times evenly from 0 to `until`. */
  readonly times?: ArrayLike<number>;
  /** Default 400. */
  readonly points?: number;
  /** What is written down: names of components or of blocks. Default: every block of at most 100 elements. */
  readonly species?: readonly string[];
  /** Trajectories and final state in concentrations (default) or molecules. */
  readonly output?: 'concentration' | 'molecules';
  /** Default 10⁹. */
  readonly maxEvents?: number;
  /** Largest relative change of a propensity in a leap or Langevin step, about; default 0.03, for Langevin steps 0.01. */
  readonly epsilon?: number;
  /** Length of Langevin steps; chosen by `epsilon` when left out. */
  readonly step?: number;
  /** Polled every few milliseconds. */
  readonly cancel?: () => boolean;
  /** Called with the time reached, every few milliseconds. */
  readonly onProgress?: (t: number) => void;
}

export type StochasticOutcome =
  | { readonly kind: 'reached'; readonly t: number }
  /** No reaction could happen after t; the state stays as it is up to the end. */
  | { readonly kind: 'extinct'; readonly t: number }
  | { readonly kind: 'cancelled'; readonly t: number }
  | { readonly kind: 'too many events'; readonly t: number; readonly limit: number }
  /** A rate law gave a negative rate, or none at all. */
  | { readonly kind: 'stuck'; readonly t: number; readonly reason: 'negative rate' | 'not a number'; readonly reaction: string };

export interface StochasticResult {
  readonly outcome: StochasticOutcome;
  /** When the condition of the request came to hold; `outcome.t` is then the same, and the last of `t`. */
  readonly event?: number;
  /** What ran. */
  readonly method: EngineName;
  /** Times asked for, up to the time reached. */
  readonly t: Float64Array;
  /** One trajectory a recorded component, as long as `t`. */
  readonly species: ReadonlyMap<string, Float64Array>;
  /** The state at outcome.t (extinct: at the end); one value a component, as `output` says. */
  readonly final: Float64Array;
  readonly output: 'concentration' | 'molecules';
  /** Molecules per unit of concentration. */
  readonly moleculesPerConcentration: number;
  /** Events that happened; for leaps and Langevin steps those that they stand for. */
  readonly events: number;
  /** Rejected candidates (composition rejection), leaps, or Langevin steps. */
  readonly steps: number;
  /** Names of species whose initial value was no whole number of molecules and was rounded. */
  readonly rounded: readonly string[];
  readonly reactions: number;
  readonly seed: number;
  readonly replica: number;
  /** Seconds of the run alone, and of building the propensities (the first run only); 0 without a clock. */
  readonly seconds: number;
  readonly buildSeconds: number;
}

export interface StochasticOptions extends PropensityOptions {
  /** CPU (or wall) time in seconds from the host. */
  readonly clock?: () => number;
}

const SMALL_BLOCK = 100, POINTS = 400, MOST_EVENTS = 1e9;
/** Measured: from about so many reactions on, candidates from bins are quicker than a search. */
const SORTED_UP_TO = 24;
/** Counts stay whole numbers in a float64 with room to spare. */
const MOST_MOLECULES = 2 ** 50;

/** What does not differ between the replicas of a request. */
export interface Prepared {
  readonly request: StochasticRequest;
  readonly start: Float64Array;
  readonly rounded: readonly string[];
  /** Where rates depend on time. */
  readonly stretches: Stretches | undefined;
  readonly grid: Grid;
  readonly engine: Engine;
  readonly seed: number;
  readonly streams: ReplicaStreams;
  readonly watch: Watch | undefined;
}

/** A network made ready once and run as often as wanted; only numbers change between runs. */
export class StochasticSimulator {
  readonly network: Network;
  readonly propensities: Propensities;
  private readonly clock: () => number;
  private buildSeconds: number;
  private readonly defaults: ParameterValues;
  private streams: ReplicaStreams | undefined;
  private readonly engines = new Map<string, Engine>();

  /** @throws StochasticError when molecules cannot be counted in whole numbers; UnrollError for a network too large to write out; Cancelled */
  constructor(network: Network, options: StochasticOptions = {}) {
    this.network = network;
    this.clock = options.clock ?? ((): number => 0);
    const from = this.clock();
    this.defaults = parameterValues(network);
    this.propensities = new Propensities(network, this.defaults, options);
    this.buildSeconds = this.clock() - from;
  }

  /**
   * @throws RangeError for a request that makes no sense; StochasticError for a negative constant, a bad initial value or rates
   * that depend on time; UnknownParameterError for an unknown parameter
   */
  run(request: StochasticRequest): StochasticResult {
    return this.replica(this.prepare(request), request.replica ?? 0);
  }

  /** What all replicas of a request share; throws what `run` throws. */
  prepare(request: StochasticRequest): Prepared {
    const { network, propensities } = this, { until, method = 'ssa', seed = 1 } = request;
    if (!(until > 0) || until === Infinity) throw new RangeError(t('A run molecule by molecule needs an end time above 0, not {0}.', until));
    if (!Number.isFinite(seed)) throw new RangeError(t('The seed must be a number.'));
    positive('maxEvents', request.maxEvents);
    positive('epsilon', request.epsilon);
    positive('step', request.step);
    const omega = moleculesPerConcentration(network, request.volume ?? 1);
    const parameters = request.parameters === undefined ? this.defaults : parameterValues(network, request.parameters);
    const stretches = propensities.autonomous ? undefined : stretchesOf(network, propensities.families, parameters, until);
    if (stretches?.constant === false && method !== 'langevin') {
      throw new StochasticError(t('The rates of this network depend on time, and not only in steps, so events cannot be drawn exactly. Use method = langevin, or simulate the rate equations.'));
    }
    const { counts, rounded } = this.startingCounts(parameters, omega, request);
    propensities.prepare(parameters, omega, counts);
    return {
      request, start: counts, rounded, stretches, seed, streams: this.streamsOf(seed), engine: this.engineFor(request),
      watch: request.condition === undefined ? undefined : new Watch(request.condition, network, parameters, omega),
      grid: new Grid(gridTimes(request), recorded(network, request.species)),
    };
  }

  /**
   * Runs one replica of a prepared request. The grid's rows are overwritten by the next; what ended by its condition, at `event`, stays
   * there up to the end time.
   */
  course(prepared: Prepared, replica: number): { readonly course: Course; readonly outcome: StochasticOutcome; readonly event?: number } {
    if (!Number.isSafeInteger(replica) || replica < 0) throw new RangeError(t('Replicas are numbered 0, 1, 2, …'));
    const { propensities } = this, { request, grid, engine, start, watch } = prepared;
    grid.reset();
    const counts = Float64Array.from(start);
    for (let s = 0; s < propensities.dimension; s++) propensities.concentration[s] = counts[s]! / propensities.omega;
    propensities.whole = true;
    const course = new Course(counts, prepared.streams.of(replica), request.until, request.maxEvents ?? MOST_EVENTS, grid, pollOf(request.cancel), watch);
    grid.upTo(0, counts);
    if (watch?.holds(0, counts) === true) return { course, ...this.conclude(course, 'condition') };
    try {
      const stretches = prepared.stretches ?? { from: [0], end: [request.until] };
      for (let k = 0; ; k++) {
        this.enter(course, stretches.from[k]!, stretches.end[k]!);
        engine.begin(course);
        let turn: Turn;
        for (;;) {
          course.poll();
          turn = engine.turn(course);
          if (turn !== 'pause') break;
          request.onProgress?.(course.t);
        }
        const last = course.end >= course.until, met = !last && turn === 'extinct' ? watch?.resting(course.t, course.end, counts) : undefined;
        if (met !== undefined) {
          course.t = met;
          return { course, ...this.conclude(course, 'condition') };
        }
        // In the next stretch what rests now may go on.
        if (last || (turn !== 'end' && turn !== 'extinct')) return { course, ...this.conclude(course, turn) };
        grid.before(course.end, counts);
      }
    } catch (error) {
      if (error instanceof Cancelled) return { course, outcome: { kind: 'cancelled', t: course.t } };
      throw error;
    }
  }

  /** Into a stretch of time, in which the rates are those of its beginning. */
  private enter(course: Course, from: number, end: number): void {
    course.t = course.from = from;
    course.end = end;
    if (!this.propensities.autonomous) this.propensities.at(from, course.counts);
  }

  private replica(prepared: Prepared, replica: number): StochasticResult {
    const from = this.clock();
    const { course, outcome, event } = this.course(prepared, replica);
    const seconds = this.clock() - from, buildSeconds = this.buildSeconds;
    this.buildSeconds = 0;
    const { grid, rounded, seed, request, engine } = prepared, { omega, dimension, count } = this.propensities;
    const output = request.output ?? 'concentration', scale = output === 'molecules' ? 1 : 1 / omega;
    const species = new Map<string, Float64Array>(), width = grid.components.length;
    // Behind the condition nothing is shown; the state there is.
    const before = event === undefined ? grid.filled : grid.times.subarray(0, grid.filled).filter((t) => t < event).length, points = event === undefined ? before : before + 1;
    grid.components.forEach((component, c) => {
      species.set(componentName(this.network, component), Float64Array.from({ length: points }, (_, k) => (k < before ? grid.rows[k * width + c]! : course.counts[component]!) * scale));
    });
    const t = Float64Array.from({ length: points }, (_, k) => (k < before ? grid.times[k]! : event!));
    return {
      outcome, ...(event === undefined ? {} : { event }), method: engine.name, t, species, output, moleculesPerConcentration: omega,
      final: course.counts.slice(0, dimension).map((n) => n * scale),
      events: course.events, steps: course.steps, rounded, reactions: count, seed, replica, seconds, buildSeconds,
    };
  }

  private conclude(course: Course, turn: Exclude<Turn, 'pause'>): { readonly outcome: StochasticOutcome; readonly event?: number } {
    const { propensities } = this, { grid, until: end, counts } = course;
    const met = turn === 'extinct' ? course.watch?.resting(course.t, end, counts) : turn === 'condition' ? course.t : undefined;
    if (met !== undefined) {
      grid.upTo(end, counts);
      return { outcome: { kind: 'reached', t: met }, event: met };
    }
    switch (turn) {
      case 'condition': break;
      case 'event limit': return { outcome: { kind: 'too many events', t: course.t, limit: course.maxEvents } };
      case 'fault': {
        const { reaction, value } = course.fault!;
        return { outcome: { kind: 'stuck', t: course.t, reason: value < 0 ? 'negative rate' : 'not a number', reaction: propensities.describe(reaction) } };
      }
      case 'extinct': break;
      case 'end': {
        // Bounds may go on where nothing can happen any more.
        let alive = !propensities.autonomous;
        for (let r = 0; r < propensities.count && !alive; r++) alive = propensities.value(r, counts, course.t) !== 0;
        if (alive) { grid.upTo(end, counts); return { outcome: { kind: 'reached', t: end } }; }
      }
    }
    grid.upTo(end, counts);
    return { outcome: { kind: 'extinct', t: course.lastEvent } };
  }

  /** Kept from run to run: the stream of replica r is r jumps away from the seed's. */
  private streamsOf(seed: number): ReplicaStreams {
    if (this.streams?.seed !== seed) this.streams = new ReplicaStreams(seed);
    return this.streams;
  }

  private engineFor(request: StochasticRequest): Engine {
    const { propensities, engines } = this, { step, method = 'ssa' } = request, epsilon = request.epsilon ?? (method === 'langevin' ? 0.01 : 0.03);
    const chosen = method !== 'ssa' ? method : propensities.count <= SORTED_UP_TO ? 'sorted direct' : 'composition rejection';
    const key = `${chosen} ${epsilon} ${step ?? ''}`;
    let engine = engines.get(key);
    if (engine === undefined) {
      switch (chosen) {
        case 'direct': case 'sorted direct': engine = new DirectMethod(propensities, chosen === 'sorted direct'); break;
        case 'composition rejection': engine = new CompositionRejection(propensities); break;
        case 'tau': engine = new TauLeaping(propensities, epsilon); break;
        case 'langevin': engine = new Langevin(propensities, epsilon, step); break;
      }
      // One engine at a time: sliders for ε shall not pile engines up.
      engines.clear();
      engines.set(key, engine);
    }
    return engine;
  }

  private startingCounts(parameters: ParameterValues, omega: number, request: StochasticRequest) {
    const { network, propensities } = this, state = initialState(network, parameters);
    for (const [name, value] of request.initial ?? []) {
      const component = componentOf(network, name);
      if (component === undefined) throw new RangeError(t('There is no species {0} to start from.', name));
      state[component] = value;
    }
    const counts = new Float64Array(network.dimension + 2).fill(1), rounded: string[] = [];
    for (let s = 0; s < state.length; s++) {
      const n = state[s]! * omega, whole = Math.round(n);
      if (!(n >= 0 && n <= MOST_MOLECULES)) {
        const name = componentName(network, s);
        throw new StochasticError(n < 0 ? t('The initial value of {0} is negative.', name)
          : n > MOST_MOLECULES ? t('The initial value of {0} is {1} molecules, more than can be counted one by one. Make the volume smaller.', name, n.toPrecision(3))
            : t('The initial value of {0} is not a number.', name), { component: s });
      }
      const exact = propensities.fixed[s] === 1 || (request.method === 'langevin');
      counts[s] = exact ? n : whole;
      if (!exact && Math.abs(n - whole) > 1e-9 * Math.max(1, n)) rounded.push(componentName(network, s));
    }
    return { counts, rounded };
  }
}

/** Prepares and runs once. */
export function simulateStochastically(network: Network, request: StochasticRequest, options: StochasticOptions = {}): StochasticResult {
  return new StochasticSimulator(network, options).run(request);
}

function positive(name: string, value: number | undefined): void {
  if (value !== undefined && !(value > 0)) throw new RangeError(t('{0} must be a number above 0, not {1}.', name, value));
}

function gridTimes(request: StochasticRequest): Float64Array {
  if (request.times === undefined) {
    const points = Math.max(2, Math.floor(request.points ?? POINTS));
    return Float64Array.from({ length: points }, (_, k) => (k === points - 1 ? request.until : (request.until * k) / (points - 1)));
  }
  const times = Float64Array.from(request.times);
  for (let k = 0; k < times.length; k++) {
    if (!(times[k]! >= (k === 0 ? 0 : times[k - 1]!)) || times[k] === Infinity) throw new RangeError(t('Output times must ascend from 0.'));
  }
  // Times after the end are left out, as the integrators do.
  return times.filter((t) => t <= request.until);
}

function recorded(network: Network, names: readonly string[] | undefined): Int32Array {
  const components = new Set<number>();
  const all = (block: Network['blocks'][number]): void => { for (let k = 0; k < block.size; k++) components.add(block.offset + k); };
  if (names === undefined) network.blocks.filter((block) => block.size <= SMALL_BLOCK).forEach(all);
  for (const name of names ?? []) {
    const component = componentOf(network, name), block = blockNamed(network, name);
    if (component !== undefined) components.add(component);
    else if (block !== undefined) all(block);
    else throw new RangeError(t('There is no species {0} to record.', name));
  }
  return Int32Array.from(components);
}
