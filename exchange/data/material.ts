/** A source after reading: its rows as they stand, one shape for tables, images and inline rows. */
import { counted, t } from '../../l10n/index.ts';
import { readTable, type Table } from './csv.ts';
import { readIdx, type IdxArray } from './idx.ts';
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
  if (content === undefined) return { file, message: t('The file was not found. Check its name; it is looked for beside the file that names it.') };
  if (typeof content === 'object' && 'failed' in content) return { file, message: t('The file could not be read: {0}', content.failed) };
  return { file, message: wanted === 'text' ? t('The file holds bytes, not a table of text. Name a CSV file here.') : t('The file holds text, not IDX. Name an IDX file here, or read the table with csv(…).') };
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
    return failed({ file: source.images, message: t('The first file holds labels and the second, {0}, images. Exchange the two.', source.labels) });
  }
  if (labels.dimensions.length !== 1) {
    return failed({ file: source.labels, message: t('The labels must have one dimension, but this file has {0} ({1}). Name the file of labels second.', labels.dimensions.length, labels.dimensions.join(' × ')) });
  }
  if (images.dimensions.length === 1) {
    return failed({ file: source.images, message: t('The images must have at least two dimensions, but this file has one. Name the file of images first.') });
  }
  const [rows = 0, ...extents] = images.dimensions;
  if (rows !== labels.values.length) {
    const message = t('There are {0}, but {1} in {2}. Name two files that belong together.', counted(rows, '1 image', '{0} images', String(rows)), counted(labels.values.length, '1 label', '{0} labels', String(labels.values.length)), source.labels);
    return failed({ file: source.images, row: Math.min(rows, labels.values.length) + 1, message });
  }
  const pixels = extents.reduce((product, extent) => product * extent, 1);
  for (const [array, width] of [[images, pixels], [labels, 1]] as const) {
    if (array.type !== 'float' && array.type !== 'double') continue;
    for (let index = 0; index < array.values.length; index++) {
      if (Number.isFinite(array.values[index])) continue;
      const place = { file: array.file, row: Math.floor(index / width) + 1, column: (index % width) + 1 };
      problems.add({ ...place, message: t('{0} is not a finite number. Correct the file or use another.', String(array.values[index])) });
    }
  }
  return problems.any ? problems.failure() : { ok: true, value: { kind: 'idx', rows, source, images, labels, pixels } };
}

function readInline(source: InlineSource): DataResult<Material> {
  const problems = new Problems();
  const rows = source.inputs.length;
  if (rows === 0) return failed({ message: t('There are no rows. Write at least one: inputs -> targets.') });
  const width = source.width ?? { inputs: source.inputs[0]?.length ?? 0, targets: source.targets[0]?.length ?? 0 };
  for (let row = 0; row < Math.max(rows, source.targets.length); row++) {
    let before = 0;
    for (const side of ['inputs', 'targets'] as const) {
      const cells = source[side][row];
      // Rows to apply a fit to need no targets.
      if (cells === undefined && side === 'targets' && source.targets.length === 0) continue;
      if (cells?.length !== width[side]) {
        const found = cells?.length ?? 0;
        problems.add({ row: row + 1, column: before + Math.min(found, width[side]) + 1, message: unequal(side, found, width[side], source.width !== undefined) });
      }
      cells?.forEach((value, index) => {
        if (!Number.isFinite(value)) problems.add({ row: row + 1, column: before + index + 1, message: t('{0} is not a finite number. Write a number.', String(value)) });
      });
      before += width[side];
    }
  }
  if (width.inputs === 0) problems.add({ row: 1, message: t('The rows have no inputs. Write at least one number before the arrow.') });
  const targets = source.targets.length === 0 ? 0 : width.targets;
  return problems.any ? problems.failure() : { ok: true, value: { kind: 'inline', rows, source, inputs: width.inputs, targets } };
}

function unequal(side: 'inputs' | 'targets', found: number, expected: number, declared: boolean): string {
  const shown = side === 'inputs' ? counted(found, '1 input', '{0} inputs', String(found)) : counted(found, '1 target', '{0} targets', String(found));
  return declared ? t('This row has {0}, but the first line of the block says {1}. Write as many.', shown, expected) : t('This row has {0}, but row 1 has {1}. Write as many.', shown, expected);
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
