/** A species with an ODE that other statements change too. */
import { counted, t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const odeIsNotAllSpec: DiagnosticSpec = {
  code: 'CRN512',
  severity: 'warning',
  title: 'Other statements change this species too',
  manual: `An \`ode\` statement gives reactions, and reactions add up. Where another reaction or another \`ode\` changes the same species, its
ODE is the sum of all of them, not the one that is written here. Hover over the species to see the whole ODE. Write all terms
in one \`ode\`, or all of them as reactions.`,
  examples: [
    { text: 'species X = 1\node X\' = 1 - X\n//  ^\nX -> 0 @ 1' },
  ],
};

export function odeIsNotAll(equation: Place, species: string, other: Place, count: number): Diagnostic {
  const who = counted(count, 'Another statement changes', '{0} other statements change', String(count));
  return finding(odeIsNotAllSpec, equation, t('{0} {1} too, so this is not the whole of {1}\'. Hover over {1} to see its ODE.', who, species), {
    related: [{ ...other, message: t('{0} is changed here too.', species) }],
  });
}
