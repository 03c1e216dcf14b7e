/** A reaction without rate. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, insert } from './problem.ts';

export const missingRateSpec: DiagnosticSpec = {
  code: 'CRN104',
  severity: 'error',
  title: 'A reaction has no rate',
  manual: `Every reaction says how fast it goes: \`@ k\` with a rate constant (mass action: the rate is k times the product of the
reactants), or \`rate LAW\` with a full rate law. There is no default, for a forgotten constant would be a wrong model that
looks right. A reversible reaction takes two, forward and backward: \`@ kon, koff\`.`,
  examples: [
    { text: 'A + B -> C\n//    ^^', fixed: 'A + B -> C @ 1' },
    { text: 'A <-> B // slow\n//^^^', fixed: 'A <-> B @ 1, 1 // slow' }
  ],
};

/** @param span the arrow @param end where the reaction ends */
export function missingRate(span: Span, end: number, reversible: boolean): SyntaxProblem {
  const rate = reversible ? '@ 1, 1' : '@ 1';
  return problem(
    missingRateSpec, span,
    reversible
      ? t('This reaction has no rates: write `@` and the two rate constants at its end, such as `@ kon, koff`.')
      : t('This reaction has no rate: write `@` and a rate constant at its end, such as `@ k`, or `rate` and a rate law.'),
    insert(t('Add `{0}`', rate), end, ` ${rate}`),
  );
}
