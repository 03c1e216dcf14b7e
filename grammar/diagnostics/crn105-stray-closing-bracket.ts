/** A closing bracket that nothing opened. */
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, replace } from './problem.ts';

export const strayCloserSpec: DiagnosticSpec = {
  code: 'CRN105',
  severity: 'error',
  title: 'A closing bracket closes nothing',
  manual: `A \`)\`, \`]\` or \`}\` stands where no bracket of its kind is open. Remove it, or add the opening one. A \`}\` closes the block in
whose first column it stands, so the line to look at may be a block above that lost its \`{\`.`,
  examples: [
    { text: 'A -> B @ 2*k)\n//          ^', fixed: 'A -> B @ 2*k' },
    { text: 'A -> B @ 1\n  }\n//^', fixed: 'A -> B @ 1\n  ' },
    { text: 'species X[4)]\n//         ^', fixed: 'species X[4]' }
  ],
};

export function strayCloser(span: Span, bracket: string): SyntaxProblem {
  const opening = bracket === ')' ? '(' : bracket === ']' ? '[' : '{';
  return problem(strayCloserSpec, span, `This \`${bracket}\` closes nothing: no \`${opening}\` is open here.`, replace(`Remove the \`${bracket}\``, span, ''));
}
