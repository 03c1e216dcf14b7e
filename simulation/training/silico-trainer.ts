/** Training in silico, one step of the optimiser after the other, so that a worker can look at its messages in between. */
import { t } from '../../l10n/index.ts';
import { decodeFloats, encodeFloats } from './bytes.ts';
import { CHECKPOINT_VERSION, fingerprints, readCheckpoint, type Checkpoint } from './checkpoint.ts';
import { blockOfId, valuesIn } from './clamp.ts';
import { Cancelled } from '../cancel.ts';
import type { Cancel } from '../system.ts';
import { Glance, type Glanced } from './glance.ts';
import { Metrics, targetKind } from './metrics.ts';
import { Optimiser } from './optimiser.ts';
import { SilicoModel, type SilicoOutcome, type SilicoSettings, type SilicoTask } from './silico.ts';
import { shuffled, streamOf } from './streams.ts';
import { TrainingError, type DwellReport, type EpochReport, type Evaluation, type TrainingCallbacks, type TrainingData } from './types.ts';

export class SilicoTrainer {
  readonly model: SilicoModel;
  private readonly data: TrainingData;
  private readonly settings: SilicoSettings;
  private readonly optimiser: Optimiser;
  private readonly prints: Checkpoint['fingerprints'];
  private readonly rows: Uint32Array;
  private readonly tested: Uint32Array;
  private readonly x: Float64Array;
  private readonly target: Float64Array;
  private readonly output: Float64Array;
  private readonly gradient: Float64Array;
  private order: Uint32Array;
  private epoch = 0;
  private position = 0;
  private presentations = 0;
  private history: EpochReport[] = [];
  private best: { epoch: number; loss: number } | undefined;
  private sinceBest = 0;
  private unfinished: { readonly metrics: Metrics; next: number } | undefined;
  private readonly glances: Glance;
  /** Where the search for the fixed points of a look goes on; the training has its own. */
  private glanceMemory: Float64Array | undefined;
  private ended: SilicoOutcome['reason'] | undefined;
  private message: string | undefined;

  /** @throws TrainingError when task and data do not fit together; CheckpointError for a checkpoint of another run; Cancelled when `cancel` says so while the network is made ready */
  constructor(task: SilicoTask, data: TrainingData, settings: SilicoSettings, checkpoint?: Checkpoint, cancel?: Cancel) {
    this.model = new SilicoModel(task, settings.overrides, settings.initial, cancel);
    this.model.cancel = undefined;
    this.data = data;
    this.settings = settings;
    const inputs = blockOfId(task.network, task.inputs), outputs = blockOfId(task.network, task.outputs), size = this.model.size;
    if (data.inputs.columns !== valuesIn(inputs)) throw new TrainingError(t('{0} reads {1} inputs, the data have {2} columns of inputs.', task.name, valuesIn(inputs), data.inputs.columns));
    if (data.targets.columns !== valuesIn(outputs)) throw new TrainingError(t('{0} has {1} outputs, the data have {2} columns of targets.', task.name, valuesIn(outputs), data.targets.columns));
    if (size === 0) throw new TrainingError(t('{0} has nothing to train.', task.name));
    this.rows = data.train ?? Uint32Array.from({ length: data.inputs.rows }, (_, r) => r);
    this.tested = data.test !== undefined && data.test.length > 0 ? data.test : this.rows;
    this.glances = new Glance(data, this.tested);
    this.optimiser = new Optimiser(settings.optimiser, size);
    this.x = new Float64Array(data.inputs.columns);
    this.target = new Float64Array(data.targets.columns);
    this.output = new Float64Array(data.targets.columns);
    this.gradient = new Float64Array(size);
    this.order = this.orderOf(0);
    const { optimiser, seed, batch = 1 } = settings;
    // One step of the optimiser takes the place of a dwell.
    this.prints = fingerprints(task, data, { dwell: batch, epochs: 0, seed }, Float64Array.of(optimiser.kind === 'adam' ? 1 : 0, optimiser.rate, optimiser.decay ?? 0));
    if (checkpoint !== undefined) this.resume(checkpoint);
    else if (settings.epochs === 0) this.ended = 'epochs';
  }

  get finished(): SilicoOutcome['reason'] | undefined {
    return this.ended;
  }

