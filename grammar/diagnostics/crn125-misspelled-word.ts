/** The first word of a statement, misspelled. */
import { t } from '../../l10n/index.ts';
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
  return problem(misspelledWordSpec, span, block === undefined
    ? t('{0} begins no statement. Did you mean `{1}`?', quote(written), word)
    : t('{0} begins no line of a `{1}` block. Did you mean `{2}`?', quote(written), block, word), replace(t('Write `{0}`', word), span, word));
}
