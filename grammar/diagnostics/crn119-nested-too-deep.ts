/** Brackets, blocks or powers nested too deep, or a sum too long. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem } from './problem.ts';

export const nestedTooDeepSpec: DiagnosticSpec = {
  code: 'CRN119',
  severity: 'error',
  title: 'Nested too deep',
  manual: `More than 100 brackets in each other, 50 blocks in each other, 50 signs or powers on each other, or 2,000 operators in a row are not
read. Give a part a name of its own.`,
  examples: [],
};

export function nestedTooDeep(span: Span): SyntaxProblem {
  return problem(nestedTooDeepSpec, span, t('This is nested too deep, or too long, to be read. Give a part of it a name of its own.'));
}
