/**
 * Training in the pot, one presentation after the other. A trainer is advanced step by step (a worker can look at its messages
 * in between); `trainPot` runs it to its end.
 */
import { t } from '../../l10n/index.ts';
import { componentName, parameterValues, type PotPlan } from '../../chemistry/index.ts';
import { blockOfId, valuesIn } from './clamp.ts';
import { CHECKPOINT_VERSION, CheckpointError, fingerprints, readCheckpoint, type Checkpoint } from './checkpoint.ts';
import { encodeFloats } from './bytes.ts';
import { differences } from './differences.ts';
import { Glance, type Glanced } from './glance.ts';
import { Metrics, targetKind } from './metrics.ts';
import type { Cancel } from '../system.ts';
import type { Pot } from './pot.ts';
import { RailsPot, type PotOptions } from './rails.ts';
import { shuffled, streamOf } from './streams.ts';
import { TrainingError, type BlowUp, type DwellReport, type EpochReport, type Evaluation, type TrainingCallbacks, type TrainingData, type TrainingOutcome, type TrainingReason, type TrainingSettings } from './types.ts';

/** Weights are then right to about a part in 100,000 of what an epoch changes. */
const RTOL = 1e-4, BOUND = 1e6;
/** Absolute tolerance as part of the relative one: single rails may be small; their differences are of the order of 1, as the targets are. */
const ATOL = { rails: 1e-3, differences: 0.1 } as const;

export class PotTrainer {
  readonly plan: PotPlan;
  readonly pot: Pot;
  /** Why the reduction was not used, where it was not. */
  readonly withoutReduction: string | undefined;
  private readonly data: TrainingData;
  private readonly settings: TrainingSettings;
  private readonly rows: Uint32Array;
  private readonly tested: Uint32Array;
  private readonly input: Float64Array;
  private readonly target: Float64Array;
  private readonly output: Float64Array;
  private readonly prints: Checkpoint['fingerprints'];
  private order: Uint32Array;
  private epochsDone = 0;
  private position = 0;
  private presentations = 0;
  private history: EpochReport[] = [];
  private best: { epoch: number; loss: number } | undefined;
  private evaluationsSinceBest = 0;
  /** An evaluation at the end of an epoch that was interrupted goes on from here. */
  private unfinished: { readonly metrics: Metrics; next: number } | undefined;
  private readonly glances: Glance;
  private ended: TrainingReason | undefined;
  private blowUp: BlowUp | undefined;

  /**
   * @throws TrainingError when plan, data and settings do not fit together; CheckpointError when the checkpoint belongs to
   * another run; UnknownParameterError for an override without a parameter; Cancelled when `cancel` says so while the network is made ready
   */
  constructor(plan: PotPlan, data: TrainingData, settings: TrainingSettings, checkpoint?: Checkpoint, cancel?: Cancel) {
    check(plan, data, settings);
    this.plan = plan;
    this.data = data;
    this.settings = settings;
    this.rows = data.train ?? Uint32Array.from({ length: data.inputs.rows }, (_, r) => r);
    this.tested = settings.evaluation?.rows !== 'train' && data.test !== undefined && data.test.length > 0 ? data.test : this.rows;
    this.glances = new Glance(data, this.tested);
    this.input = new Float64Array(data.inputs.columns);
    this.target = new Float64Array(data.targets.columns);
    this.output = new Float64Array(data.targets.columns);
    const parameters = overrides(plan, settings), rtol = settings.rtol ?? RTOL;
    const options: PotOptions = {
      dwell: settings.dwell, method: settings.method ?? 'auto', rtol, atol: settings.atol ?? rtol * ATOL.rails, bound: settings.bound ?? BOUND,
      until: settings.evaluation?.until ?? 'fixed point', ...(settings.noise === undefined ? {} : { noise: settings.noise }),
    };
    const reduced = settings.reduction === 'none' ? t('switched off') : differences(plan, parameters, settings.initial, { ...options, atol: settings.atol ?? rtol * ATOL.differences });
    this.withoutReduction = typeof reduced === 'string' ? reduced : undefined;
    this.pot = typeof reduced === 'string' ? new RailsPot(plan, parameters, settings.initial, options, cancel) : reduced;
    this.order = this.orderOf(0);
    this.prints = fingerprints(plan, data, settings, parameterValues(plan.network, parameters).values);
    if (checkpoint !== undefined) this.resume(checkpoint);
    else if (settings.epochs === 0) this.ended = 'epochs';
  }

