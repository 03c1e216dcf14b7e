/** How a run ended, in a sentence. */
import { componentName, type EndCondition, type Network } from '../../chemistry/index.ts';
import type { Outcome, StochasticOutcome } from '../../simulation/index.ts';
import { number } from './number.ts';
import type { OutOfScale } from './out-of-scale.ts';
import type { RunSettings } from './settings.ts';
import type { ConditionMet } from './worker-protocol.ts';

function timeText(t: number, network: Network): string {
  return `t = ${number(t)}${network.units.time === undefined ? '' : ` ${network.units.time}`}`;
}

/** @param until what the run was sent to */
export function outcomeSentence(outcome: Outcome, network: Network, until: RunSettings['until']): string {
  const t = timeText(outcome.t, network);
  switch (outcome.kind) {
    case 'reached':
      return `Reached ${t}.`;
    case 'steady':
      return `Reached a fixed point at ${t} (residual ${number(outcome.residual)}).`;
    case 'diverged':
      return `Diverged at ${t}: ${componentName(network, outcome.component)} grows beyond every bound.`;
    case 'cancelled':
      return `Cancelled at ${t}.`;
    case 'stuck':
      switch (outcome.reason) {
        case 'step underflow':
          return `Stopped at ${t}: the steps became too small to go on${outcome.component === undefined ? '' : `, because ${componentName(network, outcome.component)} changes too fast`}. Try --method bdf or looser tolerances.`;
        case 'step limit':
          return until === 'fixed point' ? `Does not settle (still moving at ${t}).` : `Stopped at ${t}: the largest number of steps allowed is used up. Try --method bdf or looser tolerances.`;
        case 'not a number':
          return `Stopped at ${t}: ${outcome.component === undefined ? 'a rate' : `the rate of ${componentName(network, outcome.component)}`} is not a finite number there. Look for a division by 0, a logarithm or a constant that is too large.`;
      }
  }
}

/** @param end the end time that was asked for @param condition what was to end it before, and when it did */
export function moleculesSentence(outcome: StochasticOutcome, network: Network, end: number, condition?: ConditionMet): string {
  const t = timeText(outcome.t, network);
  if (condition?.t !== undefined) return `“${condition.text}” at ${t}.`;
  switch (outcome.kind) {
    case 'reached':
      return condition === undefined ? `Reached ${t}.` : `“${condition.text}” did not come true up to ${t}.`;
    case 'extinct':
      return condition !== undefined ? `“${condition.text}” did not come true up to ${timeText(end, network)}; nothing can react any more after ${t}.` : `Reached ${timeText(end, network)}; nothing can react any more after ${t}.`;
    case 'cancelled':
      return `Cancelled at ${t}.`;
    case 'too many events':
      return `Stopped at ${t}: ${number(outcome.limit)} events have happened, and more are not followed one by one. Make the volume smaller, or use --method tau.`;
    case 'stuck':
      return `Stopped at ${t}: the rate of ${outcome.reaction} is ${outcome.reason === 'negative rate' ? 'negative' : 'not a finite number'} there. Molecules can only react forwards: write a rate law that stays 0 or above.`;
  }
}

/** Instead of the sentence of a run that could take no step, where a constant is the reason. */
export function outOfScaleSentence(outcome: Outcome, network: Network, { constant, reaction }: Pick<OutOfScale, 'constant' | 'reaction'>, place: string): string {
  return `Stopped at ${timeText(outcome.t, network)}: ${place}: the constant of “${reaction}” is ${number(constant)}, out of scale with the rest: no time step can follow it. Check its value and its unit.`;
}

/** Of a run that was to end where a condition holds; undefined where something else has ended it. @param event when it did */
export function conditionSentence({ text }: EndCondition, outcome: Outcome, event: number | undefined, network: Network): string | undefined {
  const t = timeText(event ?? outcome.t, network);
  if (event !== undefined) return `“${text}” at ${t}.`;
  switch (outcome.kind) {
    case 'reached':
      return `“${text}” did not come true up to ${t}. To wait longer, give a later end in the simulate statement.`;
    case 'steady':
      return `“${text}” does not come true: at ${t} the network has come to rest (residual ${number(outcome.residual)}).`;
    case 'stuck':
      return outcome.reason === 'step limit' ? `“${text}” did not come true up to ${t}, and the network does not come to rest. Give a latest end in the simulate statement, such as t = ${number(outcome.t)}.` : undefined;
    default:
      return undefined;
  }
}
