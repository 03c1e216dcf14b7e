import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN207',
  severity: 'error',
  title: 'Import not found',
  manual: `The file of an \`import\` cannot be read. Paths are relative to the file with the \`import\`. While an import is missing, names that
it may declare are not called undeclared, and statements with such names are left out.

Correct the path.`,
  examples: [{ text: 'import "motif.crn"\n//     ^^^^^^^^^^^', files: { 'motifs.crn': 'species A' } }],
};

export function importNotFound(place: Place, path: string, reason: string): Diagnostic {
  return finding(spec, place, t('Cannot import "{0}": {1}. Correct the path, which is relative to this file. Until then undeclared names are not reported, for it may declare them.', path, reason.replace(/\.$/, '')));
}
