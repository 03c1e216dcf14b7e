/** Trains, in the worker, with checkpoints. */
import { GlancePlan, type Checkpoint, type GlanceReport } from '../../simulation/index.ts';
import { UnusableError } from './errors.ts';
import { cpuSeconds } from './run.ts';
import { loadSound } from './sound.ts';
import { CheckpointFile, type StoredCheckpoint } from './training-checkpoint.ts';
import { chosenTraining } from './training-choice.ts';
import type { FromTraining, TrainingJob } from './training-protocol.ts';
import { DataShelf, runTraining } from './training-run.ts';

/** Milliseconds between two checkpoints, and between two reports of progress within an epoch. */
const SAVE = 10_000;
const REPORT = 200;
/** Looks by the clock: so many milliseconds after figures were last seen, and for at most a twentieth of the time. */
const GLANCES = { interval: 10_000, share: 20 } as const;

type Send = (message: FromTraining) => void;

/** @throws UnusableError and FailedError, when nothing could be trained. */
export function train(job: TrainingJob, send: Send): FromTraining {
  const before = cpuSeconds();
  const model = loadSound(job.file);
  const chosen = chosenTraining(model, job.name, job.options);
  const { plan, where, settings } = chosen;
  const { data } = new DataShelf().take(model, chosen.data, plan).built;
  const buildSeconds = cpuSeconds() - before;

  const flag = new Int32Array(job.cancel);
  send({ type: 'begun', epochs: settings.epochs });
  const file = job.options.checkpoint === undefined ? undefined : new CheckpointFile(job.options.checkpoint, plan.name, chosen.data);
  const stored = resumed(file, job, send);
  const save = (checkpoint: Checkpoint, seconds: number): void => file?.write({ network: plan.name, data: chosen.data, seconds, checkpoint });
  // At once, so that a folder that cannot be written is known before the work; at the end, the last sound state.
  let saved = -Infinity;
  let last: { readonly make: () => Checkpoint; readonly seconds: number } | undefined;
  let reported = performance.now();
  const { interim, unwatched } = job.options, now = (): number => performance.now(), begun = now();
  let first: number | undefined;
  const glance = interim === undefined && unwatched === true ? undefined : {
    plan: new GlancePlan(interim === undefined ? GLANCES : { every: interim }, begun), now,
    seen: (report: GlanceReport, seconds: number): void => {
      const { presentations, epoch, dwell, dwells } = report;
      first ??= presentations;
      // Over the whole run, looks and evaluations included: what is left takes as long.
      const perSecond = presentations > first ? ((presentations - first) / (now() - begun)) * 1000 : undefined;
      send({ type: 'interim', report, seconds, ...(perSecond === undefined ? {} : { perSecond, secondsLeft: (dwells * (settings.epochs - epoch) - dwell) / perSecond }) });
    },
  };
  const figures = runTraining(job.file, chosen, data, {
    cancelled: () => Atomics.load(flag, 0) !== 0,
    rails: job.options.rails === true,
    ...(stored === undefined ? {} : { from: stored }),
    ...(glance === undefined ? {} : { glance }),
    onEpoch: (report, seconds) => { send({ type: 'epoch', ...report, seconds }); },
    onDwell: ({ epoch, dwell, dwells }) => {
      if (performance.now() - reported < REPORT) return;
      reported = performance.now();
      send({ type: 'dwell', epoch, dwell, dwells });
    },
    between: (checkpoint, seconds, sound) => {
      last = sound ? { make: checkpoint, seconds } : undefined;
      if (!sound || performance.now() - saved < SAVE) return;
      save(checkpoint(), seconds);
      saved = performance.now();
    },
  });
  if (last !== undefined) save(last.make(), last.seconds);
  const rows = data.test.length > 0 ? 'held-out' : 'training';
  return {
    type: 'trained', network: plan.name, data: chosen.data, where, rows, seed: settings.seed, ...(data.classes === undefined ? {} : { classes: data.classes }), ...figures, buildSeconds,
    ...(file === undefined ? {} : { checkpoint: file.path }),
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
