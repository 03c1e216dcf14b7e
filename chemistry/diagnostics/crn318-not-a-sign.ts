import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN318',
  severity: 'error',
  title: 'Rail that is not a sign',
  manual: `A rail is \`+\`, \`-\`, a variable over \`signs\`, or a product of such: \`z^(r*s)\`, \`V^(-s)\`. Numbers, indices and parameters are no signs.`,
  examples: [{ text: 'dual W\nfor i in 1..2 { 0 -> W^i @ 1 }\n//                    ^^' }],
};

export function notASign(place: Place, name: string): Diagnostic {
  return finding(spec, place, t('This is not a sign, so it is no rail of {0}. Write {0}^+, {0}^-, or {0}^s with s in signs.', name));
}
