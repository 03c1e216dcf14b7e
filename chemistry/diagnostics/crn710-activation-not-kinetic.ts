import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN710',
  severity: 'error',
  title: 'Negative cross effect in an activation',
  manual: `An activation becomes reactions, so every negative term of its equation has to contain what it takes away: x itself, or with a conserved
total x + x̄ the species that the term converts. The pre-activation y enters as two rails, and terms with y have to be possible for
either sign of y; where a negative y is impossible, the activation is for y ≥ 0 only.

The underlined term is the one. Multiply it by the species it takes away.`,
  examples: [
    { text: "activation bad(h) { x' = h*x - 1 + y*x - x^2 }\n//                             ^" },
    { text: "activation switch(h) {\n  x' = h*(x̄ - x) + y*x\n//                  ^^^\n  x + x̄ = 1\n}" },
  ],
};

/** `term`: the offending term as text; `species`: what it takes away. */
export function activationNotKinetic(place: Place, activation: string, term: string, species: string): Diagnostic {
  return finding(spec, place, t('{0} is not kinetic: its term {1} takes {2} away even where there is none, and no reaction does that. Multiply it by {2}.', activation, term, species));
}
