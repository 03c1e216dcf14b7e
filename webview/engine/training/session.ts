/**
 * What the training worker does, without a worker: reads a text and its data, trains in slices of a few milliseconds, and tells the
 * page what it sees. Between two slices it hears what the page wants.
 */
import { t } from '../../../l10n/index.ts';
import type { Analysis, RunnableTraining, TrainingInfo } from '../../../chemistry/index.ts';
import { CheckpointError, GlancePlan, TrainingError, targetKind, type Checkpoint, type EpochReport, type TrainingData } from '../../../simulation/index.ts';
import type { DataFile } from '../../protocol.ts';
import type { FromTrainer, ModelText, ToTrainer, TrainingValues } from '../../training-protocol.ts';
import { Lines, ModelReader } from '../reader.ts';
import { Boundary, samplePoints } from './boundary.ts';
import { TrainingDataSource } from './data.ts';
import { historyOf, makeLearner, type Learner } from './learner.ts';
import { LensRecorder } from './lens.ts';
import { TrainingReports } from './reports.ts';
import { summariseTrainings, trainingKeys } from './summary.ts';

export type TrainerPost = (message: FromTrainer, transfer?: ArrayBufferLike[]) => void;

/** Milliseconds: a slice of training; between two looks through the lens. */
const SLICE = 14, LENS = 700;
/** What a picture of the boundary may cost while training runs (so that it is of one moment) and at rest, what a slice gives, and how old it may get. */
const BOUNDARY = 10, BOUNDARY_AT_REST = 150, BOUNDARY_SLICE = 20, BOUNDARY_EVERY = 120;
/** Figures within a long epoch: so many milliseconds after the last ones, and for at most a tenth of the time. */
const GLANCE = { interval: 2500, share: 10 } as const;
/** Milliseconds between two checkpoints, for networks whose checkpoint is small and large. */
const KEEP = 2000, KEEP_LARGE = 20_000, LARGE = 5000;

interface Job {
  readonly key: string;
  model: ModelText;
  values: TrainingValues;
  checkpoint: Checkpoint | undefined;
  run: boolean;
}

interface Run {
  learner: Learner;
  readonly data: TrainingData;
  /** Of the data statement: another one begins anew. */
  readonly source: string;
  readonly boundary: Boundary | undefined;
  lens: LensRecorder;
  readonly glances: GlancePlan;
  /** Milliseconds that a look has taken that has not ended; nothing is presented meanwhile. */
  glancing: number | undefined;
}

export class TrainingSession {
  readonly #post: TrainerPost;
  readonly #later: (slice: () => void, milliseconds: number) => void;
  readonly #now: () => number;
  readonly #reader = new ModelReader();
  #job: Job | undefined;
  #files: DataFile[] = [];
  #asked = new Set<string>();
  #run: Run | undefined;
  #running = false;
  #scheduled = false;
  #speed: number | undefined;
  #lensRow: number | undefined;
  readonly #reports: TrainingReports;
  #last = { lens: -Infinity, boundary: -Infinity, keep: 0, slice: 0 };
  #lensCost = 0;
  /** Presentations that a limited speed owes. */
  #owed = 0;

  /** @param later calls back soon, after messages that have come */
  constructor(post: TrainerPost, later: (slice: () => void, milliseconds: number) => void, now: () => number = () => performance.now()) {
    this.#post = post;
    this.#later = later;
    this.#now = now;
    this.#reports = new TrainingReports(post, now);
  }

  handle(message: ToTrainer): void {
    try {
      this.#act(message);
    } catch (error) {
      this.#fail(error);
    }
  }

