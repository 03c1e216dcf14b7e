import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN312',
  severity: 'error',
  title: 'Range that is not known when the text is checked',
  manual: `The ends of a range are whole numbers, parameters whose value is written as a whole number (\`param n = 4\`), constants of a module, or sums and
products of them. They cannot depend on other loop variables. A parameter used this way shapes the network: it gets no slider.`,
  examples: [{ text: 'species X[4]\nparam h = 0.5\nfor i in 1..h { X[i] -> 0 @ 1 }\n//          ^' }],
};

export function rangeNotConstant(place: Place, text: string, what: 'range'): Diagnostic {
  return finding(spec, place, `The end ${text} of this ${what} is not a whole number known in advance. Use a whole number, or a parameter with a whole number as value.`);
}
