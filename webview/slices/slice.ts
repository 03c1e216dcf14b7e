/** The part of the lab's state that belongs to one tab: how it begins, how actions change it, what of it outlives a reload. */
import type { Action } from '../store.ts';

export interface Slice<S> {
  readonly initial: S;
  /** The same object when the action does not concern it. */
  reduce(slice: S, action: Action): S;
  /** As plain JSON, no numbers that can be computed again. */
  keep(slice: S): unknown;
  /** `initial` for what makes no sense. */
  restore(kept: unknown): S;
}
