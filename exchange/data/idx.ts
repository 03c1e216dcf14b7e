/**
 * IDX, the format of MNIST: bytes 0 0, element type, number of dimensions; each dimension as a big-endian 32-bit count; then the
 * elements, row-major, big-endian (description: yann.lecun.com/exdb/mnist, "The IDX file format").
 */
import { counted, t } from '../../l10n/index.ts';
import { failed } from './problems.ts';
import type { DataResult } from './types.ts';

export interface IdxArray {
  readonly file: string;
  readonly type: IdxType;
  /** Extents, slowest first: images, rows, columns. None is 0. */
  readonly dimensions: readonly number[];
  /** Elements, row-major; for bytes a view of the file's own, not a copy. */
  readonly values: Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;
}
export type IdxType = 'unsigned byte' | 'signed byte' | 'short' | 'integer' | 'float' | 'double';

const TYPES: ReadonlyMap<number, { readonly type: IdxType; readonly size: number }> = new Map([
  [0x08, { type: 'unsigned byte', size: 1 }],
  [0x09, { type: 'signed byte', size: 1 }],
  [0x0b, { type: 'short', size: 2 }],
  [0x0c, { type: 'integer', size: 4 }],
  [0x0d, { type: 'float', size: 4 }],
  [0x0e, { type: 'double', size: 8 }],
]);

/**
 * Reads an IDX array of any element type and 1 to 255 dimensions.
 * @returns problems for a wrong magic number, a header or data that end early, bytes left over, and an empty array
 */
export function readIdx(file: string, bytes: Uint8Array): DataResult<IdxArray> {
  const wrong = (message: string, row?: number): DataResult<IdxArray> => failed(row === undefined ? { file, message } : { file, row, message });
  if (bytes.length === 0) return wrong(t('The file is empty. Download it again.'));
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return wrong(t('The file is compressed (gzip). Unpack it first and name the unpacked file.'));
  if (bytes.length < 4) return wrong(counted(bytes.length, 'The file has 1 byte; an IDX file begins with 4 bytes that tell its type. Download it again.', 'The file has {0} bytes; an IDX file begins with 4 bytes that tell its type. Download it again.'));
  const rank = bytes[3] ?? 0;
  const element = TYPES.get(bytes[2] ?? 0);
  if (bytes[0] !== 0 || bytes[1] !== 0 || element === undefined || rank === 0) {
    const found = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    return wrong(t('This is not an IDX file: it begins with the bytes {0}, not with 00 00, an element type (08 to 0e) and the number of dimensions. Name an IDX file; a table is read with csv(…).', found));
  }
  const start = 4 + 4 * rank;
  if (bytes.length < start) {
    return wrong(counted(rank, 'The file is cut off in its header: expected {1} bytes for 1 dimension, found {2}. Download it again.', 'The file is cut off in its header: expected {1} bytes for {0} dimensions, found {2}. Download it again.', String(rank), start, bytes.length));
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dimensions = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  if (dimensions.includes(0)) return wrong(t('The file is empty: its header says {0} elements. Name a file with data.', dimensions.join(' × ')));
  const total = dimensions.reduce((product, extent) => product * extent, 1);
  const expected = start + total * element.size;
  if (bytes.length !== expected) {
    const extents = dimensions.join(' × '), found = bytes.length;
    if (found > expected) return wrong(t('The file is longer than its header allows: its header ({0} of type {1}) says {2} bytes, found {3}. Download it again.', extents, element.type, expected, found));
    const perItem = (total / (dimensions[0] ?? 1)) * element.size;
    const item = Math.floor((bytes.length - start) / perItem) + 1;
    return wrong(rank === 1 ? t('The file is cut off: its header ({0} of type {1}) says {2} bytes, found {3}. The first incomplete label is number {4}. Download it again.', extents, element.type, expected, found, item)
      : t('The file is cut off: its header ({0} of type {1}) says {2} bytes, found {3}. The first incomplete image is number {4}. Download it again.', extents, element.type, expected, found, item), item);
  }
  return { ok: true, value: { file, type: element.type, dimensions, values: elements(element.type, view, bytes, start, total) } };
}

function elements(type: IdxType, view: DataView, bytes: Uint8Array, start: number, total: number): IdxArray['values'] {
  switch (type) {
    case 'unsigned byte':
      return bytes.subarray(start);
    case 'signed byte':
      return new Int8Array(bytes.buffer, bytes.byteOffset + start, total);
    case 'short': {
      const values = new Int16Array(total);
      for (let index = 0; index < total; index++) values[index] = view.getInt16(start + 2 * index);
      return values;
    }
    case 'integer': {
      const values = new Int32Array(total);
      for (let index = 0; index < total; index++) values[index] = view.getInt32(start + 4 * index);
      return values;
    }
    case 'float': {
      const values = new Float32Array(total);
      for (let index = 0; index < total; index++) values[index] = view.getFloat32(start + 4 * index);
      return values;
    }
    case 'double': {
      const values = new Float64Array(total);
      for (let index = 0; index < total; index++) values[index] = view.getFloat64(start + 8 * index);
      return values;
    }
  }
}
