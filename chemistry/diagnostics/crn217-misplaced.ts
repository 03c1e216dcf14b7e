import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN217',
  severity: 'error',
  title: 'Statement where it cannot stand',
  manual: `Declarations cannot stand inside \`for\`: declare an array outside the loop instead. Modules, imports, units, simulations and
expectations belong to the file as a whole and cannot stand inside anything.`,
  examples: [
    { text: 'for i in 1..3 { species X\n//              ^^^^^^^^^\n}' },
    { text: 'module m(a: species) {\n  import "x.crn"\n//^^^^^^^^^^^^^^\n}' },
  ],
};

export function misplaced(place: Place, what: string, inside: 'for' | 'module' | 'group', loop: boolean): Diagnostic {
  const where = inside === 'for' ? t('a loop') : inside === 'module' ? t('a module') : t('a group');
  const advice = loop ? t('Declare it before the loop, as an array if each turn needs its own') : t('Move it out, to the level of the file');
  return finding(spec, place, t('{0} cannot stand inside {1}. {2}.', what, where, advice));
}
