/** What was asked about the model, and the answers. An answer stays, out of date, until the next one comes. */
import type { Answers, FromAnalyst, Question, QuestionKind } from '../analysis-protocol.ts';
import type { Slice } from './slice.ts';

export interface Asked<A> {
  readonly phase: 'asked' | 'answered' | 'failed' | 'stopped';
  readonly answer?: A;
  /** How far it is. */
  readonly done?: number;
  readonly total?: number;
  readonly failure?: string;
}

export type AnalysisSlice = { readonly [K in QuestionKind]?: Asked<Answers[K]> };

export type AnalysisAction =
  | { readonly type: 'asked'; readonly question: Question }
  | { readonly type: 'analyst'; readonly message: FromAnalyst }
  /** By the user, or because nobody looks any more. */
  | { readonly type: 'asking stopped'; readonly kind: QuestionKind };

function hear(slice: AnalysisSlice, message: FromAnalyst): AnalysisSlice {
  const { kind } = message, before = slice[kind];
  switch (message.type) {
    case 'progress': return { ...slice, [kind]: { ...before, phase: 'asked', done: message.done, total: message.total, ...(message.partial === undefined ? {} : { answer: message.partial }) } };
    case 'answer': return { ...slice, [kind]: { phase: 'answered', answer: message.answer } };
    case 'failed': return { ...slice, [kind]: { phase: 'failed', failure: message.message } };
  }
}

export const analysisSlice: Slice<AnalysisSlice> = {
  initial: {},
  reduce(slice, action) {
    switch (action.type) {
      case 'asked': {
        const { kind } = action.question, answer = slice[kind]?.answer;
        return { ...slice, [kind]: { phase: 'asked', ...(answer === undefined ? {} : { answer }) } };
      }
      case 'analyst': return hear(slice, action.message);
      case 'asking stopped': {
        const before = slice[action.kind];
        return before?.phase === 'asked' ? { ...slice, [action.kind]: { ...before, phase: 'stopped' } } : slice;
      }
      // Another model: the answers are about the one before.
      case 'worker': return action.message.type === 'loaded' ? {} : slice;
      default: return slice;
    }
  },
  // Answers can be computed again.
  keep: () => undefined,
  restore: () => ({}),
};
