import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN805',
  severity: 'warning',
  title: 'Tolerance of no width',
  manual: `\`within … %\` is relative to the right side, and every per cent of 0 is 0: only the very same number would pass, which no simulation reaches. Give
an absolute tolerance.`,
  examples: [
    { text: 'species A = 1\nA -> 0 @ 1\nexpect A ~ 0 within 1 %\n//           ^^^^^^^^^^', fixed: 'species A = 1\nA -> 0 @ 1\nexpect A ~ 0 within 1e-6' },
  ],
};

export function relativeToZero(place: Place): Diagnostic {
  return finding(spec, place, t('A percentage of 0 is 0, so nothing but exactly 0 would pass. Give an absolute tolerance: within 1e-6.'), { fixes: [fix(t('Use an absolute tolerance'), place, 'within 1e-6', true)] });
}
