import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { UnitReason } from '../dimensions/check.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';
import { unitReasons } from './unit-reasons.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN406',
  severity: 'error',
  title: 'Exponent or argument with a unit',
  manual: `Exponents and the arguments of exp, ln, sin and the like are plain numbers: \`exp(-E)\` has no meaning if E is a concentration. Divide by a quantity of
the same unit: \`exp(-E/K)\`. (In a file without a \`units\` statement this is a warning.)`,
  examples: [{ text: 'units time s, concentration uM\nparam E: uM = 1, v: uM/s = 1\nspecies A = 1\nA -> 0 rate v*exp(-E)*A/(A + 1)\n//                ^^' }],
};

export function notPlain(place: Place, of: string, found: string, reasons: readonly UnitReason[]): Diagnostic {
  return finding(spec, place, t('This is {0}, but {1} has to be a plain number. Divide by a quantity of the same unit.', found, of), { related: unitReasons(reasons) });
}
