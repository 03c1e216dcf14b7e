import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN321',
  severity: 'error',
  title: 'Values that depend on each other',
  manual: `The values of parameters are computed from each other in a circle, so none of them is known. Give one of them a number.`,
  examples: [{ text: 'param a = 2*b\n//    ^\nparam b = a/2\nspecies X = 1\nX -> 0 @ a\n' }],
};

export function valueCircle(place: Place, names: readonly string[]): Diagnostic {
  const text = names.length < 3 ? t('The value of {0} depends on itself', names[0] ?? '') : t('These values depend on each other in a circle: {0}', names.join(' → '));
  return finding(spec, place, t('{0}. Give one of them a number.', text));
}
