/** A worker some of whose answers are known already: those that the host has worked out while the page came up (`first-run.ts`). */
import type { WorkerLike } from '../worker-client.ts';
import type { FromWorker, ToWorker } from '../worker-protocol.ts';
import { readOf, type FirstRun } from './first-run.ts';

/** Milliseconds after the first answer until the worker itself comes up, if nothing is asked of it before: the page draws meanwhile. */
const REST = 100;

export class KnownAnswers implements WorkerLike {
  readonly #start: () => WorkerLike;
  #known: FirstRun | undefined;
  #worker: WorkerLike | undefined;
  /** The model, which the worker has still to be told. */
  #model: ToWorker | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;

  constructor(start: () => WorkerLike, known: FirstRun) {
    this.#start = start;
    this.#known = known;
  }

  postMessage(message: ToWorker): void {
    const known = this.#known;
    if (known !== undefined && message.type === 'load' && this.#model === undefined && readOf(message) === known.read) {
      this.#model = message;
      this.#timer = setTimeout(() => this.#begin(), REST);
      this.#say({ type: 'loaded', id: message.id, model: known.model, problems: known.problems, milliseconds: known.milliseconds });
      return;
    }
    // Whatever is asked now, the answer is of no use afterwards.
    this.#known = undefined;
    if (known !== undefined && message.type === 'run' && this.#model !== undefined && JSON.stringify(message.request) === JSON.stringify(known.request)) {
      this.#say({ type: 'finished', id: message.id, result: known.result });
    } else {
      this.#begin().postMessage(message);
    }
  }

  terminate(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.onmessage = null;
    this.onerror = null;
  }

  /** The worker itself, which reads the model too; its answer to that comes when nobody waits for it any more. */
  #begin(): WorkerLike {
    clearTimeout(this.#timer);
    if (this.#worker !== undefined) return this.#worker;
    const worker = this.#worker = this.#start();
    worker.onmessage = (event) => this.onmessage?.(event);
    worker.onerror = (event) => this.onerror?.(event);
    if (this.#model !== undefined) worker.postMessage(this.#model);
    return worker;
  }

  /** After the call that asks, as a worker does. */
  #say(data: FromWorker): void {
    queueMicrotask(() => this.onmessage?.({ data }));
  }
}
