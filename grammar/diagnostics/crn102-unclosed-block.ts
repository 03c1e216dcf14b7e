/** A block without its closing brace. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, insert } from './problem.ts';

export const unclosedBlockSpec: DiagnosticSpec = {
  code: 'CRN102',
  severity: 'error',
  title: 'A block is never closed',
  manual: `A \`for\`, \`module\`, \`group\`, \`ode\` or \`simulate\` opens a block with \`{\` and nothing closes it. Add a \`}\` in a line of its own,
in the column of the word that opened the block. Until then the block is taken to hold the lines below it that are indented
deeper, so the rest of the text keeps its meaning.`,
  examples: [
    { text: 'for i in 1..3 {\n//            ^\n  A -> B @ 1\nC -> 0 @ 1', fixed: 'for i in 1..3 {\n  A -> B @ 1\n}\nC -> 0 @ 1' },
    { text: 'for s in signs { z^s -> 0 @ 1\n//             ^', fixed: 'for s in signs { z^s -> 0 @ 1 }' }
  ],
};

/** @param brace span of the `{` @param end where the body ends @param closing text that closes it there */
export function unclosedBlock(brace: Span, word: string | undefined, end: number, closing: string): SyntaxProblem {
  const block = word === undefined ? t('This block') : t('The block of this `{0}`', word);
  return problem(unclosedBlockSpec, brace, t('{0} is never closed: its `}` is missing.', block), insert(t('Close the block with `}`'), end, closing));
}
