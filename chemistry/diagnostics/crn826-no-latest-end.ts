import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN826',
  severity: 'error',
  title: 'End condition that may be waited for for ever',
  manual: `Without \`t\` a run to a condition goes on until the condition holds, or until the network has come to rest, when it never will. Where rest
tells nothing (molecule by molecule, where the reactions go on for ever; or where rates or the condition depend on \`time\`) say how long to wait: \`t = 100\`
beside \`until\` is then the latest end.`,
  examples: [
    { text: 'species A = 10\nA <-> 0 @ 1, 2\nsimulate run { until = A > 30; method = ssa }\n//                     ^^^^^^' },
    { text: 'species A = 1\n0 -> A rate 1 + sin(time)\nsimulate run { until = A > 30 }\n//                     ^^^^^^' },
    { text: 'species A = 1\nA -> 0 @ 1\nsimulate run { until = A < time }\n//                     ^^^^^^^^' },
  ],
};

/** `why`: a sentence that says why rest tells nothing. */
export function noLatestEnd(place: Place, condition: string, why: string): Diagnostic {
  return finding(spec, place, t('{0} Say how long to wait for “{1}”: add t = 100, the latest end.', why, condition));
}
