import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN324',
  severity: 'error',
  title: 'Random value that cannot be drawn',
  manual: `Random initial values are \`uniform(a, b, seed: n)\` with a ≤ b, or \`normal(mean, sd, seed: n)\` with sd ≥ 0. The seed is a whole number; without
it, it is 1. The same seed always gives the same values.`,
  examples: [{ text: 'dual W[3] = uniform(1, -1, seed: 7)\n//          ^^^^^^^^^^^^^^^^^^^^^^^' }],
};

export function wrongDistribution(place: Place, distribution: 'uniform' | 'normal', problem: string, strange?: string): Diagnostic {
  const form = distribution === 'uniform' ? t('uniform(a, b, seed: n) with a ≤ b') : t('normal(mean, sd, seed: n) with sd ≥ 0');
  const why = strange === undefined ? problem : t('it has no argument called {0}', strange);
  return finding(spec, place, t('Write {0}: {1}.', form, why));
}
