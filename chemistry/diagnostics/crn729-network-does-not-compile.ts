import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN729',
  severity: 'error',
  title: 'A network that cannot be compiled',
  manual: `The reactions that the network stands for have an error of their own: most often it has too many weights.`,
  examples: [
    { text: 'network n {\n//      ^\n  input x[100000]\n  layer y[100000] = linear\n}' },
  ],
};

export function networkDoesNotCompile(place: Place, name: string, message: string): Diagnostic {
  return finding(spec, place, t('{0} cannot be compiled: {1}', name, message));
}
