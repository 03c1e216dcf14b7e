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
    ? `${name} is not an array, but its value is a list. Give it one number, or a shape: ${name}[${found}].`
    : wanted === undefined
      ? `This list is nested deeper than ${name}[${shape.join(', ')}] has axes.`
      : `${name}[${shape.join(', ')}] needs ${wanted} value${wanted === 1 ? '' : 's'} here; there ${found === 1 ? 'is' : 'are'} ${found}.`;
  return finding(spec, place, text);
}
