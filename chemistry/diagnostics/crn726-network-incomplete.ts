import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN726',
  severity: 'error',
  title: 'A network without an input or without layers',
  manual: `A network has one line \`input x[n]\` and at least one line \`layer y[m] = activation\`; the last layer is its output.`,
  examples: [
    { text: 'network n { input x[2] }\n//      ^' },
  ],
};

export function networkIncomplete(place: Place, problem: string): Diagnostic {
  return finding(spec, place, `${problem}.`);
}
