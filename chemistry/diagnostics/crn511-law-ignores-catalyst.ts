/** A rate law that does not depend on one of the reactants. */
import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const lawIgnoresCatalystSpec: DiagnosticSpec = {
  code: 'CRN511',
  severity: 'warning',
  title: 'The rate law ignores a catalyst',
  manual: `The species stands on both sides, so it is a catalyst: its only role is in the rate, and the law does not mention it. Either the
law lacks it as a factor, or the species does not belong in the reaction.`,
  examples: [
    {
      text: 'param k = 2\nspecies A = 1, B, E = 1\nE + A -> E + B rate k*A\n//                  ^^^',
      fixed: 'param k = 2\nspecies A = 1, B, E = 1\nE + A -> E + B rate k*A*E',
    },
  ],
};

export function lawIgnoresCatalyst(law: Place, species: string, product: string): Diagnostic {
  return finding(lawIgnoresCatalystSpec, law, t('{0} is a catalyst here, but this law does not depend on it. Multiply the law by {0}, or take {0} out of the reaction.', species), {
    fixes: [fix(t('Multiply the law by {0}', species), law, product)],
  });
}
