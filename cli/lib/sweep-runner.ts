/** One run of a sweep, in the worker: the text with the values of its grid point, trained or simulated. */
import { withValues, type Experiment, type ExperimentValue, type SweepInfo } from '../../chemistry/index.ts';
import { Cancelled, runAt, runsIn, summariseEnsemble } from '../../simulation/index.ts';
import { chosen } from './chosen.ts';
import { FailedError, UnusableError } from './errors.ts';
import { loadModel, type Model } from './model.ts';
import { allReplicas, prepareMolecules } from './molecules.ts';
import { conditionSentence, moleculesSentence, outcomeSentence } from './outcome.ts';
import { cpuSeconds, namesOf, prepare, run } from './run.ts';
import { experimentNamed, settingsOf } from './settings.ts';
import { soundModel } from './sound.ts';
import { columnOf, sweepPlan, type SweepPlan } from './sweep-plan.ts';
import { DataShelf, runTraining } from './training-run.ts';

/** Texts with other values than the declared ones are kept: runs come grid point after grid point. */
const MOST_KEPT = 4;

type Cells = Readonly<Record<string, string | number | undefined>>;

export class SweepRunner {
  readonly plan: SweepPlan;
  private readonly model: Model;
  private readonly shelf = new DataShelf();
  private readonly variants = new Map<string, { readonly model: Model; readonly info: SweepInfo }>();

  /** @throws UnusableError and FailedError when nothing can be run */
  constructor(file: string, name: string | undefined) {
    this.model = soundModel(loadModel(file));
    this.plan = sweepPlan(this.model, name);
  }

  /**
   * What would fail in every run, and every value that the text cannot have.
   * @throws UnusableError and FailedError
   */
  check(): void {
    const { info } = this.plan;
    for (const axis of info.axes) {
      if (axis.kind !== 'declared') continue;
      for (const value of axis.values) this.variant(new Map([[axis.name, Number(value)]]));
    }
    if (info.target.kind === 'train' && info.vary !== undefined) this.shelf.take(this.model, info.target.data, info.vary({}).plan);
  }

  /** A row of the table; undefined when it was cancelled. What goes wrong in a run is told in its row. */
  row(index: number, cancelled: () => boolean): string[] | undefined {
    const { plan } = this, { values, replica } = runAt(plan.grid, index);
    const named = new Map(plan.info.axes.map((axis, a) => [axis, values[a]!] as const));
    let cells: Cells;
    const begun = cpuSeconds();
    try {
      const declared = new Map([...named].flatMap(([axis, value]) => (axis.kind === 'declared' ? [[axis.name, Number(value)] as const] : [])));
      const { model, info } = this.variant(declared);
      const others = new Map([...named].flatMap(([axis, value]) => (axis.kind === 'declared' ? [] : [[axis.name, value] as const])));
      const found = info.target.kind === 'train' ? this.trained(model, info, others, replica, cancelled) : this.simulated(model, info.target.experiment, others, replica, cancelled);
      if (found === undefined) return undefined;
      cells = { seconds: cpuSeconds() - begun, ...found };
    } catch (error) {
      if (error instanceof Cancelled) return undefined;
      if (!(error instanceof UnusableError) && !(error instanceof FailedError)) throw error;
      cells = { outcome: 'refused', message: error.message, seconds: cpuSeconds() - begun };
    }
    const all: Cells = { ...cells, seconds: Number((cells['seconds'] as number).toPrecision(4)), replica: replica + 1, sweep: plan.mark };
    return plan.fields.map((field, at) => String((at < values.length ? values[at] : all[field]) ?? ''));
  }

  private variant(declared: ReadonlyMap<string, number>): { readonly model: Model; readonly info: SweepInfo } {
    if (declared.size === 0) return { model: this.model, info: this.plan.info };
    const key = JSON.stringify([...declared]);
    let found = this.variants.get(key);
    if (found === undefined) {
      const said = [...declared].map(([name, value]) => `${name} = ${value}`).join(', ');
      const model = soundModel(loadModel(this.model.file, withValues(this.model.tree, declared)), `with ${said}`);
      const info = model.analysis.sweeps.find((sweep) => sweep.name === this.plan.info.name);
      if (info === undefined) throw new FailedError(`${this.model.file}: with ${said} the sweep ${this.plan.info.name} cannot be run.`);
      if (this.variants.size >= MOST_KEPT) this.variants.delete(this.variants.keys().next().value ?? '');
      this.variants.set(key, (found = { model, info }));
    }
    return found;
  }

