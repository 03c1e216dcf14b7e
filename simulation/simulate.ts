/** Networks simulated: trajectories by species name, fixed points, and how the numbers came about. */
import { t } from '../l10n/index.ts';
import {
  blockNamed, componentName, componentOf, parameterValues, type EndCondition, type Network, type ParameterValues,
} from '../chemistry/index.ts';
import { eventOf, goesOnAtRest } from './condition.ts';
import { EventFinder, type EventFunction } from './event.ts';
import { integrate } from './integrate.ts';
import { compileNetwork, type CompiledNetwork, type CompileOptions } from './network/compile.ts';
import { sampleAdaptively, sampleGrid, type Sampler } from './sample.ts';
import type { IntegrationResult, MethodName, Outcome, Step } from './system.ts';
import { seedTolerances } from './seeds.ts';
import { absoluteTolerance, maximumNorm } from './vector.ts';

export interface SimulationRequest {
  /** End time in the network's unit, or the fixed point. */
  readonly until: number | 'fixed point';
  readonly method?: MethodName;
  /** Relative tolerance, default 1e-6. */
  readonly rtol?: number;
  /** Absolute tolerance; default 1e-9, or 1e-9 of the largest initial value where that is below 1, and less for seeds (`seeds.ts`). */
  readonly atol?: number;
  /** The factor of that default, in place of 1e-9. */
  readonly atolOfLargest?: number;
  /** Parameter values that take the place of the declared ones: `k`, or `W[2,3]` for an element. */
  readonly parameters?: ReadonlyMap<string, number>;
  /** Initial values that take the place of the declared ones, by component name (`X`, `Y[2]`, `W^+`). */
  readonly initial?: ReadonlyMap<string, number>;
  /** Output at these times; otherwise at `points` times chosen where the curves bend. */
  readonly times?: ArrayLike<number>;
  /** Default 400. */
  readonly points?: number;
  /**
   * Trajectories to record: names of components, or of blocks for all their elements. Default: every block of at most 100
   * elements. The final state is always whole.
   */
  readonly species?: readonly string[];
  /** How near the fixed point counts as there, default 1e-6 (see `steady.ts`). */
  readonly steadyTolerance?: number;
  /** Stops the run where this becomes positive; the time is found to rounding on the dense output, see `event.ts`. */
  readonly event?: EventFunction;
  /** The same by a condition of the text, with the parameters of the run. A run to the fixed point ends at whichever comes first. */
  readonly condition?: EndCondition;
  /** Default 1,000,000; 100,000 on the way to a fixed point, which oscillations never reach. */
  readonly maxSteps?: number;
  readonly cancel?: () => boolean;
  /** Called with the time reached, after every step. */
  readonly onProgress?: (t: number) => void;
}

export interface SimulationOptions extends CompileOptions {
  /** CPU (or wall) time in seconds from the host; without it all durations are 0. */
  readonly clock?: () => number;
  /** A clock in seconds that costs next to nothing: it is asked twice a step, for what watches the steps is not part of the integration's time. `clock` where it is left out. */
  readonly stepClock?: () => number;
}

export interface SimulationResult {
  readonly outcome: Outcome;
  /** What ran, in order. */
  readonly methods: IntegrationResult['methods'];
  readonly t: Float64Array;
  /** One trajectory a recorded component, as long as `t`. */
  readonly species: ReadonlyMap<string, Float64Array>;
  /** The state at the end, for a fixed point the fixed point itself; one value a component. */
  readonly final: Float64Array;
  /** The course is better seen on a logarithmic time axis. */
  readonly spansDecades: boolean;
  /** When the event of the request happened; `outcome.t` is then the same. */
  readonly event?: number;
  /** For runs to the fixed point: max |dy_i/dt| on the way. */
  readonly residuals?: { readonly t: Float64Array; readonly value: Float64Array };
  readonly steps: number;
  readonly rejected: number;
  readonly evaluations: number;
  readonly jacobians: number;
  readonly factorisations: number;
  readonly linear?: IntegrationResult['linear'];
  /** Seconds of the integration alone, and of compiling the network (the first run of a simulator only). */
  readonly seconds: number;
  readonly buildSeconds: number;
}