  /** How it ended; undefined while there is more to do. */
  get finished(): TrainingReason | undefined {
    return this.ended;
  }

  /** Where the run stands: epochs completed, and presentations completed in the present one. */
  get at(): Pick<DwellReport, 'epoch' | 'dwell' | 'dwells'> & { readonly presentations: number } {
    return { epoch: this.epochsDone, dwell: this.position, dwells: this.order.length, presentations: this.presentations };
  }

  /** Row of the data that the next step presents; undefined when it evaluates, or when there is no next step. */
  get nextRow(): number | undefined {
    return this.ended === undefined ? this.order[this.position] : undefined;
  }

  /**
   * A trainer that goes on from here with other settings (another step, dwell, noise), or with the same network as an edit of
   * its text made it. Order, history and weights stay. What the seed decides of orders to come is that of the new settings.
   * @throws what the constructor throws; CheckpointError for another network
   */
  continued(settings: TrainingSettings, plan: PotPlan = this.plan): PotTrainer {
    const now = this.checkpoint(), { fingerprints: prints } = new PotTrainer(plan, this.data, settings).checkpoint();
    if (prints.network !== now.fingerprints.network) throw new CheckpointError(t('The training cannot go on: it began with another network. Start it anew.'));
    const { reduction, method, numbers } = new PotTrainer(plan, this.data, { ...settings, initial: this.pot.state() }).checkpoint();
    return new PotTrainer(plan, this.data, settings, { ...now, fingerprints: prints, reduction, method, numbers });
  }

  private orderOf(epoch: number): Uint32Array {
    return this.settings.shuffle === false ? this.rows : shuffled(this.rows, streamOf(this.settings.seed, 'order', epoch));
  }

  /**
   * One presentation, or, when an epoch's presentations are over, its evaluation. An evaluation that `interrupt` breaks off
   * between two samples goes on with the next call; a checkpoint in between holds nothing of it. `cancel` is asked all the time: what it
   * breaks off, a presentation or a sample, begins anew.
   */
  step(callbacks: Pick<TrainingCallbacks, 'onDwell' | 'onEpoch' | 'onState'> = {}, interrupt: () => boolean = () => false, cancel?: Cancel): void {
    if (this.ended !== undefined) return;
    if (this.position < this.order.length) this.present(callbacks, cancel);
    else this.completeEpoch(callbacks, interrupt, cancel);
  }

  private present(callbacks: Pick<TrainingCallbacks, 'onDwell' | 'onState'>, cancel: Cancel | undefined): void {
    const row = this.order[this.position]!, { input, target } = this;
    copyRow(this.data.inputs, row, input);
    copyRow(this.data.targets, row, target);
    const result = this.pot.present(input, target, [this.epochsDone, this.position], callbacks.onState, cancel);
    if (result.kind === 'cancelled') return;
    if (result.kind === 'lost') { this.lose(result, this.position + 1); return; }
    this.position++;
    this.presentations++;
    const report: DwellReport = { epoch: this.epochsDone, dwell: this.position, dwells: this.order.length, row };
    callbacks.onDwell?.(report);
  }

  private lose({ component, value, t: time, told }: Extract<ReturnType<Pot['present']>, { kind: 'lost' }>, dwell: number): void {
    const species = componentName(this.plan.network, component), epoch = this.epochsDone + 1;
    this.ended = 'blown up';
    this.blowUp = { species, value, epoch, dwell, t: time, message: t('{0}, in epoch {1}, dwell {2}, {3} after the switch.', told(species), epoch, dwell, time.toPrecision(3)) };
  }

