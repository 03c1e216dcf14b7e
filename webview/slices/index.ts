/** The tabs' slices of the state; a tab that has something to remember adds its own here. */
import type { Action } from '../store.ts';
import { analysisSlice, type AnalysisAction, type AnalysisSlice } from './analysis.ts';
import { fixedPointSlice, type FixedPointAction, type FixedPointSlice } from './fixed-point.ts';
import { listsSlice, type ListsAction, type ListsSlice } from './lists.ts';
import { networkSlice, type NetworkAction, type NetworkSlice } from './network.ts';
import { noiseSlice, type NoiseAction, type NoiseSlice } from './noise.ts';
import type { Slice } from './slice.ts';
import { trainingSlice, type TrainingAction, type TrainingSlice } from './training.ts';
import { trajectoriesSlice, type TrajectoriesAction, type TrajectoriesSlice } from './trajectories.ts';

export interface Slices {
  readonly trajectories: TrajectoriesSlice;
  readonly training: TrainingSlice;
  readonly analysis: AnalysisSlice;
  readonly fixedPoint: FixedPointSlice;
  readonly lists: ListsSlice;
  readonly network: NetworkSlice;
  readonly noise: NoiseSlice;
}
export type SliceAction = TrajectoriesAction | TrainingAction | AnalysisAction | FixedPointAction | ListsAction | NetworkAction | NoiseAction;

const slices: { readonly [K in keyof Slices]: Slice<Slices[K]> } = {
  trajectories: trajectoriesSlice, training: trainingSlice, analysis: analysisSlice, fixedPoint: fixedPointSlice, lists: listsSlice, network: networkSlice, noise: noiseSlice,
};
const names = Object.keys(slices) as (keyof Slices)[];

function each<T>(of: <K extends keyof Slices>(name: K) => T): Record<keyof Slices, T> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<keyof Slices, T>;
}

export const initialSlices: Slices = each((name) => slices[name].initial) as unknown as Slices;

/** The same object when no slice has changed. */
export function reduceSlices(now: Slices, action: Action): Slices {
  const next = each((name) => slices[name].reduce(now[name] as never, action)) as unknown as Slices;
  return names.every((name) => next[name] === now[name]) ? now : next;
}

export const keepSlices = (now: Slices): Readonly<Record<string, unknown>> => each((name) => slices[name].keep(now[name] as never));

export const restoreSlices = (kept: Readonly<Record<string, unknown>>): Slices => each((name) => slices[name].restore(kept[name])) as unknown as Slices;
