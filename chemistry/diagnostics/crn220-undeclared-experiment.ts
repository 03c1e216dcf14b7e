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
  const advice = suggestion === undefined ? `Add simulate ${name} { until = … }.` : `Did you mean ${suggestion}?`;
  return finding(spec, place, `There is no simulation ${name}. ${advice}`, {
    fixes: suggestion === undefined ? [] : [fix(`Change to ${suggestion}`, place, suggestion, true)],
  });
}
