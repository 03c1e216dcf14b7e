import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN712',
  severity: 'error',
  title: 'An activation that is not affine in y',
  manual: `The pre-activation y is a sum of weighted inputs. Each of its summands becomes a reaction of its own, which is only possible where y enters
to the first power: x' = a(x) + y·b(x).

Write the equation so that y stands in it to the first power, in front of powers of x.`,
  examples: [
    { text: "activation square(h) { x' = h + y^2*x - x^2 }\n//                          ^^^^^^^^^^^^^^^" },
  ],
};

export function activationNotAffine(place: Place, activation: string, power: string): Diagnostic {
  return finding(spec, place, t('{0} holds {1}. The pre-activation y may only stand to the first power: x\' = a(x) + y*b(x).', activation, power));
}
