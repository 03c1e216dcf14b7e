/** A training from its text and its data to its end, in whatever thread it is called in. */
import { negativeInput } from '../../exchange/index.ts';
import { UnknownParameterError, UnrollError, type PotPlan } from '../../chemistry/index.ts';
import {
  CheckpointError, type GlancePlan, type GlanceReport, potSettings, PotTrainer, silicoSettings, silicoTask, SilicoTrainer, StochasticError, TrainingError,
  type Checkpoint, type DwellReport, type EpochReport, type TrainingData,
} from '../../simulation/index.ts';
import { UnusableError } from './errors.ts';
import type { Model } from './model.ts';
import { cpuSeconds } from './run.ts';
import type { ChosenTraining } from './training-choice.ts';
import { dataStatement, loadData, type LoadedData } from './training-data.ts';
import type { Trained, TrainingEnd } from './training-protocol.ts';

/** What a run came to. */
export type Figures = Pick<Trained, 'outcome' | 'message' | 'epochs' | 'presentations' | 'loss' | 'evaluation' | 'best' | 'reduction' | 'withoutReduction' | 'method' | 'molecules' | 'seconds'>;

export interface RunHooks {
  readonly cancelled?: () => boolean;
  readonly onEpoch?: (report: EpochReport, seconds: number) => void;
  readonly onDwell?: (report: DwellReport) => void;
  /** Called when nothing has been computed yet, then between any two steps; `sound` is false when the pot is lost. */
  readonly between?: (checkpoint: () => Checkpoint, seconds: number, sound: boolean) => void;
  /** Looks at how well it does within an epoch: when, by which clock (milliseconds), and who hears of it. */
  readonly glance?: { readonly plan: GlancePlan; readonly now: () => number; readonly seen: (report: GlanceReport, seconds: number) => void };
  /** What the run goes on from, and the seconds that it took before. */
  readonly from?: { readonly checkpoint: Checkpoint; readonly seconds: number };
  /** Integrate all rails even where their differences are exact. */
  readonly rails?: boolean;
}

/** Data by the name of their statement; files are read once. */
export class DataShelf {
  private readonly loaded = new Map<string, LoadedData>();

  /**
   * Data that fit the network.
   * @throws UnusableError and FailedError with file, row and column of what is wrong
   */
  take(model: Model, name: string, plan: PotPlan): LoadedData {
    const declared = dataStatement(model, name);
    if (declared === undefined) throw new UnusableError(`There is no data statement “${name}” in ${model.file} or what it imports.`);
    let found = this.loaded.get(name);
    if (found === undefined) this.loaded.set(name, (found = loadData(declared)));
    const { built, refuse } = found;
    fit(plan, built.data, `${declared.file}: ${name}`);
    const inputs = plan.network.blocks.find((block) => block.id === plan.inputs);
    const negative = inputs?.kind === 'dual' ? undefined : negativeInput(built);
    if (negative !== undefined) throw refuse(negative);
    return found;
  }
}

/** Widths are in the text for rows in the text; for files they are known only now. */
function fit(plan: PotPlan, data: TrainingData, name: string): void {
  const size = (id: number | undefined): number | undefined => {
    const block = plan.network.blocks.find((other) => other.id === id);
    return block === undefined ? undefined : block.kind === 'dual' ? block.size / 2 : block.size;
  };
  for (const [wanted, found, what, setting] of [[size(plan.inputs), data.inputs.columns, 'inputs', 'x'], [size(plan.outputs), data.targets.columns, 'outputs', 'y']] as const) {
    if (wanted === undefined || wanted === found) continue;
    throw new UnusableError(`${name} has ${found} columns for the ${what}, but the network ${plan.name} has ${wanted} ${what}. Change its size in the network, or ${setting} = … of the data; nothing was trained.`);
  }
}

/** @throws UnusableError for settings, data and network that do not go together */
export function runTraining(file: string, chosen: ChosenTraining, data: TrainingData, hooks: RunHooks = {}): Figures {
  try {
    return chosen.where === 'pot' ? inPot(chosen, data, hooks) : inSilico(chosen, data, hooks);
  } catch (error) {
    // Said in words that need no stack.
    if (error instanceof TrainingError || error instanceof CheckpointError || error instanceof UnknownParameterError || error instanceof StochasticError || error instanceof UnrollError) throw new UnusableError(`${file}: ${error.message}`);
    throw error;
  }
}

type Steps = Pick<PotTrainer | SilicoTrainer, 'finished' | 'checkpoint' | 'step' | 'glance' | 'at'>;

