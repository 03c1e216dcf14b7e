/** What is known of the training that was chosen: where it stands, what was seen of it, and what outlives a reload. */
import { isArrayOf, isCount, isNumber, isObject, isOptional, isRecord, isRecordOf, isString, type Guard } from '../guards.ts';
import type { Checkpoint, EpochReport } from '../../simulation/index.ts';
import type { BoundaryView, FromTrainer, GlancePoint, LayerWeights, LensView, RailsPoint, TrainingAt, TrainingBegun, TrainingEnd, TrainingValues } from '../training-protocol.ts';
import type { Problem } from '../worker-protocol.ts';
import type { Slice } from './slice.ts';

/** `stopped`: its worker has been freed, and it goes on from its checkpoint. */
export type TrainingPhase = 'idle' | 'reading' | 'running' | 'paused' | 'stopped' | 'ended';

/** What the user looks at. */
export interface TrainingLooks {
  /** Layer whose weights are shown. */
  readonly layer: number;
  readonly rail: 'difference' | 'plus' | 'minus';
  /** Unit whose weights are shown as an image. */
  readonly unit: number;
  /** Row of the data under the lens; undefined: any. */
  readonly lensRow?: number;
  /** Which of the lens's groups of curves. */
  readonly lensGroup: number;
}

export interface TrainingSlice {
  /** Key of the training that is chosen; the first one until there is a choice. */
  readonly chosen?: string;
  /** Values moved by hand. */
  readonly values: TrainingValues;
  /** Presentations per second; undefined: as many as may be. */
  readonly speed?: number;
  readonly looks: TrainingLooks;
  readonly phase: TrainingPhase;
  readonly begun?: TrainingBegun;
  readonly history: readonly EpochReport[];
  readonly at?: TrainingAt;
  readonly rails: readonly RailsPoint[];
  /** Figures of within epochs. */
  readonly glances: readonly GlancePoint[];
  readonly weights?: readonly LayerWeights[];
  readonly boundary?: BoundaryView;
  readonly lens?: LensView;
  readonly end?: TrainingEnd;
  readonly problems: readonly Problem[];
  readonly failure?: string;
  /** Why the run no longer belongs to the text. */
  readonly outdated?: string;
  /** To go on from, and the key of the training that it is of. */
  readonly kept?: { readonly key: string; readonly checkpoint: Checkpoint };
}

export type TrainingAction =
  | { readonly type: 'trainer'; readonly message: FromTrainer }
  /** A training was chosen in the list, by a command or by its tab. */
  | { readonly type: 'training'; readonly key: string }
  /** The trainer was asked for: `anew`, or to go on. */
  | { readonly type: 'training asked'; readonly anew: boolean }
  | { readonly type: 'training stopped' }
  | { readonly type: 'training value'; readonly name: string; readonly value: number }
  | { readonly type: 'training reset'; readonly name?: string }
  | { readonly type: 'speed'; readonly speed: number | undefined }
  | { readonly type: 'looks'; readonly looks: Partial<{ [K in keyof TrainingLooks]: TrainingLooks[K] | undefined }> }
  /** A checkpoint that the host had kept. */
  | { readonly type: 'training kept'; readonly kept: unknown };

/** Points of the rails' curve, and figures of within epochs, at most: then every other one is dropped. */
const MOST_RAILS = 2000, MOST_GLANCES = 1000;

const thinned = <P>(points: readonly P[], most: number): readonly P[] => (points.length > most ? points.filter((_, i) => (points.length - 1 - i) % 2 === 0) : points);
/** Who is taken for whom is shown of the last ones only. */
const withoutConfusion = (points: readonly GlancePoint[]): readonly GlancePoint[] => points.map((point, i) => {
  if (point.confusion === undefined || i === points.length - 1) return point;
  const { confusion: _confusion, ...rest } = point;
  return rest;
});

const initial: TrainingSlice = { values: {}, looks: { layer: 0, rail: 'difference', unit: 0, lensGroup: 0 }, phase: 'idle', history: [], rails: [], glances: [], problems: [] };

