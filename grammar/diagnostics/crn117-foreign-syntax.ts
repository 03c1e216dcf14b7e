/** A statement in the notation of another program. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, replace } from './problem.ts';

export const foreignSyntaxSpec: DiagnosticSpec = {
  code: 'CRN117',
  severity: 'error',
  title: 'The notation of another program',
  manual: `The line is written for another program: Microsoft's CRN engine, crnsimulator, Antimony, BioNetGen or Catalyst. It is recognised,
reported once, and left out. The fix rewrites it: a reaction here is \`A + B -> C @ k\`, with the rate constant after \`@\`, and an initial value
is given where a species is declared, \`species A = 10\`.`,
  examples: [
    { text: 'A + B ->{1.0} C\n//    ^^^^^^^', fixed: 'A + B -> C @ 1.0' },
    { text: 'A + B -> C [k = 1]\n//         ^^^^^^^', fixed: 'A + B -> C @ 1' },
    { text: 'J0: A -> B; k*A\n//        ^^^^^', fixed: 'J0: A -> B rate k*A' },
    { text: '    | A <->{2}{3} B\n//  ^', fixed: '    A <-> B @ 2, 3' }
  ],
};

export function foreignSyntax(span: Span, program: string, how: string, rewritten?: { readonly span: Span; readonly text: string }): SyntaxProblem {
  return problem(
    foreignSyntaxSpec, span,
    t('This is the notation of {0}. Here {1}.', program, how),
    rewritten === undefined ? undefined : replace(t('Write `{0}`', rewritten.text), rewritten.span, rewritten.text),
  );
}
