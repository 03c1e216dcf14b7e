import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN721',
  severity: 'warning',
  title: 'A sample is shown for too short a time',
  manual: `Every sample is held for a dwell, in which the fast reactions have to settle. The slowest of them is the block that computes the slope φ' of
a unit: for a smoothed ReLU it relaxes at the rate x² + h, which is h alone for an inactive unit. A dwell of a few times 1/h lets it
follow; in a shorter one, units are trained with the slopes of samples before.

Show samples for longer (and lower the rate by the same factor, which keeps the step of a sample), or make h larger.`,
  examples: [
    {
      text: 'data d {\n  x[1] -> y[1]\n  0 -> 0\n  1 -> 1\n}\nnetwork n {\n  input x[1]\n  layer hidden[2] = smooth_relu(h = 0.1)\n  layer y[1] = linear\n}\ntrain n on d { rate = 0.01; dwell = 4 }\n//                                  ^',
    },
  ],
};

export function dwellTooShort(place: Place, dwell: number, layer: string, relaxation: number): Diagnostic {
  return finding(spec, place, t('A dwell of {0} is too short: the slopes of inactive units of {1} relax within {2}. Show each sample for at least {3}, or make h larger.', dwell, layer, Number(relaxation.toPrecision(3)), Number((2 * relaxation).toPrecision(2))));
}