/** What is forgotten when a training begins anew. */
function blank(slice: TrainingSlice): TrainingSlice {
  const { chosen, values, speed, looks } = slice;
  return { ...initial, ...(chosen === undefined ? {} : { chosen }), values, ...(speed === undefined ? {} : { speed }), looks };
}

function without<K extends keyof TrainingSlice>(slice: TrainingSlice, ...keys: readonly K[]): Omit<TrainingSlice, K> {
  const copy: Partial<TrainingSlice> = { ...slice };
  for (const key of keys) delete copy[key];
  return copy as Omit<TrainingSlice, K>;
}

function hear(slice: TrainingSlice, message: FromTrainer): TrainingSlice {
  switch (message.type) {
    case 'needImports': case 'needData': return slice;
    case 'begun': return { ...slice, begun: message.begun, history: message.history, problems: [] };
    case 'refused': return { ...slice, phase: slice.begun === undefined ? 'idle' : slice.phase, problems: message.problems };
    case 'failed': return { ...slice, phase: slice.begun === undefined ? 'idle' : slice.phase, failure: message.message };
    case 'outdated': return { ...without(slice, 'kept'), phase: slice.begun === undefined ? 'idle' : slice.phase, outdated: message.reason };
    case 'state': {
      const next = without(slice, 'end');
      return message.running ? { ...next, phase: 'running' } : message.end === undefined ? { ...next, phase: slice.begun === undefined ? 'idle' : 'paused' } : { ...next, phase: 'ended', end: message.end };
    }
    case 'progress': {
      return {
        ...slice, at: message.at, history: message.epochs.length === 0 ? slice.history : [...slice.history, ...message.epochs],
        rails: thinned([...slice.rails, ...message.rails], MOST_RAILS), glances: message.glances.length === 0 ? slice.glances : thinned(withoutConfusion([...slice.glances, ...message.glances]), MOST_GLANCES),
      };
    }
    case 'weights': return { ...slice, weights: message.layers };
    case 'boundary': return { ...slice, boundary: message.boundary };
    case 'lens': return { ...slice, lens: message.lens };
    case 'checkpoint': return { ...slice, kept: { key: message.key, checkpoint: message.checkpoint } };
    case 'stopped': return stopped(slice);
  }
}

function stopped(slice: TrainingSlice): TrainingSlice {
  return { ...slice, phase: slice.phase === 'ended' ? 'ended' : slice.kept === undefined ? 'idle' : 'stopped' };
}

function reduce(slice: TrainingSlice, action: Parameters<Slice<TrainingSlice>['reduce']>[1]): TrainingSlice {
  switch (action.type) {
    case 'trainer': return hear(slice, action.message);
    case 'training': return action.key === slice.chosen ? slice : { ...blank(slice), chosen: action.key, values: slice.chosen === undefined ? slice.values : {} };
    case 'training asked': return action.anew ? { ...blank(slice), phase: 'reading' } : { ...without(slice, 'failure', 'outdated', 'end'), problems: [], phase: 'reading' };
    case 'training stopped': return stopped(slice);
    case 'training value': return { ...slice, values: { ...slice.values, [action.name]: action.value } };
    case 'training reset': return { ...slice, values: Object.fromEntries(Object.entries(slice.values).filter(([name]) => action.name !== undefined && name !== action.name)) };
    case 'speed': {
      const next = without(slice, 'speed');
      return action.speed === undefined ? next : { ...next, speed: action.speed };
    }
    case 'looks': {
      const looks = { ...slice.looks, ...action.looks };
      if (looks.lensRow === undefined) delete looks.lensRow;
      return { ...slice, looks: looks as TrainingLooks };
    }
    case 'training kept': return isKeptRun(action.kept) && slice.begun === undefined ? { ...slice, kept: action.kept, phase: 'stopped', history: action.kept.checkpoint.history } : slice;
    case 'document': case 'experiment': default: return slice;
  }
}

// ---------------------------------------------------------------- what outlives a reload

