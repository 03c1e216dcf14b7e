/** A file that is no text. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem } from './problem.ts';

export const binaryFileSpec: DiagnosticSpec = {
  code: 'CRN120',
  severity: 'error',
  title: 'Not a text',
  manual: `The file holds control characters in most of its lines, so it is no text: perhaps a picture, a spreadsheet or an archive with the
wrong ending.`,
  examples: [],
};

export function binaryFile(span: Span): SyntaxProblem {
  return problem(binaryFileSpec, span, t('This is not a text: it is full of control characters. Is it the right file?'));
}
