/**
 * Giving up from within. Loops that may run for long are handed a `poll`, call it as they go, and are left by what it throws
 * when the work is no longer wanted. Whoever began the work catches that and says so in its outcome; what was under way is dropped.
 */
import { t } from '../l10n/index.ts';
import type { Cancel } from './system.ts';

/** Thrown by a poll whose work is no longer wanted. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  constructor() {
    super(t('The computation was cancelled.'));
  }
}

/** Asked within long loops; throws {@link Cancelled} when they are to be left. */
export type Poll = () => void;

/** The poll of work that nobody can cancel. */
export const go: Poll = () => undefined;

export function pollOf(cancel: Cancel | undefined): Poll {
  return cancel === undefined ? go : () => { if (cancel()) throw new Cancelled(); };
}

/** A poll for loops whose rounds are short: asks at the first call and then once in so many. */
export function sparingly(poll: Poll, every: number): Poll {
  if (poll === go) return go;
  let left = 0;
  return () => {
    if (left-- > 0) return;
    left = every - 1;
    poll();
  };
}
