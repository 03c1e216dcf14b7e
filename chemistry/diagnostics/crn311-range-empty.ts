import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN311',
  severity: 'error',
  title: 'Empty range',
  manual: `The range of a loop ends before it begins, so there is nothing in it. Ranges include both ends: \`1..3\` is 1, 2, 3.`,
  examples: [{ text: 'species X[3]\nfor i in 3..1 { X[i] -> 0 @ 1 }\n//       ^^^^', fixed: 'species X[3]\nfor i in 1..3 { X[i] -> 0 @ 1 }' }],
};

export function rangeEmpty(place: Place, from: number, to: number, fromText: string, toText: string): Diagnostic {
  const both = fromText === String(from) && toText === String(to) ? `${from}..${to}` : `${fromText}..${toText} (${from}..${to})`;
  return finding(spec, place, t('The range {0} is empty: it ends before it begins. Ranges go upwards and include both ends.', both), {
    fixes: [fix(t('Change to {0}..{1}', toText, fromText), place, `${toText}..${fromText}`)],
  });
}
