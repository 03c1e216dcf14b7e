import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN811',
  severity: 'error',
  title: 'Undeclared data',
  manual: `A \`train\` statement names data that is not declared.

Correct the name, or declare the data: rows in the text, or columns of a file.`,
  examples: [
    { text: 'network n {\n  input x[1]\n  layer y[1] = linear\n}\ntrain n on flowers { rate = 0.005 }\n//         ^^^^^^^' },
  ],
};

export function undeclaredData(place: Place, name: string, suggestion: string | undefined): Diagnostic {
  return finding(spec, place, t('There is no data {0}. {1}', name, suggestion === undefined ? t('Declare it: data {0} { x[…] -> y[…] … }.', name) : t('Did you mean {0}?', suggestion)), {
    fixes: suggestion === undefined ? [] : [fix(t('Change to {0}', suggestion), place, suggestion, true)],
  });
}
