import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN715',
  severity: 'error',
  title: 'Undeclared activation',
  manual: `A neuron or a layer names an activation that is neither built in nor declared.

The built-in ones are smooth_relu, algebraic_sigmoid, algebraic_tanh and hill; layers may also be linear,
algebraic_logistic, relu or leaky_relu. True logistic functions, tanh and exp are not algebraic: no reactions settle at them exactly, and
the message names the nearest that they can do. In the place of a softmax at the output, write loss = normalised in the network.`,
  examples: [
    {
      text: 'species X = 1\nneuron H = smoth_relu(2*X; h = 0.1)\n//         ^^^^^^^^^^',
      fixed: 'species X = 1\nneuron H = smooth_relu(2*X; h = 0.1)',
    },
    { text: 'network n {\n  input x[2]\n  layer y[1] = sigmoid\n//             ^^^^^^^\n}', fixed: 'network n {\n  input x[2]\n  layer y[1] = algebraic_sigmoid\n}' },
  ],
};

/** `near`: a built-in of the same shape, where the name is that of a function that is not algebraic. */
export function undeclaredActivation(place: Place, name: string, suggestion: string | undefined, near: string | undefined, known: readonly string[]): Diagnostic {
  const to = near ?? suggestion;
  const fixes = to === undefined ? [] : [fix(t('Change to {0}', to), place, to, true)];
  if (near !== undefined) return finding(spec, place, t('There is no activation {0}: reactions settle at algebraic functions only. The nearest that they can do is the built-in {1}{2}.', name, near, name.toLowerCase() === 'softmax' ? t('; for shares of classes write loss = normalised in the network as well') : ''), { fixes });
  return finding(spec, place, t('There is no activation {0}. {1}', name, suggestion === undefined ? t('There are {0}; or declare one: activation {1}(…) { x\' = … }.', known.join(', '), name) : t('Did you mean {0}?', suggestion)), { fixes });
}
