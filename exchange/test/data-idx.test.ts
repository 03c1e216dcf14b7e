import { describe, expect, test } from 'vitest';
import { buildDataSet, readIdx, type DataFiles, type DataProblem, type DataRecipe, type FileContent } from '../index.ts';

/** Bytes of an IDX file, written by hand: magic, extents, data. */
function idx(type: number, extents: readonly number[], data: readonly number[]): Uint8Array {
  return Uint8Array.from([0, 0, type, extents.length, ...extents.flatMap((extent) => [extent >>> 24, (extent >>> 16) & 255, (extent >>> 8) & 255, extent & 255]), ...data]);
}
const value = (bytes: Uint8Array): unknown => {
  const result = readIdx('f', bytes);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return { ...result.value, values: [...result.value.values] };
};
const problem = (bytes: Uint8Array): DataProblem => {
  const result = readIdx('f', bytes);
  if (result.ok) throw new Error('The file was read.');
  expect(result.problems).toHaveLength(1);
  return result.problems[0]!;
};

describe('IDX', () => {
  test('every element type, big-endian', () => {
    expect(value(idx(0x08, [3], [0, 127, 255]))).toEqual({ file: 'f', type: 'unsigned byte', dimensions: [3], values: [0, 127, 255] });
    expect(value(idx(0x09, [2], [0xff, 0x80]))).toMatchObject({ type: 'signed byte', values: [-1, -128] });
    expect(value(idx(0x0b, [2], [0x01, 0x02, 0xff, 0xfe]))).toMatchObject({ type: 'short', values: [258, -2] });
    expect(value(idx(0x0c, [2], [0, 1, 0, 0, 0xff, 0xff, 0xff, 0xff]))).toMatchObject({ type: 'integer', values: [65536, -1] });
    expect(value(idx(0x0d, [2], [0x3f, 0x80, 0, 0, 0xc0, 0x20, 0, 0]))).toMatchObject({ type: 'float', values: [1, -2.5] });
    expect(value(idx(0x0e, [1], [0x3f, 0xe0, 0, 0, 0, 0, 0, 0]))).toMatchObject({ type: 'double', values: [0.5] });
    expect(value(idx(0x08, [2, 1, 2], [1, 2, 3, 4]))).toMatchObject({ dimensions: [2, 1, 2], values: [1, 2, 3, 4] });
  });

  test('a file that is a part of a larger buffer', () => {
    const inner = idx(0x0b, [1], [0x12, 0x34]);
    const outer = new Uint8Array(inner.length + 7).fill(9);
    outer.set(inner, 3);
    expect(value(outer.subarray(3, 3 + inner.length))).toMatchObject({ values: [0x1234] });
  });

  test('cut off: expected and found bytes, and the first incomplete image', () => {
    const whole = idx(0x08, [3, 2, 2], Array.from({ length: 12 }, () => 7));
    // 16 bytes of header and 12 of data; 9 of data are two images and a quarter.
    const found = problem(whole.subarray(0, 25));
    expect(found.row).toBe(3);
    expect(found.message).toContain('says 28 bytes, found 25. The first incomplete image is number 3.');
    // A file that ends between two images lacks the whole next one.
    expect(problem(whole.subarray(0, 20)).row).toBe(2);
    expect(problem(whole.subarray(0, 10)).message).toContain('cut off in its header: expected 16 bytes for 3 dimensions, found 10');
    expect(problem(idx(0x08, [5], [1, 2])).message).toContain('The first incomplete label is number 3');
  });

  test('extents that no memory holds are only compared with the length', () => {
    expect(problem(idx(0x0e, [0xffffffff, 0xffffffff, 0xffffffff], [1])).message).toContain('The file is cut off');
  });

  test('too long, empty, no IDX, compressed', () => {
    expect(problem(idx(0x08, [2], [1, 2, 3])).message).toContain('says 10 bytes, found 11');
    expect(problem(new Uint8Array()).message).toContain('The file is empty');
    expect(problem(idx(0x08, [0], [])).message).toContain('The file is empty');
    expect(problem(Uint8Array.from([0, 0, 8])).message).toContain('The file has 3 bytes');
    expect(problem(Uint8Array.from([0x73, 0x65, 0x70, 0x61, 1])).message).toContain('begins with the bytes 73 65 70 61');
    expect(problem(idx(0x0a, [1], [1])).message).toContain('not an IDX file');
    expect(problem(Uint8Array.from([0, 0, 8, 0, 1])).message).toContain('not an IDX file');
    expect(problem(Uint8Array.from([0x1f, 0x8b, 8, 0])).message).toContain('compressed (gzip)');
  });
});

