/** A reaction with nothing on one side. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, insert } from './problem.ts';

export const emptySideSpec: DiagnosticSpec = {
  code: 'CRN126',
  severity: 'error',
  title: 'Write 0 for nothing',
  manual: `A reaction has something on both sides of its arrow. For a source or a sink write \`0\`: \`0 -> A @ k\` makes A from nothing,
\`A -> 0 @ k\` takes it away.`,
  examples: [
    { text: '  -> A @ 1\n//^^', fixed: '  0 -> A @ 1' },
    { text: 'A  -> @ 1\n// ^^', fixed: 'A  -> 0 @ 1' }
  ],
};

/** @param arrow span of the arrow @param before whether the left side is empty */
export function emptySide(arrow: Span, before: boolean): SyntaxProblem {
  return problem(
    emptySideSpec, arrow, before ? t('Nothing stands before this arrow: write `0` for nothing, or the species.') : t('Nothing stands after this arrow: write `0` for nothing, or the species.'),
    insert(t('Write `0`'), before ? arrow.start : arrow.end, before ? '0 ' : ' 0'),
  );
}
