/**
 * The page's side of the worker that answers questions. It has one question at a time; a newer one of the same kind takes the place of an
 * older one, which is given a moment to end by itself: ending a worker costs a new one. Nothing is computed for a tab that is not shown.
 */
import { t } from '../l10n/index.ts';
import type { FromAnalyst, Question, QuestionKind, ToAnalyst } from './analysis-protocol.ts';
import type { ModelText } from './training-protocol.ts';

/** What this needs of a Worker. */
export interface AnalysisWorkerLike {
  postMessage(message: { readonly analyst: ToAnalyst }): void;
  terminate(): void;
  onmessage: ((event: { readonly data: FromAnalyst }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

/** Milliseconds that a question nobody wants any more may still take. */
export const PATIENCE = 400;

export class AnalysisClient {
  readonly #spawn: () => AnalysisWorkerLike;
  readonly #receive: (message: FromAnalyst) => void;
  #worker: AnalysisWorkerLike | undefined;
  #model: ModelText | undefined;
  #given: ModelText | undefined;
  #busy: { readonly id: number; readonly kind: QuestionKind; wanted: boolean } | undefined;
  readonly #waiting = new Map<QuestionKind, Question>();
  #lastId = 0;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(spawn: () => AnalysisWorkerLike, receive: (message: FromAnalyst) => void) {
    this.#spawn = spawn;
    this.#receive = receive;
  }

  /** Whether there is a worker. */
  get alive(): boolean {
    return this.#worker !== undefined;
  }

  /** Another text: what was asked about the one before is of no use. */
  load(model: ModelText): void {
    this.#model = model;
    this.#waiting.clear();
    this.#giveUp();
  }

  ask(question: Question): void {
    this.#waiting.delete(question.kind);
    this.#waiting.set(question.kind, question);
    if (this.#busy?.kind === question.kind) this.#giveUp();
    this.#next();
  }

  /** Nobody waits for an answer of this kind any more; it ends at once, whatever the worker does. */
  cancel(kind: QuestionKind): void {
    this.#waiting.delete(kind);
    if (this.#busy?.kind === kind) this.#end();
    this.#next();
  }

  dispose(): void {
    this.#waiting.clear();
    this.#end();
  }

  #giveUp(): void {
    if (this.#busy === undefined) return;
    this.#busy.wanted = false;
    this.#patience ??= setTimeout(() => {
      this.#end();
      this.#next();
    }, PATIENCE);
  }

  #end(): void {
    clearTimeout(this.#patience);
    this.#patience = this.#busy = this.#given = undefined;
    if (this.#worker === undefined) return;
    this.#worker.onmessage = null;
    this.#worker.onerror = null;
    this.#worker.terminate();
    this.#worker = undefined;
  }

  #next(): void {
    const [next] = this.#waiting.values();
    if (this.#busy !== undefined || next === undefined || this.#model === undefined) return;
    this.#waiting.delete(next.kind);
    const worker = (this.#worker ??= this.#start());
    if (this.#given !== this.#model) {
      this.#given = this.#model;
      worker.postMessage({ analyst: { type: 'load', model: this.#model } });
    }
    this.#busy = { id: ++this.#lastId, kind: next.kind, wanted: true };
    worker.postMessage({ analyst: { type: 'ask', id: this.#busy.id, question: next } });
  }

  #start(): AnalysisWorkerLike {
    const worker = this.#spawn();
    worker.onmessage = (event) => this.#hear(event.data);
    worker.onerror = (event) => {
      const busy = this.#busy;
      this.#end();
      if (busy?.wanted === true) this.#receive({ type: 'failed', id: busy.id, kind: busy.kind, message: event.message ?? t('The worker ended unexpectedly.') });
      this.#next();
    };
    return worker;
  }

  #hear(message: FromAnalyst): void {
    const busy = this.#busy;
    if (busy === undefined || message.id !== busy.id) return;
    if (busy.wanted) this.#receive(message);
    if (message.type === 'progress') return;
    clearTimeout(this.#patience);
    this.#patience = this.#busy = undefined;
    this.#next();
  }
}
