/** A text with so many mistakes that reading on helps nobody. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem } from './problem.ts';

export const tooManyMistakesSpec: DiagnosticSpec = {
  code: 'CRN137',
  severity: 'error',
  title: 'Too many mistakes to read on',
  manual: `After 2,000 statements that cannot be read, the rest of the text is not looked at: it is probably in another language. Correct the
mistakes above, or check that it is the right file.`,
  examples: [],
};

export function tooManyMistakes(span: Span): SyntaxProblem {
  return problem(tooManyMistakesSpec, span, t('There are thousands of mistakes above, and nothing is read from here on. Is this a reaction network? If so, correct those first.'));
}
