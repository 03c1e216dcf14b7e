/** Asks what the tab that is shown wants to know, once for each text and setting, and gives up what nobody looks at. */
import { AnalysisClient, type AnalysisWorkerLike } from './analysis-client.ts';
import type { FromAnalyst, Question, QuestionKind } from './analysis-protocol.ts';
import type { Action, LabState } from './store.ts';
import type { ModelText } from './training-protocol.ts';

/** Milliseconds that settings must rest before they are asked about: sliders ask for nothing on their way. */
const REST = 80;

export class AnalysisDesk {
  readonly #dispatch: (action: Action) => void;
  readonly #state: () => LabState;
  #client: AnalysisClient | undefined;
  /** Sweeps take long: they have a worker of their own, and go on while another tab is shown. */
  #sweeper: AnalysisClient | undefined;
  /** The question that was asked last, as text, by kind. */
  readonly #asked = new Map<QuestionKind, string>();
  #wanted: readonly Question[] = [];
  readonly #timers = new Map<QuestionKind, { readonly key: string; readonly timer: ReturnType<typeof setTimeout> }>();

  constructor(state: () => LabState, dispatch: (action: Action) => void) {
    this.#state = state;
    this.#dispatch = dispatch;
  }

  begin(spawn: () => AnalysisWorkerLike): void {
    this.#client = new AnalysisClient(spawn, (message) => this.#hear(message));
    this.#sweeper = new AnalysisClient(spawn, (message) => this.#hear(message));
  }

  /** A text without errors has been read: everything is asked again. */
  load(model: ModelText): void {
    this.#asked.clear();
    for (const { timer } of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#client?.load(model);
    this.#sweeper?.load(model);
  }

  /** What the shown tab wants to know now. */
  want(questions: readonly Question[]): void {
    if (this.#client === undefined) return;
    this.#wanted = questions;
    for (const kind of [...this.#asked.keys(), ...this.#timers.keys()]) if (kind !== 'noise' && !questions.some((question) => question.kind === kind)) this.#drop(kind);
    for (const question of questions) this.#ask(question);
  }

  #clientOf(kind: QuestionKind): AnalysisClient | undefined {
    return kind === 'noise' ? this.#sweeper : this.#client;
  }

  /** The user does not want to wait for it. */
  stop(kind: QuestionKind): void {
    this.#clientOf(kind)?.cancel(kind);
    this.#dispatch({ type: 'asking stopped', kind });
  }

  /** Asks again for what was stopped or has failed. */
  again(kind: QuestionKind): void {
    this.#asked.delete(kind);
    for (const question of this.#wanted) if (question.kind === kind) this.#ask(question);
  }

  #ask(question: Question): void {
    const { kind } = question, key = JSON.stringify(question);
    if (this.#asked.get(kind) === key || this.#timers.get(kind)?.key === key) return;
    clearTimeout(this.#timers.get(kind)?.timer);
    const ask = (): void => {
      this.#timers.delete(kind);
      this.#asked.set(kind, key);
      this.#clientOf(kind)?.ask(question);
      this.#dispatch({ type: 'asked', question });
    };
    this.#timers.set(kind, { key, timer: setTimeout(ask, this.#asked.has(kind) ? REST : 0) });
  }

  /** An answer that is there stays; one that is not is not waited for. */
  #drop(kind: QuestionKind): void {
    clearTimeout(this.#timers.get(kind)?.timer);
    this.#timers.delete(kind);
    if (this.#state().slices.analysis[kind]?.phase !== 'asked') return;
    this.#asked.delete(kind);
    this.stop(kind);
  }

  #hear(message: FromAnalyst): void {
    this.#dispatch({ type: 'analyst', message });
  }
}
