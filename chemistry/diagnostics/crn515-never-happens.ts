/** A reaction with the constant zero. */
import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const neverHappensSpec: DiagnosticSpec = {
  code: 'CRN515',
  severity: 'hint',
  title: 'The reaction never happens',
  manual: `Its rate is the number 0. To switch a reaction on and off from the lab, make the constant a parameter (\`param k = 0\`, \`@ k\`); otherwise
remove the reaction.`,
  examples: [
    {
      text: 'species A = 1\n  A -> 0 @ 0\n//         ^',
      fixed: 'species A = 1\n  ',
    },
  ],
};

export function neverHappens(rate: Place, whole: Place | undefined): Diagnostic {
  return finding(neverHappensSpec, rate, t('With the rate 0 this reaction never happens. Make the constant a parameter, or remove the reaction.'), {
    fixes: whole === undefined ? [] : [fix(t('Remove the reaction'), whole, '')],
    tags: ['unused'],
  });
}
