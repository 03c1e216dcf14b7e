/** The first word of a statement, misspelled. */
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, quote, replace } from './problem.ts';

export const misspelledWordSpec: DiagnosticSpec = {
  code: 'CRN125',
  severity: 'error',
  title: 'A misspelled statement word',
  manual: `The first word of the line is almost one of the words that begin a statement.`,
  examples: [
    { text: '  specis A = 1, B\n//^^^^^^', fixed: '  species A = 1, B' },
    { text: '  parameter k = 2\n//^^^^^^^^^', fixed: '  param k = 2' }
  ],
};

export function misspelledWord(span: Span, written: string, word: string): SyntaxProblem {
  return problem(misspelledWordSpec, span, `${quote(written)} begins no statement. Did you mean \`${word}\`?`, replace(`Write \`${word}\``, span, word));
}
