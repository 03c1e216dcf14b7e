/** A dual whose rails only grow. */
import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Fix, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const railsNotBoundedSpec: DiagnosticSpec = {
  code: 'CRN701',
  severity: 'warning',
  title: 'The rails of a dual only grow',
  manual: `A signed quantity is the difference of its two rails. Here reactions produce the rails and none takes them away: the difference may
stay small while both rails grow without bound, and with them every rate they stand in. Let them annihilate, \`W^+ + W^- -> 0\`,
which leaves the difference as it is, or let both decay.`,
  examples: [
    {
      text: 'species A = 1, B = 1\ndual W\n//   ^\nA -> A + W^+ @ 1\nB -> B + W^- @ 1',
      fixed: 'species A = 1, B = 1\ndual W\nW^+ + W^- -> 0 @ 10\nA -> A + W^+ @ 1\nB -> B + W^- @ 1',
    },
  ],
};

export function railsNotBounded(name: Place, block: string, fixes: readonly Fix[]): Diagnostic {
  return finding(railsNotBoundedSpec, name, t('Reactions produce the rails of {0} and none takes them away, so both may grow without bound. Let them annihilate: {0}^+ + {0}^- -> 0.', block), { fixes });
}
