import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN221',
  severity: 'hint',
  title: 'Loop variable or module name not used',
  manual: `A loop variable that nothing in the loop uses repeats the same reactions, which adds up their rates. A module's parameter or
constant that its body does not use has no effect.`,
  examples: [{ text: 'species A = 1\nfor i in 1..3 { A -> 0 @ 1 }\n//  ^' }],
};

export function unusedLocal(place: Place, name: string, kind: 'index' | 'sign' | 'module parameter' | 'module constant' | 'own'): Diagnostic {
  const text = kind === 'index' || kind === 'sign'
    ? t('Nothing in the loop uses {0}: the same reactions are repeated, and their rates add up. Use {0} as an index, or remove the loop.', name)
    : t('Nothing in the module uses {0}. Use it or remove it.', name);
  return finding(spec, place, text, { tags: ['unused'] });
}
