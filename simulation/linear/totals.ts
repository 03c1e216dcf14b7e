/**
 * Keeping conserved totals in spite of inexact linear solves. With totals N (N J = 0) the solution of (I − γJ) x = b has
 * N x = N b exactly; an iterative solver meets that only to its tolerance, and the totals of the integration would drift.
 * The remedy is the smallest change of x in the error metric: x += D Nᵀ (N D Nᵀ)⁻¹ N (b − x), D = diag(1/w²).
 */
import type { ConservedTotals } from '../system.ts';

/** More totals than this are corrected one after another, a few times over, instead of all at once. */
const TOGETHER = 200, SWEEPS = 3;

export class TotalsProjection {
  private readonly rowStart: Int32Array;
  private readonly component: Int32Array;
  private readonly coefficient: Float64Array;
  private readonly rows: number;
  private readonly metric: Float64Array;
  private readonly scale: Float64Array;
  private readonly cholesky: Float64Array | undefined;
  private readonly missing: Float64Array;
  private readonly scratch: Float64Array;

  /** Totals of a single component are those of species that never change: nothing can go wrong with them. */
  constructor(totals: ConservedTotals, dimension: number) {
    const start: number[] = [0], component: number[] = [], coefficient: number[] = [];
    for (let k = 0; k < totals.pivots.length; k++) {
      const from = totals.rowStart[k]!, end = totals.rowStart[k + 1]!;
      if (end - from < 2) continue;
      for (let p = from; p < end; p++) { component.push(totals.component[p]!); coefficient.push(totals.coefficient[p]!); }
      start.push(component.length);
    }
    this.rowStart = Int32Array.from(start);
    this.component = Int32Array.from(component);
    this.coefficient = Float64Array.from(coefficient);
    const rows = this.rows = start.length - 1;
    this.metric = new Float64Array(dimension);
    this.scale = new Float64Array(rows);
    this.cholesky = rows <= TOGETHER ? new Float64Array(rows * rows) : undefined;
    this.missing = new Float64Array(rows);
    this.scratch = new Float64Array(dimension);
  }

  /** Takes over the metric; any recent one will do. */
  prepare(weights: Float64Array): void {
    const { rows, metric, scale, rowStart, component, coefficient, cholesky, scratch } = this;
    if (rows === 0) return;
    for (let i = 0; i < metric.length; i++) metric[i] = 1 / (weights[i]! * weights[i]!);
    for (let k = 0; k < rows; k++) {
      let diagonal = 0;
      for (let p = rowStart[k]!; p < rowStart[k + 1]!; p++) diagonal += coefficient[p]! * coefficient[p]! * metric[component[p]!]!;
      scale[k] = diagonal > 0 ? 1 / Math.sqrt(diagonal) : 0;
    }
    if (cholesky === undefined) return;
    // N D Nᵀ scaled to a unit diagonal, then factorised.
    scratch.fill(0);
    for (let k = 0; k < rows; k++) {
      for (let p = rowStart[k]!; p < rowStart[k + 1]!; p++) scratch[component[p]!] = coefficient[p]! * metric[component[p]!]!;
      for (let j = 0; j <= k; j++) {
        let sum = 0;
        for (let p = rowStart[j]!; p < rowStart[j + 1]!; p++) sum += coefficient[p]! * scratch[component[p]!]!;
        cholesky[k * rows + j] = sum * scale[k]! * scale[j]!;
      }
      for (let p = rowStart[k]!; p < rowStart[k + 1]!; p++) scratch[component[p]!] = 0;
    }
    for (let k = 0; k < rows; k++) {
      for (let j = 0; j <= k; j++) {
        let sum = cholesky[k * rows + j]!;
        for (let i = 0; i < j; i++) sum -= cholesky[k * rows + i]! * cholesky[j * rows + i]!;
        // Totals that nearly coincide in this metric leave a pivot of rounding size: bounded from below.
        cholesky[k * rows + j] = j < k ? sum / cholesky[j * rows + j]! : Math.sqrt(Math.max(sum, 1e-14));
      }
    }
  }

  /** Corrects x so that N x = N b. */
  apply(b: Float64Array, x: Float64Array): void {
    if (this.rows === 0) return;
    if (this.cholesky === undefined) {
      for (let sweep = 0; sweep < SWEEPS; sweep++) for (let k = 0; k < this.rows; k++) this.correct(k, this.scale[k]! * this.scale[k]! * this.lack(k, b, x), x);
      return;
    }
    // Twice: the second pass removes the rounding of the first.
    for (let pass = 0; pass < 2; pass++) this.applyTogether(this.cholesky, b, x);
  }

  private applyTogether(cholesky: Float64Array, b: Float64Array, x: Float64Array): void {
    const { rows, missing, scale } = this;
    for (let k = 0; k < rows; k++) {
      let sum = scale[k]! * this.lack(k, b, x);
      for (let j = 0; j < k; j++) sum -= cholesky[k * rows + j]! * missing[j]!;
      missing[k] = sum / cholesky[k * rows + k]!;
    }
    for (let k = rows - 1; k >= 0; k--) {
      let sum = missing[k]!;
      for (let j = k + 1; j < rows; j++) sum -= cholesky[j * rows + k]! * missing[j]!;
      missing[k] = sum / cholesky[k * rows + k]!;
    }
    for (let k = 0; k < rows; k++) this.correct(k, scale[k]! * missing[k]!, x);
  }

  private lack(k: number, b: Float64Array, x: Float64Array): number {
    let sum = 0;
    for (let p = this.rowStart[k]!, end = this.rowStart[k + 1]!; p < end; p++) {
      const i = this.component[p]!;
      sum += this.coefficient[p]! * (b[i]! - x[i]!);
    }
    return sum;
  }

  private correct(k: number, by: number, x: Float64Array): void {
    for (let p = this.rowStart[k]!, end = this.rowStart[k + 1]!; p < end; p++) {
      const i = this.component[p]!;
      x[i] = x[i]! + by * this.coefficient[p]! * this.metric[i]!;
    }
  }
}
