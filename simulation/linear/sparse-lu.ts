/**
 * Sparse LU: left-looking by columns (Gilbert & Peierls, "Sparse partial pivoting in time proportional to arithmetic
 * operations", SIAM J. Sci. Stat. Comput. 9, 1988), rows chosen by threshold pivoting with preference for the diagonal;
 * later matrices of the same pattern reuse pattern and pivots (as KLU does) until a pivot becomes too small. Where the diagonal
 * can be expected to do, its structure is worked out once for a pattern and tried first.
 *
 * With the column order q and the row order p found by pivoting, L·U = A(p, q), L with unit diagonal.
 */
import { go, sparingly, type Poll } from '../cancel.ts';
import type { SparsePattern } from '../system.ts';
import { minimumDegree } from './order.ts';
import { diagonalOf } from './pattern.ts';

/** The diagonal is taken as pivot when it is at least this fraction of the column's largest entry. */
const DIAGONAL_PREFERENCE = 1e-3;
/** A reused pivot must be at least this fraction of its column, or the pivots are chosen anew. */
const REUSE_LIMIT = 1e-6;
/** Columns between two polls. */
const COLUMNS = 32;

/** Where the entries of L and U are when every pivot is the diagonal one: the same for all matrices of a pattern in an order. */
export type DiagonalStructure = Pick<SparseLU, 'rowPosition' | 'rowOrder' | 'lowerStart' | 'upperStart' | 'lowerRow' | 'upperRow'>;

/** @throws what `poll` throws */
export function diagonalStructure(pattern: SparsePattern, order: Int32Array, poll: Poll = go): DiagonalStructure {
  const lu = new SparseLU(pattern, poll, order), unit = new Float64Array(pattern.rowIndex.length);
  for (const p of diagonalOf(pattern)) unit[p] = 1;
  lu.factorise(unit);
  return lu;
}

export class SparseLU {
  readonly n: number;
  private readonly pattern: SparsePattern;
  private readonly columnOrder: Int32Array;
  /** rowPosition[i]: the place of row i in the pivot order, −1 while it has none. */
  rowPosition: Int32Array;
  rowOrder: Int32Array;
  lowerStart: Int32Array;
  upperStart: Int32Array;
  /** Row indices: of the matrix while the pivots are chosen, in pivot order afterwards. */
  lowerRow: Int32Array;
  private lowerValue: Float64Array;
  /** Strictly above the diagonal, rows ascending in pivot order within a column. */
  upperRow: Int32Array;
  private upperValue: Float64Array;
  private readonly pivot: Float64Array;
  private readonly work: Float64Array;
  private readonly permuted: Float64Array;
  private readonly poll: Poll;
  private analysed: boolean;

  /**
   * @param poll left by what it throws, `factorise` begins anew the next time
   * @param structure of the pattern in this order: the diagonal is tried first, and nothing need be searched for
   */
  constructor(pattern: SparsePattern, poll: Poll = go, columnOrder: Int32Array = minimumDegree(pattern, poll), structure?: DiagonalStructure) {
    const n = pattern.n;
    this.poll = sparingly(poll, COLUMNS);
    this.n = n;
    this.pattern = pattern;
    this.columnOrder = columnOrder;
    const none = new Int32Array(0);
    ({ rowPosition: this.rowPosition, rowOrder: this.rowOrder, lowerStart: this.lowerStart, upperStart: this.upperStart, lowerRow: this.lowerRow, upperRow: this.upperRow }
      = structure ?? { rowPosition: none, rowOrder: none, lowerStart: none, upperStart: none, lowerRow: none, upperRow: none });
    this.lowerValue = new Float64Array(this.lowerRow.length);
    this.upperValue = new Float64Array(this.upperRow.length);
    this.analysed = structure !== undefined;
    this.pivot = new Float64Array(n);
    this.work = new Float64Array(n);
    this.permuted = new Float64Array(n);
  }

  /** Entries of L and U together, the diagonal counted once; 0 before the first factorisation. */
  get fill(): number {
    return this.analysed ? this.lowerStart[this.n]! + this.upperStart[this.n]! + this.n : 0;
  }

