/** A unit of measure that cannot be read. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, quote } from './problem.ts';

export const badUnitSpec: DiagnosticSpec = {
  code: 'CRN128',
  severity: 'error',
  title: 'Not a unit of measure',
  manual: `A unit is a product of names with whole exponents: \`uM\`, \`1/s\`, \`1/(uM*s)\`, \`uM^-1 s^-1\`, \`mol/L\`. The only number in it is 1; a
factor belongs to the value.`,
  examples: [
    { text: 'param k: 10/s = 1\n//       ^^' },
    { text: 'param k: = 1\n//     ^' },
    { text: 'param k: s^0.5 = 1\n//         ^^^' }
  ],
};

export function badUnit(span: Span, text: string): SyntaxProblem {
  return problem(badUnitSpec, span, t('{0} cannot stand in a unit. Write a unit such as `uM`, `1/s` or `uM^-1 s^-1`; a factor belongs to the value.', quote(text)));
}
export function missingUnit(span: Span): SyntaxProblem {
  return problem(badUnitSpec, span, t('A unit is missing after this `:`. Write one such as `uM` or `1/(uM*s)`, or remove the `:`.'));
}
