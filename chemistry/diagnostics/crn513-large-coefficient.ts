/** A coefficient that is probably a slip. */
import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const largeCoefficientSpec: DiagnosticSpec = {
  code: 'CRN513',
  severity: 'warning',
  title: 'Very many molecules of one species',
  manual: `A coefficient says how many molecules of a species one reaction takes or gives. More than a hundred in one step is almost always a
slip: a digit that belongs to the name (\`X100\` for \`100 X\`), or a concentration that was meant.`,
  examples: [
    { text: 'species A = 1, B\nA -> 1000 B @ 1\n//   ^^^^' },
  ],
};

export function largeCoefficient(coefficient: Place, count: number, species: string): Diagnostic {
  return finding(largeCoefficientSpec, coefficient, t('One reaction moves {0} molecules of {1}. Is this a coefficient, or does the number belong to the name?', count.toLocaleString('en-US'), species));
}
