/** A run in stretches of time: rates jump where one ends and the next begins, and within one they change little or, for exact methods, not at all. */
import type { Network, ParameterValues, ReactionFamily } from '../../chemistry/index.ts';
import { Calendar } from '../forcing/calendar.ts';
import { timeParts } from '../forcing/parts.ts';
import { constantWithin } from '../forcing/search.ts';

export interface Stretches {
  /** When each begins: the first moment with its rates. */
  readonly from: readonly number[];
  /** When each ends; the last one's is the end of the run. */
  readonly end: readonly number[];
  /** Within each, rates depend on the state alone. */
  readonly constant: boolean;
}

export function stretchesOf(network: Network, families: readonly ReactionFamily[], parameters: ParameterValues, until: number): Stretches {
  const parts = timeParts(network, families, parameters), calendar = new Calendar(parts, 0, until), { stretch } = calendar;
  const from: number[] = [], end: number[] = [];
  let constant = true, t = 0;
  for (;;) {
    const stop = Math.min(until, calendar.stop(t)), first = Math.max(t, stretch.least);
    from.push(first);
    end.push(stop);
    constant &&= parts.curves.every((curve) => constantWithin(curve, first, Math.min(stop, stretch.most)));
    if (stop >= until) return { from, end, constant };
    calendar.pass(stop);
    t = stop;
  }
}
