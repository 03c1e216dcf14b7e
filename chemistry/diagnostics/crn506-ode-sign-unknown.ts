/** A coefficient of an ODE whose sign is not known. */
import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const odeSignUnknownSpec: DiagnosticSpec = {
  code: 'CRN506',
  severity: 'error',
  title: 'The sign of this coefficient is not known',
  manual: `An \`ode\` statement becomes reactions, and the sign of a term chooses between adding a species and taking it away. The sign of this
coefficient changes: over the elements of an array, over a loop, or with time.

Write the two cases as reactions of their own, or give the quantity two non-negative parts (a \`dual\` has its two rails).`,
  examples: [
    { text: 'param w[2] = [1, -1]\nspecies X[2] = 1\nfor i in 1..2 {\n  ode X[i]\' = w[i]*X[i]\n//            ^^^^^^^^^\n}' },
  ],
};

export function odeSignUnknown(term: Place, species: string, text: string): Diagnostic {
  return finding(odeSignUnknownSpec, term, t('The coefficient of {0} is positive in some cases and negative in others, so one reaction cannot give this term of {1}\'. Write the two cases as reactions.', text, species));
}
