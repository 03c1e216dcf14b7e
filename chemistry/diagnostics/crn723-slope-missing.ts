import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN723',
  severity: 'error',
  title: 'An activation that cannot be trained by reactions',
  manual: `Training by reactions needs the slope φ' of every unit. The compiler makes a block of reactions for it from the polynomials of the
activation, φ' = b²/(a·b' − a'·b); where b has terms of both signs, a negative term of b² would take the slope away even where there is
none, and no reactions do that. A species that may be negative nowhere in b, such as x̄ = 1 − x on a switch, removes the sign.`,
  examples: [
    {
      text: "activation odd(h) { x' = h + y*x - y*x^2 + y*x^3 - x^4 }\ndata d {\n  x[1] -> y[1]\n  0 -> 0\n  1 -> 1\n}\nnetwork n {\n  input x[1]\n  layer hidden[2] = odd(h = 0.1)\n//                  ^^^\n  layer y[1] = linear\n}\ntrain n on d { rate = 0.005 }",
    },
  ],
};

export function slopeMissing(place: Place, activation: string): Diagnostic {
  return finding(spec, place, t('{0} can be run but not trained in the pot: no block of reactions settles at its slope. Train in silico, or write it with a conserved total so that all terms with y have one sign.', activation));
}
