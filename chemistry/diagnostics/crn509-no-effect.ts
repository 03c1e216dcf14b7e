/** A reaction with the same complex on both sides. */
import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const noEffectSpec: DiagnosticSpec = {
  code: 'CRN509',
  severity: 'warning',
  title: 'The reaction changes nothing',
  manual: `Both sides of the reaction are the same, so every species keeps its number: the reaction has no effect on anything. Perhaps a coefficient
is missing (\`X -> 2 X\`), or one side names the wrong species.`,
  examples: [
    {
      text: 'species A = 1, B = 1\n  A + B -> B + A @ 1\n//^^^^^^^^^^^^^^',
      fixed: 'species A = 1, B = 1\n  ',
    },
  ],
};

export function noEffect(complexes: Place, whole: Place, written: boolean): Diagnostic {
  return finding(noEffectSpec, complexes, t('Both sides are the same, so this reaction changes nothing. Check the coefficients and the names.'), {
    fixes: written ? [fix(t('Remove the reaction'), whole, '')] : [],
    tags: ['unused'],
  });
}
