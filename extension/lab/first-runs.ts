/**
 * Runs a model once while its lab comes up: the lab's own worker does it, in a thread of Node's that stays for the next lab. Nothing waits for it:
 * what is not there when the page is ready, the page's own worker does.
 */
import { Worker } from 'node:worker_threads';
import { firstRun, isFirstRun, type FromWorker, type HostMessage, type Opening, type ToWorker } from '../../webview/index.ts';
import type { Language } from '../../l10n/index.ts';

/** Longer texts take too long to be read in time. */
const LONGEST = 200_000;
/** Milliseconds that the thread waits for another lab. */
const IDLE = 2 * 60_000;
/** Megabytes: a model that needs more ends the thread, and not VS Code's process around it. A small young generation is the quicker one: it stays on the same pages of memory. */
const LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 6 } as const;

/** What a page is sent before its document: the imports that it needs not ask for, and the answers. */
export type Ahead = readonly Extract<HostMessage, { readonly type: 'imports' | 'firstRun' }>[];

export class FirstRuns {
  readonly #thread: string;
  readonly #script: string;
  readonly #language: Language | undefined;
  #worker: Worker | undefined;
  #waiting: { readonly id: number; readonly answer: (message: FromWorker | undefined) => void } | undefined;
  /** The order that the thread works at; the next one ends it. */
  #order = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param thread path of the bundle of `thread.ts`
   * @param script path of the lab's worker
   */
  constructor(thread: string, script: string, language: Language | undefined) {
    this.#thread = thread;
    this.#script = script;
    this.#language = language;
  }

  /**
   * @param read fetches imported texts
   * @returns undefined where there is nothing to run at first, or it does not come in time, or another order came in between
   */
  async begin(opening: Opening, read: Parameters<typeof firstRun>[2]): Promise<Ahead | undefined> {
    if (opening.text.length > LONGEST) return undefined;
    if (this.#waiting !== undefined) this.#end();
    clearTimeout(this.#idle);
    const order = ++this.#order;
    const done = await firstRun(opening, async (message) => {
      const answer = order === this.#order ? await this.#ask(message) : undefined;
      if (answer === undefined) throw new Ended();
      return answer;
    }, read).catch((error: unknown) => {
      if (error instanceof Ended) return undefined;
      throw error;
    });
    if (order === this.#order) this.#idle = setTimeout(() => this.#end(), IDLE).unref();
    // The page would refuse what is not whole, such as a number that is none.
    if (done === undefined || !isFirstRun(done.run)) return undefined;
    return [...(done.imports.length === 0 ? [] : [{ type: 'imports', files: done.imports } as const]), { type: 'firstRun', run: done.run }];
  }

  /** The page is there and does the rest itself: what still runs is of no use. */
  giveUp(): void {
    if (this.#waiting !== undefined) this.#end();
  }

  dispose(): void {
    this.#end();
  }

  #ask(message: ToWorker): Promise<FromWorker | undefined> {
    const worker = this.#worker ??= this.#start();
    return new Promise((resolve) => {
      this.#waiting = { id: message.id, answer: resolve };
      worker.postMessage(message);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#thread, { workerData: { script: this.#script }, resourceLimits: LIMITS });
    // VS Code does not wait for it.
    worker.unref();
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'progress' || this.#worker !== worker || message.id !== this.#waiting?.id) return;
      this.#answer(message);
    });
    // Whatever happened to it, the page's worker will say what there is to say.
    worker.on('error', () => { if (this.#worker === worker) this.#end(); });
    worker.on('exit', () => { if (this.#worker === worker) this.#end(); });
    if (this.#language !== undefined) worker.postMessage({ language: this.#language });
    return worker;
  }

  #answer(message: FromWorker | undefined): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.answer(message);
  }

  #end(): void {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
    this.#answer(undefined);
  }
}

/** The thread was ended before it had an answer. */
class Ended extends Error {}
