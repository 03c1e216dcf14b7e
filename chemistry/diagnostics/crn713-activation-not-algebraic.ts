import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN713',
  severity: 'error',
  title: 'An activation that is not algebraic',
  manual: `The fixed points of mass action are roots of polynomials. The logistic function, tanh, exp and their like are not algebraic, so no
reactions settle at them exactly. Algebraic functions of the same shape do: algebraic_logistic and algebraic_sigmoid in the place of
the logistic function, algebraic_tanh of tanh, smooth_relu of softplus; in the place of a softmax, the network's loss = normalised.

Use the activation that is named, or write a polynomial equation.`,
  examples: [
    { text: "activation squash() { x' = tanh(y) - x }\n//                         ^^^^^^^" },
    { text: "activation ratio() { x' = y/(1 + x) - x }\n//                        ^^^^^^^^^^^^^" },
  ],
};

/** `near`: the built-in of the same shape. */
export function activationNotAlgebraic(place: Place, activation: string, called: string | undefined, near: string | undefined): Diagnostic {
  const what = called === undefined ? t('This is no polynomial in x and y') : t('{0} is not algebraic', called);
  const advice = near === undefined ? t('Write a polynomial in x and y') : t('The nearest that reactions can do is the built-in {0}', near);
  return finding(spec, place, t('{0}, so no reactions settle at {1} exactly. {2}.', what, activation, advice));
}
