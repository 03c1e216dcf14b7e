/** A character that means nothing in the language. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, quote, replace } from './problem.ts';

export const unknownCharacterSpec: DiagnosticSpec = {
  code: 'CRN110',
  severity: 'error',
  title: 'A character that means nothing here',
  manual: `A character that the language does not use. It often comes with text pasted from a paper: a typographic minus, a multiplication
dot, a superscript. Where the plain character is known, the fix puts it in.`,
  examples: [
    { text: 'A -> B @ 2 · k\n//         ^', fixed: 'A -> B @ 2 * k' },
    { text: 'A -> B @ 1 §\n//         ^', fixed: 'A -> B @ 1 ' }
  ],
};

export function unknownCharacter(span: Span, text: string, plain: string | undefined): SyntaxProblem {
  const code = text.length === 1 ? text.charCodeAt(0) : 0;
   
  const shown = /^[\u0000-\u001f\u007f-\u009f\ufffd]/.test(text) ? t('The control character U+{0}', code.toString(16).toUpperCase().padStart(4, '0')) : quote(text);
  return plain === undefined
    ? problem(unknownCharacterSpec, span, t('{0} means nothing here. Remove it.', shown), replace(t('Remove it'), span, ''))
    : problem(unknownCharacterSpec, span, t('{0} means nothing here. Write `{1}`.', shown, plain), replace(t('Write `{0}`', plain), span, plain));
}
