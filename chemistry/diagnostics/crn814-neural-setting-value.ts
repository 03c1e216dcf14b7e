import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN814',
  severity: 'error',
  title: 'A setting of a network or of a training has no such value',
  manual: `The value of a setting has to be of its kind: one of a few words, or a number in a range, known when the text is checked.`,
  examples: [
    {
      text: 'data d {\n  x[1] -> y[1]\n  0 -> 0\n}\nnetwork n {\n  input x[1]\n  layer y[1] = linear\n}\ntrain n on d { rule = gradiant; rate = 0.005 }\n//                    ^^^^^^^^',
      fixed: 'data d {\n  x[1] -> y[1]\n  0 -> 0\n}\nnetwork n {\n  input x[1]\n  layer y[1] = linear\n}\ntrain n on d { rule = gradient; rate = 0.005 }',
    },
    {
      text: 'data d {\n  x[1] -> y[1]\n  0 -> 0\n}\nnetwork n {\n  input x[1]\n  layer y[1] = linear\n}\ntrain n on d { epochs = -3 }\n//                      ^^',
    },
  ],
};

export function neuralSettingValue(place: Place, name: string, found: string, needed: string, suggestion?: string): Diagnostic {
  return finding(spec, place, t('{0} is {1}, not {2}.{3}', name, needed, found, suggestion === undefined ? '' : t(' Did you mean {0}?', suggestion)), {
    fixes: suggestion === undefined ? [] : [fix(t('Change to {0}', suggestion), place, suggestion, true)],
  });
}
