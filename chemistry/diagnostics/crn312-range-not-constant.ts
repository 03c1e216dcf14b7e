import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN312',
  severity: 'error',
  title: 'Range that is not known when the text is checked',
  manual: `The ends of a range are whole numbers, parameters whose value is written as a whole number (\`param n = 4\`), constants of a module, or sums and
products of them. They cannot depend on other loop variables. A parameter used this way shapes the network: it gets no slider.`,
  examples: [{ text: 'species X[4]\nparam h = 0.5\nfor i in 1..h { X[i] -> 0 @ 1 }\n//          ^' }, { text: 'species X[3, 3]\nfor i in 1..3, j in 1..i { X[i,j] -> 0 @ 1 }\n//                     ^' }],
};

/** `variable`: a loop variable around or beside, which the end depends on. */
export function rangeNotConstant(place: Place, text: string, variable: boolean): Diagnostic {
  if (variable) return finding(spec, place, t('The end {0} of this range depends on a loop variable, but a range is the same in all rounds. Use a whole number, or write a loop for each case.', text));
  return finding(spec, place, t('The end {0} of this range is not a whole number known in advance. Use a whole number, or a parameter whose value is written as one, such as param n = 4.', text));
}
