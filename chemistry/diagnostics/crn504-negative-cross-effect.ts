/** A term of an ODE that takes a species away at a rate that does not depend on it. */
import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const crossEffectSpec: DiagnosticSpec = {
  code: 'CRN504',
  severity: 'error',
  title: 'Negative cross effect: no reaction gives this term',
  manual: `An \`ode\` statement becomes reactions. A negative term of X' takes X away, so by mass action its rate has to contain X: a
reaction cannot take what is not there. Hárs and Tóth (1981) proved that a polynomial system comes from mass-action reactions if
and only if no negative term of X' lacks X. The underlined term does: at X = 0 it would make X negative.

Multiply the term by X, or let X be the difference of two rails: declare it \`dual\` and write the equations of \`X^+\` and \`X^-\`, each
with the terms that it gains.

The sign of a symbolic coefficient is taken from the declared value of its parameters.`,
  examples: [
    { text: 'species X = 1, Y = 1\node X\' = 1 - Y\n//           ^' },
    { text: 'param k = 2\nspecies X = 1, Y = 1\node {\n  X\' = Y - k*X*Y\n  Y\' = X - k*X^2\n//         ^^^^^\n}' },
  ],
};

export function crossEffect(term: Place, species: string, text: string): Diagnostic {
  return finding(crossEffectSpec, term, t('The term {0} of {1}\' takes {1} away even where there is none: no mass-action reaction does that. A negative term of {1}\' has to contain {1}.', text, species));
}
