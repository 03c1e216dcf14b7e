import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN801',
  severity: 'error',
  title: 'Setting outside its range',
  manual: `A setting of a \`simulate\` statement has a number that makes no sense for it: an end time, a volume that is not above 0, a relative
tolerance that asks for more digits than numbers have or for none at all, a number of points or of runs that is not a positive whole number, or a number that is not finite.

| setting | allowed |
|---|---|
| \`t\`, \`until\`, \`volume\` | above 0 |
| \`rtol\` | from 1e-14 to 0.1 |
| \`atol\` | 0 or more |
| \`points\`, \`starts\`, \`replicas\` | whole numbers from 1 on |
| \`seed\` | whole numbers from 0 on |`,
  examples: [
    { text: 'species A = 1\nA -> 0 @ 1\nsimulate run { t = -1 }\n//                 ^^' },
    { text: 'param end = 0\nspecies A = 1\nA -> 0 @ 1\nsimulate run { until = end; rtol = 0 }\n//                     ^^^         ^' },
    { text: 'species A = 1\nA -> 0 @ 1\nsimulate run { t = 1; points = 2.5 }\n//                             ^^^' },
    { text: 'species A = 1\nA -> 0 @ 1\nsimulate run { t = 1; rtol = 2; atol = -1e-9 }\n//                           ^         ^^^^^' },
  ],
};

/** `allowed`: as in "a number above 0". */
export function settingOutOfRange(place: Place, key: string, value: number, allowed: string): Diagnostic {
  return finding(spec, place, t('{0} cannot be {1}. Use {2}.', key, value, allowed));
}
