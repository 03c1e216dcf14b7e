import { counted, t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN307',
  severity: 'error',
  title: 'Wrong number of indices',
  manual: `An array needs exactly one index for each axis it was declared with, and what is not an array has no indices.`,
  examples: [
    { text: 'species M[3, 4]\n0 -> M[1] @ 1\n//   ^^^^' },
    { text: 'species A\n0 -> A[1] @ 1\n//   ^^^^' },
  ],
};

export function wrongIndexCount(place: Place, name: string, given: number, shape: readonly number[]): Diagnostic {
  const text = shape.length === 0
    ? counted(given, '{1} is not an array. Remove the index, or declare {1} with a shape: {1}[n].', '{1} is not an array. Remove the indices, or declare {1} with a shape: {1}[n].', String(given), name)
    : t('{0}[{1}] needs {2}; {3}.', name, shape.join(', '), counted(shape.length, '1 index', '{0} indices', String(shape.length)), counted(given, 'there is 1 index', 'there are {0} indices', String(given)));
  return finding(spec, place, text);
}
