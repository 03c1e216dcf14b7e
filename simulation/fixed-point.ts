/**
 * Newton's method for f(t, y) = 0 in the stoichiometric compatibility class of a state: among the states with the same
 * conserved totals. The Jacobian is singular as a whole; the rows of f that follow from the others and the totals are
 * replaced by the totals themselves.
 */
import { factoriseDense, solveDense } from './linear/dense.ts';
import { eigenvalues } from './linear/eigenvalues.ts';
import { patternOf } from './linear/pattern.ts';
import { SparseLU } from './linear/sparse-lu.ts';
import type { ConservedTotals, OdeSystem, SparsePattern } from './system.ts';
import { maximumNorm } from './vector.ts';

/** Up to this size systems are solved densely; eigenvalues are computed up to EIGENVALUES. */
const DENSE = 300, EIGENVALUES = 150;
const MAX_ITERATIONS = 40;
/** Relative Newton step at which nothing is left but rounding. */
const CONVERGED = 1e-13, ACCEPTABLE = 1e-10;

export interface FixedPoint {
  readonly y: Float64Array;
  /** How far Newton moved: max |y*_i − y_i| / (|y*_i| + scale_i). */
  readonly distance: number;
  /** max |f_i| at y. */
  readonly residual: number;
  /** Largest real part of an eigenvalue of the Jacobian within the class, where the system is small enough to ask. */
  readonly growth?: number;
}

const NO_TOTALS: ConservedTotals = {
  pivots: new Int32Array(0), rowStart: new Int32Array(1), component: new Int32Array(0), coefficient: new Float64Array(0),
};

/** Prepares the linear algebra once for a system; works for systems with a Jacobian, and by differences for small ones. */
export class FixedPointSolver {
  private readonly system: OdeSystem;
  private readonly totals: ConservedTotals;
  private readonly scale: Float64Array;
  private readonly linear: NewtonSystem;
  private readonly count: () => void;

  /**
   * @param scale what counts as small for each component (atol/rtol)
   * @param count called at each evaluation of f
   */
  constructor(system: OdeSystem, scale: Float64Array, count: () => void) {
    this.system = system;
    this.totals = system.conserved ?? NO_TOTALS;
    this.scale = scale;
    this.count = count;
    this.linear = new NewtonSystem(system, this.totals, count);
  }

  static able(system: OdeSystem): boolean {
    return system.jacobian !== undefined || system.dimension <= EIGENVALUES;
  }

  /**
   * The fixed point near a state; `far` when the first Newton step is longer than `limit` (relative, as `distance`); undefined
   * when Newton's method does not settle.
   * @param time how long the solution took to come here; systems whose Jacobian is singular even within the class are
   * solved by implicit Euler steps much longer than this
   */
  near(t: number, state: Float64Array, time: number, limit = Infinity): FixedPoint | 'far' | undefined {
    return this.newton(t, state, 0, limit) ?? (time > 0 ? this.newton(t, state, 1e-3 / time, limit) : undefined);
  }

