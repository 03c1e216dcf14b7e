import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN326',
  severity: 'error',
  title: 'Parameter without a value',
  manual: `A parameter needs a value; a missing one is never taken for 0 or 1. (Species without a value start at 0.)`,
  examples: [{ text: 'param k = 1, koff\n//           ^^^^\nspecies A = 1\nA -> 0 @ k + koff', fixed: 'param k = 1, koff = 1\nspecies A = 1\nA -> 0 @ k + koff' }],
};

export function missingValue(place: Place, item: Place, name: string): Diagnostic {
  const end = { ...item, span: { start: item.span.end, end: item.span.end } };
  return finding(spec, place, t('Parameter {0} has no value. Give it one: {0} = 1.', name), { fixes: [{ title: t('Set {0} = 1', name), edits: [{ ...end, text: ' = 1' }] }] });
}
