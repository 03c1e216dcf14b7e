import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { counted, finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN218',
  severity: 'warning',
  title: 'Imported file has errors',
  manual: `A file that this text imports has errors, so part of it is missing from the network. Open that file and correct it.`,
  examples: [{ text: 'import "b.crn"\n//     ^^^^^^^', files: { 'b.crn': 'species A = -1' } }],
};

export function importHasErrors(place: Place, path: string, count: number, first: Place & { readonly message: string }): Diagnostic {
  return finding(spec, place, `"${path}" has ${counted(count, 'error')}: open it and correct ${count === 1 ? 'it' : 'them'}.`, { related: [first] });
}