  private newton(t: number, state: Float64Array, shift: number, limit: number): FixedPoint | 'far' | undefined {
    const { system, scale, totals } = this, n = system.dimension;
    const y = Float64Array.from(state), f = new Float64Array(n), step = new Float64Array(n);
    let before = Infinity, best = Infinity;
    for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
      system.rhs(t, y, f);
      this.count();
      if (!this.linear.prepare(t, y, f, shift)) return undefined;
      for (let i = 0; i < n; i++) step[i] = -f[i]!;
      if (shift === 0) {
        for (let k = 0; k < totals.pivots.length; k++) {
          let missing = 0;
          for (let p = totals.rowStart[k]!; p < totals.rowStart[k + 1]!; p++) {
            const i = totals.component[p]!;
            missing += totals.coefficient[p]! * (state[i]! - y[i]!);
          }
          step[totals.pivots[k]!] = missing;
        }
      }
      this.linear.solve(step);
      let size = 0;
      for (let i = 0; i < n; i++) {
        const relative = Math.abs(step[i]!) / (Math.abs(y[i]!) + scale[i]!);
        if (!(relative <= size)) size = relative;
      }
      if (!Number.isFinite(size)) return undefined;
      if (iteration === 0 && size > limit) return 'far';
      for (let i = 0; i < n; i++) y[i] = y[i]! + step[i]!;
      best = Math.min(best, size);
      if (size <= CONVERGED || (size <= ACCEPTABLE && size >= 0.5 * before)) return this.describe(t, y, state);
      if (size > 1e3 * best || size > 1e6) return undefined;
      before = size;
    }
    return undefined;
  }

  private describe(t: number, y: Float64Array, state: Float64Array): FixedPoint | undefined {
    const { system, scale } = this, n = y.length;
    let distance = 0;
    for (let i = 0; i < n; i++) {
      distance = Math.max(distance, Math.abs(y[i]! - state[i]!) / (Math.abs(y[i]!) + scale[i]!));
      if (system.nonNegative === true && y[i]! < 0) {
        if (y[i]! < -1e-9 * scale[i]!) return undefined;
        y[i] = 0;
      }
    }
    const f = new Float64Array(n);
    system.rhs(t, y, f);
    this.count();
    const residual = maximumNorm(f);
    if (!Number.isFinite(residual)) return undefined;
    const growth = n <= EIGENVALUES ? this.growth(t, y, f) : undefined;
    return { y, distance, residual, ...(growth === undefined ? {} : { growth }) };
  }

  /** Largest real part of the Jacobian's eigenvalues within the class; undefined when that is zero to rounding. */
  private growth(t: number, y: Float64Array, f: Float64Array): number | undefined {
    const n = y.length, { totals } = this;
    const full = this.linear.jacobian(t, y, f);
    const pivotRow = new Int32Array(n).fill(-1);
    totals.pivots.forEach((i, k) => { pivotRow[i] = k; });
    const free: number[] = [];
    for (let i = 0; i < n; i++) if (pivotRow[i] === -1) free.push(i);
    // The pivot components follow the free ones: dy_pivot = −Σ coefficient·dy_free.
    for (let k = 0; k < totals.pivots.length; k++) {
      const pivot = totals.pivots[k]!;
      for (let p = totals.rowStart[k]!; p < totals.rowStart[k + 1]!; p++) {
        const j = totals.component[p]!;
        if (j === pivot) continue;
        for (const i of free) full[i * n + j] = full[i * n + j]! - full[i * n + pivot]! * totals.coefficient[p]!;
      }
    }
    const m = free.length, reduced = new Float64Array(m * m);
    for (let a = 0; a < m; a++) for (let b = 0; b < m; b++) reduced[a * m + b] = full[free[a]! * n + free[b]!]!;
    const found = eigenvalues(m, reduced);
    if (found === undefined) return undefined;
    let growth = -Infinity, radius = 0;
    for (let i = 0; i < m; i++) {
      growth = Math.max(growth, found.real[i]!);
      radius = Math.max(radius, Math.hypot(found.real[i]!, found.imaginary[i]!));
    }
    return Math.abs(growth) <= 1e-10 * radius ? undefined : growth;
  }
}

/** J with the rows of the totals' pivots replaced by the totals (shift 0), or J − shift·I; dense or sparse. */
class NewtonSystem {
  private readonly system: OdeSystem;
  private readonly totals: ConservedTotals;
  private readonly count: () => void;
  private readonly n: number;
  private readonly isPivot: Uint8Array;
  private readonly values: Float64Array;
  private dense: { matrix: Float64Array; pivots: Int32Array } | undefined;
  private sparse: { pattern: SparsePattern; position: Int32Array; totals: Int32Array; diagonal: Int32Array; values: Float64Array; lu: SparseLU } | undefined;

  constructor(system: OdeSystem, totals: ConservedTotals, count: () => void) {
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
      values: new Float64Array(pattern.rowIndex.length), lu: new SparseLU(pattern),
    };
  }
}
