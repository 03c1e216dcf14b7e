import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN824',
  severity: 'warning',
  title: 'End condition that holds at the start',
  manual: `With the values in the text the condition after \`until\` holds at time 0, so the run ends where it begins. Turn the comparison round, or
correct a value. (Sliders and \`--set\` may change the values: then it counts what holds with theirs.)`,
  examples: [
    { text: 'species X = 1\nX -> 0 @ 1\nsimulate run { until = X > 0.5; t = 10 }\n//                     ^^^^^^^' },
    { text: 'species X = 1\nX -> 0 @ 1\nsimulate run { until = X <= 1 }\n//                     ^^^^^^' },
  ],
};

export function endAtOnce(place: Place, condition: string): Diagnostic {
  return finding(spec, place, t('“{0}” holds at the start already, so the run ends at once. Turn the comparison round, or correct a value.', condition));
}
