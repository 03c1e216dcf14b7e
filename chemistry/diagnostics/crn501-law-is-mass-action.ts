/** A rate law that is mass action in other words. */
import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const lawIsMassActionSpec: DiagnosticSpec = {
  code: 'CRN501',
  severity: 'information',
  title: 'The rate law is mass action',
  manual: `The law is identically a constant times the reactants' concentrations, each to the power of its coefficient: that is what
\`@ constant\` means. Written so, the reaction takes part in everything that is known of mass-action networks (the checks of dimensions
by order, the structure theory, exact stochastic simulation), and it is shorter. The quick fix rewrites it.

The identity is decided by algebra, not by trying numbers: \`k*A*(B + C)/(B + C)\` is recognised for \`A -> B\`.`,
  examples: [
    {
      text: 'param k = 2\nspecies A = 1, B\nA + B -> 2 B rate B*k*A\n//           ^^^^^^^^^^',
      fixed: 'param k = 2\nspecies A = 1, B\nA + B -> 2 B @ k',
    },
  ],
};

/** @param rate the whole of `rate …` @param constant the constant's text */
export function lawIsMassAction(rate: Place, constant: string, replaceable: boolean): Diagnostic {
  return finding(lawIsMassActionSpec, rate, t('This law is mass action with the constant {0}: write `@ {0}`.', constant), {
    fixes: replaceable ? [fix(t('Write `@ {0}`', constant), rate, `@ ${constant}`, true)] : [],
  });
}
