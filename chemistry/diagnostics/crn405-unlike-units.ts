import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { UnitReason } from '../dimensions/check.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';
import { unitReasons } from './unit-reasons.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN405',
  severity: 'error',
  title: 'Sum or choice of unlike units',
  manual: `Only quantities of one unit can be added, subtracted or compared: a concentration and a rate have no sum. Numbers written in the text take
whatever unit is needed. (In a file without a \`units\` statement this is a warning.)`,
  examples: [{ text: 'units time s, concentration uM\nparam Km: uM = 1, Vmax: uM/s = 2\nspecies A = 1\nA -> 0 rate Vmax*A/(Vmax + A)\n//                         ^' }],
};

export function unlikeSum(place: Place, other: Place, found: string, needed: string, what: 'sum' | 'choice', reasons: readonly UnitReason[]): Diagnostic {
  return finding(spec, place, what === 'sum'
    ? t('This is {0} and cannot be added to or subtracted from {1}. Correct one of the two.', found, needed)
    : t('This is {0} and cannot be compared or chosen together with {1}. Correct one of the two.', found, needed), {
    related: [{ ...other, message: t('This is {0}.', needed) }, ...unitReasons(reasons)],
  });
}
