/** Linear systems with the Jacobian of a network, and the Jacobian within a stoichiometric compatibility class. */
import { go, type Poll } from '../cancel.ts';
import { factoriseDense, solveDense } from '../linear/dense.ts';
import { patternOf } from '../linear/pattern.ts';
import { SparseLU } from '../linear/sparse-lu.ts';
import type { ConservedTotals, OdeSystem, SparsePattern } from '../system.ts';

/** Up to this size systems are solved densely. */
const DENSE = 300;

export const NO_TOTALS: ConservedTotals = {
  pivots: new Int32Array(0), rowStart: new Int32Array(1), component: new Int32Array(0), coefficient: new Float64Array(0),
};

/**
 * The Jacobian of the components that are free within the class: a total's pivot follows the others, dy_pivot = −Σ coefficient·dy_free.
 * Its eigenvalues are those of the whole Jacobian but for one zero a total.
 * @param full n×n, row-major; overwritten
 * @returns size×size, row-major, and which component each row stands for
 */
export function withinClass(n: number, full: Float64Array, totals: ConservedTotals): { readonly size: number; readonly matrix: Float64Array; readonly component: Int32Array } {
  const isPivot = new Uint8Array(n);
  for (const i of totals.pivots) isPivot[i] = 1;
  const free: number[] = [];
  for (let i = 0; i < n; i++) if (isPivot[i] === 0) free.push(i);
  for (let k = 0; k < totals.pivots.length; k++) {
    const pivot = totals.pivots[k]!;
    for (let p = totals.rowStart[k]!; p < totals.rowStart[k + 1]!; p++) {
      const j = totals.component[p]!;
      if (j === pivot) continue;
      for (const i of free) full[i * n + j] = full[i * n + j]! - full[i * n + pivot]! * totals.coefficient[p]!;
    }
  }
  const size = free.length, matrix = new Float64Array(size * size);
  for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) matrix[a * size + b] = full[free[a]! * n + free[b]!]!;
  return { size, matrix, component: Int32Array.from(free) };
}

/** J with the rows of the totals' pivots replaced by the totals (shift 0), or J − shift·I; dense or sparse. */
export class NewtonSystem {
  private readonly system: OdeSystem;
  private readonly totals: ConservedTotals;
  private readonly count: () => void;
  private readonly poll: Poll;
  private readonly n: number;
  private readonly isPivot: Uint8Array;
  private readonly values: Float64Array;
  private dense: { matrix: Float64Array; pivots: Int32Array } | undefined;
  private sparse: { pattern: SparsePattern; position: Int32Array; totals: Int32Array; diagonal: Int32Array; values: Float64Array; lu: SparseLU } | undefined;

  constructor(system: OdeSystem, totals: ConservedTotals, count: () => void, poll: Poll = go) {
    this.poll = poll;
    const n = system.dimension;
    this.system = system;
    this.totals = totals;
    this.count = count;
    this.n = n;
    this.isPivot = new Uint8Array(n);
    for (const i of totals.pivots) this.isPivot[i] = 1;
    this.values = new Float64Array(system.jacobian?.pattern.columnStart[n] ?? 0);
  }

  /** The plain Jacobian, row-major; for small systems. */
  jacobian(t: number, y: Float64Array, f: Float64Array): Float64Array {
    const n = this.n, out = new Float64Array(n * n);
    if (this.system.jacobian === undefined) {
      const moved = Float64Array.from(y), there = new Float64Array(n);
      for (let j = 0; j < n; j++) {
        this.poll();
        const step = 1e-7 * Math.max(Math.abs(y[j]!), 1e-7);
        moved[j] = y[j]! + step;
        this.system.rhs(t, moved, there);
        this.count();
        for (let i = 0; i < n; i++) out[i * n + j] = (there[i]! - f[i]!) / (moved[j]! - y[j]!);
        moved[j] = y[j]!;
      }
      return out;
    }
    const { columnStart, rowIndex } = this.system.jacobian.pattern;
    this.system.jacobian.fill(t, y, this.values);
    for (let j = 0; j < n; j++) for (let p = columnStart[j]!; p < columnStart[j + 1]!; p++) out[rowIndex[p]! * n + j] = this.values[p]!;
    return out;
  }

  prepare(t: number, y: Float64Array, f: Float64Array, shift: number): boolean {
    const { n, totals } = this;
    if (n <= DENSE || this.system.jacobian === undefined) {
      const matrix = this.jacobian(t, y, f);
      if (shift > 0) for (let i = 0; i < n; i++) matrix[i * n + i] = matrix[i * n + i]! - shift;
      else {
        for (let k = 0; k < totals.pivots.length; k++) {
          const row = totals.pivots[k]! * n;
          matrix.fill(0, row, row + n);
          for (let p = totals.rowStart[k]!; p < totals.rowStart[k + 1]!; p++) matrix[row + totals.component[p]!] = totals.coefficient[p]!;
        }
      }
      const pivots = new Int32Array(n);
      this.dense = { matrix, pivots };
      return factoriseDense(n, matrix, pivots);
    }
    this.system.jacobian.fill(t, y, this.values);
    const sparse = (this.sparse ??= this.analyse(this.system.jacobian.pattern));
    const { position, values } = sparse;
    values.fill(0);
    const jacobian = this.system.jacobian.pattern;
    for (let p = 0; p < this.values.length; p++) {
      if (shift > 0 || this.isPivot[jacobian.rowIndex[p]!] === 0) values[position[p]!] = this.values[p]!;
    }
    if (shift > 0) for (let i = 0; i < n; i++) values[sparse.diagonal[i]!] = values[sparse.diagonal[i]!]! - shift;
    else for (let p = 0; p < totals.component.length; p++) values[sparse.totals[p]!] = totals.coefficient[p]!;
    return sparse.lu.factorise(values);
  }

  solve(b: Float64Array): void {
    if (this.dense !== undefined) solveDense(this.n, this.dense.matrix, this.dense.pivots, b);
    else this.sparse!.lu.solve(b);
  }

  private analyse(jacobian: SparsePattern) {
    const { n, totals } = this, nonZeros = jacobian.columnStart[n]!, extra = totals.component.length;
    const rows = new Int32Array(nonZeros + extra), columns = new Int32Array(nonZeros + extra);
    rows.set(jacobian.rowIndex);
    for (let j = 0; j < n; j++) columns.fill(j, jacobian.columnStart[j], jacobian.columnStart[j + 1]);
    for (let k = 0; k < totals.pivots.length; k++) {
      for (let p = totals.rowStart[k]!; p < totals.rowStart[k + 1]!; p++) {
        rows[nonZeros + p] = totals.pivots[k]!;
        columns[nonZeros + p] = totals.component[p]!;
      }
    }
    const { pattern, position, diagonal } = patternOf(n, rows, columns);
    return {
      pattern, position: position.subarray(0, nonZeros), totals: position.subarray(nonZeros), diagonal,
      values: new Float64Array(pattern.rowIndex.length), lu: new SparseLU(pattern, this.poll),
    };
  }
}
