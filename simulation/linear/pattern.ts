/** Sparsity patterns: building, transposing, symmetrising. All by counting sorts on typed arrays. */
import type { SparsePattern } from '../system.ts';

/** The transposed pattern, and for each of its entries the position of the same entry in the original. */
export function transposed(pattern: SparsePattern): SparsePattern & { readonly source: Int32Array } {
  const { n, columnStart, rowIndex } = pattern;
  const nonZeros = columnStart[n]!;
  const start = new Int32Array(n + 1);
  for (let p = 0; p < nonZeros; p++) start[rowIndex[p]! + 1]!++;
  for (let i = 0; i < n; i++) start[i + 1] = start[i + 1]! + start[i]!;
  const next = start.slice(0, n);
  const index = new Int32Array(nonZeros), source = new Int32Array(nonZeros);
  for (let j = 0; j < n; j++) {
    for (let p = columnStart[j]!; p < columnStart[j + 1]!; p++) {
      const q = next[rowIndex[p]!]!++;
      index[q] = j;
      source[q] = p;
    }
  }
  return { n, columnStart: start, rowIndex: index, source };
}

/**
 * The pattern of the given (row, column) pairs, duplicates merged, the diagonal added. `position[k]` is where the k-th
 * pair went; `diagonal[i]` where (i, i) is.
 */
export function patternOf(n: number, rows: Int32Array, columns: Int32Array):
{ readonly pattern: SparsePattern; readonly position: Int32Array; readonly diagonal: Int32Array } {
  const count = rows.length, total = count + n;
  // Radix sort: by row, then stably by column. Entries count … total − 1 stand for the diagonal.
  const row = (k: number): number => (k < count ? rows[k]! : k - count);
  const column = (k: number): number => (k < count ? columns[k]! : k - count);
  const byRow = countingSort(n, total, row);
  const order = countingSort(n, total, (k) => column(byRow[k]!));
  const columnStart = new Int32Array(n + 1);
  const rowIndex = new Int32Array(total);
  const position = new Int32Array(count), diagonal = new Int32Array(n);
  let used = 0, lastRow = -1, lastColumn = -1;
  for (let s = 0; s < total; s++) {
    const k = byRow[order[s]!]!, i = row(k), j = column(k);
    if (i !== lastRow || j !== lastColumn) {
      rowIndex[used++] = i;
      columnStart[j + 1] = used;
      lastRow = i;
      lastColumn = j;
    }
    if (k < count) position[k] = used - 1;
    else diagonal[i] = used - 1;
  }
  return { pattern: { n, columnStart, rowIndex: rowIndex.slice(0, used) }, position, diagonal };
}

/** Stable order of 0 … total − 1 by key(k) in 0 … n − 1. */
export function countingSort(n: number, total: number, key: (k: number) => number): Int32Array {
  const start = new Int32Array(n + 1);
  for (let k = 0; k < total; k++) start[key(k) + 1]!++;
  for (let i = 0; i < n; i++) start[i + 1] = start[i + 1]! + start[i]!;
  const order = new Int32Array(total);
  for (let k = 0; k < total; k++) order[start[key(k)]!++] = k;
  return order;
}

/** Where the diagonal entries are. The pattern must have them all. */
export function diagonalOf(pattern: SparsePattern): Int32Array {
  const { n, columnStart, rowIndex } = pattern;
  const diagonal = new Int32Array(n).fill(-1);
  for (let j = 0; j < n; j++) {
    for (let p = columnStart[j]!; p < columnStart[j + 1]!; p++) if (rowIndex[p] === j) diagonal[j] = p;
    if (diagonal[j] === -1) throw new RangeError(`the Jacobian's pattern lacks its diagonal entry ${j}`);
  }
  return diagonal;
}

/** The full pattern: every entry of an n×n matrix. */
export function densePattern(n: number): SparsePattern {
  const columnStart = Int32Array.from({ length: n + 1 }, (_, j) => j * n);
  const rowIndex = new Int32Array(n * n);
  for (let p = 0; p < n * n; p++) rowIndex[p] = p % n;
  return { n, columnStart, rowIndex };
}
