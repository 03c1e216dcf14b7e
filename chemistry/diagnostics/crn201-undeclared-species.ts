import { listed, t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Fix, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN201',
  severity: 'error',
  title: 'Undeclared species',
  manual: `A reaction uses a species that the text does not declare. Every species is declared once, with \`species\`, \`fixed\` or
\`dual\`, so that a misspelt name cannot become a new species that silently takes part in nothing else.

Correct the name, or declare the species. The order of declarations does not matter.`,
  examples: [
    { text: 'species Glucose = 1, Product\nGlucose -> Product @ 1\n0 -> Glucos @ 1\n//   ^^^^^^', fixed: 'species Glucose = 1, Product\nGlucose -> Product @ 1\n0 -> Glucose @ 1' },
    { text: 'species A = 1\nA -> 2 A + Q @ 1\n//         ^', fixed: 'species Q\nspecies A = 1\nA -> 2 A + Q @ 1' },
  ],
};

/** Declares all undeclared species of a file at once; made once for all findings. Undefined where there is one only, or far too many. */
export function declareAllFix(all: readonly string[], declare: (names: readonly string[]) => Fix['edits']): Fix | undefined {
  if (all.length < 2 || all.length > MOST_AT_ONCE) return undefined;
  return { title: t('Declare species {0}', all.length > 6 ? t('{0}, … ({1} species)', all.slice(0, 5).join(', '), all.length) : listed(all)), edits: declare(all) };
}
const MOST_AT_ONCE = 1000;

/** `declare`: places a declaration of this one. */
export function undeclaredSpecies(place: Place, name: string, suggestion: string | undefined, declare: Fix['edits'], all: Fix | undefined): Diagnostic {
  const fixes: Fix[] = [];
  if (suggestion !== undefined) fixes.push(fix(t('Change to {0}', suggestion), place, suggestion, true));
  fixes.push({ title: t('Declare species {0}', name), edits: declare, ...(suggestion === undefined ? { preferred: true } : {}) });
  if (all !== undefined) fixes.push(all);
  const advice = suggestion === undefined ? t('Declare it: species {0}', name) : t('Did you mean {0}? If it is a new species, declare it: species {1}', suggestion, name);
  return finding(spec, place, t('Species {0} is not declared. {1}.', name, advice), { fixes });
}
