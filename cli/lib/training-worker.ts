/** Trains, in the worker: in the pot with checkpoints, or in silico. */
import { negativeInput } from '../../exchange/index.ts';
import { UnknownParameterError, type PotPlan } from '../../chemistry/index.ts';
import {
  CheckpointError, PotTrainer, SilicoModel, silicoTask, trainInSilico, TrainingError,
  type EpochReport, type SilicoOutcome, type TrainingData, type TrainingSettings,
} from '../../simulation/index.ts';
import { UnusableError } from './errors.ts';
import { cpuSeconds } from './run.ts';
import { loadSound } from './sound.ts';
import { CheckpointFile, type StoredCheckpoint } from './training-checkpoint.ts';
import { chosenTraining, type ChosenTraining } from './training-choice.ts';
import { dataStatement, loadData } from './training-data.ts';
import type { FromTraining, Trained, TrainingEnd, TrainingJob } from './training-protocol.ts';

/** Milliseconds between two checkpoints, and between two reports of progress within an epoch. */
const SAVE = 10_000;
const REPORT = 200;

type Send = (message: FromTraining) => void;
/** What the user is told beside the figures of the run. */
type Figures = Pick<Trained, 'outcome' | 'message' | 'epochs' | 'presentations' | 'loss' | 'evaluation' | 'best' | 'reduction' | 'withoutReduction' | 'method' | 'seconds' | 'checkpoint'>;

