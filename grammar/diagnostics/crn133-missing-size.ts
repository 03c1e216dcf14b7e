/** An input, a layer or a column of data without its size. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { insert, problem, quote } from './problem.ts';

export const missingSizeSpec: DiagnosticSpec = {
  code: 'CRN133',
  severity: 'error',
  title: 'A size is missing',
  manual: `The input and every layer of a network say how many species or neurons they have, and the first line of a table says how many
columns are inputs and how many are targets: \`input x[2]\`, \`layer hidden[4] = linear\`, \`x[2] -> y[1]\`. A single one is written \`x[1]\`.`,
  examples: [
    { text: 'network n {\n  input x\n//      ^\n  layer y[1] = linear\n}', fixed: 'network n {\n  input x[1]\n  layer y[1] = linear\n}' },
    { text: 'data d {\n  x[2] -> y\n//        ^\n  0 0 -> 1\n}', fixed: 'data d {\n  x[2] -> y[1]\n  0 0 -> 1\n}' },
  ],
};

export function missingSize(span: Span, name: string): SyntaxProblem {
  return problem(missingSizeSpec, span, t('{0} needs its size in square brackets, such as `{1}[2]`.', quote(name), name), insert(t('Add `[1]`'), span.end, '[1]'));
}
