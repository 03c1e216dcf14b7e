/** Rows of data as the formatter prints them: numbers as they were written, right-aligned in their columns. */
import { isArrow } from './reading.ts';
import * as T from './tokens.ts';

/** The cells of a row before and after its arrow, each with the comma behind it. */
export type RowCells = readonly [readonly string[], readonly string[]];

/**
 * The cells of a row without problems. 'as it is' for a row that cannot be laid out: it holds a comment or goes over several
 * lines; undefined for any other line of the block.
 */
export function rowCells(text: string): RowCells | 'as it is' | undefined {
  const { tokens, comments } = T.lex(text);
  const first = tokens[0]?.tokenType;
  if (!(first === T.NumberText || first === T.Minus || first === T.Plus)) return undefined;
  const arrow = tokens.find(isArrow);
  if (comments.length > 0 || arrow === undefined || text.includes('\n')) return 'as it is';
  const cells = (part: string): string[] => part.match(/[^\s,\ufeff]+(?:[\s\ufeff]*,)?/g)?.map((cell) => cell.replace(/[\s\ufeff]+/g, '')) ?? [];
  return [cells(text.slice(0, arrow.startOffset)), cells(text.slice(T.endOf(arrow)))];
}

/** Widths of the columns before and after the arrow. */
export function widthsOf(rows: readonly RowCells[]): readonly [readonly number[], readonly number[]] {
  const widths: [number[], number[]] = [[], []];
  for (const row of rows) {
    for (const side of [0, 1] as const) row[side].forEach((cell, column) => (widths[side][column] = Math.max(widths[side][column] ?? 0, cell.length)));
  }
  return widths;
}

/** @param widths undefined for a row that stands alone */
export function printRow(row: RowCells, widths?: readonly [readonly number[], readonly number[]]): string {
  const side = (which: 0 | 1): string => row[which].map((cell, column) => cell.padStart(widths?.[which][column] ?? 0)).join(' ');
  return `${side(0)} -> ${side(1)}`;
}
