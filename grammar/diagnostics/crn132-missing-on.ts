/** `train` without `on` and a data set. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { insert, problem } from './problem.ts';

export const missingOnSpec: DiagnosticSpec = {
  code: 'CRN132',
  severity: 'error',
  title: 'What to train on is missing',
  manual: `A training names a network and the data it learns from: \`train xor on truth_table { epochs = 300 }\`. In a sweep the same stands on a
line of its own, without braces.`,
  examples: [
    { text: '  train xor truth_table { epochs = 300 }\n//          ^^^^^^^^^^^', fixed: '  train xor on truth_table { epochs = 300 }' },
    { text: '  train xor { epochs = 300 }\n//      ^^^' },
    { text: 'sweep robust {\n  train xor on\n//          ^^\n}' },
  ],
};

/** @param data where the name of the data stands, behind no `on` */
export function missingOn(span: Span, data?: Span): SyntaxProblem {
  return data === undefined
    ? problem(missingOnSpec, span, t('The data to train on is missing: `train NETWORK on DATA`.'))
    : problem(missingOnSpec, data, t('Write `on` between the network and the data: `train NETWORK on DATA`.'), insert(t('Add `on`'), data.start, 'on '));
}
