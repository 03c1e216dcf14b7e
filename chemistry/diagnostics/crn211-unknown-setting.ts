import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN211',
  severity: 'error',
  title: 'Unknown setting',
  manual: `A \`simulate\` statement has a setting that does not exist, and which would have no effect.

The settings are until, t, method, plot, rtol, atol, points, starts, seed, volume, replicas and off.`,
  examples: [{ text: 'species A = 1\nA -> 0 @ 1\nsimulate run { utnil = 10 }\n//             ^^^^^', fixed: 'species A = 1\nA -> 0 @ 1\nsimulate run { until = 10 }' }],
};

export function unknownSetting(place: Place, name: string, suggestion: string | undefined, known: readonly string[]): Diagnostic {
  const advice = suggestion === undefined ? t('The settings are {0}.', known.join(', ')) : t('Did you mean {0}?', suggestion);
  return finding(spec, place, t('simulate has no setting {0}. {1}', name, advice), {
    fixes: suggestion === undefined ? [] : [fix(t('Change to {0}', suggestion), place, suggestion, true)],
  });
}
