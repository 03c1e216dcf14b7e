import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { counted, finding } from './report.ts';

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
    ? `${name} is not an array. Remove the ${given === 1 ? 'index' : 'indices'}, or declare ${name} with a shape: ${name}[n].`
    : `${name}[${shape.join(', ')}] needs ${shape.length === 1 ? '1 index' : `${shape.length} indices`}; there ${given === 1 ? 'is' : 'are'} ${counted(given, 'index').replace(/indexs$/, 'indices')}.`;
  return finding(spec, place, text);
}
