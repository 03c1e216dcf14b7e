import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN804',
  severity: 'warning',
  title: 'Expectation that does not hold',
  manual: `\`expect ode\` and \`expect conserved\` are decided by algebra as the text is checked, whatever the rates are. This one does not hold; the message
says what was found. \`onepot test\` counts it as failed. Either the network is not what it is meant to be, or the expectation is not.`,
  examples: [
    { text: 'param k = 2\nspecies A = 1, B\nA -> B @ k\nexpect ode B\' = k*B\n//     ^^^^^^^^^^^^' },
    { text: 'species A = 1, B\nA -> 2 B @ 1\nexpect conserved A + B\n//     ^^^^^^^^^^^^^^^' },
  ],
};

export function expectationFails(place: Place, found: string): Diagnostic {
  return finding(spec, place, t('This does not hold: {0}.', found.replace(/\.$/, '')));
}
