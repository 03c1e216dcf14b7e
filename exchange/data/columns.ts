/** Columns on their way through a pipeline, and the leaves that take them from a source. */
import { counted, t } from '../../l10n/index.ts';
import { nearest } from '../../chemistry/index.ts';
import { cellFault, numberedColumn, numberIn } from './cells.ts';
import { splitAt, type Table, type TableColumn } from './csv.ts';
import type { Material } from './material.ts';
import { quoted, type Problems } from './problems.ts';
import type { Pipeline } from './types.ts';

/** A matrix that its holder may change in place. */
export interface Columns {
  readonly rows: number;
  readonly columns: number;
  /** Row-major; with `codes` instead the value of each of the 256 codes, of which a transform has to change no more. */
  readonly values: Float64Array | Float32Array;
  /** Pixels of bytes: a row-major array for each material, each byte standing for `values[byte]`. */
  readonly codes?: readonly Uint8Array[];
  readonly names?: readonly string[];
  /** Column of the source, from 1, that each column comes from. */
  readonly origins: readonly number[];
  /** Pixels: all columns are one quantity, so they share mean and range. */
  readonly shared: boolean;
  /** The range that the source's type gives; otherwise it has to be measured. */
  readonly range?: { readonly least: number; readonly most: number };
}
export interface Context {
  /** Sources one after the other: that of the training rows, then that of the held-out rows if it has one of its own. */
  readonly materials: readonly Material[];
  readonly rows: number;
  /** Rows on which fits are measured; undefined where only fits that are there are applied. */
  readonly train: Uint32Array | undefined;
  readonly precision: 'single' | 'double';
  readonly problems: Problems;
}
export type Leaf = Extract<Pipeline, { kind: 'columns' | 'column' | 'pixels' | 'labels' | 'inputs' | 'targets' }>;

/** More numbers than one matrix is given (2 GB of doubles). */
const MOST_NUMBERS = 2 ** 28;
/** Thrown where a matrix would be made, turned into a problem where the pipeline was started. */
export class TooLarge extends Error {}

export function createValues(context: Context, columns: number): Float64Array | Float32Array {
  const length = context.rows * columns;
  if (length > MOST_NUMBERS) throw new TooLarge(t('{0} rows of {1} columns are more than fit into memory. Use fewer rows or columns.', context.rows, columns));
  return context.precision === 'single' ? new Float32Array(length) : new Float64Array(length);
}

/** Numbers of a leaf, of all materials; undefined when there is a problem. */
export function takeNumbers(leaf: Leaf, context: Context): Columns | undefined {
  const chosen = choose(leaf, context);
  const head = chosen?.[0];
  if (chosen === undefined || head === undefined) return undefined;
  const width = head.length;
  if (leaf.kind === 'pixels') {
    const codes = context.materials.flatMap((material) => (material.kind === 'idx' && material.images.values instanceof Uint8Array ? [material.images.values] : []));
    if (codes.length === context.materials.length) return codedPixels(codes, head, context.rows);
  }
  const values = createValues(context, width);
  let row = 0;
  let sound = true;
  context.materials.forEach((material, part) => {
    const columns = chosen[part] ?? [];
    const into = values.subarray(row * width, (row + material.rows) * width);
    if (material.kind === 'idx') into.set(leaf.kind === 'pixels' ? material.images.values : material.labels.values);
    else if (material.kind === 'inline') fillInline(material, columns, into);
    else for (const [at, column] of columns.entries()) sound = fillColumn(leaf, material.table, column, into, at, width, context.problems) && sound;
    row += material.rows;
  });
  if (!sound) return undefined;
  const names = namesOf(context.materials[0]!, leaf, head);
  return {
    rows: context.rows,
    columns: width,
    values,
    ...(names === undefined ? {} : { names }),
    origins: head.map((column) => column + 1),
    shared: leaf.kind === 'pixels',
  };
}

