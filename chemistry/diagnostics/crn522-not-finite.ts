import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN522',
  severity: 'error',
  title: 'Not a finite number',
  manual: `A value comes out infinite or as not a number: a division by zero, a number too large for a computer (above 1.8e308), the logarithm of 0.`,
  examples: [
    { text: 'species A = 1/0\n//          ^^^' },
    { text: 'species A = 1\nA -> 0 @ 1e300*1e300\n//       ^^^^^^^^^^^' },
  ],
};

export function notFinite(place: Place, what: string, advice: string): Diagnostic {
  return finding(spec, place, `${what}: ${advice}.`);
}
