import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN325',
  severity: 'error',
  title: 'Expression nested too deeply',
  manual: `An expression has more than 300 brackets and signs inside each other. Give parts of it names with \`param\`.`,
  examples: [{ text: `species A = 1\nA -> 0 @ ${'(++++'.repeat(80)}1${')'.repeat(80)}\n//${' '.repeat(308)}${'^'.repeat(4 + 19 * 6 + 1)}` }],
};

export function tooDeep(place: Place): Diagnostic {
  return finding(spec, place, t('This expression is nested too deeply to be read. Split it up with param.'));
}
