/** A rate law outside mass action. */
import { counted, t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const lawIsNotMassActionSpec: DiagnosticSpec = {
  code: 'CRN502',
  severity: 'warning',
  title: 'The rate law is not mass action',
  manual: `No constant k makes the law equal to k times the reactants' concentrations, each to the power of its coefficient. Such laws
(Michaelis–Menten, Hill, cooperative or empirical ones) can be simulated, but they summarise several steps: what is known
of mass-action networks does not hold for them, so they are left out of the structure theory, and a stochastic simulation takes them only
approximately.

Write the steps instead where they are known: \`E + S <-> ES @ kon, koff\` and \`ES -> E + P @ kcat\` for \`S -> P rate Vmax*S/(Km + S)\`.`,
  examples: [
    { text: 'param Vmax = 1, Km = 0.5\nspecies S = 1, P\nS -> P rate Vmax*S/(Km + S)\n//          ^^^^^^^^^^^^^^^' },
    { text: 'param k = 2\nspecies A = 1, B\n2 A -> B rate k*A\n//            ^^^' },
  ],
};

/** @param order the law's order when it is a product of powers; @param takes what the reaction takes, as written; undefined: nothing */
export function lawIsNotMassAction(law: Place, takes: string | undefined, order: number | undefined, molecularity: number): Diagnostic {
  const detail =
    order === undefined
      ? t('The reaction is left out of what is known of mass-action networks.')
      : order === molecularity
        ? t('Its exponents are not the coefficients of the reactants.')
        : t('It is of order {0}, but the reaction takes {1}.', order, counted(molecularity, '1 molecule', '{0} molecules', String(molecularity)));
  return finding(lawIsNotMassActionSpec, law, t('This law is not mass action: it is not a constant{0}. {1}', takes === undefined ? '' : t(' times {0}', takes), detail));
}
