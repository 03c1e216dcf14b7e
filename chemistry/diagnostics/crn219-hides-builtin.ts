import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN219',
  severity: 'warning',
  title: 'Hides a name of the language',
  manual: `A declaration uses \`time\`, \`pi\` or \`π\`, which the language knows already: the simulation's time and the ratio π. In this text
the name then means what is declared.`,
  examples: [{ text: 'species time = 1\n//      ^^^^\ntime -> 0 @ 1' }],
};

export function hidesBuiltin(place: Place, name: string): Diagnostic {
  const meaning = name === 'time' ? t('the simulation’s time') : t('the ratio π');
  return finding(spec, place, t('{0} is {1}; this declaration hides it in this text. Choose another name to keep both.', name, meaning));
}
