/**
 * The table of a sweep: a CSV file that grows by a row a run, each written whole and flushed, so that whatever ends the process, only the
 * runs under way are lost. Afterwards its rows are put in the order of the plan.
 */
import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { csvRow } from './csv.ts';
import { UnusableError } from './errors.ts';
import { createText, replaceText, sentence } from './files.ts';

export class SweepTable {
  readonly path: string;
  /** Rows by their keys, as written. */
  readonly rows = new Map<string, readonly string[]>();
  private readonly columns: readonly string[];
  private readonly keys: number;
  private readonly file: number;

  /**
   * @param keys how many of the first columns say which run a row is
   * @param mark stands in the last column of every row
   * @throws UnusableError when it is there and nobody said what to do with it, when it is of another sweep, or cannot be written
   */
  constructor(path: string, columns: readonly string[], keys: number, mark: string, how: { readonly resume?: boolean; readonly force?: boolean }) {
    this.path = path;
    this.columns = columns;
    this.keys = keys;
    const there = existsSync(path);
    if (there && how.resume !== true && how.force !== true) throw new UnusableError(`${path} is there already. --resume goes on with it; --force begins anew and writes over it.`);
    const end = there && how.resume === true ? this.read(mark) : 0;
    if (end === 0) createText(path, `${csvRow(columns)}\n`, true);
    try {
      this.file = openSync(path, end === 0 ? 'a' : 'r+');
      if (end > 0) {
        // A line that was being written when the process ended.
        ftruncateSync(this.file, end);
        closeSync(this.file);
        this.file = openSync(path, 'a');
      }
    } catch (error) {
      throw new UnusableError(sentence(path, error));
    }
  }

  /** Takes over the whole rows. @returns bytes up to the end of the last one; 0 when there is not even a header */
  private read(mark: string): number {
    let bytes: Buffer;
    try {
      bytes = readFileSync(this.path);
    } catch (error) {
      throw new UnusableError(sentence(this.path, error));
    }
    const end = bytes.lastIndexOf(10) + 1;
    const lines = bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
    const other = (line: number, why: string): UnusableError => new UnusableError(`${this.path}:${line}: ${why} Name another file behind -o, or begin anew with --force, which writes over it.`);
    const [header, ...rows] = lines;
    if (header === undefined) {
      if (bytes.length > 0 && !csvRow(this.columns).startsWith(bytes.toString('utf8'))) throw other(1, 'This is no table of a sweep.');
      return 0;
    }
    if (header !== csvRow(this.columns)) throw other(1, `These are the columns of another table. This sweep has ${this.columns.slice(0, 12).join(', ')}${this.columns.length > 12 ? ' …' : ''}.`);
    rows.forEach((line, at) => {
      const cells = cellsOf(line);
      if (cells.length !== this.columns.length) throw other(at + 2, `This row has ${cells.length} cells where the sweep has ${this.columns.length} columns.`);
      if (cells.at(-1) !== mark) throw other(at + 2, `This row is of another sweep: the network, the data or a setting has changed since (${cells.at(-1)}, now ${mark}).`);
      this.rows.set(this.key(cells), cells);
    });
    return end;
  }

  private key(cells: readonly string[]): string {
    return JSON.stringify(cells.slice(0, this.keys));
  }

  has(key: readonly string[]): boolean {
    return this.rows.has(this.key(key));
  }

  row(key: readonly string[]): readonly string[] | undefined {
    return this.rows.get(this.key(key));
  }

  /** @throws UnusableError when the disk is full */
  add(cells: readonly string[]): void {
    try {
      let rest = Buffer.from(`${csvRow(cells.map(oneLine))}\n`, 'utf8');
      while (rest.length > 0) rest = rest.subarray(writeSync(this.file, rest));
      fsyncSync(this.file);
    } catch (error) {
      throw new UnusableError(sentence(this.path, error));
    }
    this.rows.set(this.key(cells), cells.map(oneLine));
  }

  close(): void {
    closeSync(this.file);
  }

  /** Puts the rows of these keys in their order, those of no plan behind them. All or nothing. */
  sort(order: Iterable<readonly string[]>): void {
    const sorted = new Map<string, readonly string[]>();
    for (const key of order) {
      const row = this.row(key);
      if (row !== undefined) sorted.set(this.key(key), row);
    }
    for (const [key, row] of this.rows) if (!sorted.has(key)) sorted.set(key, row);
    replaceText(this.path, `${[this.columns, ...sorted.values()].map(csvRow).join('\n')}\n`);
  }
}

/** Rows are lines: what a cell says stands in one. */
function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ');
}

/** A row as `csvRow` writes it, without its line end. */
export function cellsOf(line: string): string[] {
  const cells: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/gy;
  for (let match = cell.exec(line); match !== null; match = cell.exec(line)) {
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] !== ',') break;
  }
  return cells;
}
