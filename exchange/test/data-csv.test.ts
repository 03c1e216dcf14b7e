import { describe, expect, test } from 'vitest';
import { readTable, type CsvSource, type Table } from '../index.ts';

function read(text: string, options: Partial<CsvSource> = {}): Table {
  const result = readTable({ kind: 'csv', file: 'a.csv', ...options }, text);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return result.value;
}
function problems(text: string, options: Partial<CsvSource> = {}): string[] {
  const result = readTable({ kind: 'csv', file: 'a.csv', ...options }, text);
  if (result.ok) throw new Error('The table was read.');
  for (const { file } of result.problems) expect(file).toBe('a.csv');
  return result.problems.map(({ row, column, message }) => `${row ?? ''}:${column ?? ''} ${message}`);
}
const cells = (table: Table): unknown[][] => table.columns.map((column) => [...column.values]);

describe('tables', () => {
  test.each([[',', 'comma'], ['\t', 'tab'], [';', 'semicolon'], ['|', 'bar']])('split at %j (%s), with and without a header', (delimiter) => {
    const rows = [['1', '2.5', 'red'], ['-3e2', '.5', 'blue']];
    const text = rows.map((row) => row.join(delimiter)).join('\n');
    const plain = read(text);
    expect([plain.delimiter, plain.header, plain.rows]).toEqual([delimiter, false, 2]);
    expect(cells(plain)).toEqual([[1, -300], [2.5, 0.5], ['red', 'blue']]);
    expect([...plain.lines]).toEqual([1, 2]);
    const named = read(`${['a', 'b', 'c'].join(delimiter)}\n${text}\n`);
    expect([named.header, named.rows]).toEqual([true, 2]);
    expect(named.columns.map(({ name, kind }) => [name, kind])).toEqual([['a', 'number'], ['b', 'number'], ['c', 'text']]);
    expect(cells(named)).toEqual(cells(plain));
  });

  test('a byte order mark, Windows and old Mac line ends, blank lines and blanks around cells do not matter', () => {
    for (const text of ['\ufeffa,b\r\n1 , 2\r\n\r\n 3,4\r\n', 'a,b\r1,2\r\r3,4\r']) {
      const table = read(text);
      expect(table.columns.map(({ name }) => name)).toEqual(['a', 'b']);
      expect(cells(table)).toEqual([[1, 3], [2, 4]]);
      expect([...table.lines]).toEqual([2, 4]);
    }
  });

  test('quoted cells hold delimiters, quotes and line ends, and lines are still counted', () => {
    const table = read('name,n\n"a, ""b""\nc",1\nd,2');
    expect(cells(table)).toEqual([['a, "b"\nc', 'd'], [1, 2]]);
    expect([...table.lines]).toEqual([2, 4]);
  });

  test('a column becomes text late, without losing how its first cells were written', () => {
    const rows = Array.from({ length: 200 }, (_, row) => `1.0,${row}`);
    const table = read([...rows, 'x,200'].join('\n'));
    expect(table.columns[0]).toMatchObject({ kind: 'text' });
    expect(table.columns[0]?.values[0]).toBe('1.0');
    expect(table.columns[0]?.values[200]).toBe('x');
    expect([...(table.columns[1]?.values ?? [])]).toEqual(Array.from({ length: 201 }, (_, row) => row));
  });

  test('missing and infinite values leave a column one of numbers', () => {
    const column = read('a,b\n1,1\n,2\nNaN,3\n-Infinity,4\n1e999,5\nNA,6').columns[0];
    expect(column?.kind).toBe('number');
    expect(column?.kind === 'number' && [...column.faults]).toEqual([[1, ''], [2, 'NaN'], [3, '-Infinity'], [4, '1e999'], [5, 'NA']]);
  });

  test('what JavaScript takes for numbers but a table does not', () => {
    expect(cells(read('a,b\n0x10,1\n1_000,2'))[0]).toEqual(['0x10', '1_000']);
  });

  test('header and delimiter can be given', () => {
    expect(read('1,2\n3,4', { header: true }).columns.map(({ name }) => name)).toEqual(['1', '2']);
    expect(read('a b\n1 2', { delimiter: ' ' }).columns.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(read('x,y\np,q', { header: false }).rows).toBe(2);
  });
});

describe('tables that cannot be read', () => {
  test('empty file, header alone', () => {
    expect(problems('')[0]).toContain('The file is empty');
    expect(problems(' \n\n')[0]).toContain('The file is empty');
    expect(problems('a,b\n')[0]).toBe('1: The file holds only a header. Add rows below it.');
  });

  test('ragged rows: each with its line and the cell where it ends or goes on', () => {
    expect(problems('a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,2,3')).toEqual([
      '3:3 This row has 2 cells, but the header (line 1) has 3. Complete the row, or put text that contains a comma in quotes.',
      '4:4 This row has 4 cells, but the header (line 1) has 3. Complete the row, or put text that contains a comma in quotes.',
    ]);
  });

  test('a thousand bad rows are counted, not listed', () => {
    const found = problems(`1,2\n${'1\n'.repeat(1000)}`);
    expect(found).toHaveLength(21);
    expect(found[20]).toContain('980 more');
  });

  test('duplicate names', () => {
    expect(problems('a,b,a\n1,2,3')).toEqual(['1:3 Columns 1 and 3 are both named “a”. Rename one of them, or say header = false when the first row holds data.']);
    expect(read('a,b,a\n1,2,3', { header: false }).rows).toBe(2);
  });

  test('an open quote names the row it opens in', () => {
    expect(problems('a,b\n1,2\n"x,3\n4,5')).toHaveLength(1);
    expect(problems('a,b\n1,2\n"x,3\n4,5')[0]).toMatch(/^3: A quotation mark .* never closed/);
    expect(problems('a,b\n"x"y,3\n4,5')[0]).toMatch(/^2: .*quot/);
  });

  test('a table of text alone does not tell whether it has a header', () => {
    expect(problems('p,x\ne,y')[0]).toContain('header = true or header = false');
  });

  test('bytes in a text', () => {
    expect(problems('PK\u0003\u0004\0\0')[0]).toContain('not a table of text');
  });
});
