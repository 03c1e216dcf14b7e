import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN212',
  severity: 'error',
  title: 'Setting with a value it cannot have',
  manual: `A setting of a \`simulate\` statement has a value of the wrong kind: a method that does not exist, a word where a number is needed,
or several values where there can be one.`,
  examples: [
    { text: 'species A = 1\nA -> 0 @ 1\nsimulate run { until = 1; method = bfd }\n//                                 ^^^', fixed: 'species A = 1\nA -> 0 @ 1\nsimulate run { until = 1; method = bdf }' },
  ],
};

export function settingValue(place: Place, key: string, found: string, needed: string, suggestion?: string): Diagnostic {
  const advice = suggestion === undefined ? '' : t(' Did you mean {0}?', suggestion);
  return finding(spec, place, t('{0} cannot be {1}: it has to be {2}.{3}', key, found, needed, advice), {
    fixes: suggestion === undefined ? [] : [fix(t('Change to {0}', suggestion), place, suggestion, true)],
  });
}
