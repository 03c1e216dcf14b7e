import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

const NET = 'data d {\n  x[1] -> y[1]\n  0 -> 0\n}\nnetwork n {\n  input x[1]\n  layer y[1] = smooth_relu(h = 0.1)\n}\n';

export const spec: DiagnosticSpec = {
  code: 'CRN818',
  severity: 'error',
  title: 'Nothing of that name to vary',
  manual: `A \`vary\` line of a sweep names what changes from run to run. A sweep of a training can vary the settings of the training (\`rate\`, \`dwell\`, \`rule\`, \`seed\` …),
the size of its noise (\`noise\`, \`concentrations\`, and \`volume\` where the noise is intrinsic), \`κ\` and \`κ_error\` of the network, the constants of its
activations (\`h\`), and single parameters of the file. A sweep of a simulation can vary its settings, single parameters and single initial values.`,
  examples: [
    { text: `${NET}sweep s {\n  train n on d\n  vary nois in [0, 0.1]\n//     ^^^^\n}`, fixed: `${NET}sweep s {\n  train n on d\n  vary noise in [0, 0.1]\n}` },
    { text: 'param k = 1\nspecies A[2] = 1\nA[1] -> A[2] @ k\nsimulate run { t = 1 }\nsweep s {\n  simulate run\n  vary A in [1, 2]\n//     ^\n}' },
  ],
};

export function variedUnknown(place: Place, problem: string, suggestion?: string): Diagnostic {
  return finding(spec, place, /[.?]$/.test(problem) ? problem : `${problem}.`, { fixes: suggestion === undefined ? [] : [fix(t('Change to {0}', suggestion), place, suggestion, true)] });
}
