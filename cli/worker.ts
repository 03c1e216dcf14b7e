/** The thread that simulates and trains, so that the command's own stays free for Ctrl-C and the progress bar. */
import { parentPort, workerData } from 'node:worker_threads';
import { parameterValues } from '../chemistry/index.ts';
import { Cancelled } from '../simulation/index.ts';
import { exitCodeOf } from './lib/errors.ts';
import { analyseFixedPoints } from './lib/fixed-points.ts';
import { prepareMolecules, runMolecules, shareReplicas } from './lib/molecules.ts';
import { conditionOf } from './lib/condition.ts';
import { constantOutOfScale } from './lib/out-of-scale.ts';
import { conditionSentence, moleculesSentence, outcomeSentence, outOfScaleSentence } from './lib/outcome.ts';
import { whereIs } from './lib/place.ts';
import { cpuSeconds, namesOf, prepare, residualAt, run } from './lib/run.ts';
import { experimentNamed, settingsOf, type MoleculeSettings, type RunSettings } from './lib/settings.ts';
import type { Model } from './lib/model.ts';
import { loadSound } from './lib/sound.ts';
import type { FromSweep, SweepJob } from './lib/sweep-protocol.ts';
import type { FromTraining, TrainingJob } from './lib/training-protocol.ts';
import { TOO_LARGE, type FromWorker, type Job } from './lib/worker-protocol.ts';

/** Milliseconds between two reports of progress. */
const REPORT = 100;
/** More numbers than this are not recorded: large arrays are then left out. */
const MOST_NUMBERS = 5_000_000;
const SMALL_BLOCK = 100;

function work(job: Job): FromWorker {
  const before = cpuSeconds();
  const model = loadSound(job.file);
  const { network } = model.analysis;
  const settings = settingsOf(experimentNamed(network, job.experiment), job.options, job.options.condition === undefined ? undefined : conditionOf(model, job.options.condition));
  if (settings.molecules !== undefined) return molecules(job, model, settings, settings.molecules, before);
  const flag = new Int32Array(job.cancel), cancel = (): boolean => Atomics.load(flag, 0) !== 0;
  const ready = prepare(network, job.options.set ?? [], settings.off, cancel);
  const buildSeconds = cpuSeconds() - before;

  const { condition } = settings;
  const partial = network.dimension * settings.points > MOST_NUMBERS;
  let reported = performance.now();
  let steps = 0;
  const hooks = {
    cancel,
    onProgress: (t: number) => {
      steps++;
      if ((steps & 15) !== 0 || performance.now() - reported < REPORT) return;
      reported = performance.now();
      send({ type: 'progress', t, steps, ...(settings.until === 'fixed point' ? {} : { fraction: t / settings.until }) });
    },
    ...(partial ? { species: network.blocks.filter((block) => block.size <= SMALL_BLOCK).map((block) => block.name) } : {}),
  };
  const wanted = job.fixedPoint !== undefined || (settings.until === 'fixed point' && condition === undefined && settings.starts > 1);
  const analysed = wanted ? analyseFixedPoints(ready, settings, hooks, job.fixedPoint?.sensitivities === true) : undefined;
  const result = analysed?.simulation ?? run(ready, settings, hooks);
  const { outcome, methods, rejected, evaluations, seconds, t, species, final } = result;
  const tooFast = outcome.kind === 'stuck' && outcome.reason === 'step underflow'
    ? constantOutOfScale(network, parameterValues(network, ready.parameters), settings.off, settings.until === 'fixed point' ? 1 : settings.until) : undefined;
  const missed = condition !== undefined && result.event === undefined && (outcome.kind === 'reached' || outcome.kind === 'steady');
  const sentence = (condition === undefined ? undefined : conditionSentence(condition, outcome, result.event, network))
    ?? (tooFast === undefined ? outcomeSentence(outcome, network, settings.until) : outOfScaleSentence(outcome, network, tooFast, whereIs(model, tooFast.origin)));
  return {
    type: 'finished', outcome, sentence, methods, steps: result.steps, rejected, evaluations, seconds, buildSeconds,
    t, species, partial, names: namesOf(network), final, residual: residualAt(ready, outcome.t, final), plot: settings.plot, endGiven: settings.endGiven,
    ...(condition === undefined ? {} : { condition: { text: condition.text, ...(result.event === undefined ? {} : { t: result.event }) } }), ...(missed ? { missed } : {}), ...(analysed === undefined ? {} : { fixedPoints: analysed.answer }), ...(network.units.time === undefined ? {} : { timeUnit: network.units.time }),
  };
}