  private completeEpoch(callbacks: Pick<TrainingCallbacks, 'onEpoch'>, interrupt: () => boolean, cancel: Cancel | undefined): void {
    const { settings } = this, epoch = this.epochsDone + 1, every = settings.evaluation?.every ?? 1;
    let evaluation: Evaluation | undefined;
    if (every > 0 && (epoch % every === 0 || epoch >= settings.epochs)) {
      this.unfinished ??= { metrics: this.metrics(), next: 0 };
      evaluation = this.measure(this.tested, this.unfinished, interrupt, cancel);
      if (evaluation === undefined) return;
      this.unfinished = undefined;
    }
    this.epochsDone = epoch;
    this.position = 0;
    this.order = this.orderOf(epoch);
    const report: EpochReport = { epoch, ...(evaluation === undefined ? {} : { evaluation }) };
    this.history.push(report);
    if (evaluation !== undefined) {
      if (this.best === undefined || evaluation.loss < this.best.loss) {
        this.best = { epoch, loss: evaluation.loss };
        this.evaluationsSinceBest = 0;
      } else this.evaluationsSinceBest++;
      const { loss, patience } = settings.stop ?? {};
      if (loss !== undefined && evaluation.loss <= loss) this.ended = 'target loss';
      else if (patience !== undefined && this.evaluationsSinceBest >= patience) this.ended = 'patience';
    }
    if (this.ended === undefined && epoch >= settings.epochs) this.ended = 'epochs';
    callbacks.onEpoch?.(report);
  }

  /** Forward reactions alone, sample by sample; the pot stays as it is. Undefined when interrupted or when the pot is lost. */
  evaluate(rows: Uint32Array = this.tested, interrupt: () => boolean = () => false, cancel?: Cancel): Evaluation | undefined {
    return this.measure(rows, { metrics: this.metrics(), next: 0 }, interrupt, cancel);
  }

  private metrics(): Metrics {
    return new Metrics(this.data.targets.columns, targetKind(this.data));
  }

  private measure(rows: Uint32Array, progress: { readonly metrics: Metrics; next: number }, interrupt: () => boolean, cancel: Cancel | undefined): Evaluation | undefined {
    const { data, input, target, output } = this;
    for (; progress.next < rows.length; progress.next++) {
      if (interrupt()) return undefined;
      const row = rows[progress.next]!;
      copyRow(data.inputs, row, input);
      copyRow(data.targets, row, target);
      const result = this.pot.predict(input, output, cancel);
      if (result.kind === 'cancelled') return undefined;
      if (result.kind === 'lost') { this.lose(result, this.position); return undefined; }
      progress.metrics.add(output, target);
    }
    return progress.metrics.finish();
  }

  /** How well it does now, on a fixed part of the rows that are evaluated at the end of an epoch; see {@link Glance}. */
  glance(interrupt: () => boolean = () => false): Glanced {
    return this.glances.look(this.at, (inputs, outputs) => this.pot.predict(inputs, outputs).kind === 'reached', interrupt);
  }

  /** What the pot makes of any inputs (a decision boundary, a curve). */
  predict(inputs: Float64Array, outputs: Float64Array): void {
    this.pot.predict(inputs, outputs);
  }

  /** Everything that the rest of the run depends on, as plain JSON. */
  checkpoint(): Checkpoint {
    const { numbers, method } = this.pot.save();
    return {
      version: CHECKPOINT_VERSION, fingerprints: this.prints, reduction: this.pot.reduction, method,
      epoch: this.epochsDone, position: this.position, order: [...this.order], presentations: this.presentations,
      history: [...this.history], evaluationsSinceBest: this.evaluationsSinceBest, ...(this.best === undefined ? {} : { best: { ...this.best } }),
      numbers: encodeFloats(numbers),
    };
  }

