import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { UnitReason } from '../dimensions/check.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';
import { unitReasons } from './unit-reasons.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN408',
  severity: 'error',
  title: 'Rate law or ODE that is not concentration per time',
  manual: `A rate law, and each summand of the right-hand side of an ODE, is concentration per time. In a summand of species alone, such as \`-X^2\`, a coefficient
1 of the right unit is understood; a number takes whatever unit is needed. (In a file without a \`units\` statement this is a warning.)`,
  examples: [{ text: 'units time s, concentration uM\nparam k: 1/s = 1\nspecies A = 1, B = 1\nA + B -> 0 rate k*A*B\n//              ^^^^^' }],
};

export function lawUnit(place: Place, found: string, needed: string, reasons: readonly UnitReason[]): Diagnostic {
  return finding(spec, place, t('This is {0}, but a rate has to be {1}. Correct the law, or the unit of a parameter in it.', found, needed), { related: unitReasons(reasons) });
}
