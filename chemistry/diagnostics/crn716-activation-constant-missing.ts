import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN716',
  severity: 'error',
  title: 'Missing constant of an activation',
  manual: `The activation has a parameter without a default, and the neuron or layer does not give it. Most built-in activations need h > 0: it
makes the fixed point positive for every pre-activation, and sets how smooth the function is and how slowly it settles.`,
  examples: [
    { text: 'species X = 1\nneuron H = smooth_relu(2*X)\n//         ^^^^^^^^^^^' },
  ],
};

export function activationConstantMissing(place: Place, activation: string, name: string): Diagnostic {
  return finding(spec, place, t('{0} needs a value for {1}, a positive number, such as {1} = 0.1.', activation, name));
}