function codedPixels(codes: readonly Uint8Array[], head: readonly number[], rows: number): Columns {
  const values = Float64Array.from({ length: 256 }, (_, code) => code);
  return { rows, columns: head.length, values, codes, origins: head.map((column) => column + 1), shared: true, range: { least: 0, most: 255 } };
}

/** The same columns with a number for each place. */
export function written(data: Columns, context: Context): Columns {
  const { codes, ...rest } = data;
  if (codes === undefined) return data;
  const values = createValues(context, data.columns);
  const table = context.precision === 'single' ? Float32Array.from(data.values) : data.values;
  let at = 0;
  for (const part of codes) for (let index = 0; index < part.length; index++) values[at++] = table[part[index]!]!;
  return { ...rest, values };
}

/** Which columns (from 0) of each material a leaf means; undefined when it does not fit one of them. */
export function choose(leaf: Leaf, context: Context): (readonly number[])[] | undefined {
  const chosen = context.materials.map((material) => {
    const result = chooseIn(leaf, material);
    if (typeof result !== 'string') return result;
    const file = material.kind === 'csv' ? material.source.file : material.kind === 'idx' ? material.source.images : undefined;
    context.problems.add({ ...(file === undefined ? {} : { file }), message: result, about: leaf });
    return undefined;
  });
  if (chosen.includes(undefined)) return undefined;
  const all = chosen as (readonly number[])[];
  const width = all[0]?.length ?? 0;
  const odd = all.findIndex((columns) => columns.length !== width);
  if (odd < 0) return all;
  context.problems.add({ message: heldOutDiffer(all[odd]?.length ?? 0, width), about: leaf });
  return undefined;
}

function heldOutDiffer(columns: number, width: number): string {
  return counted(columns, 'The held-out rows have 1 column here, the training rows {1}. Use sources of the same shape.', 'The held-out rows have {0} columns here, the training rows {1}. Use sources of the same shape.', String(columns), width);
}

const upTo = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

/** Column numbers, or what is wrong. */
function chooseIn(leaf: Leaf, material: Material): readonly number[] | string {
  if (material.kind === 'idx') {
    if (leaf.kind === 'pixels') return upTo(0, material.pixels);
    if (leaf.kind === 'labels') return [0];
    return t('Images have no {0}. Write pixels for the images and labels for their classes.', leaf.kind);
  }
  if (leaf.kind === 'pixels' || leaf.kind === 'labels') {
    return material.kind === 'csv' ? t('Only idx(…) has {0}. Write columns(1..4) or column("name").', leaf.kind)
      : t('Only idx(…) has {0}. Write inputs for the numbers before the arrow and targets for those behind it.', leaf.kind);
  }
  const all = material.kind === 'csv' ? material.table.columns.length : material.inputs + material.targets;
  if (leaf.kind === 'inputs' || leaf.kind === 'targets') {
    if (material.kind === 'csv') return t('A table has no {0}. Write columns(1..4) or column("name").', leaf.kind);
    const columns = leaf.kind === 'inputs' ? upTo(0, material.inputs) : upTo(material.inputs, all);
    return columns.length > 0 ? columns : t('The rows have no targets. Write at least one number behind the arrow.');
  }
  if (leaf.kind === 'column' && typeof leaf.column === 'string') return byName(leaf.column, material);
  const [from, to] = leaf.kind === 'columns' ? [leaf.from, leaf.to] : [leaf.column as number, leaf.column as number];
  for (const number of [from, to]) {
    if (Number.isInteger(number) && number >= 1 && number <= all) continue;
    return [t('There is no column {0}: the columns are numbered 1 to {1}.', number, `${all}${listed(material)}`), ...splitHint(material)].join(' ');
  }
  if (from > to) return t('columns({0}..{1}) runs backwards. Write columns({1}..{0}).', from, to);
  return upTo(from - 1, to);
}

