import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN310',
  severity: 'error',
  title: 'Index that is not a plain shift',
  manual: `An index is a sum of loop variables, each times a whole number, and whole numbers: \`i\`, \`i+1\`, \`2*i-1\`, \`i+j-1\`. Parameters may stand in it if
their value is written as a whole number. That keeps a loop one family, whatever its length, and lets its ranges be checked.

Products of loop variables, functions and species cannot stand in an index.`,
  examples: [{ text: 'species X[9]\nfor i in 1..3 { X[i*i] -> 0 @ 1 }\n//                ^^^' }],
};

export function indexNotAffine(place: Place, name?: string): Diagnostic {
  const why = name === undefined ? t('An index is a sum of loop variables times whole numbers, such as 2*i - 1') : t('{0} cannot stand in an index: only loop variables, whole numbers, and parameters with a whole number as value can', name);
  return finding(spec, place, t('{0}. Rewrite it in that form.', why));
}
