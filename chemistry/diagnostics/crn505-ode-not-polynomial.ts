/** An ODE whose right-hand side is not a polynomial. */
import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const odeNotPolynomialSpec: DiagnosticSpec = {
  code: 'CRN505',
  severity: 'error',
  title: 'The ODE is not a polynomial in the species',
  manual: `An \`ode\` statement becomes mass-action reactions, and their rates are products of concentrations: the right-hand side has to be
a polynomial in the species (parameters may stand in it in any way). Quotients, roots and functions of species are not.

Write the term as a reaction with a law of its own (\`0 -> X rate V*S/(K + S)\`), or bring the quotient in as a species with an
ODE of its own.`,
  examples: [
    { text: 'param V = 1, K = 1\nspecies X, S = 1\node X\' = V*S/(K + S) - X\n//       ^^^^^^^^^^^' },
    { text: 'species X = 1\node X\' = 1 - sqrt(X)\n//           ^^^^^^^' },
  ],
};

export function odeNotPolynomial(term: Place, species: string, text: string): Diagnostic {
  return finding(odeNotPolynomialSpec, term, t('{0} is not a polynomial in the species, so no mass-action reaction gives this term of {1}\'. Write it as a reaction with a law of its own.', text, species));
}
