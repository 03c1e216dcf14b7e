import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN803',
  severity: 'error',
  title: 'Something that cannot be drawn',
  manual: `\`plot\` names species: one by its name, a whole array or dual by its name, an element (\`X[2]\`) or a rail (\`W^+\`). Expressions and parameters are not
drawn. To draw a sum, let a species follow it.`,
  examples: [
    { text: 'param k = 1\nspecies X = 1, Y\nX -> Y @ k\nsimulate run { t = 1; plot = X + Y, k }\n//                           ^^^^^  ^' },
  ],
};

/** `what`: as in "a parameter". */
export function cannotBeDrawn(place: Place, text: string, what: string): Diagnostic {
  return finding(spec, place, t('{0} is {1}, and plot draws species only. Name a species, an element such as X[2] or a rail such as W^+.', text, what));
}
