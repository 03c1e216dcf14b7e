import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN323',
  severity: 'error',
  title: 'Not a number',
  manual: `Something stands in an expression that is no number there: text, a list, uniform(…) inside a formula, an index on what is not an array.`,
  examples: [{ text: 'species A = 1\nA -> 0 @ [1, 2]\n//       ^^^^^^' }],
};

export function notANumber(place: Place, what: string): Diagnostic {
  return finding(spec, place, t('A number is needed here; this is {0}.', what.replace(/,$/, '')));
}
