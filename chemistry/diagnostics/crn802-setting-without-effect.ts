import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN802',
  severity: 'warning',
  title: 'Setting without effect',
  manual: `The setting is one of another kind of run: the simulation goes as if it were not there.

| setting | goes with |
|---|---|
| \`volume\`, \`replicas\` | \`method = ssa\`, \`tau\` or \`langevin\` |
| \`rtol\`, \`atol\` | \`method = auto\`, \`tsit5\`, \`rkc\` or \`bdf\` |
| \`starts\` | \`until = fixed_point\` |
| \`seed\` | \`method = ssa\`, \`tau\` or \`langevin\`, or \`starts\` |`,
  examples: [
    { text: 'species A = 1\nA -> 0 @ 1\nsimulate run { t = 1; replicas = 10 }\n//                    ^^^^^^^^' },
    { text: 'species A = 1\nA -> 0 @ 1\nsimulate run { t = 1; starts = 16 }\n//                    ^^^^^^' },
    { text: 'species A = 10\nA -> 0 @ 1\nsimulate run { t = 1; method = ssa; rtol = 1e-9 }\n//                                  ^^^^' },
  ],
};

/** `goesWith`: a sentence that says where the setting counts. */
export function settingWithoutEffect(place: Place, key: string, goesWith: string): Diagnostic {
  return finding(spec, place, t('{0} has no effect here. {1}', key, goesWith));
}
