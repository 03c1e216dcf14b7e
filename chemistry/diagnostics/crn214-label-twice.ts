import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN214',
  severity: 'error',
  title: 'Label used twice',
  manual: `Two statements have the same label. Labels name reactions in tables and plots, and the own species of a module (\`m1.tmp\`), so each is
used once. Rename one of them.`,
  examples: [{ text: 'species A = 1, B\n  fold: A -> B @ 1\n  fold: B -> A @ 1\n//^^^^' }],
};

export function labelTwice(place: Place, first: Place, name: string): Diagnostic {
  return finding(spec, place, t('The label {0} is used twice. Rename one of them.', name), { related: [{ ...first, message: t('{0} is first used here.', name) }] });
}
