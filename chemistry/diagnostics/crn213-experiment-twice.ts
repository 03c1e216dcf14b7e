import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN213',
  severity: 'error',
  title: 'Two simulations of one name',
  manual: `Two \`simulate\` statements have the same name (or two have none), so that \`expect … in NAME\` and the command line could not tell
them apart. Give each a name of its own.`,
  examples: [{ text: 'species A = 1\nA -> 0 @ 1\nsimulate run { until = 1 }\nsimulate run { until = 2 }\n//       ^^^' }],
};

export function experimentTwice(place: Place, first: Place, name: string | undefined): Diagnostic {
  const text = name === undefined ? t('There are two simulations without a name. Name this one') : t('There are two simulations called {0}. Rename this one', name);
  return finding(spec, place, `${text}.`, { related: [{ ...first, message: t('The first is here.') }] });
}
