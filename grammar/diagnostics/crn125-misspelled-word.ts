/** The first word of a statement, misspelled. */
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, quote, replace } from './problem.ts';

export const misspelledWordSpec: DiagnosticSpec = {
  code: 'CRN125',
  severity: 'error',
  title: 'A misspelled statement word',
  manual: `The first word of the line is almost one of the words that begin a statement, or a line of the block around it.`,
  examples: [
    { text: '  specis A = 1, B\n//^^^^^^', fixed: '  species A = 1, B' },
    { text: 'network n {\n  layr h[2] = linear\n//^^^^\n}', fixed: 'network n {\n  layer h[2] = linear\n}' },
    { text: '  parameter k = 2\n//^^^^^^^^^', fixed: '  param k = 2' }
  ],
};

/** @param block the word of the block whose line it begins; without one it begins a statement */
export function misspelledWord(span: Span, written: string, word: string, block?: string): SyntaxProblem {
  return problem(misspelledWordSpec, span, `${quote(written)} begins no ${block === undefined ? 'statement' : `line of a \`${block}\` block`}. Did you mean \`${word}\`?`, replace(`Write \`${word}\``, span, word));
}
