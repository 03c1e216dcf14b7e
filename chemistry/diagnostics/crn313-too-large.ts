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

/** @param remedy what to do */
export function tooLarge(place: Place, count: number, what: string, most: number, remedy = t('Use smaller extents.')): Diagnostic {
  return finding(spec, place, t('Too large: {0} {1}; at most {2} are possible. {3}', count.toLocaleString('en-US', { maximumSignificantDigits: 4 }), noun(what), most.toLocaleString('en-US'), remedy));
}

/** What there is too much of, in the language in force. */
function noun(what: string): string {
  switch (what) {
    case 'elements': return t('elements');
    case 'elements in all': return t('elements in all');
    case 'reactions': return t('reactions');
    default: return what;
  }
}
