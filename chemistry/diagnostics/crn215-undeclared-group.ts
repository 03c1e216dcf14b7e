import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN215',
  severity: 'error',
  title: 'Undeclared group',
  manual: `A simulation switches off a group of reactions that the text does not have. Groups are made with \`group NAME { … }\`.`,
  examples: [
    {
      text: 'species A = 1\ngroup update { A -> 0 @ 1 }\nsimulate run { until = 1; off = updat }\n//                              ^^^^^',
      fixed: 'species A = 1\ngroup update { A -> 0 @ 1 }\nsimulate run { until = 1; off = update }',
    },
  ],
};

export function undeclaredGroup(place: Place, name: string, suggestion: string | undefined): Diagnostic {
  const advice = suggestion === undefined ? 'Name a group of this text' : `Did you mean ${suggestion}`;
  return finding(spec, place, `There is no group ${name}. ${advice}${suggestion === undefined ? '.' : '?'}`, {
    fixes: suggestion === undefined ? [] : [fix(`Change to ${suggestion}`, place, suggestion, true)],
  });
}
