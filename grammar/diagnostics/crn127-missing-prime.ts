/** An equation for a species and not for its derivative. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, insert } from './problem.ts';

export const missingPrimeSpec: DiagnosticSpec = {
  code: 'CRN127',
  severity: 'error',
  title: "An equation gives the derivative, X'",
  manual: `An \`ode\` statement gives the time derivative of a species, written with a prime: \`ode X' = a - b*X\`.`,
  examples: [
    { text: 'ode X = 1 - X\n//  ^', fixed: "ode X' = 1 - X" }
  ],
};

export function missingPrime(species: Span, name: string): SyntaxProblem {
  return problem(missingPrimeSpec, species, t('An equation gives the derivative: write `{0}\'`.', name), insert(t('Write `{0}\'`', name), species.end, "'"));
}
