import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN407',
  severity: 'error',
  title: 'Unit of another scale than the file',
  manual: `A value is given in a unit of the right kind but another scale than the file's units, \`1/(nM*s)\` in a file that counts in uM. Numbers are never converted
silently: every number of a file is in the file's units, so that what is read is what is computed. The fix converts the number.`,
  examples: [{
    text: 'units time s, concentration uM\nparam kon: 1/(nM*s) = 0.5\n//         ^^^^^^^^\nspecies A = 1, B = 1\nA + B -> 0 @ kon',
    fixed: 'units time s, concentration uM\nparam kon: 1/(uM*s) = 500\nspecies A = 1, B = 1\nA + B -> 0 @ kon',
  }],
};

/** \`factor\`: how many of the file's units one written unit is. \`value\`: place and number to convert. */
export function scaleMismatch(place: Place, written: string, expected: string, factor: number, value: { readonly place: Place; readonly number: number } | undefined): Diagnostic {
  const shown = plainNumber(factor);
  const message = t('{0} is not what this file counts in: 1 {0} is {1} {2}. Write the value in {2}.', written, shown, expected);
  if (value === undefined) return finding(spec, place, message, { fixes: [] });
  const converted = plainNumber(value.number * factor);
  const edit = fix(t('Convert to {0} {1}', converted, expected), place, expected, true);
  return finding(spec, place, message, { fixes: [{ ...edit, edits: [...edit.edits, { ...value.place, text: converted }] }] });
}

/** A factor of scales is exact to 12 digits; the rest is rounding. */
function plainNumber(value: number): string {
  return String(Number(value.toPrecision(12)));
}
