import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN720',
  severity: 'warning',
  title: 'An activation for non-negative inputs where they may be negative',
  manual: `The reactions of this activation are possible for y ≥ 0 only. Here y may be negative, and then the unit reads the positive rail of y alone,
which is small but not zero while the rails annihilate: its output is not exactly what the activation says.

Use an activation that is defined for every y, or keep the weights positive.`,
  examples: [
    { text: 'network n {\n  input x[2]\n  layer y[1] = hill(K = 1)\n//             ^^^^\n}' },
  ],
};

export function activationForNonNegative(place: Place, activation: string): Diagnostic {
  return finding(spec, place, t('{0} is defined for y ≥ 0 only, and here y may be negative: such units then output nearly 0, but not exactly.', activation));
}
