/** Nothing after `=`, `@`, `rate`, `~` or an operator. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem } from './problem.ts';

export const missingValueSpec: DiagnosticSpec = {
  code: 'CRN112',
  severity: 'error',
  title: 'A value is missing',
  manual: `After \`=\`, \`@\`, \`rate\`, \`~\` or an operator stands a number, a name or a formula. The line ends there, or something else
stands in its place.`,
  examples: [
    { text: 'param k =\n//      ^' },
    { text: 'A -> B @\n//     ^' },
    { text: 'A -> B @ 2*\n//        ^' }
  ],
};

export function missingValue(span: Span, after: string): SyntaxProblem {
  const what = after === '@' ? t('A rate constant') : after === 'rate' ? t('A rate law') : t('A number, a name or a formula');
  return problem(missingValueSpec, span, t('{0} is missing after this `{1}`.', what, after));
}
