/**
 * What was asked about the model, and the answers. An answer stays, out of date, until the next one comes. Sweeps take long, so theirs
 * outlive a reload; the others are asked again.
 */
import { isArrayOf, isCount, isNumber, isObject, isOneOf, isString, either, type Guard } from '../guards.ts';
import type { Answers, FromAnalyst, NoiseAnswer, Question, QuestionKind } from '../analysis-protocol.ts';
import type { Slice } from './slice.ts';

export interface Asked<A> {
  readonly phase: 'asked' | 'answered' | 'failed' | 'stopped';
  readonly answer?: A;
  /** How far it is. */
  readonly done?: number;
  readonly total?: number;
  readonly failure?: string;
}

export type AnalysisSlice = { readonly [K in QuestionKind]?: Asked<Answers[K]> } & {
  /** Fingerprint of the text that the answers are about. */
  readonly read?: string;
  /** Sweeps from before a reload, until the text turns out to be the same. */
  readonly restored?: NoiseAnswer;
};

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
      case 'worker': {
        if (action.message.type !== 'loaded') return slice;
        const { read } = action, { restored } = slice;
        if (read === undefined) return {};
        return restored !== undefined && slice.read === read ? { read, noise: { phase: 'answered', answer: restored } } : { read };
      }
      default: return slice;
    }
  },
  keep: ({ read, noise }) => {
    if (read === undefined || noise?.answer === undefined) return undefined;
    const kept = { read, noise: asJson(noise.answer) };
    return JSON.stringify(kept).length <= LARGEST_KEPT_SWEEPS ? kept : undefined;
  },
  restore: (kept) => (isKept(kept) ? { read: kept.read, restored: fromJson(kept.noise) } : {}),
};

/** Characters; larger answers are computed again. */
const LARGEST_KEPT_SWEEPS = 60_000;

/** Where there is no run yet there is null, for JSON has no NaN. */
type Listed = readonly (number | null)[];
interface KeptNoise extends Omit<NoiseAnswer, 'sweeps'> {
  readonly sweeps: readonly (Omit<NoiseAnswer['sweeps'][number], 'sizes' | 'series'> & {
    readonly sizes: Listed;
    readonly series: readonly { readonly label: string; readonly counts: readonly number[]; readonly mean: Listed; readonly low: Listed; readonly high: Listed }[];
  })[];
}
const list = (values: Float64Array): Listed => Array.from(values, (value) => (Number.isFinite(value) ? value : null));
const floats = (values: Listed): Float64Array => Float64Array.from(values, (value) => value ?? NaN);

function asJson({ kind, sweeps, refused }: NoiseAnswer): KeptNoise {
  return { kind, refused, sweeps: sweeps.map(({ sizes, series, ...sweep }) => ({ ...sweep, sizes: list(sizes), series: series.map(({ label, counts, mean, low, high }) => ({ label, counts, mean: list(mean), low: list(low), high: list(high) })) })) };
}
function fromJson({ kind, sweeps, refused }: KeptNoise): NoiseAnswer {
  return { kind, refused, sweeps: sweeps.map(({ sizes, series, ...sweep }) => ({ ...sweep, sizes: floats(sizes), series: series.map(({ label, counts, mean, low, high }) => ({ label, counts, mean: floats(mean), low: floats(low), high: floats(high) })) })) };
}

const isListed: Guard<Listed> = isArrayOf(either(isNumber, isOneOf(null)));
const isSweep = isObject<KeptNoise['sweeps'][number]>({
  name: isString, axis: isString, measure: isString, done: isCount, runs: isCount, sizes: isListed,
  series: isArrayOf(isObject({ label: isString, counts: isArrayOf(isCount), mean: isListed, low: isListed, high: isListed })),
});
/** All lists of a sweep are as long as its sizes. */
const isEven = ({ sizes, series }: KeptNoise['sweeps'][number]): boolean => series.every((one) => [one.counts, one.mean, one.low, one.high].every(({ length }) => length === sizes.length));
const isKept: Guard<{ readonly read: string; readonly noise: KeptNoise }> = (value): value is { readonly read: string; readonly noise: KeptNoise } =>
  isObject<{ readonly read: string; readonly noise: KeptNoise }>({
    read: isString, noise: isObject<KeptNoise>({ kind: isOneOf('noise'), sweeps: isArrayOf(isSweep), refused: isArrayOf(isObject({ name: isString, why: isString })) }),
  })(value) && value.noise.sweeps.every(isEven);
