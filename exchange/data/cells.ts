/** One cell of a table: number, nothing, or text. */
import { t } from '../../l10n/index.ts';

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const NOT_FINITE = /^[+-]?(?:nan|inf|infinity|∞)$/i;
/** What other programs write for a value that is not there (R, pandas, spreadsheets, the UCI repository). */
const MISSING = new Set(['', '?', 'na', 'n/a', '#n/a', 'null', 'none', '-', '--']);

/** The number a trimmed cell holds; NaN when it holds none. `1e999` is no number that can be computed with. */
export function numberIn(cell: string): number {
  if (!DECIMAL.test(cell)) return NaN;
  const value = Number(cell);
  return Number.isFinite(value) ? value : NaN;
}

/** A cell that stands where a number should, but is missing or not finite: it does not make its column one of text. */
export function lacksNumber(cell: string): boolean {
  return MISSING.has(cell.toLowerCase()) || NOT_FINITE.test(cell) || DECIMAL.test(cell);
}

/** The name of a column that has none: a name as those in files, whatever the language. `column` counts from 1. */
export function numberedColumn(column: number): string {
  return `column ${column}`;
}

/** What is wrong with a cell that should hold a number, and what to do; `place` names the column. */
export function cellFault(cell: string, place: string): string {
  const found = `“${cell}”`;
  if (cell === '') return t('The value of {0} is missing. Fill it in or delete the row.', place);
  if (MISSING.has(cell.toLowerCase())) return t('The value of {0} is missing ({1}). Fill it in or delete the row.', place, found);
  if (NOT_FINITE.test(cell)) return t('{0} in {1} is not a finite number. Correct it or delete the row.', found, place);
  if (DECIMAL.test(cell)) return t('{0} in {1} is too large for a number. Correct it or delete the row.', found, place);
  if (/^[+-]?\d+,\d+$/.test(cell)) return t('{0} in {1} has a decimal comma. Write a decimal point.', found, place);
  return t('{0} in {1} is text where a number is needed. Correct it or choose other columns.', found.length > 42 ? `${found.slice(0, 40)}…”` : found, place);
}
