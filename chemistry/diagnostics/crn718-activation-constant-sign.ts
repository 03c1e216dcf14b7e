import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN718',
  severity: 'error',
  title: 'A constant of an activation that is not positive',
  manual: `Constants of activations are rate constants, and the certificate of an activation holds for positive ones: with h = 0 a smoothed ReLU has
no positive fixed point where its pre-activation is negative, and x = 0 never recovers.`,
  examples: [
    { text: 'species X = 1\nneuron H = smooth_relu(2*X; h = 0)\n//                              ^' },
  ],
};

export function activationConstantSign(place: Place, activation: string, name: string, value: number | undefined): Diagnostic {
  return finding(spec, place, t('{0} of {1} has to be a positive number{2}.', name, activation, value === undefined ? t(' that is known when the text is checked') : t(', and it is {0}', value)));
}