function byName(name: string, material: Exclude<Material, { kind: 'idx' }>): readonly number[] | string {
  const names = material.kind === 'csv' ? (material.table.header ? material.table.columns.map((column) => column.name) : []) : (material.source.names ?? []);
  const index = names.indexOf(name);
  if (index >= 0) return [index];
  if (names.length === 0) {
    return material.kind === 'csv' ? t('The columns have no names, so there is no column {0}. Write its number, column(1), or give the file a header row.', quoted(name))
      : t('The columns have no names, so there is no column {0}. Write its number, column(1), or give the columns names.', quoted(name));
  }
  const meant = nearest(name, names);
  const known = `${names.slice(0, 12).map(quoted).join(', ')}${names.length > 12 ? ', …' : ''}`;
  const wrong = meant === undefined ? t('There is no column {0}. The columns are {1}.', quoted(name), known) : t('There is no column {0}. Did you mean {1}?', quoted(name), quoted(meant));
  return [wrong, ...splitHint(material)].join(' ');
}

function listed(material: Material): string {
  if (material.kind !== 'csv' || !material.table.header) return '';
  const names = material.table.columns.map((column) => column.name);
  return ` (${names.slice(0, 6).join(', ')}${names.length > 6 ? ', …' : ''})`;
}

function splitHint(material: Material): readonly string[] {
  return material.kind === 'csv' ? splitAt(material.table.delimiter, material.table.columns.length) : [];
}

function namesOf(material: Material, leaf: Leaf, columns: readonly number[]): readonly string[] | undefined {
  if (material.kind === 'csv') return columns.map((column) => material.table.columns[column]!.name);
  if (material.kind === 'idx') return leaf.kind === 'labels' ? ['label'] : undefined;
  const names = material.source.names;
  return names === undefined ? undefined : columns.map((column) => names[column] ?? numberedColumn(column + 1));
}

function fillInline(material: Extract<Material, { kind: 'inline' }>, columns: readonly number[], into: Float64Array | Float32Array): void {
  let at = 0;
  for (let row = 0; row < material.rows; row++) {
    for (const column of columns) {
      into[at++] = column < material.inputs ? material.source.inputs[row]![column]! : material.source.targets[row]![column - material.inputs]!;
    }
  }
}

/** How messages call a column. */
export function columnText(number: number, name: string | undefined): string {
  return name === undefined || name === numberedColumn(number) ? t('column {0}', number) : t('column {0} ({1})', number, quoted(name));
}

function fillColumn(leaf: Leaf, table: Table, index: number, into: Float64Array | Float32Array, at: number, width: number, problems: Problems): boolean {
  const column = table.columns[index]!;
  const wrong = column.kind === 'number' ? column.faults : textCells(column);
  if (wrong.size === 0 && column.kind === 'number') {
    for (let row = 0; row < table.rows; row++) into[row * width + at] = column.values[row]!;
    return true;
  }
  const place = columnText(index + 1, column.name);
  if (column.kind === 'text' && 2 * wrong.size > table.rows) {
    const row = column.values.findIndex((cell) => Number.isNaN(numberIn(cell)));
    const cell = column.values[row] ?? '';
    const reference = table.header ? `"${column.name}"` : String(index + 1);
    problems.add({ file: table.file, row: table.lines[row]!, column: index + 1, message: cell === '' ? t('Numbers are needed, but {0} holds empty cells. Choose other columns; for classes write onehot(column({1})).', place, reference)
      : t('Numbers are needed, but {0} holds text, such as {2}. Choose other columns; for classes write onehot(column({1})).', place, reference, quoted(cell)), about: leaf });
    return false;
  }
  for (const [row, cell] of wrong) {
    const hint = row === 0 && !table.header && column.kind === 'text' ? [t('If the first row holds names, say header = true.')] : [];
    problems.add({ file: table.file, row: table.lines[row]!, column: index + 1, message: [cellFault(cell, place), ...hint].join(' '), about: leaf });
  }
  return false;
}

function textCells(column: Extract<TableColumn, { kind: 'text' }>): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const [row, cell] of column.values.entries()) if (Number.isNaN(numberIn(cell))) found.set(row, cell);
  return found;
}
