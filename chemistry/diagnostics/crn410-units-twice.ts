import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN410',
  severity: 'error',
  title: 'Units stated twice',
  manual: `The unit of a dimension is stated twice, or an imported file counts in other units than this one. All numbers of a network are in the same units.
Keep one statement; convert the numbers of the other file.`,
  examples: [{ text: 'units time s\nunits time min\n//    ^^^^\nspecies A = 1\nA -> 0 @ 1' }],
};

export function unitsTwice(place: Place, first: Place, dimension: string, imported: { readonly path: string; readonly unit: string } | undefined): Diagnostic {
  const text = imported === undefined
    ? t('The unit of {0} is stated twice. Remove one of the statements.', dimension)
    : t('"{0}" counts {1} in {2}, this file does not. Convert one of the two.', imported.path, dimension, imported.unit);
  return finding(spec, place, text, { related: [{ ...first, message: t('The unit of {0} is stated here.', dimension) }] });
}