export interface FixedPointResult {
  readonly outcome: Outcome;
  /** Value by component name; where the outcome is not `steady`, the state reached. */
  readonly fixedPoint: ReadonlyMap<string, number>;
  /** max |dy_i/dt| there. */
  readonly residual: number;
  readonly simulation: SimulationResult;
}

const POINTS = 400, STEADY = 1e-6, SMALL_BLOCK = 100, STEPS_TO_FIXED_POINT = 100_000;

/** A network made ready once and run as often as sliders move: nothing but numbers changes between runs. */
export class Simulator {
  readonly network: Network;
  readonly compiled: CompiledNetwork;
  /** Groups of reactions that are left out. */
  readonly without: readonly string[];
  private readonly clock: () => number;
  private readonly stepClock: () => number;
  private buildSeconds: number;
  private readonly defaults: ParameterValues;

  /** @throws UnrollError or RangeError when a reaction reaches outside an array; Cancelled where the options have a `cancel` */
  constructor(network: Network, options: SimulationOptions = {}) {
    this.network = network;
    this.without = options.without ?? [];
    this.clock = options.clock ?? ((): number => 0);
    this.stepClock = options.clock === undefined ? this.clock : options.stepClock ?? this.clock;
    const start = this.clock();
    this.defaults = parameterValues(network);
    this.compiled = compileNetwork(network, this.defaults, options);
    this.buildSeconds = this.clock() - start;
  }

  /**
   * @throws RangeError for a request that makes no sense (an unknown species, a tolerance or time that is no number, a
   * fixed point of a network whose rates depend on time); UnknownParameterError for an unknown parameter
   */
  run(request: SimulationRequest): SimulationResult {
    const { compiled, network } = this, { system } = compiled;
    const toFixedPoint = request.until === 'fixed point';
    if (toFixedPoint && !compiled.autonomous) {
      throw new RangeError(t('The rates of this network depend on time, so it has no fixed point. Simulate it to an end time instead.'));
    }
    const parameters = request.parameters === undefined ? this.defaults : parameterValues(network, request.parameters);
    compiled.setParameters(parameters);
    const y0 = this.startState(request.initial);
    const components = recorded(network, request.species);
    const sampler = request.times === undefined
      ? sampleAdaptively(request.points ?? POINTS, 0, y0, components) : sampleGrid(request.times, 0, y0, components);
    const residuals = toFixedPoint ? new Residuals((t, y, dy) => { system.rhs(t, y, dy); }, y0) : undefined;
    const buildSeconds = this.buildSeconds;
    this.buildSeconds = 0;
    const observer = observe(sampler, residuals, request.onProgress);
    const happens = request.event ?? (request.condition === undefined ? undefined : eventOf(request.condition, network, parameters));
    const event = happens === undefined ? undefined : new EventFinder(happens, 0, y0);
    const { cancel } = request;
    let aside = 0;
    const onStep = (step: Step): void => {
      const from = this.stepClock();
      observer(event === undefined ? step : event.look(step));
      aside += this.stepClock() - from;
    };
    const begin = this.clock();
    const result = integrate(system, {
      t0: 0, t1: request.until === 'fixed point' ? Infinity : request.until, y0,
      atol: request.atol ?? seedTolerances(system, y0, request.until === 'fixed point' ? Infinity : request.until, absoluteTolerance(y0, request.atolOfLargest)),
      onStep,
      ...(request.rtol === undefined ? {} : { rtol: request.rtol }),
      ...(request.method === undefined ? {} : { method: request.method }),
      ...(event !== undefined ? { cancel: () => event.found !== undefined || cancel?.() === true } : cancel === undefined ? {} : { cancel }),
      ...(toFixedPoint ? { steady: { tolerance: request.steadyTolerance ?? STEADY, ...(happens === undefined ? {} : { goesOn: goesOnAtRest(happens) }) }, maxSteps: STEPS_TO_FIXED_POINT } : {}),
      ...(request.maxSteps === undefined ? {} : { maxSteps: request.maxSteps }),
    });
    const seconds = Math.max(0, this.clock() - begin - aside);
    const { times, states } = sampler.finish();
    const species = new Map<string, Float64Array>();
    components.forEach((component, k) => {
      const course = new Float64Array(states.length);
      for (let x = 0; x < course.length; x++) course[x] = states[x]![k]!;
      species.set(componentName(network, component), course);
    });
    const { y: last, ...rest } = result, happened = event?.found, y = happened?.y ?? last;
    const told = happened === undefined ? rest : { ...rest, outcome: { kind: 'reached' as const, t: happened.t }, event: happened.t };
    return {
      ...told, t: times, species, final: y, spansDecades: sampler.spansDecades(), seconds, buildSeconds,
      ...(residuals === undefined ? {} : { residuals: residuals.finish() }),
    };
  }

