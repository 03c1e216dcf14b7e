import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

const NET = 'data d {\n  x[1] -> y[1]\n  0 -> 0\n}\nnetwork n {\n  input x[1]\n  layer y[1] = linear\n}\n';

export const spec: DiagnosticSpec = {
  code: 'CRN819',
  severity: 'error',
  title: 'Values that cannot be gone through',
  manual: `What a sweep varies goes through a list, \`[0.05, 0.1, 0.5]\`, or through a range, \`0..0.3 steps 7\`: seven values, both ends among them. Without \`steps\` both ends
are whole numbers, and all between them are taken. Each value is one that the thing can have, known when the text is checked, and none stands twice in a list. All
values of all lines together with \`replicas\` make at most a million runs.`,
  examples: [
    { text: `${NET}sweep s {\n  train n on d\n  vary noise in [0, -0.1]\n//                  ^^^^\n}` },
    { text: `${NET}sweep s {\n  train n on d\n  vary noise in 0..0.3\n//              ^^^^^^\n}` },
    { text: `${NET}sweep s {\n  train n on d\n  vary rule in [gradient, sortd]\n//                        ^^^^^\n}`, fixed: `${NET}sweep s {\n  train n on d\n  vary rule in [gradient, sorted]\n}` },
    { text: `${NET}sweep s {\n  train n on d\n  vary rate in []\n//             ^^\n}` },
  ],
};

export function variedValues(place: Place, problem: string, suggestion?: string): Diagnostic {
  return finding(spec, place, `${problem}.${suggestion === undefined ? '' : t(' Did you mean {0}?', suggestion)}`, { fixes: suggestion === undefined ? [] : [fix(t('Change to {0}', suggestion), place, suggestion, true)] });
}
