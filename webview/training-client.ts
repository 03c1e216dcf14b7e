/**
 * The page's side of the training worker: made when a training is asked for, ended when it stops. A worker that does not answer a
 * stop in time is ended all the same; the training then goes on from its last checkpoint.
 */
import { t } from '../l10n/index.ts';
import type { Checkpoint } from '../simulation/index.ts';
import type { DataFile } from './protocol.ts';
import type { FromTrainer, ModelText, ToTrainer, TrainingValues } from './training-protocol.ts';

/** What this needs of a Worker. */
export interface TrainingWorkerLike {
  postMessage(message: { readonly trainer: ToTrainer }, transfer?: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: { readonly data: FromTrainer }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

/** Milliseconds in which a stop must be answered. */
export const PATIENCE = 60;

export interface TrainingJob {
  readonly key: string;
  readonly values: TrainingValues;
  readonly checkpoint?: Checkpoint;
  /** False: shown at rest. */
  readonly run: boolean;
  readonly speed: number | undefined;
  readonly lensRow: number | undefined;
}

export class TrainingClient {
  readonly #spawn: () => TrainingWorkerLike;
  readonly #receive: (message: FromTrainer) => void;
  #worker: TrainingWorkerLike | undefined;
  #model: ModelText | undefined;
  #job: TrainingJob | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(spawn: () => TrainingWorkerLike, receive: (message: FromTrainer) => void) {
    this.#spawn = spawn;
    this.#receive = receive;
  }

  /** Whether there is a worker: a training that is read, runs or rests. */
  get alive(): boolean {
    return this.#worker !== undefined;
  }

  /** The text has changed; a training goes on with it where it can. */
  load(model: ModelText): void {
    this.#model = model;
    if (this.#job !== undefined) this.#tell({ type: 'edited', model, key: this.#job.key, values: this.#job.values });
  }

  /** Begins a training, in a worker of its own. */
  train(job: TrainingJob): void {
    if (this.#model === undefined) return;
    this.#end();
    this.#job = job;
    const worker = this.#spawn();
    worker.onmessage = (event) => this.#hear(event.data);
    worker.onerror = (event) => {
      this.#end();
      this.#receive({ type: 'failed', message: event.message ?? t('The worker ended unexpectedly.') });
      this.#receive({ type: 'stopped' });
    };
    this.#worker = worker;
    this.#tell({ type: 'train', model: this.#model, ...job });
  }

  go(command: 'run' | 'pause' | 'step'): void {
    this.#tell({ type: command });
  }

  values(values: TrainingValues): void {
    if (this.#job === undefined) return;
    this.#job = { ...this.#job, values };
    this.#tell({ type: 'values', values });
  }

  speed(speed: number | undefined): void {
    this.#tell({ type: 'speed', speed });
  }

  lens(row: number | undefined): void {
    this.#tell({ type: 'lens', row });
  }

  data(files: readonly DataFile[]): void {
    // Large files are handed over, not copied.
    this.#worker?.postMessage({ trainer: { type: 'data', files } }, [...new Set(files.flatMap((file) => ('bytes' in file ? [file.bytes.buffer] : [])))]);
  }

  /** Asks for a last checkpoint and frees the worker, at the latest when patience is over. */
  stop(): void {
    if (this.#worker === undefined || this.#patience !== undefined) return;
    this.#tell({ type: 'stop' });
    this.#patience = setTimeout(() => {
      this.#end();
      this.#receive({ type: 'stopped' });
    }, PATIENCE);
  }

  dispose(): void {
    this.#end();
  }

  #tell(message: ToTrainer): void {
    this.#worker?.postMessage({ trainer: message });
  }

  #hear(message: FromTrainer): void {
    if (message.type === 'stopped') this.#end();
    this.#receive(message);
  }

  #end(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    this.#job = undefined;
    if (this.#worker === undefined) return;
    this.#worker.onmessage = null;
    this.#worker.onerror = null;
    this.#worker.terminate();
    this.#worker = undefined;
  }
}
