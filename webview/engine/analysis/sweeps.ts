/** Sweeps over the size of a noise, run for the lab: every grid point once, then every one again with the next seeds, so that the picture fills in evenly. */
import { t } from '../../../l10n/index.ts';
import type { Analysis, Experiment, ExperimentValue, SweepInfo } from '../../../chemistry/index.ts';
import { runAt, runsIn, spread, type SweepGrid } from '../../../simulation/index.ts';
import type { NoiseAnswer, NoiseSeries, SweepResult } from '../../analysis-protocol.ts';
import type { ModelText } from '../../training-protocol.ts';
import type { FromWorker, SweepSummary } from '../../worker-protocol.ts';
import { Session } from '../session.ts';
import { summariseExperiment } from '../summary.ts';
import { TrainingDataSource } from '../training/data.ts';
import { makeLearner } from '../training/learner.ts';
import type { Report } from './session.ts';

/** Axes that say how large a noise is. */
const NOISY = ['noise', 'concentrations', 'volume'];
/** Nine of ten runs lie between. */
const BAND = [0.05, 0.95];

/** Sweeps with a noise axis that has numbers. */
export function noiseSweeps({ sweeps }: Pick<Analysis, 'sweeps'>): readonly SweepSummary[] {
  return sweeps.flatMap((info): SweepSummary[] => {
    const axis = info.axes.find(({ name, values }) => NOISY.includes(name) && values.every((value) => typeof value === 'number'));
    if (axis === undefined) return [];
    const { target, place, name } = info;
    return [{
      name, axis: axis.name, runs: runsIn({ axes: info.axes, replicas: info.replicas }), about: target.kind === 'train' ? `${target.network} on ${target.data}` : target.experiment,
      place: { uri: place.file ?? null, start: place.unit.start + place.span.start, end: place.unit.start + place.span.end },
    }];
  });
}

/** What one run came to; undefined where it came to nothing. */
type RunOne = (values: ReadonlyMap<string, number | string>, replica: number) => number | undefined;
interface Runner {
  readonly measure: string;
  readonly run: RunOne;
}

/** @throws Error with a sentence for the user where the sweep cannot be run here */
function trainingRunner(analysis: Analysis, info: SweepInfo): Runner {
  const { target, name } = info, vary = info.vary?.bind(info);
  const elsewhere = t('Run it with the command line: onepot sweep FILE {0}.', name);
  if (target.kind !== 'train' || vary === undefined) throw new Error(t('The sweep {0} cannot be run: its network or its data have an error.', name));
  if (info.axes.some(({ kind }) => kind === 'declared')) throw new Error(t('The sweep {0} varies what the text declares. {1}', name, elsewhere));
  const source = TrainingDataSource.of(analysis, target.data, () => 0);
  if (source === undefined) throw new Error(t('The sweep {0} has no data.', name));
  if (source.requests.length > 0) throw new Error(t('The data of the sweep {0} are in files. {1}', name, elsewhere));
  let measure = 'accuracy';
  return {
    get measure() { return measure; },
    run(values, replica) {
      const training = vary({ values, replica }), built = source.build([], training.plan);
      if ('problems' in built) throw new Error(built.problems[0]?.message ?? t('The data cannot be used.'));
      const learner = makeLearner(training, built.built.data);
      let last: { readonly accuracy?: number; readonly loss: number } | undefined;
      while (learner.end === undefined) learner.step({ onEpoch: ({ evaluation }) => { last = evaluation ?? last; } }, () => false);
      // A pot that is lost has learnt nothing.
      if (learner.end.reason === 'blown up') return measure === 'accuracy' ? 0 : undefined;
      if (last !== undefined && last.accuracy === undefined) measure = 'loss';
      return last?.accuracy ?? last?.loss;
    },
  };
}

/** The experiment with other settings. */
function changed(experiment: Experiment, values: ReadonlyMap<string, number | string>): Experiment {
  const settings = new Map(experiment.settings);
  for (const [name, value] of values) {
    if (name === 'until') settings.delete('t');
    settings.set(name, (typeof value === 'number' ? { kind: 'number', value } : { kind: 'word', text: value }) satisfies ExperimentValue);
  }
  return { ...experiment, settings };
}

function simulationRunner(analysis: Analysis, text: ModelText, info: SweepInfo): Runner {
  const { target, name } = info, experiment = target.kind === 'simulate' ? analysis.network.experiments.find((one) => one.name === target.experiment) : undefined;
  if (experiment === undefined) throw new Error(t('The sweep {0} cannot be run: there is no such simulation.', name));
  let heard: FromWorker | undefined;
  const said = (): FromWorker | undefined => heard, session = new Session((message) => { heard = message; });
  session.handle({ type: 'load', id: 1, ...text });
  const loaded = said();
  if (loaded?.type !== 'loaded') throw new Error(t('The text has errors.'));
  const wanted = info.plot?.[0] ?? summariseExperiment(experiment).plot[0], block = loaded.model.blocks.find((one) => one.name === wanted) ?? loaded.model.blocks[0]!;
  const declared = new Set(info.axes.flatMap((axis) => (axis.kind === 'declared' ? [axis.name] : [])));
  return {
    measure: block.name,
    run(values, replica) {
      const own = summariseExperiment(changed(experiment, new Map([...values].filter(([axis]) => !declared.has(axis))))), { molecules } = own;
      const overrides = Object.fromEntries([...values].flatMap(([axis, value]) => (declared.has(axis) && typeof value === 'number' ? [[axis, value]] : [])));
      session.handle({
        type: 'run', id: 2, request: {
          overrides, until: own.end ?? (own.untilFixedPoint || own.condition !== undefined ? 'fixed point' : 'automatic'), ...(own.condition === undefined ? {} : { condition: own.name }), method: own.method ?? 'auto', rtol: own.rtol ?? 1e-6, atol: own.atol ?? 1e-9, points: 50, off: own.off,
          // Each replica of the sweep has seeds of its own.
          ...(molecules === undefined ? {} : { molecules: { ...molecules, seed: molecules.seed + replica * molecules.replicas } }),
        },
      });
      const ran = said();
      if (ran?.type === 'failed') throw new Error(ran.message);
      if (ran?.type !== 'finished') return undefined;
      const { final } = ran.result;
      return block.kind === 'dual' ? final[block.offset]! - final[block.offset + block.size / 2]! : final[block.offset];
    },
  };
}

