/** `:=` or `==` for `=`. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, replace } from './problem.ts';

export const wrongEqualsSpec: DiagnosticSpec = {
  code: 'CRN114',
  severity: 'error',
  title: 'Write = here',
  manual: `A value is given, and compared, with a single \`=\`: \`param k = 1\`, \`expect A = 1\`. There is no assignment \`:=\` (what is
computed at every instant is a rate law or a species of its own) and no \`==\`.`,
  examples: [
    { text: 'param k := 1\n//      ^^', fixed: 'param k = 1' }
  ],
};

export function wrongEquals(span: Span, text: string): SyntaxProblem {
  return problem(wrongEqualsSpec, span, t('Write `=` for `{0}`.', text), replace(t('Write `=`'), span, '='));
}
