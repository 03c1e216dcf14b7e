/** A closing bracket that nothing opened. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, replace } from './problem.ts';

export const strayCloserSpec: DiagnosticSpec = {
  code: 'CRN105',
  severity: 'error',
  title: 'A closing bracket closes nothing',
  manual: `A \`)\`, \`]\` or \`}\` stands where no bracket of its kind is open. Remove it, or add the opening one. A \`}\` closes the block in
whose first column it stands, so the line to look at may be a block above that lost its \`{\`.`,
  examples: [
    { text: 'A -> B @ 2*k)\n//          ^', fixed: 'A -> B @ 2*k' },
    { text: 'A -> B @ 1\n  }\n//^', fixed: 'A -> B @ 1\n  ' },
    { text: 'species X[4)]\n//         ^', fixed: 'species X[4]' }
  ],
};

export function strayCloser(span: Span, bracket: string): SyntaxProblem {
  const opening = bracket === ')' ? '(' : bracket === ']' ? '[' : '{';
  return problem(strayCloserSpec, span, t('This `{0}` closes nothing: no `{1}` is open here.', bracket, opening), replace(t('Remove the `{0}`', bracket), span, ''));
}
