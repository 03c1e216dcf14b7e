/** A source after reading: its rows as they stand, one shape for tables, images and inline rows. */
import { readTable, type Table } from './csv.ts';
import { readIdx, type IdxArray } from './idx.ts';
import { count } from '../count.ts';
import { Problems, failed } from './problems.ts';
import type { CsvSource, DataFiles, DataProblem, DataResult, DataSource, FileContent, IdxSource, InlineSource } from './types.ts';

export type Material =
  | { readonly kind: 'csv'; readonly rows: number; readonly source: CsvSource; readonly table: Table }
  | { readonly kind: 'idx'; readonly rows: number; readonly source: IdxSource; readonly images: IdxArray; readonly labels: IdxArray; readonly pixels: number }
  | { readonly kind: 'inline'; readonly rows: number; readonly source: InlineSource; readonly inputs: number; readonly targets: number };

/** Files that a source needs, and how the host is to read them. */
export function filesOfSource(source: DataSource): { readonly file: string; readonly as: 'text' | 'bytes' }[] {
  switch (source.kind) {
    case 'csv':
      return [{ file: source.file, as: 'text' }];
    case 'idx':
      return [{ file: source.images, as: 'bytes' }, { file: source.labels, as: 'bytes' }];
    case 'inline':
      return [];
  }
}

/** Reads a source. Every problem is about the source as a whole, or about a place in a file of it. */
export function readSource(source: DataSource, files: DataFiles): DataResult<Material> {
  const result = read(source, files);
  return result.ok ? result : { ok: false, problems: result.problems.map((problem) => ({ ...problem, about: source })) };
}

function read(source: DataSource, files: DataFiles): DataResult<Material> {
  switch (source.kind) {
    case 'csv': {
      const content = files.get(source.file);
      if (typeof content !== 'string') return failed(unread(source.file, content, 'text'));
      const table = readTable(source, content);
      return table.ok ? { ok: true, value: { kind: 'csv', rows: table.value.rows, source, table: table.value } } : table;
    }
    case 'idx':
      return readImages(source, files);
    case 'inline':
      return readInline(source);
  }
}

function unread(file: string, content: FileContent | undefined, wanted: 'text' | 'bytes'): DataProblem {
  if (content === undefined) return { file, message: 'The file was not found. Check its name; it is looked for beside the file that names it.' };
  if (typeof content === 'object' && 'failed' in content) return { file, message: `The file could not be read: ${content.failed}` };
  return { file, message: wanted === 'text' ? 'The file holds bytes, not a table of text. Name a CSV file here.' : 'The file holds text, not IDX. Name an IDX file here, or read the table with csv(…).' };
}

function readImages(source: IdxSource, files: DataFiles): DataResult<Material> {
  const problems = new Problems();
  const [images, labels] = [source.images, source.labels].map((file) => {
    const content = files.get(file);
    const array: DataResult<IdxArray> = content instanceof Uint8Array ? readIdx(file, content) : failed(unread(file, content, 'bytes'));
    if (!array.ok) problems.addAll(array.problems);
    return array.ok ? array.value : undefined;
  });
  if (images === undefined || labels === undefined) return problems.failure();
  if (images.dimensions.length === 1 && labels.dimensions.length > 1) {
    return failed({ file: source.images, message: `The first file holds labels and the second, ${source.labels}, images. Exchange the two.` });
  }
  if (labels.dimensions.length !== 1) {
    return failed({ file: source.labels, message: `The labels must have one dimension, but this file has ${labels.dimensions.length} (${labels.dimensions.join(' × ')}). Name the file of labels second.` });
  }
  if (images.dimensions.length === 1) {
    return failed({ file: source.images, message: 'The images must have at least two dimensions, but this file has one. Name the file of images first.' });
  }
  const [rows = 0, ...extents] = images.dimensions;
  if (rows !== labels.values.length) {
    const message = `There are ${count(rows, 'image')}, but ${count(labels.values.length, 'label')} in ${source.labels}. Name two files that belong together.`;
    return failed({ file: source.images, row: Math.min(rows, labels.values.length) + 1, message });
  }
  const pixels = extents.reduce((product, extent) => product * extent, 1);
  for (const [array, width] of [[images, pixels], [labels, 1]] as const) {
    if (array.type !== 'float' && array.type !== 'double') continue;
    for (let index = 0; index < array.values.length; index++) {
      if (Number.isFinite(array.values[index])) continue;
      const place = { file: array.file, row: Math.floor(index / width) + 1, column: (index % width) + 1 };
      problems.add({ ...place, message: `${String(array.values[index])} is not a finite number. Correct the file or use another.` });
    }
  }
  return problems.any ? problems.failure() : { ok: true, value: { kind: 'idx', rows, source, images, labels, pixels } };
}

function readInline(source: InlineSource): DataResult<Material> {
  const problems = new Problems();
  const rows = source.inputs.length;
  if (rows === 0) return failed({ message: 'There are no rows. Write at least one: inputs -> targets.' });
  const width = source.width ?? { inputs: source.inputs[0]?.length ?? 0, targets: source.targets[0]?.length ?? 0 };
  const reference = source.width === undefined ? 'row 1 has' : 'the first line of the block says';
  for (let row = 0; row < Math.max(rows, source.targets.length); row++) {
    let before = 0;
    for (const side of ['inputs', 'targets'] as const) {
      const cells = source[side][row];
      const noun = side === 'inputs' ? 'input' : 'target';
      // Rows to apply a fit to need no targets.
      if (cells === undefined && side === 'targets' && source.targets.length === 0) continue;
      if (cells?.length !== width[side]) {
        const found = cells?.length ?? 0;
        problems.add({ row: row + 1, column: before + Math.min(found, width[side]) + 1, message: `This row has ${count(found, noun)}, but ${reference} ${width[side]}. Write as many.` });
      }
      cells?.forEach((value, index) => {
        if (!Number.isFinite(value)) problems.add({ row: row + 1, column: before + index + 1, message: `${String(value)} is not a finite number. Write a number.` });
      });
      before += width[side];
    }
  }
  if (width.inputs === 0) problems.add({ row: 1, message: 'The rows have no inputs. Write at least one number before the arrow.' });
  const targets = source.targets.length === 0 ? 0 : width.targets;
  return problems.any ? problems.failure() : { ok: true, value: { kind: 'inline', rows, source, inputs: width.inputs, targets } };
}

/** Where a row of several materials, counted through, stands; for IDX in the file of images or in that of labels. */
export function placeOf(materials: readonly Material[], row: number, idx: 'images' | 'labels' = 'images'): { readonly file?: string; readonly row: number } {
  let rest = row;
  for (const material of materials) {
    if (rest >= material.rows) rest -= material.rows;
    else if (material.kind === 'csv') return { file: material.source.file, row: material.table.lines[rest] ?? rest + 1 };
    else if (material.kind === 'idx') return { file: material.source[idx], row: rest + 1 };
    else return { row: rest + 1 };
  }
  throw new RangeError(`There is no row ${row}.`);
}
