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
  const advice = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`;
  return finding(spec, place, `${key} cannot be ${found}: it has to be ${needed}.${advice}`, {
    fixes: suggestion === undefined ? [] : [fix(`Change to ${suggestion}`, place, suggestion, true)],
  });
}
