/** A word of the language used as a name. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, replace } from './problem.ts';

export const reservedWordSpec: DiagnosticSpec = {
  code: 'CRN116',
  severity: 'error',
  title: 'A reserved word as a name',
  manual: `The words that begin statements, and \`rate\`, \`in\`, \`signs\` and \`within\`, cannot be names. Choose another name; the fix adds an
underscore, here and nowhere else.`,
  examples: [
    { text: 'species data, B\n//      ^^^^', fixed: 'species data_, B' },
    { text: 'A + noise -> B @ 1\n//  ^^^^^', fixed: 'A + noise_ -> B @ 1' }
  ],
};

export function reservedWord(span: Span, word: string): SyntaxProblem {
  return problem(reservedWordSpec, span, t('`{0}` is a word of the language and cannot be a name. Choose another, such as `{0}_`.', word), replace(t('Rename to `{0}_`', word), span, `${word}_`));
}
