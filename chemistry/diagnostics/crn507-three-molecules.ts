/** A reaction in which three molecules meet at once. */
import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const threeMoleculesSpec: DiagnosticSpec = {
  code: 'CRN507',
  severity: 'hint',
  title: 'Three molecules have to meet at once',
  manual: `A step in which three molecules meet at the same time is rare in nature and hard to build. It can be replaced by two steps with an
intermediate: \`A + B <-> AB\`, \`AB + C -> D\`, fast compared with the rest.

The classic models (the Brusselator) use such steps on purpose; then there is nothing to do.`,
  examples: [
    { text: 'species A = 1, X = 1, Y = 1\n  A + X + Y -> 3 X @ 1\n//^^^^^^^^^' },
  ],
};

export function threeMolecules(reactants: Place, generated: boolean): Diagnostic {
  return finding(threeMoleculesSpec, reactants, generated
    ? t('The reaction of this term lets three molecules meet at once. Two steps with an intermediate are easier to build.')
    : t('This lets three molecules meet at once. Two steps with an intermediate are easier to build.'));
}
