// Programs of other rooms read this file without its neighbours; the declaration cannot be imported, it declares a foreign module.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference
/// <reference path="./papaparse.d.ts" />
/** Text of a table → columns. Papa Parse splits the cells; what they mean is decided here, in one or two passes without objects. */
import { counted, t } from '../../l10n/index.ts';
import Papa from 'papaparse/papaparse.min.js';
import { lacksNumber, numberedColumn, numberIn } from './cells.ts';
import { Problems, failed, quoted } from './problems.ts';
import type { CsvSource, DataProblem, DataResult } from './types.ts';

export interface Table {
  readonly file: string;
  readonly delimiter: string;
  /** Whether the first row was read as names. */
  readonly header: boolean;
  readonly rows: number;
  /** Line of the file, from 1, in which each row begins. */
  readonly lines: Uint32Array;
  readonly columns: readonly TableColumn[];
}
export type TableColumn =
  /** Numbers; NaN where `faults` has the text of a cell that is missing or not finite. */
  | { readonly kind: 'number'; readonly name: string; readonly values: Float64Array; readonly faults: ReadonlyMap<number, string> }
  | { readonly kind: 'text'; readonly name: string; readonly values: readonly string[] };

/** Tried in this order: a comma may also stand in a number or a text, a tab or a semicolon rarely does. */
const DELIMITERS = ['\t', ';', '|', ','];
const SAMPLED_LINES = 20;

/**
 * Reads a table. Blank lines are skipped, blanks around cells are trimmed, quotes are as in RFC 4180. A column is one of
 * numbers when every cell is a number or lacks one; whether missing values matter is up to who uses the column.
 * @returns problems for an empty file, rows of unequal length, an open quote, duplicate names, and a header that cannot be guessed
 */
export function readTable(source: CsvSource, content: string): DataResult<Table> {
  const { file } = source;
  const text = (content.startsWith('\ufeff') ? content.slice(1) : content).replace(/\r\n?/g, '\n');
  if (text.includes('\0')) return failed({ file, message: t('This is not a table of text. Save it as CSV (UTF-8) and name that file.') });
  if (text.trim() === '') return failed({ file, message: t('The file is empty. It needs at least one row of numbers.') });
  const delimiter = source.delimiter ?? guessDelimiter(text);

  const problems = new Problems();
  let first: { cells: string[]; line: number } | undefined;
  let store: NumberStore | undefined;
  let header = source.header ?? false;
  eachRow(text, delimiter, (cells, line, fault) => {
    if (fault !== undefined) {
      problems.add({ file, row: line, message: fault });
      return;
    }
    if (first === undefined) {
      first = { cells, line };
      header = source.header ?? cells.every((cell) => Number.isNaN(numberIn(cell)));
      store = new NumberStore(cells.length);
      if (header) return;
    }
    if (cells.length !== first.cells.length) {
      const message = unequal(header, cells.length, first.line, first.cells.length, delimiterName(delimiter));
      problems.add({ file, row: line, column: Math.min(cells.length, first.cells.length) + 1, message });
    } else store?.add(cells, line);
  });
  if (first === undefined || store === undefined) return problems.any ? problems.failure() : failed({ file, message: t('The file is empty. It needs at least one row of numbers.') });
  const { cells: head, line } = first;
  if (header) problems.addAll(duplicates(file, head, line, source.header === undefined));
  if (problems.any) return problems.failure();
  if (store.rows === 0) return failed({ file, row: line, message: t('The file holds only a header. Add rows below it.') });

  const textual = store.textual();
  if (header && source.header === undefined && textual.every(Boolean)) {
    return failed({ file, row: line, message: [t('Every column holds text, so it cannot be told whether the first row holds names. Say so: header = true or header = false.'), ...splitAt(delimiter, head.length)].join(' ') });
  }
  const texts = textual.some(Boolean) ? collectTexts(text, delimiter, header, textual) : [];
  const columns = store.finish().map(({ values, faults }, index): TableColumn => {
    const written = header ? (head[index] ?? '') : '';
    const name = written === '' ? numberedColumn(index + 1) : written;
    return textual[index] === true ? { kind: 'text', name, values: texts[index] ?? [] } : { kind: 'number', name, values, faults };
  });
  return { ok: true, value: { file, delimiter, header, rows: store.rows, lines: store.lines(), columns } };
}

/** Trimmed cells of each row that is not blank, the line it begins in, and what Papa Parse found wrong with its quotes. */
function eachRow(text: string, delimiter: string, visit: (cells: string[], line: number, fault: string | undefined) => void): void {
  const quotes = text.includes('"');
  let line = 1;
  Papa.parse(text, {
    delimiter,
    newline: '\n',
    step: ({ data, errors }, parser) => {
      const start = line;
      line++;
      if (quotes) for (const cell of data) for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) line++;
      for (let index = 0; index < data.length; index++) data[index] = data[index]!.trim();
      if (data.length === 1 && data[0] === '') return;
      const error = errors.find(({ type }) => type === 'Quotes');
      visit(data, start, error === undefined ? undefined : quoteFault(error.code));
      if (error !== undefined) parser.abort();
    },
  });
}

