/** A reaction in which more than three molecules meet at once. */
import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const manyMoleculesSpec: DiagnosticSpec = {
  code: 'CRN508',
  severity: 'warning',
  title: 'More than three molecules have to meet at once',
  manual: `The rate of mass action is the product of all the concentrations on the left, so this reaction is of fourth order or higher. No
elementary step is. Split it into steps with intermediates, or, when the left side only sums up a mechanism, give the rate as a law.`,
  examples: [
    { text: 'species A = 1, B\n  4 A -> B @ 1\n//^^^' },
  ],
};

export function manyMolecules(reactants: Place, count: number, generated: boolean): Diagnostic {
  return finding(manyMoleculesSpec, reactants, generated
    ? t('The reaction of this term lets {0} molecules meet at once; elementary steps take one or two. Split it into steps with intermediates.', count)
    : t('This lets {0} molecules meet at once; elementary steps take one or two. Split it into steps with intermediates.', count));
}