/** One series for every combination of the other axes; at each size of the noise the runs so far. */
export class SweepRecord {
  readonly #grid: SweepGrid;
  readonly #info: SweepInfo;
  readonly #axis: number;
  readonly #values: readonly number[];
  readonly #runs: (number | undefined)[];
  #done = 0;

  constructor(info: SweepInfo, axis: string) {
    this.#info = info;
    this.#grid = { axes: info.axes, replicas: info.replicas };
    this.#axis = info.axes.findIndex(({ name }) => name === axis);
    this.#values = [...new Set(info.axes[this.#axis]!.values.map(Number))].sort((a, b) => a - b);
    this.#runs = new Array<number | undefined>(runsIn(this.#grid)).fill(undefined);
  }

  get runs(): number {
    return this.#runs.length;
  }

  /** Numbers of the runs, replica after replica. */
  get order(): readonly number[] {
    const { replicas } = this.#grid, points = this.runs / replicas;
    return Array.from({ length: this.runs }, (_, k) => (k % points) * replicas + Math.floor(k / points));
  }

  at(run: number): { readonly values: ReadonlyMap<string, number | string>; readonly replica: number } {
    const { values, replica } = runAt(this.#grid, run);
    return { values: new Map(this.#info.axes.map(({ name }, a) => [name, values[a]!])), replica };
  }

  set(run: number, value: number | undefined): void {
    this.#runs[run] = value;
    this.#done++;
  }

  result(measure: string): SweepResult {
    const others = new Map<string, Map<number, (number | undefined)[]>>();
    this.#runs.forEach((value, run) => {
      const { values } = runAt(this.#grid, run);
      const label = this.#info.axes.map(({ name }, a) => (a === this.#axis ? '' : `${name} = ${values[a]!}`)).filter((part) => part !== '').join(', '), x = Number(values[this.#axis]);
      const points = others.get(label) ?? new Map<number, (number | undefined)[]>();
      others.set(label, points);
      points.set(x, [...(points.get(x) ?? []), value]);
    });
    const series = [...others].map(([label, points]): NoiseSeries => {
      const told = this.#values.map((x) => spread(points.get(x) ?? [], BAND));
      const column = (of: (one: NonNullable<(typeof told)[number]>) => number): Float64Array => Float64Array.from(told, (one) => (one === undefined ? NaN : of(one)));
      return { label, mean: column(({ mean }) => mean), low: column(({ quantiles }) => quantiles[0]!), high: column(({ quantiles }) => quantiles[1]!), counts: told.map((one) => one?.count ?? 0) };
    });
    return { name: this.#info.name, axis: this.#info.axes[this.#axis]!.name, sizes: Float64Array.from(this.#values), measure, series, done: this.#done, runs: this.runs };
  }
}

/** All sweeps over noise of the text, in turns. What cannot be run is told beside the others. */
export function noiseAnswer(analysis: Analysis, text: ModelText, report: Report): NoiseAnswer {
  const refused: { readonly name: string; readonly why: string }[] = [];
  const sweeps = noiseSweeps(analysis).flatMap(({ name, axis }) => {
    const info = analysis.sweeps.find((one) => one.name === name)!;
    try {
      return [{ record: new SweepRecord(info, axis), runner: info.target.kind === 'train' ? trainingRunner(analysis, info) : simulationRunner(analysis, text, info), name }];
    } catch (error) {
      refused.push({ name, why: error instanceof Error ? error.message : String(error) });
      return [];
    }
  });
  const total = sweeps.reduce((sum, { record }) => sum + record.runs, 0), answer = (): NoiseAnswer => ({ kind: 'noise', sweeps: sweeps.map(({ record, runner }) => record.result(runner.measure)), refused: [...refused] });
  let done = 0;
  const orders = sweeps.map(({ record }) => record.order), longest = Math.max(0, ...orders.map(({ length }) => length)), given = new Set<string>();
  for (let k = 0; k < longest; k++) {
    for (const [s, { record, runner, name }] of sweeps.entries()) {
      const run = orders[s]![k];
      if (run === undefined || given.has(name)) continue;
      try {
        const { values, replica } = record.at(run);
        record.set(run, runner.run(values, replica));
      } catch (error) {
        // One run that cannot be made is like the others: the sweep is given up.
        given.add(name);
        refused.push({ name, why: error instanceof Error ? error.message : String(error) });
      }
      report(++done, total, answer);
    }
  }
  return answer();
}