  private resume(checkpoint: Checkpoint): void {
    const read = readCheckpoint(checkpoint, this.prints, this.pot.reduction, this.pot.save().numbers.length);
    const { epoch, position } = checkpoint, last = position > 0 ? [epoch, position - 1] as const : epoch > 0 ? [epoch - 1, this.rows.length - 1] as const : undefined;
    this.pot.load({ numbers: read.numbers, method: checkpoint.method }, last);
    this.epochsDone = checkpoint.epoch;
    this.position = checkpoint.position;
    this.order = Uint32Array.from(checkpoint.order);
    this.presentations = checkpoint.presentations;
    this.history = [...checkpoint.history];
    this.best = checkpoint.best === undefined ? undefined : { ...checkpoint.best };
    this.evaluationsSinceBest = checkpoint.evaluationsSinceBest;
    if (this.epochsDone >= this.settings.epochs) this.ended = 'epochs';
  }

  outcome(reason: TrainingReason): TrainingOutcome {
    const evaluation = this.history.findLast((report) => report.evaluation !== undefined)?.evaluation;
    return {
      reason, epochs: this.epochsDone, presentations: this.presentations, reduction: this.pot.reduction, method: this.pot.method,
      history: this.history, state: this.pot.state(),
      ...(this.withoutReduction === undefined ? {} : { withoutReduction: this.withoutReduction }),
      ...(this.pot.molecules === undefined ? {} : { molecules: this.pot.molecules.method }),
      ...(evaluation === undefined ? {} : { evaluation }), ...(this.best === undefined ? {} : { best: this.best }),
      ...(this.blowUp === undefined ? {} : { blowUp: this.blowUp }),
    };
  }
}

/** An outcome, and where the run stands: `paused` and `stopped` runs go on from the checkpoint. */
export interface TrainingRun extends TrainingOutcome {
  readonly checkpoint: Checkpoint;
}

/**
 * Trains to the end, to the target, to a pause or to a blow-up. What the constructor of {@link PotTrainer} throws, this throws.
 */
export function trainPot(plan: PotPlan, data: TrainingData, settings: TrainingSettings, callbacks: TrainingCallbacks = {}, checkpoint?: Checkpoint): TrainingRun {
  const trainer = new PotTrainer(plan, data, settings, checkpoint);
  let halted: 'paused' | 'stopped' | undefined;
  const asked = (): boolean => {
    const verdict = callbacks.poll?.() ?? 'go';
    if (verdict !== 'go') halted = verdict === 'stop' ? 'stopped' : 'paused';
    return halted !== undefined;
  };
  while (trainer.finished === undefined && !asked()) trainer.step(callbacks, asked, asked);
  const reason = trainer.finished ?? halted ?? 'paused';
  return { ...trainer.outcome(reason), checkpoint: trainer.checkpoint() };
}

function copyRow({ columns, values }: TrainingData['inputs'], row: number, out: Float64Array): void {
  for (let c = 0; c < columns; c++) out[c] = values[row * columns + c]!;
}

function overrides(plan: PotPlan, settings: TrainingSettings): ReadonlyMap<string, number> {
  const map = new Map(settings.parameters ?? []);
  const { rate, decay } = settings;
  if (rate !== undefined) {
    if (plan.rate === undefined) throw new TrainingError(t('{0} was compiled without a parameter for the learning rate, so it cannot be set here.', plan.name));
    map.set(plan.rate, rate);
  }
  if (decay !== undefined) {
    if (plan.decay !== undefined) map.set(plan.decay, decay);
    else if (decay !== 0) throw new TrainingError(t('{0} was compiled without a parameter for the weight decay, so it cannot be set here.', plan.name));
  }
  return map;
}

/** Position of the first number that is not finite or lies below the least; a plain loop: pictures are tens of millions of them. */
function firstBad(values: TrainingData['inputs']['values'], least: number): number {
  for (let i = 0; i < values.length; i++) if (!(values[i]! >= least && values[i]! < Infinity && values[i]! > -Infinity)) return i;
  return -1;
}

