/** What the user chose for the Network tab. */
import { isBoolean, isObject, isOptional, isString } from '../guards.ts';
import type { Slice } from './slice.ts';

export interface NetworkSlice {
  /** Networks of neurons as layers, or as the reactions that they stand for. */
  readonly layers: boolean;
  /** The species whose surroundings are shown. */
  readonly around: string | undefined;
}

export type NetworkAction = { readonly type: 'network'; readonly choice: Partial<NetworkSlice> };

const isKept = isObject<NetworkSlice>({ layers: isBoolean, around: isOptional(isString) });

export const networkSlice: Slice<NetworkSlice> = {
  initial: { layers: true, around: undefined },
  reduce: (slice, action) => (action.type === 'network' ? { ...slice, ...action.choice } : slice),
  keep: (slice) => slice,
  restore: (kept) => (isKept(kept) ? { layers: kept.layers, around: kept.around } : networkSlice.initial),
};