  #act(message: ToTrainer): void {
    switch (message.type) {
      case 'train':
        this.#speed = message.speed;
        this.#lensRow = message.lensRow;
        this.#job = { key: message.key, model: message.model, values: message.values, checkpoint: message.checkpoint, run: message.run };
        this.#run = undefined;
        this.#begin();
        return;
      case 'data':
        this.#files.push(...message.files);
        this.#begin();
        return;
      case 'edited':
        if (this.#job === undefined) return;
        this.#job.model = message.model;
        this.#job.values = message.values;
        if (this.#run === undefined) this.#begin();
        else this.#follow();
        return;
      case 'values':
        if (this.#job === undefined) return;
        this.#job.values = message.values;
        this.#follow();
        return;
      case 'run': this.#go(true); return;
      case 'pause': this.#go(false); return;
      case 'step': this.#step(); return;
      case 'stop':
        this.#running = false;
        this.#keep();
        this.#run = undefined;
        this.#files = [];
        this.#post({ type: 'stopped' });
        return;
      case 'speed':
        this.#speed = message.speed;
        this.#owed = 0;
        return;
      case 'lens':
        this.#lensRow = message.row;
        this.#last.lens = -Infinity;
        return;
    }
  }

  #fail(error: unknown): void {
    this.#running = false;
    this.#post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    this.#post({ type: 'state', running: false });
  }

  // ---------------------------------------------------------------- reading

  /** The training of the job as the text now has it; undefined while something is missing or wrong, which has then been told. */
  #training(job: Job): { readonly training: TrainingInfo; readonly analysis: Analysis } | undefined {
    const { analysis, missing, problems } = this.#reader.read(job.model);
    if (missing.length > 0) {
      this.#post({ type: 'needImports', requests: missing });
      return undefined;
    }
    if (analysis.hasErrors) {
      this.#post({ type: 'refused', problems: problems.filter(({ severity }) => severity === 'error') });
      return undefined;
    }
    const training = analysis.trainings[trainingKeys(analysis.trainings).indexOf(job.key)];
    if (training?.plan === undefined) {
      this.#post({ type: 'outdated', reason: t('The text has no training “{0}” any more.', job.key) });
      return undefined;
    }
    return { training, analysis };
  }