  /** Epochs completed, samples presented in the present one. */
  get at(): Pick<DwellReport, 'epoch' | 'dwell' | 'dwells'> & { readonly presentations: number } {
    return { epoch: this.epoch, dwell: this.position, dwells: this.order.length, presentations: this.presentations };
  }

  /** Row of the data that the next step begins with; undefined when it evaluates, or when there is no next step. */
  get nextRow(): number | undefined {
    return this.ended === undefined ? this.order[this.position] : undefined;
  }

  private orderOf(epoch: number): Uint32Array {
    return shuffled(this.rows, streamOf(this.settings.seed, 'order', epoch));
  }

  private load(row: number): void {
    const { data: { inputs, targets }, x, target } = this;
    for (let c = 0; c < x.length; c++) x[c] = inputs.values[row * x.length + c]!;
    for (let c = 0; c < target.length; c++) target[c] = targets.values[row * target.length + c]!;
  }

  /**
   * One step of the optimiser, or, when an epoch's samples are through, the evaluation, which
   * `interrupt` breaks off between two samples until the next call. `cancel` is asked all the time: what it breaks off begins anew.
   */
  step(callbacks: Pick<TrainingCallbacks, 'onEpoch' | 'onDwell'> = {}, interrupt: () => boolean = () => false, cancel?: Cancel): void {
    if (this.ended !== undefined) return;
    const { model } = this, presents = this.position < this.order.length, from = presents ? model.memory : undefined;
    model.cancel = cancel;
    try {
      if (presents) this.descend(callbacks);
      else this.completeEpoch(callbacks, interrupt);
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      // Where the search for the next fixed point begins is part of what decides it.
      if (from !== undefined) model.memory = from;
    } finally {
      model.cancel = undefined;
    }
  }

  private descend({ onDwell }: Pick<TrainingCallbacks, 'onDwell'>): void {
    const { model, gradient, target, x } = this, part = this.order.subarray(this.position, this.position + (this.settings.batch ?? 1));
    gradient.fill(0);
    for (const row of part) {
      this.load(row);
      const sample = model.sample(x, target);
      if (sample === undefined) { this.lose(row); return; }
      for (let i = 0; i < gradient.length; i++) gradient[i] = gradient[i]! + sample.gradient[i]! / part.length;
    }
    this.optimiser.step(model.θ, gradient);
    model.refresh();
    this.position += part.length;
    this.presentations += part.length;
    onDwell?.({ epoch: this.epoch, dwell: this.position, dwells: this.order.length, row: part.at(-1)! });
  }

  private completeEpoch({ onEpoch }: Pick<TrainingCallbacks, 'onEpoch'>, interrupt: () => boolean): void {
    const { settings } = this, epoch = this.epoch + 1;
    let evaluation: Evaluation | undefined;
    if (epoch % (settings.every ?? 1) === 0 || epoch === settings.epochs) {
      evaluation = this.measure(interrupt);
      if (evaluation === undefined) return;
    }
    this.epoch = epoch;
    this.position = 0;
    this.order = this.orderOf(epoch);
    const report: EpochReport = { epoch, ...(evaluation === undefined ? {} : { evaluation }) };
    this.history.push(report);
    if (evaluation !== undefined) {
      this.sinceBest = this.best === undefined || evaluation.loss < this.best.loss ? 0 : this.sinceBest + 1;
      if (this.sinceBest === 0) this.best = { epoch, loss: evaluation.loss };
      const { loss, patience } = settings.stop ?? {};
      if (loss !== undefined && evaluation.loss <= loss) this.ended = 'target loss';
      else if (patience !== undefined && this.sinceBest >= patience) this.ended = 'patience';
    }
    if (this.ended === undefined && epoch >= settings.epochs) this.ended = 'epochs';
    onEpoch?.(report);
  }

  private measure(interrupt: () => boolean): Evaluation | undefined {
    const { tested, target, output, x, model } = this;
    const progress = (this.unfinished ??= { metrics: new Metrics(target.length, targetKind(this.data)), next: 0 });
    for (; progress.next < tested.length; progress.next++) {
      if (interrupt()) return undefined;
      const row = tested[progress.next]!;
      this.load(row);
      if (!model.predict(x, output)) { this.lose(row); return undefined; }
      progress.metrics.add(output, target);
    }
    this.unfinished = undefined;
    return progress.metrics.finish();
  }

