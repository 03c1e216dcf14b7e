/** `W^-s` for the other rail. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, replace } from './problem.ts';

export const signWithoutBracketsSpec: DiagnosticSpec = {
  code: 'CRN136',
  severity: 'error',
  title: 'Sign of a rail without brackets',
  manual: `\`W^-\` is a rail by itself, so what follows it belongs to nothing. The rail opposite to that of a variable over \`signs\` is written with
brackets: \`W^(-s)\`.`,
  examples: [{ text: 'for s in signs { W^-s -> 0 @ 1 }\n//                 ^^', fixed: 'for s in signs { W^(-s) -> 0 @ 1 }' }],
};

export function signWithoutBrackets(span: Span, text: string): SyntaxProblem {
  return problem(signWithoutBracketsSpec, span, t('Write the sign of a rail in brackets: `^({0})`.', text), replace(t('Write `({0})`', text), span, `(${text})`));
}
