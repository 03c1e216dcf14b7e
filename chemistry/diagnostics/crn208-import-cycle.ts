import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN208',
  severity: 'error',
  title: 'Import cycle',
  manual: `Files import each other in a circle. Each is read only once, but who declares what would depend on where one starts.

Move what both need into a third file that both import.`,
  examples: [{ text: 'import "b.crn"\n//     ^^^^^^^\nspecies A', files: { 'b.crn': 'import "main.crn"' } }],
};

/** \`chain\`: files from the one with this import back to itself. */
export function importCycle(place: Place, chain: readonly string[]): Diagnostic {
  const text = chain.length < 2 ? t('This file imports itself') : t('These files import each other in a circle: {0}', chain.join(' → '));
  return finding(spec, place, t('{0}. Remove one of the imports, or move what both need into a file of its own.', text));
}
