import { counted, t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN319',
  severity: 'error',
  title: 'Value of the wrong shape',
  manual: `A list of values has to have one number for each element: \`species X[3] = [1, 2, 3]\`, \`param M[2, 2] = [[1, 2], [3, 4]]\`, row by row. A single
number fills the whole array. What is not an array takes a single number.`,
  examples: [
    { text: 'species X[3] = [1, 2]\n//             ^^^^^^' },
    { text: 'param M[2, 2] = [[1, 2], [3]]\n//                       ^^^' },
    { text: 'species A = [1, 2]\n//          ^^^^^^' },
  ],
};

export function wrongValueShape(place: Place, name: string, found: number, wanted: number | undefined, shape: readonly number[]): Diagnostic {
  const text = shape.length === 0
    ? t('{0} is not an array, but its value is a list. Give it one number, or a shape: {0}[{1}].', name, found)
    : wanted === undefined
      ? t('This list is nested deeper than {0}[{1}] has axes.', name, shape.join(', '))
      : t('{0}[{1}] needs {2} here; {3}.', name, shape.join(', '), counted(wanted, '1 value', '{0} values', String(wanted)), counted(found, 'there is {0}', 'there are {0}', String(found)));
  return finding(spec, place, text);
}
