/** The head of a block without its `{`. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, insert } from './problem.ts';

export const missingBlockSpec: DiagnosticSpec = {
  code: 'CRN129',
  severity: 'error',
  title: 'The { of a block is missing',
  manual: `A \`for\`, \`module\`, \`group\`, \`simulate\`, \`activation\`, \`network\`, \`data\`, \`train\`, \`noise\` or \`sweep\` is followed by a block in braces. The \`{\` stands at the end of the line.`,
  examples: [
    { text: '  for i in 1..3\n//^^^\n    A -> B @ 1\n  }\n', fixed: '  for i in 1..3 {\n    A -> B @ 1\n  }\n' },
    { text: '  simulate fast\n//^^^^^^^^', fixed: '  simulate fast { }' }
  ],
};

/** @param word span of the first word @param end end of the head @param hasBody lines of a body and its `}` follow */
export function missingBlock(word: Span, name: string, end: number, hasBody: boolean): SyntaxProblem {
  const text = hasBody ? ' {' : ' { }';
  return problem(missingBlockSpec, word, t('This `{0}` needs a block: {1}.', name, hasBody ? t('its `{` is missing at the end of the line') : '`{` … `}`'), insert(t('Add `{0}`', text.trim()), end, text));
}
