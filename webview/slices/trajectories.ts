/** What the user chose for the Trajectories tab: its axes. */
import { isBoolean, isObject, isOptional } from '../guards.ts';
import type { Slice } from './slice.ts';

/** Undefined: the lab chooses. */
export type AxisChoice = boolean | undefined;

export interface TrajectoriesSlice {
  readonly logTime: AxisChoice;
  readonly logValues: AxisChoice;
}

export type TrajectoriesAction = { readonly type: 'axis'; readonly axis: keyof TrajectoriesSlice; readonly choice: AxisChoice };

const isKept = isObject<{ logTime: AxisChoice; logValues: AxisChoice }>({ logTime: isOptional(isBoolean), logValues: isOptional(isBoolean) });

export const trajectoriesSlice: Slice<TrajectoriesSlice> = {
  initial: { logTime: undefined, logValues: undefined },
  reduce: (slice, action) => (action.type === 'axis' ? { ...slice, [action.axis]: action.choice } : slice),
  keep: (slice) => slice,
  restore: (kept) => (isKept(kept) ? { logTime: kept.logTime, logValues: kept.logValues } : trajectoriesSlice.initial),
};
