import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

const NET = 'data d {\n  x[1] -> y[1]\n  0 -> 0\n}\nnetwork n {\n  input x[1]\n  layer y[1] = linear\n}\n';

export const spec: DiagnosticSpec = {
  code: 'CRN820',
  severity: 'error',
  title: 'A sweep that lacks something',
  manual: `A sweep has one line \`train NETWORK on DATA\` or \`simulate NAME\`, and lines that vary something or \`replicas\`. One that runs only once, or whose replicas are all the
same, sweeps nothing: that is a warning. The settings of a training may be lines of its sweep; those of a simulation stay in its
\`simulate\` statement.`,
  examples: [
    { text: 'sweep s {\n//    ^\n  replicas = 3\n}' },
    { text: `${NET}sweep s {\n//    ^\n  train n on d\n}` },
    { text: 'param k = 1\nspecies A = 1\nA -> 0 @ k\nsimulate run { t = 1 }\nsweep s {\n  simulate run\n  vary k in [1, 2]\n  t = 3\n//^\n}' },
  ],
};

export function sweepIncomplete(place: Place, problem: string, severity: 'error' | 'warning' = 'error'): Diagnostic {
  return finding(spec, place, `${problem}.`, { severity });
}
