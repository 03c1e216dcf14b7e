/** A `{` that opens no block. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, replace } from './problem.ts';

export const strayBraceSpec: DiagnosticSpec = {
  code: 'CRN122',
  severity: 'error',
  title: 'A { opens no block',
  manual: `Only a line that begins with \`for\`, \`module\`, \`group\`, \`ode\`, \`simulate\`, \`activation\`, \`network\`, \`data\`, \`train\`,
\`noise\` or \`sweep\` opens a block with \`{\`.`,
  examples: [
    { text: 'A -> B @ 1 {\n//         ^', fixed: 'A -> B @ 1 ' }
  ],
};

export function strayBrace(span: Span): SyntaxProblem {
  return problem(strayBraceSpec, span, t('This `{` opens nothing: a block begins with a word such as `for`, `module`, `group`, `ode`, `simulate`, `network` or `data`.'), replace(t('Remove the `{`'), span, ''));
}
