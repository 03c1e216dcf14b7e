/** A text in quotes that does not end on its line. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, insert } from './problem.ts';

export const unterminatedStringSpec: DiagnosticSpec = {
  code: 'CRN107',
  severity: 'error',
  title: 'A quotation mark is missing',
  manual: `A text in quotes begins here and does not end on its line. Quotes are for file names, as in \`import "motifs.crn"\`.`,
  examples: [
    { text: 'import "motifs.crn\n//     ^^^^^^^^^^^', fixed: 'import "motifs.crn"' }
  ],
};

export function unterminatedString(span: Span): SyntaxProblem {
  return problem(unterminatedStringSpec, span, t('This text in quotes does not end on its line: the closing `"` is missing.'), insert(t('Add `"`'), span.end, '"'));
}
