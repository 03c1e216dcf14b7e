import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN220',
  severity: 'error',
  title: 'Undeclared simulation',
  manual: `\`expect … in NAME\` names a simulation that the text does not have. Without \`in\`, an expectation is tested at the fixed point.`,
  examples: [
    {
      text: 'species A = 1\nA -> 0 @ 1\nsimulate decay { until = 1 }\nexpect A ~ 0.367879 within 1e-5 in decai\n//                                 ^^^^^',
      fixed: 'species A = 1\nA -> 0 @ 1\nsimulate decay { until = 1 }\nexpect A ~ 0.367879 within 1e-5 in decay',
    },
  ],
};

export function undeclaredExperiment(place: Place, name: string, suggestion: string | undefined): Diagnostic {
  const advice = suggestion === undefined ? t('Add simulate {0} { until = … }.', name) : t('Did you mean {0}?', suggestion);
  return finding(spec, place, t('There is no simulation {0}. {1}', name, advice), {
    fixes: suggestion === undefined ? [] : [fix(t('Change to {0}', suggestion), place, suggestion, true)],
  });
}
