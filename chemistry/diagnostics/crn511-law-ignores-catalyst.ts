/** A rate law that does not depend on one of the reactants. */
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
  return finding(lawIgnoresCatalystSpec, law, `${species} is a catalyst here, but this law does not depend on it. Multiply the law by ${species}, or take ${species} out of the reaction.`, {
    fixes: [fix(`Multiply the law by ${species}`, law, product)],
  });
}
