import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN204',
  severity: 'error',
  title: 'Declared twice',
  manual: `A name is declared twice. Species, parameters and loop variables share one space of names; modules have one of their own.
The first declaration counts; the second is left out.

Remove one of them, or give it another name.`,
  examples: [
    { text: 'species A = 1\nparam A = 2\n//    ^' },
    { text: 'module m(a: species, a: species) { a -> 0 @ 1 }\n//                   ^' },
  ],
};

export function declaredTwice(place: Place, first: Place, name: string, what: string, firstWhat: string): Diagnostic {
  const as = what === firstWhat ? '' : t(', here as {0} and before as {1}', what, firstWhat);
  return finding(spec, place, t('{0} is declared twice{1}. Remove one declaration or rename it.', name, as), {
    related: [{ ...first, message: t('{0} is declared here first.', name) }],
  });
}
