import { counted, t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN209',
  severity: 'error',
  title: 'Imported name declared twice',
  manual: `An imported file declares a name that this text, or another imported file, declares as well. All declarations and reactions of
imported files become part of one network, so each name has to be declared once.

Rename one of the two, or put the reactions into a module, whose names are its own.`,
  examples: [{ text: 'import "other.crn"\n//     ^^^^^^^^^^^\nspecies A', files: { 'other.crn': 'species A' } }],
};

export function importClash(place: Place, names: readonly { readonly name: string; readonly here: Place; readonly there: Place }[], path: string): Diagnostic {
  const text = names.slice(0, 5).map(({ name }) => name).join(', ') + (names.length > 5 ? ', …' : '');
  const first = names[0];
  return finding(spec, place, counted(names.length, '"{1}" declares {2}, which is declared elsewhere too. Rename one of them.', '"{1}" declares {2}, which are declared elsewhere too. Rename one of them.', undefined, path, text), {
    related: first === undefined ? [] : [{ ...first.here, message: t('{0} is declared here.', first.name) }, { ...first.there, message: t('{0} is declared here too.', first.name) }],
  });
}
