import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN222',
  severity: 'error',
  title: 'Setting given twice',
  manual: `A \`simulate\` statement gives the same setting twice (\`t\` and \`until\` are the same, unless \`until\` is a condition, beside which \`t\` is the latest end). Remove one of them.`,
  examples: [{ text: 'species A = 1\nA -> 0 @ 1\nsimulate run { until = 1; until = 2 }\n//                        ^^^^^' }],
};

export function settingTwice(place: Place, first: Place, name: string): Diagnostic {
  return finding(spec, place, t('{0} is given twice. Remove one of them.', name), { related: [{ ...first, message: t('It is given here first.') }] });
}
