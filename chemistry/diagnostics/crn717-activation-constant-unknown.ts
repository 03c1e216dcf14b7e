import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN717',
  severity: 'error',
  title: 'Unknown constant of an activation',
  manual: `A neuron or layer gives a constant that its activation does not have.`,
  examples: [
    {
      text: 'species X = 1\nneuron H = smooth_relu(2*X; h = 0.1, hh = 2)\n//                                   ^^',
    },
  ],
};

export function activationConstantUnknown(place: Place, activation: string, name: string, suggestion: string | undefined, known: readonly string[]): Diagnostic {
  const list = known.length === 0 ? `${activation} takes no constants.` : `${activation} has ${known.join(', ')}.`;
  return finding(spec, place, `${activation} has no constant ${name}. ${suggestion === undefined ? list : `Did you mean ${suggestion}?`}`, {
    fixes: suggestion === undefined ? [] : [fix(`Change to ${suggestion}`, place, suggestion, true)],
  });
}