  /** @returns false when the matrix is singular to working precision. */
  factorise(values: Float64Array): boolean {
    const again = this.analysed;
    this.analysed = false;
    return (this.analysed = (again && this.refactorise(values)) || this.choosePivots(values));
  }

  /** Solves A x = b in place of b. */
  solve(b: Float64Array): void {
    const { n, lowerStart, lowerRow, lowerValue, upperStart, upperRow, upperValue, pivot, rowOrder, columnOrder } = this;
    const x = this.permuted;
    for (let k = 0; k < n; k++) x[k] = b[rowOrder[k]!]!;
    for (let k = 0; k < n; k++) {
      const value = x[k]!;
      if (value !== 0) {
        for (let p = lowerStart[k]!, end = lowerStart[k + 1]!; p < end; p++) {
          const i = lowerRow[p]!;
          x[i] = x[i]! - lowerValue[p]! * value;
        }
      }
    }
    for (let k = n - 1; k >= 0; k--) {
      const value = x[k]! / pivot[k]!;
      x[k] = value;
      if (value !== 0) {
        for (let p = upperStart[k]!, end = upperStart[k + 1]!; p < end; p++) {
          const i = upperRow[p]!;
          x[i] = x[i]! - upperValue[p]! * value;
        }
      }
    }
    for (let k = 0; k < n; k++) b[columnOrder[k]!] = x[k]!;
  }

  private refactorise(values: Float64Array): boolean {
    const { n, lowerStart, lowerRow, lowerValue, upperStart, upperRow, upperValue, pivot, rowPosition, columnOrder, work } = this;
    const { columnStart, rowIndex } = this.pattern;
    for (let k = 0; k < n; k++) {
      this.poll();
      const column = columnOrder[k]!;
      for (let p = columnStart[column]!, end = columnStart[column + 1]!; p < end; p++) work[rowPosition[rowIndex[p]!]!] = values[p]!;
      for (let p = upperStart[k]!, end = upperStart[k + 1]!; p < end; p++) {
        const j = upperRow[p]!, value = work[j]!;
        work[j] = 0;
        upperValue[p] = value;
        if (value !== 0) {
          for (let q = lowerStart[j]!, last = lowerStart[j + 1]!; q < last; q++) {
            const i = lowerRow[q]!;
            work[i] = work[i]! - lowerValue[q]! * value;
          }
        }
      }
      const diagonal = work[k]!;
      work[k] = 0;
      let largest = Math.abs(diagonal);
      for (let p = lowerStart[k]!, end = lowerStart[k + 1]!; p < end; p++) {
        const i = lowerRow[p]!, value = work[i]!;
        work[i] = 0;
        lowerValue[p] = value / diagonal;
        const size = Math.abs(value);
        if (!(size <= largest)) largest = size;
      }
      if (!(Math.abs(diagonal) > REUSE_LIMIT * largest) || !(largest < Infinity)) {
        work.fill(0);
        return false;
      }
      pivot[k] = diagonal;
    }
    return true;
  }