  #source(job: Job, analysis: Analysis, name: string): TrainingDataSource | undefined {
    const texts = new Map<string | null, Lines>();
    return TrainingDataSource.of(analysis, name, ({ uri, start }) => {
      let lines = texts.get(uri);
      if (lines === undefined) {
        const file = job.model.imports.find((one) => 'uri' in one && one.uri === uri);
        lines = new Lines(uri === null ? job.model.text : file !== undefined && 'text' in file ? file.text : '');
        texts.set(uri, lines);
      }
      return lines.at(start);
    });
  }

  #begin(): void {
    const job = this.#job;
    if (job === undefined || this.#run !== undefined) return;
    const found = this.#training(job);
    if (found === undefined) return;
    const { training, analysis } = found, source = this.#source(job, analysis, training.data);
    if (source === undefined) throw new TrainingError(t('There is no data statement “{0}” in the text or what it imports.', training.data));
    if (source.problems.length > 0) {
      this.#post({ type: 'refused', problems: source.problems });
      return;
    }
    const missing = source.requests.filter(({ path, from }) => !this.#files.some((file) => file.path === path && file.from === from));
    if (missing.length > 0) {
      const unasked = missing.filter(({ path, from }) => !this.#asked.has(`${from ?? ''}\n${path}`));
      for (const { path, from } of unasked) this.#asked.add(`${from ?? ''}\n${path}`);
      if (unasked.length > 0) this.#post({ type: 'needData', requests: unasked });
      return;
    }
    this.#asked.clear();
    const result = source.build(this.#files, training.plan!);
    // The next try reads the files anew: they may have been repaired.
    this.#files = [];
    if ('problems' in result) {
      this.#post({ type: 'refused', problems: result.problems });
      return;
    }
    this.#start(job, training, source, result.built.data);
  }

  #start(job: Job, training: TrainingInfo, source: TrainingDataSource, data: TrainingData & { readonly inputs: { readonly names?: readonly string[] } }): void {
    let learner: Learner;
    try {
      learner = makeLearner(runnable(training, job.values), data, job.checkpoint);
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error;
      this.#post({ type: 'outdated', reason: error.message });
      job.checkpoint = undefined;
      learner = makeLearner(runnable(training, job.values), data);
      job.run = false;
    }
    const { plan } = learner, signed = plan.network.blocks[plan.inputs]!.kind === 'dual', summaries = summariseTrainings(this.#reader.read(job.model).analysis);
    this.#run = { learner, data, source: source.fingerprint, boundary: Boundary.of(data, signed), lens: new LensRecorder(plan), glances: new GlancePlan(GLANCE, this.#now()), glancing: undefined };
    this.#reports.begin(learner.at.presentations);
    const held = data.test?.length ?? 0, names = data.inputs.names;
    this.#post({
      type: 'begun', history: job.checkpoint === undefined ? [] : historyOf(job.checkpoint),
      begun: {
        summary: summaries.find(({ key }) => key === job.key)!, samples: (data.train ?? { length: data.inputs.rows }).length, heldOut: held,
        inputs: data.inputs.columns, outputs: data.targets.columns, classified: targetKind(data) !== 'quantities', equations: learner.equations,
        ...(names === undefined ? {} : { inputNames: names }), ...(data.classes === undefined ? {} : { classes: data.classes }),
        ...(data.inputs.columns > 2 ? {} : { points: samplePoints(data) }),
      },
    });
    if (job.run) this.#look();
    this.#go(job.run);
  }

  /** Settings moved, or the text was edited: the run goes on with them where it can. */
  #follow(): void {
    const job = this.#job, run = this.#run;
    if (job === undefined || run === undefined) return;
    const found = this.#training(job);
    if (found === undefined) return;
    const source = this.#source(job, found.analysis, found.training.data);
    if (source?.fingerprint !== run.source) {
      this.#post({ type: 'outdated', reason: t('The data have changed. Start anew to train on them.') });
      return;
    }
    try {
      run.learner = run.learner.continued(runnable(found.training, job.values));
      run.lens = new LensRecorder(run.learner.plan);
      run.boundary?.restart();
      if (this.#running) this.#look();
      this.#go(this.#running);
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error;
      this.#post({ type: 'outdated', reason: t('The network has changed. Start anew to train it.') });
    }
  }

  // ---------------------------------------------------------------- running

  #go(run: boolean): void {
    const now = this.#run;
    if (now === undefined) {
      if (this.#job !== undefined) this.#job.run = run;
      return;
    }
    const { end } = now.learner;
    this.#running = run && end === undefined;
    if (!this.#running) {
      now.boundary?.restart();
      this.#look();
      this.#keep();
    }
    this.#post({ type: 'state', running: this.#running, ...(end === undefined ? {} : { end }) });
    if (this.#running) {
      this.#last.slice = this.#now();
      this.#schedule(0);
    }
  }

  #schedule(milliseconds: number): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#later(() => {
      this.#scheduled = false;
      try {
        this.#slice();
      } catch (error) {
        this.#fail(error);
      }
    }, milliseconds);
  }

  #slice(): void {
    const run = this.#run;
    if (run === undefined) return;
    if (!this.#running) {
      // At rest the picture of the boundary is still finished.
      if (this.#draw(run)) this.#schedule(0);
      return;
    }
    const began = this.#now(), deadline = began + SLICE;
    if (this.#speed !== undefined) this.#owed = Math.min(this.#owed + ((began - this.#last.slice) / 1000) * this.#speed, Math.max(1, this.#speed / 4));
    this.#last.slice = began;
    while (run.learner.end === undefined && this.#now() < deadline) {
      if (this.#glance(run, deadline)) continue;
      if (this.#speed !== undefined && run.learner.nextRow !== undefined) {
        if (this.#owed < 1) break;
        this.#owed--;
      }
      this.#advance(run, deadline, this.#speed !== undefined && this.#speed < 20);
    }
    this.#draw(run);
    this.#report(false);
    if (run.learner.end !== undefined) {
      this.#go(false);
      return;
    }
    const pause = this.#speed === undefined || this.#owed >= 1 ? 0 : Math.min(50, ((1 - this.#owed) / this.#speed) * 1000);
    this.#schedule(pause);
  }

  /** One presentation, or a part of an evaluation. */
  #advance({ learner, lens, data }: Run, deadline: number, closely: boolean): void {
    const row = learner.nextRow, { epoch, dwell } = learner.at;
    // A look costs time where networks are large: a tenth of the training at most.
    const due = closely || this.#now() - this.#last.lens >= Math.max(LENS, 10 * this.#lensCost);
    const began = this.#now(), state = row !== undefined && due && (this.#lensRow === undefined || this.#lensRow === row) ? learner.state() : undefined;
    if (state !== undefined) lens.begin(state);
    learner.step({ onEpoch: (report) => this.#epochEnds(report), ...(state === undefined ? {} : { onState: lens.onState }) }, () => this.#now() >= deadline);
    if (state === undefined || row === undefined) return;
    this.#last.lens = this.#now();
    this.#lensCost = this.#last.lens - began;
    const view = lens.finish(data, row, { epoch, dwell });
    this.#post({ type: 'lens', lens: view }, [view.times.buffer, ...view.groups.map(({ values }) => values.buffer)]);
  }

  #epochEnds(report: EpochReport): void {
    this.#reports.epoch(report);
    const { learner, glances } = this.#run!;
    if (report.evaluation !== undefined) glances.seen(learner.at.presentations, this.#now(), 0);
  }

  /** Figures within a long epoch. @returns whether time went into them */
  #glance(run: Run, deadline: number): boolean {
    const { learner, glances } = run;
    if (run.glancing === undefined && !glances.due(learner.at, this.#now())) return false;
    run.glancing ??= 0;
    const began = this.#now(), glanced = learner.glance(() => this.#now() >= deadline);
    run.glancing += this.#now() - began;
    if (glanced.kind === 'interrupted') return true;
    glances.seen(learner.at.presentations, this.#now(), run.glancing);
    run.glancing = undefined;
    if (glanced.kind === 'seen') {
      const { epoch, dwell, dwells, evaluation: { relativeError, ...figures } } = glanced.report;
      this.#reports.glance({ at: epoch + dwell / dwells, ...figures, ...(Number.isFinite(relativeError) ? { relativeError } : {}) });
    }
    return true;
  }

  /** One presentation exactly, with everything that can be seen of it. */
  #step(): void {
    const run = this.#run;
    if (run === undefined || this.#running) return;
    while (run.learner.nextRow === undefined && run.learner.end === undefined) this.#advance(run, Infinity, true);
    this.#advance(run, Infinity, true);
    this.#go(false);
  }

  // ---------------------------------------------------------------- telling

  /** @returns whether there is more of the boundary to compute */
  #draw({ boundary, learner }: Run): boolean {
    const now = this.#now();
    if (boundary === undefined || now - this.#last.boundary < (this.#running ? BOUNDARY_EVERY : 0)) return false;
    const picture = boundary.advance(learner, this.#now, this.#running ? BOUNDARY : BOUNDARY_AT_REST, BOUNDARY_SLICE);
    if (picture === undefined) return true;
    this.#last.boundary = this.#now();
    this.#post({ type: 'boundary', boundary: picture }, [picture.values.buffer]);
    return false;
  }

  /** Everything, at once. */
  #look(): void {
    this.#last.boundary = -Infinity;
    this.#report(true);
    this.#schedule(0);
  }

  #report(everything: boolean): void {
    const learner = this.#run?.learner;
    if (learner === undefined || !this.#reports.tell(learner, everything)) return;
    const large = learner.plan.network.dimension > LARGE;
    if (this.#now() - this.#last.keep >= (large ? KEEP_LARGE : KEEP)) this.#keep();
  }

  /** Hands out a checkpoint; of a pot that was lost the last sound one stays. */
  #keep(): void {
    const run = this.#run, job = this.#job;
    this.#last.keep = this.#now();
    if (run === undefined || job === undefined || run.learner.end?.reason === 'blown up' || run.learner.end?.reason === 'no fixed point') return;
    this.#post({ type: 'checkpoint', key: job.key, checkpoint: run.learner.checkpoint() });
  }
}

/** A training with values moved by hand; the text's own where there are none. */
function runnable(training: TrainingInfo, values: TrainingValues): RunnableTraining {
  if (training.vary === undefined) throw new TrainingError(t('The training of {0} cannot be run: its network or its data have an error.', training.network));
  return training.vary({ values: new Map(Object.entries(values)) });
}
