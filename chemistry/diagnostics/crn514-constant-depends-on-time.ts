/** A rate constant that is not constant. */
import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const constantDependsOnTimeSpec: DiagnosticSpec = {
  code: 'CRN514',
  severity: 'information',
  title: 'The rate constant depends on time',
  manual: `With \`time\` in a constant the network is driven from outside: it has no fixed points in the usual sense, and what is known of
mass-action networks does not hold for it. It can be simulated as any other. A species that is held (\`fixed\`), or one that decays,
often says the same within the chemistry.`,
  examples: [
    { text: 'species A = 1\nA -> 0 @ exp(-time)\n//       ^^^^^^^^^^' },
  ],
};

export function constantDependsOnTime(constant: Place): Diagnostic {
  return finding(constantDependsOnTimeSpec, constant, t('This constant depends on time: the network is driven from outside and has no fixed point of its own.'));
}
