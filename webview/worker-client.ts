/**
 * The page's side of the worker. A worker that computes hears no message, so stopping it means ending it and starting another
 * one, which reads the model again. Newer requests replace older ones that have not begun; a run that has begun is ended
 * for a newer one only when that is likely to pay: when it has already taken longer than a restart would.
 */
import { t } from '../l10n/index.ts';
import type { ModelText } from './training-protocol.ts';
import type { FromWorker, RunRequest, ToWorker } from './worker-protocol.ts';

/** What this needs of a Worker. */
export interface WorkerLike {
  postMessage(message: ToWorker): void;
  terminate(): void;
  onmessage: ((event: { readonly data: FromWorker }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

/** A restart must pay at least this much, in milliseconds: starting a worker is not free. */
const WORTH_A_RESTART = 150;

export class WorkerClient {
  readonly #spawn: () => WorkerLike;
  readonly #receive: (message: FromWorker) => void;
  readonly #now: () => number;
  #worker: WorkerLike | undefined;
  #model: ModelText | undefined;
  /** True when the present worker has been given the present model. */
  #given = false;
  #waiting: RunRequest | undefined;
  /** What the worker is doing, by the id its answer will carry. */
  #busy: { readonly id: number; readonly task: 'load' | 'run'; readonly since: number } | undefined;
  #lastId = 0;
  /** How long the last load took, worker start included. */
  #loadTime = 0;
  /** True when the present model has been reported to the page, so that a reload after a stop is not reported again. */
  #reported = false;

  constructor(spawn: () => WorkerLike, receive: (message: FromWorker) => void, now: () => number = () => performance.now()) {
    this.#spawn = spawn;
    this.#receive = receive;
    this.#now = now;
  }

  get running(): boolean {
    return this.#busy?.task === 'run' || this.#waiting !== undefined;
  }

  /**
   * Reads a new text. A run of the old one is of no use any more; the page asks for another when the text is loaded. A reading
   * of the old one goes on, for what the worker learns from it makes reading the new one quick.
   */
  load(model: ModelText): void {
    this.#model = model;
    this.#given = false;
    this.#reported = false;
    this.#waiting = undefined;
    if (this.#busy?.task === 'run') this.#end();
    this.#next();
  }

  /** Runs as soon as may be; replaces a run that has not begun. */
  run(request: RunRequest): void {
    this.#waiting = request;
    const busy = this.#busy;
    if (busy?.task === 'run' && this.#now() - busy.since > Math.max(WORTH_A_RESTART, this.#loadTime)) this.#end();
    this.#next();
  }

  /** Stops at once, whatever the worker does, and frees it. */
  stop(): void {
    this.#waiting = undefined;
    if (this.#busy !== undefined) this.#end();
  }

  dispose(): void {
    this.stop();
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #end(): void {
    if (this.#worker !== undefined) {
      this.#worker.onmessage = null;
      this.#worker.onerror = null;
      this.#worker.terminate();
    }
    this.#worker = undefined;
    this.#given = false;
    this.#busy = undefined;
  }

  #next(): void {
    if (this.#busy !== undefined || this.#model === undefined) return;
    if (this.#given && this.#waiting === undefined) return;
    // A model the page knows already is read again only when there is something to run.
    if (!this.#given && this.#reported && this.#waiting === undefined) return;
    this.#worker ??= this.#start();
    const id = ++this.#lastId;
    if (!this.#given) {
      this.#given = true;
      this.#busy = { id, task: 'load', since: this.#now() };
      this.#worker.postMessage({ type: 'load', id, ...this.#model });
    } else if (this.#waiting !== undefined) {
      const request = this.#waiting;
      this.#waiting = undefined;
      this.#busy = { id, task: 'run', since: this.#now() };
      this.#worker.postMessage({ type: 'run', id, request });
    }
  }

  #start(): WorkerLike {
    const worker = this.#spawn();
    worker.onmessage = (event) => this.#hear(event.data);
    worker.onerror = (event) => {
      const id = this.#busy?.id ?? this.#lastId;
      this.#end();
      this.#receive({ type: 'failed', id, message: event.message ?? t('The worker ended unexpectedly.') });
    };
    return worker;
  }

  #hear(message: FromWorker): void {
    const busy = this.#busy;
    if (busy === undefined || message.id !== busy.id) return;
    if (message.type === 'progress') {
      this.#receive(message);
      return;
    }
    this.#busy = undefined;
    if (busy.task === 'load') {
      this.#loadTime = this.#now() - busy.since;
      // The text has changed since: the answer is about the old one.
      if (!this.#given) {
        this.#next();
        return;
      }
      if (message.type !== 'loaded') this.#waiting = undefined;
      const silent = this.#reported && message.type === 'loaded';
      this.#reported = true;
      if (!silent) this.#receive(message);
    } else {
      this.#receive(message);
    }
    this.#next();
  }
}
