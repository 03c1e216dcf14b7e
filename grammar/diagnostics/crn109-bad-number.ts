/** A number that cannot be read. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, quote, replace } from './problem.ts';

export const badNumberSpec: DiagnosticSpec = {
  code: 'CRN109',
  severity: 'error',
  title: 'Not a number',
  manual: `Numbers are written \`12\`, \`0.5\`, \`.5\` or \`1.5e-3\`. A second point, an exponent without digits, hexadecimal digits and numbers
beyond 1.8e308 are mistakes. For two molecules of a species called \`e\`, put a space: \`2 e\`.`,
  examples: [
    { text: 'param k = 1.2.3\n//        ^^^^^' },
    { text: 'param k = 1e\n//        ^^', fixed: 'param k = 1' }
  ],
};

export function badNumber(span: Span, text: string): SyntaxProblem {
  const exponent = /^([\d.]+)[eE][+-]?$/.exec(text);
  if (exponent !== null) {
    return problem(badNumberSpec, span, t('{0} is not a number: digits are missing after its `e`.', quote(text)), replace(t('Write {0}', exponent[1]!), span, exponent[1]!));
  }
  const large = /^[\d.]+([eE][+-]?\d+)?$/.test(text) && Number.parseFloat(text) === Infinity;
  return problem(badNumberSpec, span, large ? t('{0} is too large: the largest number is about 1.8e308.', quote(text)) : t('{0} is not a number. Write it like `12`, `0.5` or `1.5e-3`.', quote(text)));
}
