import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN719',
  severity: 'error',
  title: 'The input of a neuron is no weighted sum',
  manual: `A neuron reads a weighted sum of species: numbers or parameters times species, plus a bias. The weights become rate constants, and the sign
of each chooses its reaction, so the sign has to be known when the text is checked. Layers of networks may be linear, relu, leaky_relu and
algebraic_logistic; neurons may not.`,
  examples: [
    { text: 'species X = 1, Y = 1\nneuron H = smooth_relu(2*X*Y; h = 0.1)\n//                     ^^^^^' },
  ],
};

/** `problem`: a sentence without its full stop. */
export function neuronInput(place: Place, problem: string): Diagnostic {
  return finding(spec, place, t('{0}. The input of a neuron is a sum of weights times species, and a bias.', problem));
}
