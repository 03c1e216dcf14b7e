import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Fix, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN520',
  severity: 'error',
  title: 'Negative initial value',
  manual: `An amount of a species cannot be negative. If a signed quantity is meant, declare it with \`dual\`: it is carried by two species, its rails, and a
negative value starts on the − rail.`,
  examples: [
    { text: 'species W = -0.5\n//          ^^^^', fixed: 'dual W = -0.5' },
    { text: 'species X[3] = uniform(-1, 1, seed: 7)\n//             ^^^^^^^^^^^^^^^^^^^^^^^', fixed: 'dual X[3] = uniform(-1, 1, seed: 7)' },
  ],
};

export function negativeInitial(place: Place, keyword: Place, name: string, kind: string, value: number, alone: boolean): Diagnostic {
  const what = kind === 'fixed' ? t('A fixed species') : t('A species');
  const how = Number.isFinite(value) ? t('{0} starts at {1}', name, value) : t('{0} can start below 0', name);
  const fixes: Fix[] = alone ? [fix(t('Declare {0} with dual', name), keyword, 'dual')] : [];
  return finding(spec, place, t('{0} cannot be negative: {1}. Use a value from 0 on, or declare a signed quantity with dual.', what, how), { fixes });
}
