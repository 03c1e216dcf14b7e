import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN206',
  severity: 'warning',
  title: 'Hides another name',
  manual: `A loop variable has the name of something declared outside the loop, which therefore cannot be reached inside it. Parameters of a
module may have any name: they hide what is outside on purpose.

Give the loop variable another name.`,
  examples: [{ text: 'species X[3], i\nfor i in 1..3 { X[i] -> 0 @ 1 }\n//  ^\ni -> 0 @ 1' }],
};

export function shadowed(place: Place, hidden: Place, name: string, what: string): Diagnostic {
  return finding(spec, place, t('The loop variable {0} hides {1} {0} inside the loop. Give it another name.', name, what), {
    related: [{ ...hidden, message: t('{0} is declared here.', name) }],
  });
}
