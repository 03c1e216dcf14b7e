import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN223',
  severity: 'error',
  title: 'Declared name that a use of a module owns',
  manual: `A name with a dot, such as \`m1.tmp\`, means the species \`tmp\` that belongs to the use \`m1\` of a module, where there is such a use. Species of a
use come with it; they are not declared by hand. Names inside a module have no dot.

Take another name.`,
  examples: [{ text: 'module twice(x) { x -> 2 x @ 1 }\nspecies X = 1\nA1: use twice(X)\nspecies A1.b = 1\n//      ^^^^', fixed: 'module twice(x) { x -> 2 x @ 1 }\nspecies X = 1\nA1: use twice(X)\nspecies A1_b = 1' }],
};

export function dotInName(place: Place, name: string): Diagnostic {
  const other = name.replaceAll('.', '_');
  return finding(spec, place, t('A name with a dot means something that a use of a module owns, so {0} cannot be declared. Take a name without a dot, such as {1}.', name, other), {
    fixes: [fix(t('Change to {0}', other), place, other)],
  });
}