/** Checked for its form; whether it belongs to a run its fingerprints tell. */
const hasFields = isObject<{ [K in keyof Required<Checkpoint>]: unknown }>({
  version: isNumber, fingerprints: isRecordOf(isString), reduction: isString, method: isString, epoch: isCount, position: isCount, order: isArrayOf(isCount),
  presentations: isCount, history: isArrayOf(isObject<{ epoch: number; evaluation: unknown }>({ epoch: isCount, evaluation: isOptional(isRecord) })),
  best: isOptional(isObject<{ epoch: number; loss: number }>({ epoch: isNumber, loss: isNumber })), evaluationsSinceBest: isCount, numbers: isString,
});
const isCheckpoint: Guard<Checkpoint> = (value): value is Checkpoint => hasFields(value);
const isKeptRun: Guard<NonNullable<TrainingSlice['kept']>> = isObject<NonNullable<TrainingSlice['kept']>>({ key: isString, checkpoint: isCheckpoint });

/** Checkpoints up to this many characters are kept in the page's state; larger ones by the host. */
export const SMALL_CHECKPOINT = 100_000;

const sizeOf = (checkpoint: Checkpoint): number => checkpoint.numbers.length + 200 * checkpoint.history.length + 8 * checkpoint.order.length;

/** A checkpoint that is too large for the page's state. */
export function largeCheckpoint({ kept }: TrainingSlice): TrainingSlice['kept'] {
  return kept !== undefined && sizeOf(kept.checkpoint) > SMALL_CHECKPOINT ? kept : undefined;
}

interface Kept {
  readonly chosen: string | undefined;
  readonly values: TrainingValues;
  readonly speed: number | undefined;
  readonly looks: TrainingLooks;
  readonly rails: readonly RailsPoint[];
  readonly glances: readonly GlancePoint[] | undefined;
  readonly kept: unknown;
  readonly elsewhere: unknown;
}
const isFigures = isObject<{ [K in keyof Required<GlancePoint>]: GlancePoint[K] | undefined }>({
  at: isNumber, loss: isNumber, samples: isCount, relativeError: isOptional(isNumber), accuracy: isOptional(isNumber), confusion: isOptional(isArrayOf(isArrayOf(isCount))),
});
const isGlancePoint: Guard<GlancePoint> = (value): value is GlancePoint => isFigures(value);
const isAnything: Guard<unknown> = (value): value is unknown => value !== null;
const isKept = isObject<Kept>({
  chosen: isOptional(isString), values: isRecordOf(isNumber), speed: isOptional(isNumber),
  looks: isObject<TrainingLooks>({ layer: isCount, rail: isString as Guard<TrainingLooks['rail']>, unit: isCount, lensRow: isOptional(isCount), lensGroup: isCount }),
  rails: isArrayOf(isObject<RailsPoint>({ at: isNumber, layers: isArrayOf(isObject({ total: isNumber, meant: isNumber })) })),
  glances: isOptional(isArrayOf(isGlancePoint)),
  kept: isAnything, elsewhere: isAnything,
});

/** Whether the host has the checkpoint that belongs to a kept state. */
export const keptElsewhere = (kept: unknown): boolean => isKept(kept) && kept.elsewhere === true;

export const trainingSlice: Slice<TrainingSlice> = {
  initial,
  reduce,
  keep: (slice) => {
    const { chosen, values, speed, looks, rails, glances, kept } = slice, large = largeCheckpoint(slice) !== undefined;
    const few = <P>(points: readonly P[], most: number): readonly P[] => {
      const step = Math.max(1, Math.ceil(points.length / most));
      return points.filter((_, i) => i % step === 0 || i === points.length - 1);
    };
    return {
      values, looks, rails: few(rails, 300), glances: few(glances, 300), elsewhere: large, ...(kept === undefined || large ? {} : { kept }),
      ...(chosen === undefined ? {} : { chosen }), ...(speed === undefined ? {} : { speed }),
    };
  },
  restore: (kept) => {
    if (!isKept(kept)) return initial;
    const { chosen, values, speed, looks, rails, glances = [] } = kept;
    return {
      ...initial, values, looks, rails, glances, ...(chosen === undefined ? {} : { chosen }), ...(speed === undefined ? {} : { speed }),
      ...(isKeptRun(kept.kept) ? { kept: kept.kept, phase: 'stopped', history: kept.kept.checkpoint.history } : {}),
    };
  },
};
