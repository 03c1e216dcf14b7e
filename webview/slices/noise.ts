/** Whether the sweeps over noise were asked for: they take long, so nothing runs unasked. */
import type { Slice } from './slice.ts';

export interface NoiseSlice {
  readonly wanted: boolean;
}

export type NoiseAction = { readonly type: 'noise'; readonly wanted: boolean };

export const noiseSlice: Slice<NoiseSlice> = {
  initial: { wanted: false },
  reduce(slice, action) {
    if (action.type === 'noise') return { wanted: action.wanted };
    // Another text is not swept without being asked.
    return action.type === 'worker' && action.message.type === 'loaded' && slice.wanted ? noiseSlice.initial : slice;
  },
  keep: () => undefined,
  restore: () => noiseSlice.initial,
};
