/** Runs molecule by molecule, in whatever thread it is called in: one, or as many replicas as this thread gets hold of. */
import {
  mergeSums, runReplicas, StochasticError, StochasticSimulator,
  type EnsembleRequest, type EnsembleSums, type StochasticRequest, type StochasticResult,
} from '../../simulation/index.ts';
import { UnknownParameterError, type Network, type Origin } from '../../chemistry/index.ts';
import { FailedError, UnusableError } from './errors.ts';
import { changes, cpuSeconds, grid, type Changes, type Hooks } from './run.ts';
import type { MoleculeSettings, RunSettings } from './settings.ts';

export interface ReadyMolecules {
  readonly simulator: StochasticSimulator;
  readonly request: StochasticRequest;
}

/** The most replicas that a thread takes at once: often enough for the bar, seldom enough to cost nothing. */
const MOST_TAKEN = 64;

/**
 * @param whereIs says where something of the network stands in its text
 * @throws UnusableError for names in `set` that are not there; FailedError, with its place, for a network that cannot be run
 * molecule by molecule.
 */
export function prepareMolecules(
  network: Network, settings: RunSettings, molecules: MoleculeSettings, set: readonly (readonly [string, number])[] = [],
  hooks: Hooks = {}, whereIs?: (origin: Origin) => string,
): ReadyMolecules {
  if (settings.until === 'fixed point') throw new UnusableError('A run molecule by molecule needs an end time.');
  const changed: Changes = changes(network, set);
  const request: StochasticRequest = {
    until: settings.until, method: molecules.method, volume: molecules.volume, seed: molecules.seed, output: molecules.output, ...changed,
    times: grid(settings.until, settings.points),
    ...(settings.condition === undefined ? {} : { condition: settings.condition }),
    species: hooks.species ?? network.blocks.map((block) => block.name),
    ...(hooks.cancel === undefined ? {} : { cancel: hooks.cancel }),
    ...(hooks.onProgress === undefined ? {} : { onProgress: hooks.onProgress }),
  };
  return told(network, whereIs, () => {
    const simulator = new StochasticSimulator(network, { without: settings.off, clock: cpuSeconds, ...(hooks.cancel === undefined ? {} : { cancel: hooks.cancel }) });
    // What is wrong with the request is said before any thread begins.
    simulator.prepare(request);
    return { simulator, request };
  });
}

export function runMolecules({ simulator, request }: ReadyMolecules): StochasticResult {
  return simulator.run(request);
}

export interface ReplicaResult {
  readonly sums: EnsembleSums;
  readonly stopped?: NonNullable<ReturnType<typeof runReplicas>['stopped']>;
  readonly engine: StochasticResult['method'];
  readonly moleculesPerConcentration: number;
  readonly rounded: readonly string[];
}

/**
 * Takes replicas from `shared` (see `Job.replicas`) until there are none left. Sums are exact, so that who took which replica
 * shows nowhere; after one that ended early, no thread takes any more, and those with lower numbers have all been taken by then.
 */
export function shareReplicas({ simulator, request }: ReadyMolecules, replicas: number, shared: Int32Array, threads: number): ReplicaResult {
  const batch = Math.max(1, Math.min(MOST_TAKEN, Math.ceil(replicas / (8 * threads))));
  const ensemble: EnsembleRequest = { ...request, onReplica: () => { Atomics.add(shared, 1, 1); } };
  let result = runReplicas(simulator, ensemble, { first: 0, count: 0 });
  const { sums } = result;
  let stopped = result.stopped;
  while (stopped === undefined) {
    const first = Atomics.add(shared, 0, batch);
    if (first >= replicas) break;
    result = runReplicas(simulator, ensemble, { first, count: Math.min(batch, replicas - first) }, sums);
    stopped = result.stopped;
  }
  if (stopped !== undefined) Atomics.store(shared, 0, replicas);
  return {
    sums, engine: result.method, moleculesPerConcentration: result.moleculesPerConcentration,
    rounded: simulator.prepare(request).rounded, ...(stopped === undefined ? {} : { stopped }),
  };
}

/** All replicas here, one after another. */
export function allReplicas(ready: ReadyMolecules, replicas: number): ReplicaResult {
  return shareReplicas(ready, replicas, new Int32Array(new SharedArrayBuffer(8)), 1);
}

/** The sums of several threads as one. */
export function together(parts: readonly EnsembleSums[]): EnsembleSums | undefined {
  const [first, ...others] = parts;
  if (first !== undefined) for (const other of others) mergeSums(first, other);
  return first;
}

function told<Result>(network: Network, whereIs: ((origin: Origin) => string) | undefined, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof StochasticError) {
      const origin = error.family !== undefined ? network.families[error.family]?.origin
        : network.blocks.find((block) => error.component !== undefined && error.component >= block.offset && error.component < block.offset + block.size)?.origin;
      throw new FailedError(`${origin === undefined || whereIs === undefined ? '' : `${whereIs(origin)}: `}${error.message}`);
    }
    if (error instanceof RangeError || error instanceof UnknownParameterError) throw new UnusableError(error.message);
    throw error;
  }
}