  /** How well it does now, on a fixed part of the rows that are evaluated at the end of an epoch; see {@link Glance}. */
  glance(interrupt: () => boolean = () => false): Glanced {
    const { model } = this, own = model.memory;
    model.memory = this.glanceMemory ?? own;
    const glanced = this.glances.look(this.at, (inputs, outputs) => model.predict(inputs, outputs), interrupt);
    // Broken off, it goes on from where it was: what is seen does not depend on how often.
    this.glanceMemory = glanced.kind === 'interrupted' ? model.memory : undefined;
    model.memory = own;
    return glanced;
  }

  private lose(row: number): void {
    this.ended = 'no fixed point';
    this.message = t('With the inputs of row {0} the network comes to no isolated fixed point (epoch {1}).', row + 1, this.epoch + 1);
  }

  outcome(reason: SilicoOutcome['reason']): SilicoOutcome {
    const evaluation = this.history.findLast((report) => report.evaluation !== undefined)?.evaluation;
    return {
      reason, epochs: this.epoch, history: this.history, ...this.model.result(),
      ...(evaluation === undefined ? {} : { evaluation }), ...(this.message === undefined ? {} : { message: this.message }),
    };
  }

  /** Everything that the rest of the run depends on, as plain JSON: resumed, it goes on bit for bit. */
  checkpoint(): Checkpoint {
    const { model, optimiser } = this, numbers = Float64Array.from([...model.θ, ...model.memory, ...optimiser.memory]);
    return {
      version: CHECKPOINT_VERSION, fingerprints: this.prints, reduction: 'none', method: this.settings.optimiser.kind, epoch: this.epoch, position: this.position,
      order: [...this.order], presentations: this.presentations, history: [...this.history], evaluationsSinceBest: this.sinceBest,
      ...(this.best === undefined ? {} : { best: { ...this.best } }), numbers: encodeFloats(numbers),
    };
  }

  private resume(checkpoint: Checkpoint): void {
    const { model, optimiser, carried } = this, { numbers } = readCheckpoint(checkpoint, this.prints, 'none', carried + optimiser.memory.length);
    model.θ.set(numbers.subarray(0, model.size));
    optimiser.memory = numbers.subarray(carried);
    model.refresh();
    model.memory = numbers.subarray(model.size, carried);
    this.epoch = checkpoint.epoch;
    this.position = checkpoint.position;
    this.order = Uint32Array.from(checkpoint.order);
    this.presentations = checkpoint.presentations;
    this.history = [...checkpoint.history];
    this.sinceBest = checkpoint.evaluationsSinceBest;
    this.best = checkpoint.best === undefined ? undefined : { ...checkpoint.best };
    if (this.epoch >= this.settings.epochs) this.ended = 'epochs';
  }

  /** Numbers of a checkpoint before those of the optimiser. */
  private get carried(): number {
    return this.model.size + this.model.memory.length;
  }

  /** Goes on from here with other settings. What an optimiser remembers is kept when its kind stays. */
  continued(settings: SilicoSettings, task: SilicoTask = this.model.task): SilicoTrainer {
    const now = this.checkpoint(), plain = new SilicoTrainer(task, this.data, settings), { fingerprints: prints, method } = plain.checkpoint();
    const kept = decodeFloats(now.numbers), numbers = new Float64Array(plain.carried + plain.optimiser.memory.length);
    numbers.set(method === now.method ? kept : kept.subarray(0, plain.carried));
    return new SilicoTrainer(task, this.data, settings, { ...now, fingerprints: { ...prints, network: now.fingerprints.network }, method, numbers: encodeFloats(numbers) });
  }
}

/** @throws TrainingError when task and data do not fit together */
export function trainInSilico(task: SilicoTask, data: TrainingData, settings: SilicoSettings, callbacks: Pick<TrainingCallbacks, 'onEpoch' | 'poll'> = {}): SilicoOutcome {
  const trainer = new SilicoTrainer(task, data, settings);
  while (trainer.finished === undefined) {
    if ((callbacks.poll?.() ?? 'go') !== 'go') return trainer.outcome('stopped');
    trainer.step(callbacks);
  }
  return trainer.outcome(trainer.finished);
}