/** Step by step to the end, or until asked to stop. */
function go(trainer: Steps, hooks: RunHooks): { readonly reason: NonNullable<Steps['finished']> | 'stopped'; readonly seconds: number } {
  const begun = cpuSeconds() - (hooks.from?.seconds ?? 0);
  const seconds = (): number => cpuSeconds() - begun;
  const cancelled = hooks.cancelled ?? ((): boolean => false);
  const checkpoint = (): Checkpoint => trainer.checkpoint();
  const { glance } = hooks;
  const onEpoch = (report: EpochReport): void => {
    if (report.evaluation !== undefined) glance?.plan.seen(trainer.at.presentations, glance.now(), 0);
    hooks.onEpoch?.(report, seconds());
  };
  const look = ({ plan, now, seen }: NonNullable<RunHooks['glance']>): void => {
    const began = now(), glanced = trainer.glance(cancelled);
    plan.seen(trainer.at.presentations, now(), now() - began);
    if (glanced.kind === 'seen') seen(glanced.report, seconds());
  };
  const callbacks = { onEpoch, ...(hooks.onDwell === undefined ? {} : { onDwell: hooks.onDwell }) };
  if (hooks.from === undefined) hooks.between?.(checkpoint, seconds(), true);
  while (trainer.finished === undefined && !cancelled()) {
    if (glance?.plan.due(trainer.at, glance.now()) === true) {
      look(glance);
      continue;
    }
    trainer.step(callbacks, cancelled, cancelled);
    hooks.between?.(checkpoint, seconds(), trainer.finished !== 'blown up');
  }
  return { reason: trainer.finished ?? 'stopped', seconds: seconds() };
}

function inPot(chosen: ChosenTraining, data: TrainingData, hooks: RunHooks): Figures {
  const trainer = new PotTrainer(chosen.plan, data, potSettings(chosen, hooks.rails === true), hooks.from?.checkpoint, hooks.cancelled);
  const { reason, seconds } = go(trainer, hooks);
  const outcome = trainer.outcome(reason as NonNullable<PotTrainer['finished']> | 'stopped');
  const { evaluation, best, blowUp, withoutReduction, molecules } = outcome;
  const end: TrainingEnd = reason === 'stopped' || reason === 'paused' ? 'interrupted' : reason;
  const whole = end !== 'interrupted' && end !== 'blown up';
  const onTraining = !whole ? undefined : data.test === undefined || data.test.length === 0 ? evaluation : trainer.evaluate(data.train, hooks.cancelled, hooks.cancelled);
  return {
    outcome: end, epochs: outcome.epochs, presentations: outcome.presentations, reduction: outcome.reduction, method: outcome.method, seconds,
    ...optional({ message: blowUp?.message, loss: onTraining?.loss, evaluation, best, withoutReduction, molecules }),
  };
}

function inSilico(chosen: ChosenTraining, data: TrainingData, hooks: RunHooks): Figures {
  if (hooks.rails === true) throw new UnusableError('--rails is about trainings in the pot; this one is where = silico. Leave it out.');
  const trainer = new SilicoTrainer(silicoTask(chosen.plan), data, silicoSettings(chosen), hooks.from?.checkpoint, hooks.cancelled);
  const { reason, seconds } = go(trainer, hooks);
  const outcome = trainer.outcome(reason as NonNullable<SilicoTrainer['finished']> | 'stopped');
  const { evaluation, message } = outcome;
  const best = outcome.history.reduce<Trained['best']>((least, { epoch, evaluation: one }) => (one !== undefined && (least === undefined || one.loss < least.loss) ? { epoch, loss: one.loss } : least), undefined);
  const held = data.test !== undefined && data.test.length > 0;
  const loss = reason === 'stopped' || reason === 'no fixed point' ? undefined : held ? lossInSilico(trainer, data, hooks.cancelled) : evaluation?.loss;
  return {
    outcome: reason === 'stopped' ? 'interrupted' : (reason as TrainingEnd), epochs: outcome.epochs, presentations: trainer.at.presentations, reduction: 'adjoint', seconds,
    ...optional({ message, loss, evaluation, best }),
  };
}

/** Mean square error on the training rows; undefined when some of them has no fixed point, or when it was cancelled. */
function lossInSilico({ model }: SilicoTrainer, { inputs, targets, train: rows = new Uint32Array() }: TrainingData, cancelled: (() => boolean) | undefined): number | undefined {
  const outputs = new Float64Array(targets.columns);
  let squares = 0;
  for (const row of rows) {
    if (cancelled?.() === true) return undefined;
    if (!model.predict(Float64Array.from(inputs.values.subarray(row * inputs.columns, (row + 1) * inputs.columns)), outputs)) return undefined;
    for (const [k, output] of outputs.entries()) squares += (output - targets.values[row * targets.columns + k]!) ** 2;
  }
  return squares / (rows.length * targets.columns);
}

/** Without what is undefined. */
function optional<Fields extends object>(fields: Fields): { readonly [Key in keyof Fields]?: NonNullable<Fields[Key]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { readonly [Key in keyof Fields]?: NonNullable<Fields[Key]> };
}
