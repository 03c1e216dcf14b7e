/** A line that is too long to be read. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem } from './problem.ts';

export const lineTooLongSpec: DiagnosticSpec = {
  code: 'CRN118',
  severity: 'error',
  title: 'A line is too long',
  manual: `A line of more than 100,000 characters is not read: no reaction is that long, so the text is probably not a reaction network, or
has lost its line ends. A long list goes on over several lines when each ends in a comma.`,
  examples: [],
};

export function lineTooLong(span: Span, length: number): SyntaxProblem {
  return problem(lineTooLongSpec, span, t('This line has {0} characters; lines of more than 100,000 are not read. Break it after a comma or an operator.', length.toLocaleString('en-US')));
}
