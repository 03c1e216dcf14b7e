/** A row of data with another number of cells than its table has columns. */
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { insert, problem } from './problem.ts';

export const cellCountSpec: DiagnosticSpec = {
  code: 'CRN131',
  severity: 'error',
  title: 'A row of data has too many or too few numbers',
  manual: `The first line of a table says how many numbers stand in every row: \`x[2] -> y[1]\` means two before the arrow and one after it. Numbers
are separated by blanks or commas. Nothing is filled in and no row is left out silently: correct the row, or the sizes in the first line.`,
  examples: [
    { text: 'data d {\n  x[2] -> y[1]\n  0 0 -> 0\n  0 1 1 -> 1\n//^^^^^\n}' },
    { text: 'data d {\n  x[2] -> y[1]\n  0 0 -> 0 1\n//       ^^^\n}' },
    { text: 'data d {\n  x[2] -> y[1]\n  0 0 0\n//^^^^^\n}', fixed: 'data d {\n  x[2] -> y[1]\n  0 0 -> 0\n}' },
  ],
};

/** @param side which of the two @param sized its name with its size, as in the first line */
export function cellCount(span: Span, row: number, side: 'inputs' | 'targets', expected: number, found: number, sized: string): SyntaxProblem {
  const place = side === 'inputs' ? 'before' : 'after';
  return problem(cellCountSpec, span, `Row ${row} of the data has ${numbers(found)} ${place} the arrow; \`${sized}\` asks for ${expected}.`);
}

/** @param at where an arrow makes the row right; undefined when it is not known */
export function rowWithoutArrow(span: Span, row: number, at?: number): SyntaxProblem {
  return problem(
    cellCountSpec, span, `${row === 0 ? 'This row' : `Row ${row}`} of the data has no arrow. Write the inputs, \`->\` and the targets.`,
    at === undefined ? undefined : insert('Add `->`', at, ' ->'),
  );
}

function numbers(count: number): string {
  return count === 0 ? 'no number' : count === 1 ? 'one number' : `${count} numbers`;
}
