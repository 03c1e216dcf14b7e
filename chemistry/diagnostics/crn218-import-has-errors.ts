import { counted } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN218',
  severity: 'warning',
  title: 'Imported file has errors',
  manual: `A file that this text imports has errors, so part of it is missing from the network. Open that file and correct it.`,
  examples: [{ text: 'import "b.crn"\n//     ^^^^^^^', files: { 'b.crn': 'species A = -1' } }],
};

export function importHasErrors(place: Place, path: string, count: number, first: Place & { readonly message: string }): Diagnostic {
  return finding(spec, place, counted(count, '"{1}" has 1 error: open it and correct it.', '"{1}" has {0} errors: open it and correct them.', String(count), path), { related: [first] });
}
