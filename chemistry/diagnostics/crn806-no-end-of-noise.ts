import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN806',
  severity: 'error',
  title: 'Run molecule by molecule without an end',
  manual: `Molecules go on reacting where concentrations have come to rest: a run molecule by molecule (\`method = ssa\`, \`tau\` or \`langevin\`) has no fixed
point to run to. Give it an end time. To see the distribution that it settles into, choose one well beyond the slowest time scale and several
\`replicas\`.`,
  examples: [
    { text: 'species A = 10\nA <-> 0 @ 1, 2\nsimulate run { until = fixed_point; method = ssa }\n//                     ^^^^^^^^^^^' },
  ],
};

export function noEndOfNoise(place: Place, method: string): Diagnostic {
  return finding(spec, place, t('With method = {0} molecules go on reacting for ever, so there is no fixed point to run to. Give an end time, such as t = 100, or use method = auto.', method));
}
