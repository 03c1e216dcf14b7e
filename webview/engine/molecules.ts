/** Runs molecule by molecule: one path, or of several runs the mean with a band. */
import { t } from '../../l10n/index.ts';
import { initialState, type EndCondition, type Network, type ParameterValues } from '../../chemistry/index.ts';
import { runReplicas, StochasticSimulator, summariseEnsemble, type EnsembleRequest, type Outcome, type StochasticOutcome } from '../../simulation/index.ts';
import type { MoleculeRequest, MoleculeResult, RunRequest, RunResult } from '../worker-protocol.ts';
import { affordablePoints } from './record.ts';

/** The numbers of molecules change all the time: more points than these say nothing more. */
const MOST_POINTS = 1000;
/** The band holds nine of ten runs. */
const BAND: readonly [number, number] = [0.05, 0.95];

/** Called now and then with the part that is done. */
export type Report = (fraction: number, events: number) => void;

/**
 * @param molecules how it goes, and what ends a run before
 * @param end time to run to
 * @param components what is recorded, ascending
 * @param cancel whether nobody waits for it any more; asked often
 * @throws StochasticError and RangeError with a sentence for the user
 */
export function runByMolecules(
  network: Network, values: ParameterValues, { overrides, initial: moved = {}, off, points }: RunRequest, { condition, ...molecules }: MoleculeRequest & { readonly condition?: EndCondition }, end: number, components: Int32Array, cancel: () => boolean, report: Report,
): Pick<RunResult, 'condition' | 'trajectory' | 'outcome' | 'final' | 'finalRates' | 'methods' | 'steps' | 'evaluations'> & { readonly molecules: MoleculeResult } {
  const { method, volume, seed, replicas } = molecules;
  const simulator = new StochasticSimulator(network, { without: off });
  const count = affordablePoints(Math.min(points, MOST_POINTS), components.length * (replicas > 1 ? 4 : 1));
  const names = network.blocks.filter((block) => components.some((component) => component >= block.offset && component < block.offset + block.size)).map((block) => block.name);
  const request: EnsembleRequest = {
    until: end, method, volume, seed, points: count, species: names, parameters: new Map(Object.entries(overrides)), initial: new Map(Object.entries(moved)), cancel,
    ...(condition === undefined ? {} : { condition }),
    onReplica: (_, sums) => { report(sums.replicas / replicas, sums.events); },
  };
  const chunk = runReplicas(simulator, request, { first: 0, count: replicas > 1 ? replicas : 0 });
  const { sums, moleculesPerConcentration } = chunk;
  // One run is shown by itself, and so is the one of several that could not go on, up to there.
  const single = replicas > 1 && chunk.stopped === undefined ? undefined
    : simulator.run({ ...request, replica: chunk.stopped?.replica ?? 0, onProgress: (t) => { report(t / end, 0); } });
  const stopped = single === undefined || single.outcome.kind === 'reached' || single.outcome.kind === 'extinct' ? undefined : single.outcome;
  const summary = summariseEnsemble(network, sums, { levels: BAND, scale: 1 / moleculesPerConcentration });
  const { met } = summary;
  const rows = new Int32Array(network.dimension).fill(-1);
  sums.components.forEach((component, row) => { rows[component] = row; });
  const times = single?.t ?? summary.t;
  const gather = (of: (name: string) => Float64Array | undefined): Float64Array => {
    const out = new Float64Array(times.length * sums.components.length);
    [...summary.species.keys()].forEach((name, row) => { out.set((of(name) ?? new Float64Array(0)).subarray(0, times.length), row * times.length); });
    return out;
  };
  const trajectoryValues = gather((name) => single?.species.get(name) ?? summary.species.get(name)?.mean);
  const initial = initialState(network, values), final = Float64Array.from(initial);
  for (const [component, row] of rows.entries()) if (row >= 0 && times.length > 0) final[component] = trajectoryValues[(row + 1) * times.length - 1]!;
  return {
    trajectory: { times: Float64Array.from(times), rows, initial, values: trajectoryValues, residuals: new Float64Array(times.length) },
    outcome: single?.event === undefined ? outcomeOf(stopped, end) : { kind: 'reached', t: single.event }, final,
    ...(condition === undefined ? {} : { condition: { text: condition.text, ...(single?.event === undefined ? {} : { t: single.event }) } }), finalRates: new Float64Array(network.dimension),
    methods: [chunk.method], steps: single?.events ?? sums.events, evaluations: 0,
    molecules: {
      ...molecules, engine: chunk.method, events: single?.events ?? sums.events, replicas: single === undefined ? sums.replicas : 1, moleculesPerConcentration,
      rounded: simulator.prepare(request).rounded,
      ...(stopped === undefined ? {} : { stopped: sentenceOf(stopped) }),
      ...(met === undefined || single !== undefined ? {} : { met: { replicas: met.replicas, mean: met.mean, ...(Number.isNaN(met.variance) ? {} : { sd: Math.sqrt(met.variance) }) } }),
      ...(replicas > 1 && single === undefined
        ? { band: { low: gather((name) => summary.species.get(name)?.quantiles[0]), high: gather((name) => summary.species.get(name)?.quantiles[1]) } } : {}),
    },
  };
}

function outcomeOf(outcome: StochasticOutcome | undefined, end: number): Outcome {
  return outcome === undefined ? { kind: 'reached', t: end } : { kind: 'stuck', t: outcome.t, reason: outcome.kind === 'stuck' ? 'not a number' : 'step limit' };
}

/** Why a run ended early, to stand behind its time. */
function sentenceOf(outcome: StochasticOutcome): string {
  switch (outcome.kind) {
    case 'stuck': return outcome.reason === 'negative rate' ? t('the rate of {0} is negative there', outcome.reaction) : t('the rate of {0} is not a number there', outcome.reaction);
    case 'too many events': return t('a thousand million events have happened; make the volume smaller, or use method = tau');
    case 'reached': case 'extinct': case 'cancelled': return t('it was stopped');
  }
}
