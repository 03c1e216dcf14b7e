/** Two statements on one line. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, replace } from './problem.ts';

export const oneStatementSpec: DiagnosticSpec = {
  code: 'CRN123',
  severity: 'error',
  title: 'One statement a line',
  manual: `Each statement stands on a line of its own. A \`;\` separates statements inside braces only, as in
\`for s in signs { a^s -> 0 @ 1; b^s -> 0 @ 1 }\`; at the end of a line it is not needed.`,
  examples: [
    { text: 'A -> B @ 1; C -> D @ 2\n//        ^', fixed: 'A -> B @ 1\nC -> D @ 2' },
    { text: 'A -> B @ 1;\n//        ^', fixed: 'A -> B @ 1' },
    { text: 'group g { A -> B @ 1 } C -> D @ 2\n//                     ^^^^^^^^^^', fixed: 'group g { A -> B @ 1 } \nC -> D @ 2' }
  ],
};

/** A `;` at top level. @param gap the `;` with the blanks after it @param last nothing follows */
export function needlessSemicolon(span: Span, gap: Span, last: boolean): SyntaxProblem {
  return last
    ? problem(oneStatementSpec, span, t('No `;` is needed at the end of a line.'), replace(t('Remove the `;`'), span, ''))
    : problem(oneStatementSpec, span, t('Write each statement on a line of its own; `;` separates statements inside braces only.'), replace(t('Begin a new line'), gap, '\n'));
}
/** A statement behind a block. */
export function sameLine(span: Span): SyntaxProblem {
  return problem(oneStatementSpec, span, t('Write each statement on a line of its own.'), { title: t('Begin a new line'), edits: [{ start: span.start, end: span.start, text: '\n' }] });
}
