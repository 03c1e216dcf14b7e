/** How a run ended, in a sentence. */
import { componentName, type Network } from '../../chemistry/index.ts';
import type { Outcome } from '../../simulation/index.ts';
import type { RunSettings } from './settings.ts';

/** Six digits, with a power of ten where that is shorter to read. */
export function number(value: number): string {
  const rounded = Number(value.toPrecision(6));
  const size = Math.abs(rounded);
  return size !== 0 && (size >= 1e6 || size < 1e-4) ? rounded.toExponential().replace('e+', 'e') : String(rounded);
}

/** @param until what the run was sent to */
export function outcomeSentence(outcome: Outcome, network: Network, until: RunSettings['until']): string {
  const t = `t = ${number(outcome.t)}${network.units.time === undefined ? '' : ` ${network.units.time}`}`;
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
          return `Stopped at ${t}: the steps became too small to go on. Try --method bdf or looser tolerances.`;
        case 'step limit':
          return until === 'fixed point' ? `Does not settle (still moving at ${t}).` : `Stopped at ${t}: the largest number of steps allowed is used up. Try --method bdf or looser tolerances.`;
        case 'not a number':
          return `Stopped at ${t}: a rate is not a finite number there. Look for a division by 0, a logarithm or a constant that is too large.`;
      }
  }
}

/** Exit code of a run: 0 when it got where it was sent. */
export function exitCode(outcome: Outcome): number {
  if (outcome.kind === 'cancelled') return 130;
  return outcome.kind === 'reached' || outcome.kind === 'steady' ? 0 : 1;
}
