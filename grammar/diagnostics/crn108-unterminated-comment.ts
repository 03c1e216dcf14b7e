// A comment that is opened and never closed.
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, insert } from './problem.ts';

export const unterminatedCommentSpec: DiagnosticSpec = {
  code: 'CRN108',
  severity: 'error',
  title: 'A comment is never closed',
  manual: `A comment begins with \`/*\` and no \`*/\` closes it before the next \`/*\`. Only the rest of this line is taken for the comment, so
the lines below keep their meaning. For a comment to the end of a line write \`//\`.`,
  examples: [
    { text: 'A -> B @ 1 /* slow\n//         ^^^^^^^', fixed: 'A -> B @ 1 /* slow */' }
  ],
};

export function unterminatedComment(span: Span): SyntaxProblem {
  return problem(unterminatedCommentSpec, span, t('This comment never ends: its `*/` is missing. Only the rest of this line is taken for it.'), insert(t('Add `*/`'), span.end, ' */'));
}
