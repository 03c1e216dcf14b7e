import { t } from '../../l10n/index.ts';
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
  const list = known.length === 0 ? t('{0} takes no constants.', activation) : t('{0} has {1}.', activation, known.join(', '));
  return finding(spec, place, t('{0} has no constant {1}. {2}', activation, name, suggestion === undefined ? list : t('Did you mean {0}?', suggestion)), {
    fixes: suggestion === undefined ? [] : [fix(t('Change to {0}', suggestion), place, suggestion, true)],
  });
}
