import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN313',
  severity: 'error',
  title: 'Too large',
  manual: `All arrays of a network together may hold 100 million numbers, and its loops may stand for 10 thousand million reactions. Beyond that no machine that
runs this could hold it. Nothing is set aside for an array that is too large. A module may make 5,000 uses of modules, directly or through others,
and modules may stand 50 deep in each other.`,
  examples: [{ text: 'species X[1000000000]\n//        ^^^^^^^^^^' }],
};

/** What there can be too much of. */
export type Plenty = 'elements' | 'elements in all' | 'reactions' | 'uses of modules' | 'depth of modules';

export function tooLarge(place: Place, count: number, what: Plenty, most: number): Diagnostic {
  return finding(spec, place, message(what, count.toLocaleString('en-US', { maximumSignificantDigits: 4 }), most.toLocaleString('en-US')));
}

function message(what: Plenty, count: string, most: string): string {
  switch (what) {
    case 'elements': return t('Too large: {0} elements; at most {1} are possible. Use smaller extents.', count, most);
    case 'elements in all': return t('Too large: {0} elements in all; at most {1} are possible. Use smaller extents.', count, most);
    case 'reactions': return t('Too large: {0} reactions; at most {1} are possible. Use smaller extents.', count, most);
    case 'uses of modules': return t('Too large: {0} uses of modules in a module; at most {1} are possible. Use fewer modules within modules.', count, most);
    case 'depth of modules': return t('Too large: {0} modules in each other; at most {1} are possible. Use fewer modules within modules.', count, most);
  }
}
