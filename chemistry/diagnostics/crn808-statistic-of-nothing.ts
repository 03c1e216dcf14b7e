import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN808',
  severity: 'error',
  title: 'Mean or variance of nothing',
  manual: `\`mean(X)\` and \`variance(X)\` stand on the left of an \`expect\`, and are of one species over the runs of a simulation molecule by molecule, at
its end: \`expect mean(X) ~ 50 within 1 in noisy\`, where \`noisy\` has \`method = ssa\`, \`tau\` or \`langevin\` and \`replicas\` of 2 or more.`,
  examples: [
    { text: 'species X\n0 -> X @ 10\nX -> 0 @ 0.2\nexpect mean(X) ~ 50 within 1\n//     ^^^^^^^' },
    { text: 'species X\n0 -> X @ 10\nX -> 0 @ 0.2\nsimulate noisy { t = 100; method = ssa; replicas = 100 }\nexpect variance(2*X) ~ 200 within 9 in noisy\n//              ^^^' },
  ],
};

export function statisticOfNothing(place: Place, name: string, why: string): Diagnostic {
  return finding(spec, place, t('{0}(…) is of one species over many runs molecule by molecule. {1}', name, why));
}
