import { t } from '../../l10n/index.ts';
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
  const advice = suggestion === undefined ? t('Name a group of this text') : t('Did you mean {0}?', suggestion);
  return finding(spec, place, t('There is no group {0}. {1}{2}', name, advice, suggestion === undefined ? '.' : ''), {
    fixes: suggestion === undefined ? [] : [fix(t('Change to {0}', suggestion), place, suggestion, true)],
  });
}