describe('images with labels', () => {
  const recipe: DataRecipe = { name: 'digits', source: { kind: 'idx', images: 'i', labels: 'l' } };
  const build = (images: Uint8Array, labels: Uint8Array, more: Partial<DataRecipe> = {}) => buildDataSet({ ...recipe, ...more }, new Map([['i', images], ['l', labels]]));
  const told = (images: Uint8Array, labels: Uint8Array, more: Partial<DataRecipe> = {}): DataProblem => {
    const result = build(images, labels, more);
    if (result.ok) throw new Error('The data set was built.');
    expect(result.problems).toHaveLength(1);
    return result.problems[0]!;
  };
  const images = idx(0x08, [3, 1, 2], [0, 255, 51, 102, 204, 153]);
  const labels = idx(0x08, [3], [4, 9, 4]);

  test('pixels as they are, scaled and standardized; labels as classes in numerical order', () => {
    const plain = build(images, idx(0x08, [3], [10, 9, 10]));
    expect(plain.ok && [plain.value.data.inputs.rows, plain.value.data.inputs.columns, [...plain.value.data.inputs.values]]).toEqual([3, 2, [0, 255, 51, 102, 204, 153]]);
    expect(plain.ok && [plain.value.data.classes, [...plain.value.data.targets.values]]).toEqual([['9', '10'], [0, 1, 1, 0, 0, 1]]);
    const scaled = build(images, labels, { x: { kind: 'scale', of: { kind: 'pixels' }, low: -1, high: 1 }, precision: 'double' });
    const values = scaled.ok ? [...scaled.value.data.inputs.values] : [];
    [-1, 1, -0.6, -0.2, 0.6, 0.2].forEach((expected, index) => expect(values[index]).toBeCloseTo(expected, 14));
    // One mean for all pixels: (0+255+51+102+204+153)/6 = 127.5; squares of the distances sum to 45517.5.
    const standard = build(images, labels, { x: { kind: 'standardize', of: { kind: 'pixels' } }, precision: 'double' });
    expect(standard.ok && standard.value.fitted.x).toMatchObject({ fit: { mean: [127.5], deviation: [expect.closeTo(Math.sqrt(45517.5 / 6), 10)] } });
    expect(standard.ok && standard.value.data.inputs.values[1]).toBeCloseTo(127.5 / Math.sqrt(45517.5 / 6), 12);
  });

  test('single precision unless told otherwise, the same numbers', () => {
    const x = { kind: 'scale', of: { kind: 'pixels' }, low: 0, high: 1 } as const;
    const single = build(images, labels, { x });
    const double = build(images, labels, { x, precision: 'double' });
    expect(single.ok && single.value.data.inputs.values).toBeInstanceOf(Float32Array);
    expect(double.ok && double.value.data.inputs.values).toBeInstanceOf(Float64Array);
    expect(single.ok && [...single.value.data.inputs.values]).toEqual([0, 1, 0.2, 0.4, 0.8, 0.6].map(Math.fround));
  });

  test('elements that are no bytes are scaled by the training rows', () => {
    const shorts = idx(0x0b, [3, 1, 2], [0, 0, 0, 10, 0, 20, 0, 30, 0, 40, 0, 40]);
    const result = build(shorts, labels, { x: { kind: 'scale', of: { kind: 'pixels' }, low: 0, high: 1 }, precision: 'double' });
    expect(result.ok && [...result.value.data.inputs.values]).toEqual([0, 0.25, 0.5, 0.75, 1, 1]);
  });

  test('images held out by a split are not measured', () => {
    const four = idx(0x08, [4, 1, 2], [0, 10, 20, 30, 100, 110, 200, 250]);
    const pixels = [[0, 10], [20, 30], [100, 110], [200, 250]];
    const result = build(four, idx(0x08, [4], [0, 0, 1, 1]), { x: { kind: 'standardize', of: { kind: 'pixels' } }, split: { fraction: 0.5, seed: 2 } });
    if (!result.ok) throw new Error(result.problems[0]?.message);
    const trained = Array.from(result.value.data.train, (row) => pixels[row]!).flat();
    expect(trained).toHaveLength(4);
    expect(result.value.fitted.x).toMatchObject({ fit: { mean: [expect.closeTo(trained.reduce((sum, pixel) => sum + pixel, 0) / 4, 10)] } });
  });

  test('held-out images from files of their own, measured with the training rows', () => {
    const files: DataFiles = new Map([['i', images], ['l', labels], ['ti', idx(0x08, [1, 1, 2], [255, 0])], ['tl', idx(0x08, [1], [9])]]);
    const test = { kind: 'idx', images: 'ti', labels: 'tl' } as const;
    const result = buildDataSet({ ...recipe, test, x: { kind: 'standardize', of: { kind: 'pixels' } } }, files);
    expect(result.ok && [[...result.value.data.train], [...result.value.data.test]]).toEqual([[0, 1, 2], [3]]);
    expect(result.ok && result.value.fitted.x).toMatchObject({ fit: { mean: [127.5] } });
    expect(result.ok && result.value.placeOf(3)).toEqual({ file: 'ti', row: 1 });
    expect(result.ok && [...result.value.data.targets.values.subarray(6)]).toEqual([0, 1]);
    const unseen = buildDataSet({ ...recipe, test }, new Map(files).set('tl', idx(0x08, [1], [5])));
    expect(!unseen.ok && unseen.problems[0]).toMatchObject({ file: 'tl', row: 1, message: expect.stringContaining('“5” is out of range') });
    const smaller = buildDataSet({ ...recipe, test }, new Map(files).set('ti', idx(0x08, [1, 1, 1], [5])));
    expect(!smaller.ok && smaller.problems[0]?.message).toContain('have 1 column here, the training rows 2');
  });

  test('files that do not belong together', () => {
    expect(told(images, idx(0x08, [2], [1, 2]))).toMatchObject({ file: 'i', row: 3, message: expect.stringContaining('3 images, but 2 labels in l') });
    expect(told(labels, images).message).toContain('Exchange the two');
    expect(told(labels, labels)).toMatchObject({ file: 'i', message: expect.stringContaining('at least two dimensions') });
    expect(told(images, images)).toMatchObject({ file: 'l', message: expect.stringContaining('must have one dimension') });
  });

  test('labels out of range, of one class, and none at all', () => {
    const y = { kind: 'onehot', of: { kind: 'labels' }, classes: 9 } as const;
    expect(told(images, labels, { y })).toMatchObject({ file: 'l', row: 2, message: expect.stringContaining('“9” is out of range: with 9 classes, labels are 0 to 8') });
    expect(told(images, idx(0x08, [3], [4, 4, 4]))).toMatchObject({ file: 'l', message: expect.stringContaining('same class (“4”)') });
    expect(told(images, idx(0x0d, [3], [0x3f, 0x80, 0, 0, 0x3f, 0, 0, 0, 0, 0, 0, 0]))).toMatchObject({ file: 'l', row: 2, message: expect.stringContaining('0.5') });
  });

  test('a number that is none', () => {
    const floats = idx(0x0d, [3, 1, 1], [0, 0, 0, 0, 0x7f, 0xc0, 0, 0, 0x7f, 0x80, 0, 0]);
    const result = build(floats, labels);
    expect(!result.ok && result.problems.map(({ file, row, column, message }) => [file, row, column, message.split(' ')[0]])).toEqual([['i', 2, 1, 'NaN'], ['i', 3, 1, 'Infinity']]);
  });

  test('files that are not there, unreadable, or text', () => {
    const messages = (files: DataFiles): unknown => {
      const result = buildDataSet(recipe, files);
      return !result.ok && result.problems.map(({ file, message }) => `${file ?? ''}: ${message.slice(0, 40)}`);
    };
    expect(messages(new Map())).toEqual(['i: The file was not found. Check its name; ', 'l: The file was not found. Check its name; ']);
    expect(messages(new Map<string, FileContent>([['i', { failed: 'permission denied' }], ['l', 'a,b']]))).toEqual(['i: The file could not be read: permission d', 'l: The file holds text, not IDX. Name an ID']);
  });
});
