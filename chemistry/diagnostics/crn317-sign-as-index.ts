import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN317',
  severity: 'error',
  title: 'Sign used as an index',
  manual: `A variable over \`signs\` is + or −. It chooses a rail, \`W^s\`, but it cannot be an index, which is a number from 1 on.`,
  examples: [{ text: 'dual W[2]\nfor s in signs { W^s[s] -> 0 @ 1 }\n//                   ^' }],
};

export function signAsIndex(place: Place, name: string): Diagnostic {
  return finding(spec, place, t('{0} is a sign, + or −, and cannot be an index. Use a number or a loop variable such as i in 1..n.', name));
}