function check(plan: PotPlan, data: TrainingData, settings: TrainingSettings): void {
  const fail = (message: string): never => { throw new TrainingError(message); };
  const inputs = blockOfId(plan.network, plan.inputs), outputs = blockOfId(plan.network, plan.outputs);
  if (plan.form !== 'rails') fail(t('The weights of {0} are rate constants, which reactions cannot change. Compile it with weights on rails, or train it in silico.', plan.name));
  if (plan.targets === undefined) fail(t('{0} was compiled without the reactions that train it.', plan.name));
  if (data.inputs.columns !== valuesIn(inputs)) fail(t('{0} reads {1} inputs, the data have {2} columns of inputs.', plan.name, valuesIn(inputs), data.inputs.columns));
  if (data.targets.columns !== valuesIn(outputs)) fail(t('{0} has {1} outputs, the data have {2} columns of targets.', plan.name, valuesIn(outputs), data.targets.columns));
  if (data.inputs.rows !== data.targets.rows) fail(t('There are {0} rows of inputs and {1} of targets.', data.inputs.rows, data.targets.rows));
  if (data.inputs.rows === 0 || data.train?.length === 0) fail(t('There are no samples to train on.'));
  for (const rows of [data.train, data.test]) {
    for (const row of rows ?? []) if (row >= data.inputs.rows) fail(t('The split names row {0} of {1}.', row + 1, data.inputs.rows));
  }
  for (const [matrix, told, signed] of [
    [data.inputs, (row: number, column: number, value: number) => t('The input in row {0}, column {1}, is {2}.', row, column, value), inputs.kind === 'dual'],
    [data.targets, (row: number, column: number, value: number) => t('The target in row {0}, column {1}, is {2}.', row, column, value), true],
  ] as const) {
    const at = firstBad(matrix.values, signed ? -Infinity : 0);
    if (at < 0) continue;
    const row = Math.floor(at / matrix.columns) + 1, column = (at % matrix.columns) + 1, value = matrix.values[at]!;
    fail(Number.isFinite(value) ? t('The input in row {0}, column {1}, is {2}: a concentration cannot be negative. Scale the inputs to [0, 1], or give the network inputs on two rails.', row, column, value) : told(row, column, value));
  }
  const positive = (value: number | undefined, told: (value: number) => string): void => { if (value !== undefined && !(value > 0 && value < Infinity)) fail(told(value)); };
  positive(settings.dwell, (value) => t('The dwell time must be a positive number, not {0}.', value));
  positive(settings.rtol, (value) => t('The relative tolerance must be a positive number, not {0}.', value));
  positive(settings.bound, (value) => t('The bound must be a positive number, not {0}.', value));
  positive(settings.noise?.intrinsic?.volume, (value) => t('The volume must be a positive number, not {0}.', value));
  if (typeof settings.evaluation?.until === 'number') positive(settings.evaluation.until, (value) => t('The time for an evaluation must be a positive number, not {0}.', value));
  if (!Number.isInteger(settings.epochs) || settings.epochs < 0) fail(t('The number of epochs must be a whole number, not {0}.', settings.epochs));
  const notNegative = (value: number | undefined, told: (value: number) => string): void => { if (value !== undefined && !(value >= 0 && value < Infinity)) fail(told(value)); };
  notNegative(settings.rate, (value) => t('The learning rate must not be negative, and {0} is no such number.', value));
  notNegative(settings.decay, (value) => t('The weight decay must not be negative, and {0} is no such number.', value));
  for (const size of [settings.noise?.rates?.size, settings.noise?.concentrations?.size]) notNegative(size, (value) => t('The size of the noise must not be negative, and {0} is no such number.', value));
  if (settings.initial !== undefined && settings.initial.length !== plan.network.dimension) fail(t('The state to start from has {0} components, {1} {2}.', settings.initial.length, plan.name, plan.network.dimension));
}
