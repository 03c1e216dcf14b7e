/** What the user chose for the Fixed point tab: how many starts, which point, which two species. */
import { isCount, isObject, isOptional, isString } from '../guards.ts';
import type { Slice } from './slice.ts';

export interface FixedPointSlice {
  /** Undefined: the lab chooses. */
  readonly starts: number | undefined;
  readonly seed: number;
  /** Place in the list of those that were found. */
  readonly point: number;
  /** Names of species; undefined: the liveliest. */
  readonly x: string | undefined;
  readonly y: string | undefined;
}

export type FixedPointAction = { readonly type: 'fixed point'; readonly choice: Partial<FixedPointSlice> };

const isKept = isObject<FixedPointSlice>({ starts: isOptional(isCount), seed: isCount, point: isCount, x: isOptional(isString), y: isOptional(isString) });

export const fixedPointSlice: Slice<FixedPointSlice> = {
  initial: { starts: undefined, seed: 1, point: 0, x: undefined, y: undefined },
  reduce(slice, action) {
    if (action.type === 'fixed point') return { ...slice, ...action.choice };
    // Other values, other points: the first is the one that the start comes to.
    return (action.type === 'parameter' || action.type === 'experiment') && slice.point !== 0 ? { ...slice, point: 0 } : slice;
  },
  keep: (slice) => slice,
  restore: (kept) => (isKept(kept) ? { starts: kept.starts === 0 ? undefined : kept.starts, seed: kept.seed, point: kept.point, x: kept.x, y: kept.y } : fixedPointSlice.initial),
};
