import { counted } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN815',
  severity: 'error',
  title: 'A row of data has the wrong number of values',
  manual: `Every row has as many values on each side of the arrow as the first line says: after \`x[2] -> y[1]\` two inputs and one target.`,
  examples: [
    { text: 'data d {\n  x[2] -> y[1]\n  0 0 -> 0\n  1 -> 1\n//^^^^^^\n}' },
  ],
};

export function dataRowWidth(place: Place, side: 'inputs' | 'targets', found: number, needed: number): Diagnostic {
  return finding(spec, place, side === 'inputs'
    ? counted(found, 'This row has 1 input; the first line of the data says {1}.', 'This row has {0} inputs; the first line of the data says {1}.', String(found), needed)
    : counted(found, 'This row has 1 target; the first line of the data says {1}.', 'This row has {0} targets; the first line of the data says {1}.', String(found), needed));
}
