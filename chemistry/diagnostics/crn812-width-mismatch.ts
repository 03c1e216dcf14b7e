import { counted, t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN812',
  severity: 'error',
  title: 'A network and its data have different widths',
  manual: `The input of a network has one species for each input of the data, and the last layer one unit for each target. Change the width of the
input or the layer, or take other columns of the data.`,
  examples: [
    {
      text: 'data d {\n  x[2] -> y[1]\n  0 0 -> 0\n}\nnetwork n {\n  input x[3]\n  layer y[1] = linear\n}\ntrain n on d { rate = 0.005 }\n//    ^',
    },
  ],
};

export function widthMismatch(place: Place, there: Place, network: string, data: string, what: 'inputs' | 'outputs', has: number, needs: number): Diagnostic {
  const item = what === 'inputs' ? counted(has, '1 input', '{0} inputs', String(has)) : counted(has, '1 output', '{0} outputs', String(has));
  const other = what === 'inputs' ? counted(needs, '1 input', '{0} inputs', String(needs)) : counted(needs, '1 target', '{0} targets', String(needs));
  return finding(spec, place, t('{0} has {1}, and {2} has {3}. Make them alike.', network, item, data, other), { related: [{ ...there, message: t('The data.') }] });
}
