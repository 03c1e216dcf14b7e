/** A line that looks like a reaction and has no arrow. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { insert, problem, quote } from './problem.ts';

export const missingArrowSpec: DiagnosticSpec = {
  code: 'CRN103',
  severity: 'error',
  title: 'No arrow and no statement word',
  manual: `A line is a reaction, and then it has an arrow, \`->\` or \`<->\`, or it begins with a word that says what it is: \`param\`,
\`species\`, \`ode\`, \`for\`, \`module\`, \`use\`, \`simulate\`, \`expect\` and so on. This line has neither.`,
  examples: [
    { text: 'bind: A + B   C @ 1\n//    ^^^^^^^^^' }
  ],
};

export function missingArrow(span: Span, text: string): SyntaxProblem {
  return problem(
    missingArrowSpec, span,
    t('{0} is no statement: a reaction needs an arrow, `->` or `<->`, and everything else begins with a word such as `param`, `species` or `expect`.', quote(text)),
  );
}

/** A line that becomes a statement with a word before it. */
export function missingKeyword(span: Span, word: string, message: string): SyntaxProblem {
  return problem(missingArrowSpec, span, message, insert(t('Write `{0}`', word), span.start, `${word} `));
}
