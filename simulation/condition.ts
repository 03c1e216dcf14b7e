/** A condition of the text as the event that ends a run. */
import { conditionMargin, type EndCondition, type Network, type ParameterValues } from '../chemistry/index.ts';
import type { EventFunction } from './event.ts';

/** @param parameters those of the run; read at every call, so that they may change between runs */
export function eventOf(condition: EndCondition, network: Network, parameters: ParameterValues): EventFunction {
  return (time, state) => conditionMargin(condition, { network, parameters, state, time });
}

/** The time to rest is waited for so many times over where the condition holds at rest but nowhere before. */
const LIMIT = 1e6;

/**
 * Whether a run to a condition goes on from where it came to rest (a fixed point within tolerance): where the condition holds at the
 * fixed point itself it will come true on the way there. Not for ever, since it may hold there by rounding alone.
 */
export function goesOnAtRest(event: EventFunction): (t: number, y: Float64Array) => boolean {
  let since: number | undefined;
  return (t, y) => {
    if (!(event(t, y) > 0)) return false;
    since ??= t;
    return t < LIMIT * since;
  };
}
