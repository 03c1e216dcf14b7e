/**
 * A row of an inline table: `0 1.5, -2 -> 1`. Cells are read by hand, since a table may be long; blanks and commas separate
 * them, so that `1 -2` is two numbers and never a difference.
 */
import type { DataDeclaration, NumberCell, Span, SyntaxProblem } from './ast.ts';
import { badCell, missingCell, rowWithoutArrow, wrongArrow } from './diagnostics/index.ts';
import { isArrow } from './reading.ts';
import * as T from './tokens.ts';

type Row = DataDeclaration['rows'][number];

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const CELL = /,|"[^"]*"|[^\s,\ufeff]+/g;
/** More bad cells in one row are not listed: the row is no row. */
const MOST_PROBLEMS = 5;

/**
 * @param base added to the offsets
 * @param number of the row in its table, from 1; 0 when it is not known
 */
export function readRow(text: string, base: number, number: number): { readonly tree: Row | undefined; readonly problems: readonly SyntaxProblem[] } {
  const problems: SyntaxProblem[] = [];
  const { tokens, comments } = T.lex(text);
  const first = tokens[0];
  const last = tokens.at(-1);
  if (first === undefined || last === undefined) return { tree: undefined, problems };
  const own: Span = { start: first.startOffset + base, end: T.endOf(last) + base };
  let plain = text;
  for (const comment of comments) plain = blank(plain, comment.startOffset, T.endOf(comment));
  const arrow = tokens.find(isArrow);
  if (arrow === undefined) {
    const inputs = cells(plain, base, number, problems);
    if (problems.length === 0) problems.push(rowWithoutArrow(own, number));
    return { tree: { ...own, inputs, targets: [] }, problems };
  }
  if (arrow.tokenType === T.WrongArrow || arrow.image === '<->') {
    problems.push(wrongArrow({ start: arrow.startOffset + base, end: T.endOf(arrow) + base }, arrow.image, false));
  }
  const end = T.endOf(arrow);
  return {
    tree: { ...own, inputs: cells(plain.slice(0, arrow.startOffset), base, number, problems), targets: cells(plain.slice(end), base + end, number, problems) },
    problems,
  };
}

function blank(text: string, from: number, to: number): string {
  return text.slice(0, from) + ' '.repeat(to - from) + text.slice(to);
}

function cells(text: string, base: number, row: number, problems: SyntaxProblem[]): NumberCell[] {
  const found: NumberCell[] = [];
  const report = (problem: SyntaxProblem): void => {
    if (problems.length < MOST_PROBLEMS) problems.push(problem);
  };
  // A comma stands between two cells: elsewhere it says that one is missing.
  let comma: Span | undefined = text.trim() === '' ? undefined : { start: base, end: base };
  for (const match of text.matchAll(CELL)) {
    const [written] = match;
    const start = match.index + base;
    const end = start + written.length;
    if (written === ',') {
      if (comma !== undefined) report(missingCell({ start, end }, row));
      comma = { start, end };
      continue;
    }
    const value = NUMBER.test(written) ? Number(written) : NaN;
    const finite = Number.isFinite(value);
    if (!finite) report(badCell({ start, end }, written, row));
    found.push({ start, end, value: finite ? value : NaN });
    comma = undefined;
  }
  if (comma !== undefined && comma.end > comma.start) report(missingCell(comma, row));
  return found;
}
