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
  const item = what === 'inputs' ? `${has} input${has === 1 ? '' : 's'}` : `${has} output${has === 1 ? '' : 's'}`;
  const other = what === 'inputs' ? `${needs} input${needs === 1 ? '' : 's'}` : `${needs} target${needs === 1 ? '' : 's'}`;
  return finding(spec, place, `${network} has ${item}, and ${data} has ${other}. Make them alike.`, { related: [{ ...there, message: 'The data.' }] });
}
