/** Runs beside each other: the present one and those that are pinned, by their values at the end. */
import type { Member } from './series.ts';
import { valueIn } from './series.ts';
import type { Pin } from './slices/trajectories.ts';
import type { Drawn } from './store.ts';

export interface ComparedRow {
  readonly key: string;
  readonly now: number;
  /** One a pin: the value there and how far the present one is above it; undefined where that run has no such species. */
  readonly others: readonly ({ readonly value: number; readonly difference: number } | undefined)[];
}

/** @param members the curves that are shown */
export function compared(shown: Drawn, members: readonly Member[], pins: readonly Pin[]): readonly ComparedRow[] {
  return members.map((member) => {
    const now = valueIn(shown.result.final, member);
    return {
      key: member.key, now,
      others: pins.map((pin) => {
        const same = pin.shown.entries.flatMap(({ members: all }) => all).find(({ key }) => key === member.key);
        if (same === undefined) return undefined;
        const value = valueIn(pin.shown.result.final, same);
        return { value, difference: now - value };
      }),
    };
  });
}
