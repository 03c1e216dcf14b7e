/** A row of data with another number of cells than its table has columns. */
import { t } from '../../l10n/index.ts';
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
  return problem(cellCountSpec, span, side === 'inputs'
    ? t('Row {0} of the data has {1} before the arrow; `{2}` asks for {3}.', row, numbers(found), sized, expected)
    : t('Row {0} of the data has {1} after the arrow; `{2}` asks for {3}.', row, numbers(found), sized, expected));
}

/** @param at where an arrow makes the row right; undefined when it is not known */
export function rowWithoutArrow(span: Span, row: number, at?: number): SyntaxProblem {
  return problem(
    cellCountSpec, span, t('{0} of the data has no arrow. Write the inputs, `->` and the targets.', row === 0 ? t('This row') : t('Row {0}', row)),
    at === undefined ? undefined : insert(t('Add `->`'), at, ' ->'),
  );
}

function numbers(count: number): string {
  return count === 0 ? t('no number') : count === 1 ? t('one number') : t('{0} numbers', count);
}
