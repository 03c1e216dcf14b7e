import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN210',
  severity: 'error',
  title: 'Module uses itself',
  manual: `A module uses itself, directly or through other modules, and would never end. Modules are copied where they are used; there is
no recursion.

Remove the \`use\` that closes the circle. For a chain of equal steps, use a loop over an array.`,
  examples: [
    { text: 'module a(x: species) { x -> 0 @ 1\n  use b(x)\n//    ^\n}\nmodule b(x: species) { use a(x) }\n//                         ^' },
  ],
};

export function moduleRecursion(place: Place, cycle: readonly string[]): Diagnostic {
  return finding(spec, place, t('Module {0} uses itself: {1}. Remove this use, or use a loop over an array instead.', cycle[0] ?? '', cycle.join(' → ')));
}
