import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN825',
  severity: 'error',
  title: 'End condition of equality',
  manual: `What changes continuously is equal to something for a moment at most, and between two steps of a run for none. Say from which side the value is
reached: \`X >= 0.5\` for one that grows, \`X <= 0.5\` for one that falls. The run ends at the moment of equality all the same.`,
  examples: [{ text: 'species X = 1\nX -> 0 @ 1\nsimulate run { until = X = 0.5 }\n//                     ^^^^^^^', fixed: 'species X = 1\nX -> 0 @ 1\nsimulate run { until = X >= 0.5 }' }],
};

/** @param sign where the `=` stands, with the blanks around it */
export function endOfEquality(place: Place, condition: string, sign: Place): Diagnostic {
  return finding(spec, place, t('“{0}” could only hold for a moment. Write >= for a value that is reached from below, <= from above.', condition), {
    fixes: ['>=', '<='].map((operator) => fix(t('Write `{0}`', operator), sign, ` ${operator} `)),
  });
}
