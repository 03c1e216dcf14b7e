import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN810',
  severity: 'error',
  title: 'Undeclared network',
  manual: `A \`train\` statement names a network that is not declared.

Correct the name, or declare the network with its input and its layers.`,
  examples: [
    { text: 'data d {\n  x[1] -> y[1]\n  0 -> 0\n}\nnetwork nets {\n  input x[1]\n  layer y[1] = linear\n}\ntrain net on d { rate = 0.005 }\n//    ^^^', fixed: 'data d {\n  x[1] -> y[1]\n  0 -> 0\n}\nnetwork nets {\n  input x[1]\n  layer y[1] = linear\n}\ntrain nets on d { rate = 0.005 }' },
  ],
};

export function undeclaredNetwork(place: Place, name: string, suggestion: string | undefined): Diagnostic {
  return finding(spec, place, t('There is no network {0}. {1}', name, suggestion === undefined ? t('Declare it: network {0} { … }.', name) : t('Did you mean {0}?', suggestion)), {
    fixes: suggestion === undefined ? [] : [fix(t('Change to {0}', suggestion), place, suggestion, true)],
  });
}
