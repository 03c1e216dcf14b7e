/** A checked network → a trajectory. Runs in whatever thread it is called in. */
import { blockNamed, componentName, componentOf, UnknownParameterError, type Network } from '../../chemistry/index.ts';
import { Simulator, type Cancel, type SimulationRequest, type SimulationResult } from '../../simulation/index.ts';
import { UnusableError } from './errors.ts';
import type { RunSettings } from './settings.ts';

/** What --set changes in a network. */
export interface Changes {
  readonly parameters: ReadonlyMap<string, number>;
  readonly initial: ReadonlyMap<string, number>;
}

/** A network that is ready to run. */
export interface Ready extends Changes {
  readonly simulator: Simulator;
}

/** Oscillations never settle: after so many steps, hundreds of periods of a smooth one, nobody expects it any more. */
const STEPS_TO_FIXED_POINT = 50_000;

/** CPU seconds of this process. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Seconds of this thread on the wall: asking for those of the processor takes as long as a small step. */
function wallSeconds(): number {
  return performance.now() / 1000;
}

/**
 * @param set parameters and initial values by name
 * @throws UnusableError when a name in `set` is neither a parameter nor a species.
 */
export function changes(network: Network, set: readonly (readonly [string, number])[]): Changes {
  const parameters = new Map<string, number>();
  const initial = new Map<string, number>();
  const isParameter = (name: string): boolean => network.parameters.some((parameter) => parameter.name === name.replace(/\s*\[.*$/, ''));
  for (const [name, value] of set) {
    if (isParameter(name)) parameters.set(name, value);
    else setInitial(network, initial, name, value);
  }
  return { parameters, initial };
}

/**
 * Compiles a network.
 * @param off groups of reactions that are left out
 * @throws UnusableError as `changes` does; Cancelled when `cancel` says so.
 */
export function prepare(network: Network, set: readonly (readonly [string, number])[] = [], off: readonly string[] = [], cancel?: Cancel): Ready {
  return { ...changes(network, set), simulator: new Simulator(network, { without: off, clock: cpuSeconds, stepClock: wallSeconds, ...(cancel === undefined ? {} : { cancel }) }) };
}

/** One component, or a whole block: every element of an array; a dual's value goes to the rail of its sign. */
function setInitial(network: Network, initial: Map<string, number>, name: string, value: number): void {
  const component = componentOf(network, name);
  const block = blockNamed(network, name);
  if (component === undefined && block === undefined) {
    const known = [...network.parameters, ...network.blocks].map((one) => one.name);
    throw new UnusableError(`--set ${name}: there is no parameter or species of that name. There are ${known.slice(0, 20).join(', ')}${known.length > 20 ? ', …' : ''}.`);
  }
  if (value < 0 && (component !== undefined || block?.kind !== 'dual')) throw new UnusableError(`--set ${name}=${value}: a concentration cannot be negative.`);
  if (component !== undefined) initial.set(componentName(network, component), value);
  else if (block !== undefined) {
    const half = block.kind === 'dual' ? block.size / 2 : block.size;
    for (let k = 0; k < block.size; k++) {
      initial.set(componentName(network, block.offset + k), block.kind !== 'dual' ? value : k < half ? Math.max(value, 0) : Math.max(-value, 0));
    }
  }
}

export interface Hooks {
  readonly cancel?: Cancel;
  readonly onProgress?: (t: number) => void;
  /** Trajectories to record; all when left out. */
  readonly species?: readonly string[];
}

/**
 * Integrates. A run to a given time is sampled at equal distances, both ends included; one to the fixed point or to a
 * condition where its curves bend.
 * @throws UnusableError for names, tolerances and times that make no sense.
 */
export function run(ready: Ready, settings: RunSettings, hooks: Hooks = {}): SimulationResult {
  try {
    return ready.simulator.run({ ...requestOf(ready, settings, hooks), until: settings.until });
  } catch (error) {
    if (error instanceof RangeError || error instanceof UnknownParameterError) throw new UnusableError(error.message);
    throw error;
  }
}

/** What `run` asks for, without the end. */
export function requestOf({ simulator, parameters, initial }: Ready, settings: RunSettings, hooks: Hooks): Omit<SimulationRequest, 'until'> {
  const { until } = settings;
  return {
    parameters,
    initial,
    method: settings.method,
    species: hooks.species ?? simulator.network.blocks.map((block) => block.name),
    ...(until === 'fixed point' ? { points: settings.points, maxSteps: STEPS_TO_FIXED_POINT }
      : settings.condition === undefined ? { times: grid(until, settings.points) } : { points: settings.points }),
    ...(settings.condition === undefined ? {} : { condition: settings.condition }),
    ...(settings.rtol === undefined ? {} : { rtol: settings.rtol }),
    ...(settings.atol === undefined ? {} : { atol: settings.atol }),
    ...(settings.atolOfLargest === undefined ? {} : { atolOfLargest: settings.atolOfLargest }),
    ...(hooks.cancel === undefined ? {} : { cancel: hooks.cancel }),
    ...(hooks.onProgress === undefined ? {} : { onProgress: hooks.onProgress }),
  };
}

/** Equal distances from 0 to the end, both included. */
export function grid(end: number, points: number): Float64Array {
  if (points === 1) return Float64Array.of(end);
  return Float64Array.from({ length: points }, (_, i) => (i === points - 1 ? end : (end * i) / (points - 1)));
}

/** max |dy/dt| at a state. */
export function residualAt({ simulator }: Ready, t: number, state: Float64Array): number {
  const rates = new Float64Array(state.length);
  simulator.compiled.system.rhs(t, state, rates);
  return rates.reduce((most, rate) => Math.max(most, Math.abs(rate)), 0);
}

/** Names of all components, in their order. */
export function namesOf(network: Network): string[] {
  return Array.from({ length: network.dimension }, (_, component) => componentName(network, component));
}