function quoteFault(code: string): string {
  if (code === 'MissingQuotes') return t('A quotation mark (") opens in this row and is never closed. Close it, or double it ("") when it belongs to the text.');
  return t('A quoted cell of this row goes on after its closing quotation mark. Double the mark ("") when it belongs to the text.');
}

function collectTexts(text: string, delimiter: string, header: boolean, wanted: readonly boolean[]): string[][] {
  const texts: string[][] = wanted.map(() => []);
  const indices = wanted.flatMap((want, index) => (want ? [index] : []));
  let skip = header;
  eachRow(text, delimiter, (cells) => {
    if (skip) skip = false;
    else for (const index of indices) texts[index]!.push(cells[index]!);
  });
  return texts;
}

/** The first delimiter that stands equally often in each of the first lines; Papa Parse's guess when none does. */
function guessDelimiter(text: string): string {
  let end = 0;
  for (let line = 0; line < SAMPLED_LINES && end >= 0; line++) end = text.indexOf('\n', end + 1);
  const sample = end < 0 ? text : text.slice(0, end);
  const lines = sample.replace(/"(?:[^"]|"")*"/g, '').split('\n').filter((line) => line.trim() !== '');
  const steady = DELIMITERS.find((delimiter) => {
    const times = lines.map((line) => line.split(delimiter).length - 1);
    return times[0] !== 0 && times.every((time) => time === times[0]);
  });
  return steady ?? Papa.parse(sample, { newline: '\n', preview: SAMPLED_LINES, skipEmptyLines: 'greedy' }).meta.delimiter;
}

function delimiterName(delimiter: string): string {
  switch (delimiter) {
    case ',': return t('a comma');
    case '\t': return t('a tab');
    case ';': return t('a semicolon');
    case '|': return t('a bar');
    case ' ': return t('a blank');
    default: return quoted(delimiter);
  }
}

function unequal(header: boolean, cells: number, line: number, expected: number, delimiter: string): string {
  const shown = String(cells);
  return header
    ? counted(cells, 'This row has 1 cell, but the header (line {1}) has {2}. Complete the row, or put text that contains {3} in quotes.',
      'This row has {0} cells, but the header (line {1}) has {2}. Complete the row, or put text that contains {3} in quotes.', shown, line, expected, delimiter)
    : counted(cells, 'This row has 1 cell, but the first row (line {1}) has {2}. Complete the row, or put text that contains {3} in quotes.',
      'This row has {0} cells, but the first row (line {1}) has {2}. Complete the row, or put text that contains {3} in quotes.', shown, line, expected, delimiter);
}

/** A sentence on a table of one column: most often it was split at the wrong character. */
export function splitAt(delimiter: string, columns: number): readonly string[] {
  return columns > 1 ? [] : [t('The cells were split at {0}; if that is wrong, give the delimiter.', delimiterName(delimiter))];
}

function* duplicates(file: string, names: readonly string[], line: number, guessed: boolean): Iterable<DataProblem> {
  const seen = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    const before = seen.get(name);
    if (name === '') continue;
    if (before === undefined) seen.set(name, index);
    else {
      const message = guessed ? t('Columns {0} and {1} are both named {2}. Rename one of them, or say header = false when the first row holds data.', before + 1, index + 1, quoted(name))
        : t('Columns {0} and {1} are both named {2}. Rename one of them.', before + 1, index + 1, quoted(name));
      yield { file, row: line, column: index + 1, message };
    }
  }
}

/** Columns of numbers that grow by doubling. */
class NumberStore {
  rows = 0;
  readonly #columns: Float64Array[];
  readonly #faults: Map<number, string>[];
  readonly #text: boolean[];
  #lines = new Uint32Array(64);

  constructor(width: number) {
    this.#columns = Array.from({ length: width }, () => new Float64Array(64));
    this.#faults = this.#columns.map(() => new Map<number, string>());
    this.#text = this.#columns.map(() => false);
  }
  add(cells: readonly string[], line: number): void {
    const row = this.rows++;
    if (row === this.#lines.length) this.#grow();
    this.#lines[row] = line;
    for (let index = 0; index < cells.length; index++) {
      if (this.#text[index] === true) continue;
      const cell = cells[index]!;
      const value = numberIn(cell);
      this.#columns[index]![row] = value;
      if (!Number.isNaN(value)) continue;
      if (lacksNumber(cell)) this.#faults[index]!.set(row, cell);
      else this.#text[index] = true;
    }
  }
  /** Which columns hold text: a cell that is neither a number nor the lack of one, or no number at all. */
  textual(): boolean[] {
    return this.#text.map((text, index) => text || this.#faults[index]!.size === this.rows);
  }
  lines(): Uint32Array {
    return this.#lines.slice(0, this.rows);
  }
  finish(): { values: Float64Array; faults: ReadonlyMap<number, string> }[] {
    return this.#columns.map((values, index) => ({ values: values.subarray(0, this.rows), faults: this.#faults[index]! }));
  }
  #grow(): void {
    const length = 2 * this.#lines.length;
    const lines = new Uint32Array(length);
    lines.set(this.#lines);
    this.#lines = lines;
    for (const [index, column] of this.#columns.entries()) {
      if (this.#text[index] === true) continue;
      const values = new Float64Array(length);
      values.set(column);
      this.#columns[index] = values;
    }
  }
}
