/** What the user looks for among equations and reactions. */
import { isBoolean, isObject, isString } from '../guards.ts';
import type { Slice } from './slice.ts';

export interface ListsSlice {
  readonly equations: string;
  readonly reactions: string;
  /** Reactions one by one. */
  readonly each: boolean;
}

export type ListsAction = { readonly type: 'list'; readonly choice: Partial<ListsSlice> };

const isKept = isObject<ListsSlice>({ equations: isString, reactions: isString, each: isBoolean });

export const listsSlice: Slice<ListsSlice> = {
  initial: { equations: '', reactions: '', each: false },
  reduce: (slice, action) => (action.type === 'list' ? { ...slice, ...action.choice } : slice),
  keep: (slice) => slice,
  restore: (kept) => (isKept(kept) ? { equations: kept.equations, reactions: kept.reactions, each: kept.each } : listsSlice.initial),
};
