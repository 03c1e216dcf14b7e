/** An opening bracket that nothing closes. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, insert } from './problem.ts';

export const unclosedBracketSpec: DiagnosticSpec = {
  code: 'CRN106',
  severity: 'error',
  title: 'A bracket is never closed',
  manual: `A \`(\` or \`[\` is open at the end of the statement, or where an arrow, \`@\` or \`rate\` ends what it can hold. A statement ends
with its line unless the line ends in an operator, a comma or an open bracket, so a bracket never reaches over the lines below
by accident.`,
  examples: [
    { text: 'B -> C rate V*B/(K + B\n//              ^', fixed: 'B -> C rate V*B/(K + B)' },
    { text: '  X[1 -> 0 @ 1\n// ^', fixed: '  X[1] -> 0 @ 1' }
  ],
};

/** @param end where the bracket should have been closed */
export function unclosedBracket(span: Span, bracket: string, end: number): SyntaxProblem {
  const closing = bracket === '(' ? ')' : ']';
  return problem(unclosedBracketSpec, span, t('This `{0}` is never closed: its `{1}` is missing.', bracket, closing), insert(t('Add `{0}`', closing), end, closing));
}
