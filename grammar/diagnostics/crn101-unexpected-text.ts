/** Text that cannot stand where it stands, when no more special diagnostic says it better. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, quote } from './problem.ts';

export const unexpectedTextSpec: DiagnosticSpec = {
  code: 'CRN101',
  severity: 'error',
  title: 'Unexpected text',
  manual: `Something stands where the statement needs something else. The message names what could stand there.

Only this statement is left out; every other line keeps its meaning. A statement ends with its line, unless the line ends in
an operator, a comma or an open bracket.`,
  examples: [
    { text: 'A + B -> C @ 1 2\n//             ^' },
    { text: 'param k = 2 3\n//          ^' }
  ],
};

/** `expected` completes "Here should stand …"; `hint` replaces that sentence. */
export function unexpectedText(span: Span, expected?: string, hint?: string, text?: string): SyntaxProblem {
  const what = text === undefined || text === '' ? t('This cannot stand here.') : t('{0} cannot stand here.', quote(text));
  return problem(unexpectedTextSpec, span, hint ?? (expected === undefined ? what : t('{0} Expected: {1}.', what, expected)));
}

/** The statement stops too early. */
export function unexpectedEnd(span: Span, expected: string): SyntaxProblem {
  return problem(unexpectedTextSpec, span, t('The statement ends too early. Expected: {0}.', expected));
}
