/** Exit codes of runs. */
import type { Outcome, StochasticOutcome } from '../../simulation/index.ts';

/** Exit code of a run molecule by molecule. */
export function moleculesExitCode(outcome: StochasticOutcome): number {
  if (outcome.kind === 'cancelled') return 130;
  return outcome.kind === 'reached' || outcome.kind === 'extinct' ? 0 : 1;
}

/** Exit code of a run: 0 when it got where it was sent. */
export function exitCode(outcome: Outcome): number {
  if (outcome.kind === 'cancelled') return 130;
  return outcome.kind === 'reached' || outcome.kind === 'steady' ? 0 : 1;
}
