/** A row of data with something in it that is no number. */
import { t } from '../../l10n/index.ts';
import type { Span, SyntaxProblem } from '../ast.ts';
import type { DiagnosticSpec } from '../catalog.ts';
import { problem, quote, replace } from './problem.ts';

export const badCellSpec: DiagnosticSpec = {
  code: 'CRN130',
  severity: 'error',
  title: 'A row of data holds numbers only',
  manual: `Every cell of a table is a number, with a sign if wanted: \`0 1.5 -2e-3 -> 1\`. A word, a formula or a missing value has no place in it:
leave such a row out, or write the number that the word stands for. Classes by name, and missing values, can be read from a file:
\`data iris = csv("iris.csv") { … y = onehot(column("species")) }\`.`,
  examples: [
    { text: 'data d {\n  x[2] -> y[1]\n  0 yes -> 1\n//  ^^^\n  1 0 -> 0\n}' },
    { text: 'data d {\n  x[2] -> y[1]\n  0,, 1 -> 1\n//  ^\n}' },
    { text: 'data d {\n  x[1] -> y[1]\n  1.2.3 -> 1\n//^^^^^\n}' },
    { text: 'data d {\n  x[1] -> y[1]\n  − 2 -> 1\n//^\n  −2 -> 1\n//^^\n}' },
  ],
};

/** A comma without a number on one of its sides. */
export function missingCell(comma: Span, row: number): SyntaxProblem {
  return problem(badCellSpec, comma, t('{0} of the data has a comma without a number on both sides.', row === 0 ? t('This row') : t('Row {0}', row)));
}

const MINUS = /^[\u2212\u2013\u2014](?=[\d.])/;

/** @param row number of the row in its table, 0 when it is not known */
export function badCell(span: Span, written: string, row: number): SyntaxProblem {
  const place = row === 0 ? t('This row') : t('Row {0}', row);
  const plain = written.replace(MINUS, '-');
  if (plain !== written) {
    return problem(badCellSpec, span, t('{0} of the data has {1} with a minus sign that is no hyphen.', place, quote(written)), replace(t('Write `{0}`', plain), span, plain));
  }
  return problem(badCellSpec, span, t('{0} of the data has {1} where a number must stand.', place, quote(written)));
}
