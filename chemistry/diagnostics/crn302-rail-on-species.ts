import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN302',
  severity: 'error',
  title: 'Rail on something that is not a dual',
  manual: `\`^+\`, \`^-\` and \`^s\` choose a rail of a dual. A species has none: its amount is never negative. Remove the rail, or declare the name with
\`dual\` if it stands for a signed quantity.`,
  examples: [{ text: 'species A = 1\n0 -> A^+ @ 1\n//    ^^', fixed: 'species A = 1\n0 -> A @ 1' }],
};

export function railOnSpecies(place: Place, name: string, what: 'species' | 'fixed' | 'parameter'): Diagnostic {
  return finding(spec, place, sentence(name, what), { fixes: [fix(t('Remove the rail'), place, '', true)] });
}

function sentence(name: string, what: 'species' | 'fixed' | 'parameter'): string {
  switch (what) {
    case 'species': return t('{0} is a species and has no rails. Remove the superscript, or declare {0} with dual.', name);
    case 'fixed': return t('{0} is a fixed species and has no rails. Remove the superscript, or declare {0} with dual.', name);
    case 'parameter': return t('{0} is a parameter and has no rails. Remove the superscript, or declare {0} with dual.', name);
  }
}