/** One run molecule by molecule, or as many of several replicas as are left for this thread. */
function molecules(job: Job, model: Model, settings: RunSettings, how: MoleculeSettings, before: number): FromWorker {
  const { network } = model.analysis;
  const partial = network.dimension * settings.points > MOST_NUMBERS;
  const flag = new Int32Array(job.cancel);
  const end = settings.until as number;
  let reported = performance.now();
  const ready = prepareMolecules(network, settings, how, job.options.set ?? [], {
    cancel: () => Atomics.load(flag, 0) !== 0,
    ...(partial ? { species: network.blocks.filter((block) => block.size <= SMALL_BLOCK).map((block) => block.name) } : {}),
    ...(how.replicas > 1 ? {} : {
      onProgress: (t: number) => {
        if (performance.now() - reported < REPORT) return;
        reported = performance.now();
        send({ type: 'progress', t, fraction: t / end });
      },
    }),
  }, (origin) => whereIs(model, origin));
  const buildSeconds = cpuSeconds() - before;
  const shared = { settings: how, buildSeconds, partial, plot: settings.plot, endGiven: settings.endGiven };
  if (how.replicas === 1) {
    const { method: engine, outcome, event, ...result } = runMolecules(ready);
    const condition = settings.condition === undefined ? undefined : { text: settings.condition.text, ...(event === undefined ? {} : { t: event }) };
    const missed = condition !== undefined && event === undefined && (outcome.kind === 'reached' || outcome.kind === 'extinct');
    const { t, species, final, rounded, events, steps, seconds, moleculesPerConcentration } = result;
    return {
      type: 'molecules', outcome, sentence: moleculesSentence(outcome, network, end, condition), engine, ...(condition === undefined ? {} : { condition }), ...(missed ? { missed } : {}),
      t, species, final, rounded, events, steps, seconds, moleculesPerConcentration, names: namesOf(network), ...shared,
    };
  }
  send({ type: 'plan', replicas: how.replicas });
  const { stopped, ...result } = shareReplicas(ready, how.replicas, new Int32Array(job.replicas), job.threads);
  return {
    type: 'replicas', until: end, ...(settings.condition === undefined ? {} : { condition: settings.condition.text }), ...result, ...shared,
    ...(stopped === undefined ? {} : { stopped: { ...stopped, sentence: moleculesSentence(stopped.outcome, network, end) } }),
  };
}

function send(message: FromWorker | FromTraining | FromSweep): void {
  parentPort?.postMessage(message);
}

try {
  const job = workerData as Job | TrainingJob | SweepJob;
  if ('sweep' in job) {
    const { serveSweep } = await import('./lib/sweep-worker.ts');
    if (parentPort !== null) serveSweep(job, parentPort, send, failed);
  } else if ('training' in job) {
    const { train } = await import('./lib/training-worker.ts');
    send(train(job, send));
  } else send(work(job));
} catch (error) {
  failed(error);
}

function failed(error: unknown): void {
  const code = exitCodeOf(error);
  if (code !== undefined) send({ type: 'refused', message: (error as Error).message, code });
  else if (error instanceof Cancelled) send({ type: 'refused', message: 'Cancelled while the network was made ready.', code: 130 });
  else if (error instanceof RangeError && /allocation failed|array length|array buffer/i.test(error.message)) send({ type: 'refused', message: TOO_LARGE, code: 1 });
  else send({ type: 'crashed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
