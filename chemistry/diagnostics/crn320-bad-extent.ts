import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN320',
  severity: 'error',
  title: 'Extent that is not a positive whole number',
  manual: `The extents of an array are whole numbers from 1 on, or parameters whose value is written as one (\`param n = 4\`). They have to be known
when the text is checked, so they cannot be computed from parameters with other values.`,
  examples: [
    { text: 'species X[0]\n//        ^' },
    { text: 'param n = 3, m = n + 1\nspecies X[m]\n//        ^' },
    { text: 'species X[2.5]\n//        ^^^' },
  ],
};

export function badExtent(place: Place, text: string, value: number | undefined): Diagnostic {
  return finding(spec, place, value === undefined
    ? t('The extent {0} is not a whole number known in advance. Use a whole number from 1 on, or a parameter whose value is written as one, such as param n = 4.', text)
    : t('The extent {0} is not positive. Use a whole number from 1 on, or a parameter whose value is written as one, such as param n = 4.', text));
}
