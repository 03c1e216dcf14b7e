/** Two items of a list, or two settings, with nothing or the wrong thing between them. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { insert, problem, quote, replace } from './problem.ts';

export const missingSeparatorSpec: DiagnosticSpec = {
  code: 'CRN135',
  severity: 'error',
  title: 'Missing comma or semicolon',
  manual: `The names of a declaration are separated by commas, \`species A = 1, B = 2\`; the settings of a simulation by semicolons or line ends,
\`simulate a { t = 10; method = bdf }\`.`,
  examples: [
    { text: 'species A = 1 B = 2\n//            ^', fixed: 'species A = 1, B = 2' },
    { text: 'simulate a { t = 10 method = bdf }\n//                  ^^^^^^', fixed: 'simulate a { t = 10; method = bdf }' },
    { text: 'simulate a { t = 1, rtol = 1e-9 }\n//                ^', fixed: 'simulate a { t = 1; rtol = 1e-9 }' },
    { text: 'simulate a { until = X > 1, t = 9 }\n//                        ^', fixed: 'simulate a { until = X > 1; t = 9 }' },
  ],
};

/** @param span what comes next @param after end of what it follows */
export function missingSeparator(span: Span, after: number, separator: ',' | ';', next: string): SyntaxProblem {
  const what = separator === ',' ? t('A comma') : t('A `;` or a new line');
  return problem(missingSeparatorSpec, span, t('{0} is missing before {1}.', what, quote(next)), insert(t('Insert `{0}`', separator), after, separator));
}
/** A comma between two settings. */
export function commaBetweenSettings(span: Span): SyntaxProblem {
  return problem(missingSeparatorSpec, span, t('Settings are separated by `;` or by line ends, not by commas.'), replace(t('Write `;`'), span, ';'));
}