  private choosePivots(values: Float64Array): boolean {
    const { n, pivot, columnOrder, work } = this;
    // A structure that is shared stays as it is.
    const lowerStart = this.lowerStart = new Int32Array(n + 1), upperStart = this.upperStart = new Int32Array(n + 1);
    const rowPosition = this.rowPosition = new Int32Array(n), rowOrder = this.rowOrder = new Int32Array(n);
    const { columnStart, rowIndex } = this.pattern;
    const lowerRow: number[] = [], lowerValue: number[] = [], upperRow: number[] = [], upperValue: number[] = [];
    rowPosition.fill(-1);
    work.fill(0);
    const visited = new Int32Array(n).fill(-1);
    const stack: number[] = [], resume: number[] = [];
    for (let k = 0; k < n; k++) {
      this.poll();
      const column = columnOrder[k]!;
      // Rows that can be non-zero: what the column's entries reach in the graph of L. Finished rows that are pivots come
      // in reverse topological order, and so must be used back to front.
      const reachedPivots: number[] = [], reachedRows: number[] = [];
      for (let p = columnStart[column]!; p < columnStart[column + 1]!; p++) {
        const root = rowIndex[p]!;
        if (visited[root] === k) continue;
        visited[root] = k;
        stack.push(root);
        resume.push(rowPosition[root]! < 0 ? 0 : lowerStart[rowPosition[root]!]!);
        while (stack.length > 0) {
          const top = stack.length - 1, i = stack[top]!, position = rowPosition[i]!;
          let descended = false;
          if (position >= 0) {
            const end = lowerStart[position + 1]!;
            let q = resume[top]!;
            while (q < end) {
              const child = lowerRow[q++]!;
              if (visited[child] !== k) {
                visited[child] = k;
                resume[top] = q;
                stack.push(child);
                resume.push(rowPosition[child]! < 0 ? 0 : lowerStart[rowPosition[child]!]!);
                descended = true;
                break;
              }
            }
          }
          if (!descended) {
            stack.pop();
            resume.pop();
            if (position >= 0) reachedPivots.push(position);
            else reachedRows.push(i);
          }
        }
      }
      for (let p = columnStart[column]!; p < columnStart[column + 1]!; p++) work[rowIndex[p]!] = values[p]!;
      reachedPivots.sort((a, b) => a - b);
      for (const j of reachedPivots) {
        const row = rowOrder[j]!, value = work[row]!;
        work[row] = 0;
        upperRow.push(j);
        upperValue.push(value);
        if (value !== 0) for (let q = lowerStart[j]!; q < lowerStart[j + 1]!; q++) work[lowerRow[q]!]! -= lowerValue[q]! * value;
      }
      let best = -1, largest = 0;
      for (const i of reachedRows) {
        const size = Math.abs(work[i]!);
        if (size > largest) { largest = size; best = i; }
      }
      if (best < 0 || !(largest < Infinity)) return false;
      if (rowPosition[column]! < 0 && visited[column] === k && Math.abs(work[column]!) >= DIAGONAL_PREFERENCE * largest) best = column;
      const diagonal = work[best]!;
      pivot[k] = diagonal;
      rowPosition[best] = k;
      rowOrder[k] = best;
      for (const i of reachedRows) {
        if (i !== best) {
          lowerRow.push(i);
          lowerValue.push(work[i]! / diagonal);
        }
        work[i] = 0;
      }
      lowerStart[k + 1] = lowerRow.length;
      upperStart[k + 1] = upperRow.length;
    }
    this.lowerRow = Int32Array.from(lowerRow, (i) => rowPosition[i]!);
    this.lowerValue = Float64Array.from(lowerValue);
    this.upperRow = Int32Array.from(upperRow);
    this.upperValue = Float64Array.from(upperValue);
    return true;
  }
}

/**
 * Entries of L + U and multiplications of a factorisation without row exchanges in the given order (a good forecast: the
 * matrices of an integrator are diagonally strong). Stops counting beyond `limit` entries.
 */
export function forecastFill(pattern: SparsePattern, order: Int32Array, limit = Infinity, ask: Poll = go): { entries: number; work: number } {
  const poll = sparingly(ask, COLUMNS);
  const { n, columnStart, rowIndex } = pattern;
  const position = new Int32Array(n);
  order.forEach((variable, k) => { position[variable] = k; });
  // Cholesky pattern of A + Aᵀ by rows: each column of L is its own entries and its children's, less the child.
  const columns: number[][] = Array.from({ length: n }, () => []);
  for (let j = 0; j < n; j++) {
    for (let p = columnStart[j]!; p < columnStart[j + 1]!; p++) {
      const a = position[j]!, b = position[rowIndex[p]!]!;
      if (a !== b) columns[Math.min(a, b)]!.push(Math.max(a, b));
    }
  }
  const seen = new Int32Array(n).fill(-1);
  const children: number[][] = Array.from({ length: n }, () => []);
  let entries = n, work = 0;
  for (let k = 0; k < n && entries <= limit; k++) {
    poll();
    const merged: number[] = [];
    let parent = n;
    const add = (i: number): void => {
      if (i !== k && seen[i] !== k) { seen[i] = k; merged.push(i); if (i < parent) parent = i; }
    };
    columns[k]!.forEach(add);
    for (const child of children[k]!) { columns[child]!.forEach(add); columns[child] = []; }
    columns[k] = merged;
    if (parent < n) children[parent]!.push(k);
    entries += 2 * merged.length;
    work += merged.length * (merged.length + 1);
  }
  return { entries, work };
}
