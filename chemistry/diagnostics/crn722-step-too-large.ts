import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN722',
  severity: 'warning',
  title: 'The step of a sample is too large',
  manual: `While a sample is shown, the weights move by about rate·dwell times the gradient. Around 0.1 works for small networks; beyond about 0.2
learning starts to swing, and at 0.4 it does not converge. With many inputs the step has to be smaller still.

Lower the rate or the dwell.`,
  examples: [
    {
      text: 'data d {\n  x[1] -> y[1]\n  0 -> 0\n  1 -> 1\n}\nnetwork n {\n  input x[1]\n  layer y[1] = linear\n}\ntrain n on d { rate = 0.05; dwell = 20 }\n//                    ^^^^',
    },
  ],
};

export function stepTooLarge(place: Place, rate: number, dwell: number): Diagnostic {
  const step = rate * dwell;
  return finding(spec, place, t('Each sample moves the weights by a step of rate*dwell = {0}; above about 0.2 learning in the pot does not settle. With a dwell of {1}, a rate of {2} is a good start.', Number(step.toPrecision(3)), dwell, Number((0.1 / dwell).toPrecision(2))));
}
