/** An arrow of another notation. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, quote, replace } from './problem.ts';

export const wrongArrowSpec: DiagnosticSpec = {
  code: 'CRN113',
  severity: 'error',
  title: 'An arrow of another notation',
  manual: `Reactions have two arrows: \`->\` for one direction, \`<->\` for both. Others, such as \`→\`, \`⇌\`, \`-->\`, \`=>\` or \`<=>\`, are understood
and reported, so that a text keeps to one notation.`,
  examples: [
    { text: 'A + B → C @ 1\n//    ^', fixed: 'A + B -> C @ 1' },
    { text: 'A <=> B @ 1, 2\n//^^^', fixed: 'A <-> B @ 1, 2' }
  ],
};

export function wrongArrow(span: Span, text: string, reversible: boolean): SyntaxProblem {
  const right = reversible ? '<->' : '->';
  return problem(wrongArrowSpec, span, t('Write `{0}` for {1}.', right, quote(text)), replace(t('Write `{0}`', right), span, right));
}
