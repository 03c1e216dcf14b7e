import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Fix, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN205',
  severity: 'hint',
  title: 'Declared but not used',
  manual: `A parameter or species is declared, but nothing uses it. It is shown faded. That is fine while a model grows; in a finished
one it is often a sign of a forgotten reaction.`,
  examples: [{ text: 'species A = 1\nparam k = 1, spare = 2\n//           ^^^^^\nA -> 0 @ k', fixed: 'species A = 1\nparam k = 1\nA -> 0 @ k' }],
};

export function unused(place: Place, name: string, what: 'param' | 'species' | 'dual', removal: Fix['edits']): Diagnostic {
  return finding(spec, place, sentence(what, name), {
    tags: ['unused'],
    fixes: removal.length === 0 ? [] : [{ title: t('Remove {0}', name), edits: removal, preferred: true }],
  });
}

function sentence(what: 'param' | 'species' | 'dual', name: string): string {
  switch (what) {
    case 'param': return t('Parameter {0} is not used. Use it or remove it.', name);
    case 'species': return t('Species {0} is not used. Use it or remove it.', name);
    case 'dual': return t('Dual {0} is not used. Use it or remove it.', name);
  }
}