  private trained(model: Model, info: SweepInfo, values: ReadonlyMap<string, number | string>, replica: number, cancelled: () => boolean): Cells | undefined {
    if (info.target.kind !== 'train' || info.vary === undefined) throw new UnusableError(`The sweep ${info.name} cannot be run: its network or its data have an error.`);
    const training = info.vary({ values, replica });
    const { data } = this.shelf.take(model, info.target.data, training.plan).built;
    const { outcome, message, epochs, presentations, loss, evaluation, best, reduction, molecules, seconds } = runTraining(model.file, { ...training, data: info.target.data, where: training.settings.where }, data, { cancelled });
    if (outcome === 'interrupted') return undefined;
    return {
      seed: training.settings.seed, outcome, epochs, presentations, loss: finite(evaluation?.loss), accuracy: evaluation?.accuracy, relative_error: finite(evaluation?.relativeError),
      best_loss: finite(best?.loss), best_epoch: best?.epoch, training_loss: finite(loss), confusion: evaluation?.confusion?.map((row) => row.join(' ')).join('; '),
      equations: molecules ?? (reduction === 'none' ? 'rails' : reduction), message, seconds,
    };
  }

  private simulated(model: Model, name: string, values: ReadonlyMap<string, number | string>, replica: number, cancelled: () => boolean): Cells | undefined {
    const { network } = model.analysis;
    const experiment = changed(experimentNamed(network, name), values);
    const settings = settingsOf(experiment, {});
    const wanted = new Set(this.plan.measures);
    const told = (state: Float64Array): Cells => Object.fromEntries(chosen(namesOf(network), []).map((one) => [columnOf(this.plan.info, one.name), finite(state[one.component])] as const).filter(([column]) => wanted.has(column)));
    if (settings.molecules !== undefined) {
      const { molecules } = settings, seed = molecules.seed + replica, end = settings.until as number;
      const { sums, stopped, moleculesPerConcentration } = allReplicas(prepareMolecules(network, { ...settings, points: 1 }, { ...molecules, seed }, [], { cancel: cancelled }), molecules.replicas);
      if (stopped?.outcome.kind === 'cancelled') return undefined;
      if (stopped !== undefined) return { seed, outcome: stopped.outcome.kind, t: stopped.outcome.t, message: moleculesSentence(stopped.outcome, network, end) };
      const { species, met } = summariseEnsemble(network, sums, { scale: 1 / moleculesPerConcentration });
      if (settings.condition !== undefined && met === undefined) return { seed, outcome: 'missed', t: end, message: `“${settings.condition.text}” did not come true up to t = ${end}.` };
      const missed = settings.condition === undefined ? 0 : sums.replicas - (met?.replicas ?? 0);
      return { seed, outcome: 'reached', t: met?.mean ?? end, ...(missed === 0 ? {} : { message: `“${settings.condition!.text}” did not come true in ${missed} of ${sums.replicas} runs; t is the mean of the others.` }), ...told(Float64Array.from(namesOf(network), (one) => species.get(one)?.mean[0] ?? NaN)) };
    }
    const result = run(prepare(network, [], settings.off, cancelled), { ...settings, points: 2 }, { species: [], cancel: cancelled });
    const { outcome, event } = result, { condition } = settings;
    if (outcome.kind === 'cancelled') return undefined;
    const missed = condition === undefined || event !== undefined ? undefined : conditionSentence(condition, outcome, event, network);
    if (missed !== undefined) return { seed: settings.seed, outcome: 'missed', t: outcome.t, message: missed };
    const fine = outcome.kind === 'reached' || outcome.kind === 'steady';
    return { seed: settings.seed, outcome: outcome.kind, t: outcome.t, ...(fine ? told(result.final) : { message: outcomeSentence(outcome, network, settings.until) }) };
  }

  get runs(): number {
    return runsIn(this.plan.grid);
  }
}

/** The experiment with other settings. */
function changed(experiment: Experiment | undefined, values: ReadonlyMap<string, number | string>): Experiment | undefined {
  if (experiment === undefined || values.size === 0) return experiment;
  const settings = new Map(experiment.settings);
  for (const [name, value] of values) {
    // Beside a condition `t` is the latest end; otherwise the two are the same.
    if (name === 't' && settings.get('until')?.kind !== 'condition') settings.delete('until');
    if (name === 'until') settings.delete('t');
    settings.set(name, (typeof value === 'number' ? { kind: 'number', value } : { kind: 'word', text: value }) satisfies ExperimentValue);
  }
  return { ...experiment, settings };
}

/** A number in a table is finite, or there is none. */
function finite(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}
