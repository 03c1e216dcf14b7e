/** One rate constant for two directions, or two for one. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, insert, replace } from './problem.ts';

export const rateCountSpec: DiagnosticSpec = {
  code: 'CRN124',
  severity: 'error',
  title: 'One rate for each direction',
  manual: `A reaction with \`->\` has one rate, a reaction with \`<->\` two: forward, then backward, as in \`A <-> B @ 1, 0.2\`.`,
  examples: [
    { text: 'A <-> B @ k\n//      ^^^', fixed: 'A <-> B @ k, 1' },
    { text: 'A -> B @ 1, 2\n//          ^', fixed: 'A <-> B @ 1, 2' }
  ],
};

/** A reversible reaction with one rate. @param rate span of the rate */
export function missingBackwardRate(rate: Span): SyntaxProblem {
  return problem(rateCountSpec, rate, t('A reaction with `<->` has two rates, forward and backward: write the second after a comma.'), insert(t('Add the backward rate `1`'), rate.end, ', 1'));
}
/** An irreversible reaction with two. @param second span of the second rate */
export function needlessBackwardRate(second: Span, arrow: Span): SyntaxProblem {
  return problem(rateCountSpec, second, t('A reaction with `->` has one rate. For both directions write `<->`.'), replace(t('Write `<->`'), arrow, '<->'));
}
