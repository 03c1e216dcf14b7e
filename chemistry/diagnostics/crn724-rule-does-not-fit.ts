import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN724',
  severity: 'error',
  title: 'A learning rule that does not fit the network',
  manual: `The sorted rules keep the size of an update apart from its sign. They need inputs and activities that cannot be negative, and the squared
error; a network with signed inputs or signed activities trains by gradient or self_annealing. The normalised loss needs a last layer that
cannot be negative.`,
  examples: [
    {
      text: 'data d {\n  x[1] -> y[1]\n  -1 -> 0\n  1 -> 1\n}\nnetwork n {\n  input x[1]\n  layer y[1] = linear\n}\ntrain n on d { rule = sorted; rate = 0.001; dwell = 100 }\n//                    ^^^^^^',
    },
  ],
};

/** `problem`: a sentence without its full stop. */
export function ruleDoesNotFit(place: Place, problem: string): Diagnostic {
  return finding(spec, place, `${problem}.`);
}
