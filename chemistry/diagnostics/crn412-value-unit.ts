import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { UnitReason } from '../dimensions/check.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';
import { unitReasons } from './unit-reasons.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN412',
  severity: 'error',
  title: 'Value of another unit than its name',
  manual: `The expression that gives a parameter or species its value has another unit than the parameter or species has. (In a file without a \`units\`
statement this is a warning.)`,
  examples: [{ text: 'units time s, concentration uM\nparam k: 1/s = 1, A0: uM = 2\nspecies A = A0, B = k\n//                  ^\nA -> B @ k\nB -> 0 @ k' }],
};

export function valueUnit(place: Place, of: string, found: string, needed: string, reasons: readonly UnitReason[]): Diagnostic {
  return finding(spec, place, t('This value is {0}, but {1} is {2}. Correct one of the two.', found, of, needed), { related: unitReasons(reasons) });
}