/** @throws UnusableError and FailedError, when nothing could be trained. */
export function train(job: TrainingJob, send: Send): FromTraining {
  const before = cpuSeconds();
  const model = loadSound(job.file);
  const chosen = chosenTraining(model, job.name, job.options);
  const { plan, where } = chosen;
  const declared = dataStatement(model, chosen.data);
  if (declared === undefined) throw new UnusableError(`There is no data statement “${chosen.data}” in ${job.file} or what it imports.`);
  const { built, refuse } = loadData(declared);
  const { data } = built;
  fit(plan, data, `${declared.file}: ${chosen.data}`);
  const inputs = plan.network.blocks.find((block) => block.id === plan.inputs);
  const negative = inputs?.kind === 'dual' ? undefined : negativeInput(built);
  if (negative !== undefined) throw refuse(negative);
  const buildSeconds = cpuSeconds() - before;

  const flag = new Int32Array(job.cancel);
  const cancelled = (): boolean => Atomics.load(flag, 0) !== 0;
  send({ type: 'begun', epochs: chosen.settings.epochs });
  try {
    const figures = where === 'pot' ? inPot(chosen, data, job, cancelled, send) : inSilico(chosen, data, job, cancelled, send);
    const rows = data.test.length > 0 ? 'held-out' : 'training';
    return { type: 'trained', network: plan.name, data: chosen.data, where, rows, ...(data.classes === undefined ? {} : { classes: data.classes }), ...figures, buildSeconds };
  } catch (error) {
    // Settings, data and network that do not go together: said in words that need no stack.
    if (error instanceof TrainingError || error instanceof CheckpointError || error instanceof UnknownParameterError) throw new UnusableError(`${job.file}: ${error.message}`);
    throw error;
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

function potSettings({ settings }: ChosenTraining): TrainingSettings {
  const { epochs, seed, dwell, rate, decay, order, every, stop, noise, reduction } = settings;
  return {
    epochs, seed, dwell, rate, shuffle: order === 'shuffled', reduction,
    ...(decay === undefined || decay === 0 ? {} : { decay }), ...(noise === undefined ? {} : { noise }),
    ...(every === undefined ? {} : { evaluation: { every } }), ...(stop === undefined ? {} : { stop: { loss: stop } }),
  };
}

function inPot(chosen: ChosenTraining, data: TrainingData, job: TrainingJob, cancelled: () => boolean, send: Send): Figures {
  const { plan } = chosen;
  const file = job.options.checkpoint === undefined ? undefined : new CheckpointFile(job.options.checkpoint, plan.name, chosen.data);
  const stored = resumed(file, job, send);
  const begun = cpuSeconds() - (stored?.seconds ?? 0);
  const seconds = (): number => cpuSeconds() - begun;
  const trainer = new PotTrainer(plan, data, potSettings(chosen), stored?.checkpoint);
  const save = (): void => {
    file?.write({ network: plan.name, data: chosen.data, seconds: seconds(), checkpoint: trainer.checkpoint() });
  };
  let saved = performance.now();
  let reported = saved;
  // At once, so that a folder that cannot be written is known before the work.
  if (stored === undefined) save();
  const callbacks = {
    onEpoch: (report: EpochReport): void => { send({ type: 'epoch', ...report, seconds: seconds() }); },
    onDwell: ({ epoch, dwell, dwells }: { epoch: number; dwell: number; dwells: number }): void => {
      if (performance.now() - reported < REPORT) return;
      reported = performance.now();
      send({ type: 'dwell', epoch, dwell, dwells });
    },
  };
  while (trainer.finished === undefined && !cancelled()) {
    trainer.step(callbacks, cancelled);
    if (performance.now() - saved < SAVE) continue;
    save();
    saved = performance.now();
  }
  const reason = trainer.finished ?? 'stopped';
  // Of a pot that was lost the last sound state is kept.
  if (reason !== 'blown up') save();
  const outcome = trainer.outcome(reason);
  const { evaluation, best, blowUp, withoutReduction } = outcome;
  const end: TrainingEnd = reason === 'stopped' || reason === 'paused' ? 'interrupted' : reason;
  const onTraining = end === 'interrupted' || end === 'blown up' ? undefined : data.test === undefined || data.test.length === 0 ? evaluation : trainer.evaluate(data.train, cancelled);
  return {
    outcome: end, epochs: outcome.epochs, presentations: outcome.presentations, reduction: outcome.reduction, method: outcome.method, seconds: seconds(),
    ...(blowUp === undefined ? {} : { message: blowUp.message }), ...(onTraining === undefined ? {} : { loss: onTraining.loss }),
    ...(evaluation === undefined ? {} : { evaluation }), ...(best === undefined ? {} : { best }),
    ...(withoutReduction === undefined ? {} : { withoutReduction }), ...(file === undefined ? {} : { checkpoint: file.path }),
  };
}

/** What the run goes on from. Never writes over a checkpoint that nobody said may go. */
function resumed(file: CheckpointFile | undefined, { options }: TrainingJob, send: Send): StoredCheckpoint | undefined {
  if (file === undefined) return undefined;
  if (options.resume === true) {
    if (file.exists) return file.read();
    send({ type: 'note', message: `There is no checkpoint ${file.path} yet; the training begins anew.` });
  } else if (file.exists && options.force !== true) {
    throw new UnusableError(`${file.path} is there already. Go on from it with --resume, or begin anew with --force, which writes over it.`);
  }
  return undefined;
}

function inSilico({ plan, settings }: ChosenTraining, data: TrainingData, { options }: TrainingJob, cancelled: () => boolean, send: Send): Figures {
  if (options.checkpoint !== undefined) throw new UnusableError('Checkpoints are of trainings in the pot; this one is where = silico. Leave --checkpoint out.');
  if (options.rails === true) throw new UnusableError('--rails is about trainings in the pot; this one is where = silico. Leave it out.');
  const { epochs, seed, rate, decay, optimizer = 'sgd', batch, stop, every } = settings;
  const begun = cpuSeconds();
  const task = silicoTask(plan);
  const outcome = trainInSilico(task, data, {
    epochs, seed, optimiser: { kind: optimizer, rate, ...(decay === undefined ? {} : { decay }) },
    ...(batch === undefined ? {} : { batch }), ...(stop === undefined ? {} : { stop: { loss: stop } }), ...(every === undefined ? {} : { every }),
  }, {
    onEpoch: (report) => { send({ type: 'epoch', ...report, seconds: cpuSeconds() - begun }); },
    poll: () => (cancelled() ? 'stop' : 'go'),
  });
  const { evaluation, message, reason } = outcome;
  const best = outcome.history.reduce<Trained['best']>((least, { epoch, evaluation: one }) => (one !== undefined && (least === undefined || one.loss < least.loss) ? { epoch, loss: one.loss } : least), undefined);
  const held = data.test !== undefined && data.test.length > 0;
  const loss = reason === 'stopped' || reason === 'no fixed point' ? undefined : held ? lossInSilico(task, outcome, data) : evaluation?.loss;
  return {
    outcome: reason === 'stopped' ? 'interrupted' : reason, epochs: outcome.epochs, presentations: outcome.epochs * (data.train?.length ?? data.inputs.rows), reduction: 'adjoint',
    seconds: cpuSeconds() - begun, ...(message === undefined ? {} : { message }), ...(loss === undefined ? {} : { loss }), ...(evaluation === undefined ? {} : { evaluation }), ...(best === undefined ? {} : { best }),
  };
}

/** Mean square error on the training rows; undefined when some of them has no fixed point. */
function lossInSilico(task: ReturnType<typeof silicoTask>, { state }: SilicoOutcome, { inputs, targets, train: rows = new Uint32Array() }: TrainingData): number | undefined {
  const model = new SilicoModel(task, new Map(), state);
  const outputs = new Float64Array(targets.columns);
  let squares = 0;
  for (const row of rows) {
    if (!model.predict(Float64Array.from(inputs.values.subarray(row * inputs.columns, (row + 1) * inputs.columns)), outputs)) return undefined;
    for (const [k, output] of outputs.entries()) squares += (output - targets.values[row * targets.columns + k]!) ** 2;
  }
  return squares / (rows.length * targets.columns);
}
