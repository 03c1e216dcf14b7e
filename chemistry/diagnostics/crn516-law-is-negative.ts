/** A rate law that is negative. */
import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const lawIsNegativeSpec: DiagnosticSpec = {
  code: 'CRN516',
  severity: 'error',
  title: 'The rate law is negative',
  manual: `A reaction runs forward: its rate is 0 or more. With a negative rate it would run backwards, use up its products and make its reactants,
and take a product that has run out below zero.

Two cases are errors: a law that is never positive, and one in which a \`dual\` stands with its sign, so that it is negative whenever
the dual is. A law that is negative at some concentrations only (\`r*N*(1 - N/K)\` above K) is a warning: it is simulated as written. The sign is
decided for parameters as declared and species from 0 up; the message names concentrations at which the law is negative.

Give each direction a reaction of its own, with a law of 0 or more: for a dual that drives something, one reaction for each rail. A law that
should stop at 0 says so with \`max(0, …)\`.`,
  examples: [
    { text: 'species A = 1, B\nA -> B rate -0.5*A\n//          ^^^^^^' },
    { text: 'dual W = -1\nspecies A = 1\n0 -> A rate W\n//          ^' },
    { text: 'param r = 1, K = 10\nspecies N = 1\n0 -> N rate r*N*(1 - N/K)\n//          ^^^^^^^^^^^^^' },
  ],
};

/** `where`: the case in which it is negative, as words; empty when it always is. */
export function lawIsNegative(law: Place, kind: 'always' | 'signed' | 'somewhere', where: string): Diagnostic {
  const place = where === '' ? '' : t(' where {0}', where);
  if (kind === 'signed') {
    return finding(lawIsNegativeSpec, law, t('This law is negative{0}: a dual has both signs, and the reaction would take away what has run out. Write a reaction for each rail, or cut the law off with max(0, …).', place));
  }
  if (kind === 'always') {
    return finding(lawIsNegativeSpec, law, t('This law is negative{0}: the reaction would run backwards and concentrations become negative. Swap the sides of the reaction, and write a law of 0 or more.', place));
  }
  return finding(lawIsNegativeSpec, law, t('This law is negative{0}: the reaction runs backwards there. Write a reaction for each direction, or cut the law off with max(0, …).', place), { severity: 'warning' });
}
