/** What the page does about trainings: begins them, hands on what the user wants and what the worker needs, keeps checkpoints. */
import { t } from '../l10n/index.ts';
import type { DataFile, LabMessage } from './protocol.ts';
import { largeCheckpoint } from './slices/training.ts';
import type { Action, LabState } from './store.ts';
import { TrainingClient, type TrainingWorkerLike } from './training-client.ts';
import type { FromTrainer, ModelText } from './training-protocol.ts';
import { currentTraining, valuesMoved } from './training.ts';

/** Milliseconds that a slider must rest before the training follows it. */
const REST = 80;

export interface Desk {
  readonly state: () => LabState;
  readonly dispatch: (action: Action) => void;
  readonly send: (message: LabMessage) => void;
}

export class TrainingDesk {
  readonly #page: Desk;
  #client: TrainingClient | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** A training that was asked for before its text was read: its name, or nothing for the first. */
  #wanted: { readonly name: string | undefined } | undefined;
  /** A run from before a reload is shown again, at rest, when its text has been read. */
  #restores = true;
  /** The checkpoint that the host was last given. */
  #given: unknown;

  constructor(page: Desk) {
    this.#page = page;
  }

  get #training(): LabState['slices']['training'] {
    return this.#page.state().slices.training;
  }

  begin(spawn: () => TrainingWorkerLike): void {
    this.#client = new TrainingClient(spawn, (message) => this.#hear(message));
  }

  /** A text has been read and has no errors. */
  load(model: ModelText): void {
    this.#client?.load(model);
    if (this.#wanted !== undefined) this.asked(this.#wanted.name);
    else this.#restore();
  }

  #restore(): void {
    const { phase, kept } = this.#training, summary = currentTraining(this.#page.state());
    if (!this.#restores || this.#client === undefined || summary === undefined || phase !== 'stopped' || kept === undefined) return;
    this.#restores = false;
    if (kept.key === summary.key) this.#start(false, false);
  }

  /** The host has looked for what it keeps. */
  kept(text: string | undefined): void {
    if (text === undefined) return;
    try {
      this.#page.dispatch({ type: 'training kept', kept: JSON.parse(text) as unknown });
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.#page.send({ type: 'problem', message: t('The checkpoint that was kept is damaged.') });
    }
    this.#restore();
  }

  /** The command Train: of a training by name or by its network, or of the first. */
  asked(name: string | undefined): void {
    const { model } = this.#page.state();
    if (model === undefined || this.#client === undefined) {
      this.#wanted = { name };
      return;
    }
    this.#wanted = undefined;
    const found = name === undefined ? currentTraining(this.#page.state()) : (model.trainings.find(({ key }) => key === name) ?? model.trainings.find(({ network }) => network === name));
    if (found === undefined) return;
    this.#restores = false;
    this.#page.dispatch({ type: 'training', key: found.key });
    if (this.#training.phase !== 'running' && this.#training.phase !== 'reading') this.train();
  }

  /** Goes on, or begins. */
  train(): void {
    const { phase, outdated } = this.#training;
    if (phase === 'paused' && outdated === undefined && this.#client?.alive === true) this.#client.go('run');
    else this.#start((phase !== 'stopped' && phase !== 'paused') || outdated !== undefined, true);
  }

  restart(): void {
    this.#start(true, true);
  }

  pause(): void {
    this.#client?.go('pause');
  }

  step(): void {
    const { phase } = this.#training;
    // A run that does not exist yet begins at rest.
    if (this.#client?.alive !== true || phase === 'ended') this.#start(phase !== 'stopped', false);
    this.#client?.go('step');
  }

  stop(): void {
    this.#client?.stop();
  }

  data(files: readonly DataFile[]): void {
    this.#client?.data(files);
  }

  #start(anew: boolean, run: boolean): void {
    const state = this.#page.state(), summary = currentTraining(state), { training } = state.slices;
    if (summary === undefined || this.#client === undefined) return;
    const { kept, speed, looks } = training, checkpoint = anew || kept?.key !== summary.key ? undefined : kept.checkpoint;
    this.#page.dispatch({ type: 'training asked', anew: checkpoint === undefined });
    this.#client.train({ key: summary.key, values: valuesMoved(summary, training), run, speed, lensRow: looks.lensRow, ...(checkpoint === undefined ? {} : { checkpoint }) });
  }

  /** What actions mean for the worker. */
  follow(action: Action): void {
    switch (action.type) {
      case 'training':
        // Another training: that of before is over.
        if (this.#client?.alive === true && this.#training.begun === undefined && this.#training.phase === 'idle') this.#client.dispose();
        return;
      case 'speed': this.#client?.speed(action.speed); return;
      case 'looks': if ('lensRow' in action.looks) this.#client?.lens(action.looks.lensRow); return;
      case 'training value': case 'training reset': {
        const { name } = action;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#moved(name), REST);
        return;
      }
      case 'trainer': if (action.message.type === 'checkpoint' || action.message.type === 'outdated') this.#keep(); return;
      default: return;
    }
  }

  #moved(name: string | undefined): void {
    const summary = currentTraining(this.#page.state());
    if (summary === undefined || this.#client?.alive !== true) return;
    // What the seed decides was decided at the beginning.
    if (name === 'seed' || name === undefined) this.#start(true, this.#training.phase === 'running');
    else this.#client.values(valuesMoved(summary, this.#training));
  }

  #keep(): void {
    const large = largeCheckpoint(this.#training);
    if (large === undefined || large === this.#given) return;
    this.#given = large;
    this.#page.send({ type: 'keep', part: 'training', text: JSON.stringify(large) });
  }

  #hear(message: FromTrainer): void {
    if (message.type === 'needImports') this.#page.send({ type: 'needImports', requests: message.requests });
    else if (message.type === 'needData') this.#page.send({ type: 'needData', requests: message.requests });
    else this.#page.dispatch({ type: 'trainer', message });
  }
}
