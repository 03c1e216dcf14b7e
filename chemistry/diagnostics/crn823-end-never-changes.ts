import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN823',
  severity: 'error',
  title: 'End condition that never changes',
  manual: `The condition after \`until\` compares parameters, numbers and species held by the environment (\`fixed\`) only. It holds from the start or
never: a run would not begin, or not end by it. Name a species that changes, or give an end time.`,
  examples: [
    { text: 'param k = 1\nspecies A = 1\nA -> 0 @ k\nsimulate run { until = k > 0.5; t = 10 }\n//                     ^^^^^^^' },
    { text: 'fixed E = 2\nspecies A = 1\nA + E -> E @ 1\nsimulate run { until = E < 1; t = 10 }\n//                     ^^^^^' },
  ],
};

export function endNeverChanges(place: Place, condition: string): Diagnostic {
  return finding(spec, place, t('Nothing in “{0}” changes during the run, so it cannot be what ends it. Compare a species that changes, such as X > 0.5, or give an end time.', condition));
}