  /** Runs to the fixed point; what `run` throws, this throws. */
  fixedPoint(request: Omit<SimulationRequest, 'until'> = {}): FixedPointResult {
    const simulation = this.run({ ...request, until: 'fixed point' });
    const { outcome, final } = simulation, fixedPoint = new Map<string, number>();
    final.forEach((value, component) => { fixedPoint.set(componentName(this.network, component), value); });
    const f = new Float64Array(final.length);
    this.compiled.system.rhs(outcome.t, final, f);
    return { outcome, fixedPoint, residual: outcome.kind === 'steady' ? outcome.residual : maximumNorm(f), simulation };
  }

  /**
   * The state at time 0 for the parameters of the last run.
   * @throws RangeError for an unknown species or a value that is not finite
   */
  startState(initial: ReadonlyMap<string, number> | undefined): Float64Array {
    const y0 = this.compiled.initialState();
    for (const [name, value] of initial ?? []) {
      const component = componentOf(this.network, name);
      if (component === undefined) throw new RangeError(t('There is no species {0} to start from.', name));
      y0[component] = value;
    }
    const bad = y0.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new RangeError(t('The initial value of {0} is not a finite number.', componentName(this.network, bad)));
    return y0;
  }
}

/** Compiles and runs once. */
export function simulate(network: Network, request: SimulationRequest, options: SimulationOptions = {}): SimulationResult {
  return new Simulator(network, options).run(request);
}

/** Compiles and runs to the fixed point once. */
export function fixedPoint(network: Network, request: Omit<SimulationRequest, 'until'> = {}, options: SimulationOptions = {}): FixedPointResult {
  return new Simulator(network, options).fixedPoint(request);
}

function recorded(network: Network, names: readonly string[] | undefined): Int32Array {
  const components: number[] = [];
  if (names === undefined) {
    for (const block of network.blocks) if (block.size <= SMALL_BLOCK) for (let k = 0; k < block.size; k++) components.push(block.offset + k);
    return Int32Array.from(components);
  }
  for (const name of names) {
    const component = componentOf(network, name);
    if (component !== undefined) { components.push(component); continue; }
    const block = blockNamed(network, name);
    if (block === undefined) throw new RangeError(t('There is no species {0} to record.', name));
    for (let k = 0; k < block.size; k++) components.push(block.offset + k);
  }
  return Int32Array.from(new Set(components));
}

function observe(sampler: Sampler, residuals: Residuals | undefined, onProgress: ((t: number) => void) | undefined): (step: Step) => void {
  if (residuals === undefined && onProgress === undefined) return sampler.onStep;
  return (step) => {
    sampler.onStep(step);
    residuals?.onStep(step);
    onProgress?.(step.t1);
  };
}

/** max |f_i| along the way, at most a few hundred points. */
class Residuals {
  private readonly rhs: (t: number, y: Float64Array, dy: Float64Array) => void;
  private readonly f: Float64Array;
  private readonly t: number[] = [];
  private readonly value: number[] = [];
  private stride = 1;
  private seen = 0;

  constructor(rhs: (t: number, y: Float64Array, dy: Float64Array) => void, y0: Float64Array) {
    this.rhs = rhs;
    this.f = new Float64Array(y0.length);
    this.add(0, y0);
  }

  onStep(step: Step): void {
    if (++this.seen % this.stride === 0) this.add(step.t1, step.y);
    if (this.t.length > 800) {
      for (let k = 0; k < 400; k++) { this.t[k] = this.t[2 * k]!; this.value[k] = this.value[2 * k]!; }
      this.t.length = this.value.length = 400;
      this.stride *= 2;
    }
  }

  private add(t: number, y: Float64Array): void {
    this.rhs(t, y, this.f);
    this.t.push(t);
    this.value.push(maximumNorm(this.f));
  }

  finish(): { readonly t: Float64Array; readonly value: Float64Array } {
    return { t: Float64Array.from(this.t), value: Float64Array.from(this.value) };
  }
}
