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
  return finding(spec, place, `There is no network ${name}. ${suggestion === undefined ? `Declare it: network ${name} { … }.` : `Did you mean ${suggestion}?`}`, {
    fixes: suggestion === undefined ? [] : [fix(`Change to ${suggestion}`, place, suggestion, true)],
  });
}
