/**
 * Keeping conserved totals in spite of inexact linear solves. With totals N (N J = 0) the solution of (I − γJ) x = b has
 * N x = N b exactly; an iterative solver meets that only to its tolerance, and the totals of the integration would drift.
 * The remedy is the smallest change of x in the error metric: x += D Nᵀ (N D Nᵀ)⁻¹ N (b − x), D = diag(1/w²).
 */
import { Arena } from '../kernels/arena.ts';
import * as Layout from '../kernels/layout-totals.ts';
import type { ConservedTotals } from '../system.ts';

/** More totals than this are corrected one after another, a few times over, instead of all at once. */
const TOGETHER = 200, SWEEPS = 3;

/** The rows of N that matter: totals of a single component are those of species that never change. */
interface Rows {
  readonly end: Int32Array;
  readonly component: Int32Array;
  readonly coefficient: Float64Array;
}

export class TotalsProjection {
  private readonly arena: Arena;
  private readonly rows: number;
  private readonly end: Int32Array;
  private readonly component: Int32Array;
  private readonly coefficient: Float64Array;
  private readonly measured: Float64Array;
  private readonly metric: Float64Array;
  private readonly scale: Float64Array;
  /** Row-major lower triangle; none when there are too many totals. */
  private readonly cholesky: Float64Array | undefined;
  private readonly scratch: Float64Array;
  private readonly plan: number;

  constructor(totals: ConservedTotals, dimension: number, arena: Arena = new Arena(TotalsProjection.bytes(totals))) {
    const { end, component, coefficient } = rowsOf(totals);
    const rows = this.rows = end.length;
    this.arena = arena;
    this.end = end;
    this.component = component;
    this.coefficient = coefficient;
    this.metric = new Float64Array(dimension);
    this.scratch = new Float64Array(dimension);
    this.measured = arena.doubles(component.length);
    this.scale = arena.doubles(rows);
    this.cholesky = rows <= TOGETHER ? arena.doubles(rows * rows) : undefined;
    const table = arena.words(Layout.FIELDS);
    table[Layout.ROWS] = rows;
    table[Layout.ROW_END] = arena.put(end);
    table[Layout.COMPONENT] = arena.put(component.map((i) => 8 * i));
    table[Layout.COEFFICIENT] = arena.put(coefficient);
    table[Layout.MEASURED] = this.measured.byteOffset;
    table[Layout.SCALE] = this.scale.byteOffset;
    table[Layout.CHOLESKY] = this.cholesky?.byteOffset ?? 0;
    table[Layout.MISSING] = arena.doubles(rows).byteOffset;
    this.plan = table.byteOffset;
  }

  /** Room in an arena. */
  static bytes(totals: ConservedTotals): number {
    const { end, component } = rowsOf(totals), rows = end.length;
    return Arena.bytes([component.length, rows, rows <= TOGETHER ? rows * rows : 0, component.length, rows], [Layout.FIELDS, rows, component.length]);
  }

  /** Takes over the metric; any recent one will do. */
  prepare(weights: Float64Array): void {
    const { rows, metric, scale, end, component, coefficient, measured, cholesky, scratch } = this;
    if (rows === 0) return;
    for (let i = 0; i < metric.length; i++) metric[i] = 1 / (weights[i]! * weights[i]!);
    for (let k = 0, p = 0; k < rows; k++) {
      let diagonal = 0;
      for (; p < end[k]!; p++) {
        measured[p] = coefficient[p]! * metric[component[p]!]!;
        diagonal += coefficient[p]! * measured[p]!;
      }
      scale[k] = diagonal > 0 ? 1 / Math.sqrt(diagonal) : 0;
    }
    if (cholesky === undefined) return;
    // N D Nᵀ scaled to a unit diagonal, then factorised.
    scratch.fill(0);
    for (let k = 0; k < rows; k++) {
      const from = k === 0 ? 0 : end[k - 1]!;
      for (let p = from; p < end[k]!; p++) scratch[component[p]!] = measured[p]!;
      for (let j = 0; j <= k; j++) {
        let sum = 0;
        for (let p = j === 0 ? 0 : end[j - 1]!; p < end[j]!; p++) sum += coefficient[p]! * scratch[component[p]!]!;
        cholesky[k * rows + j] = sum * scale[k]! * scale[j]!;
      }
      for (let p = from; p < end[k]!; p++) scratch[component[p]!] = 0;
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

  /** Corrects x so that N x = N b; both lie in the arena. */
  apply(b: Float64Array, x: Float64Array): void {
    const { rows, scale, end, component, measured, coefficient } = this;
    if (rows === 0) return;
    if (this.cholesky !== undefined) {
      // Twice: the second pass removes the rounding of the first.
      for (let pass = 0; pass < 2; pass++) this.arena.kernels.totalsApply(this.plan, b.byteOffset, x.byteOffset);
      return;
    }
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      for (let k = 0, from = 0; k < rows; from = end[k]!, k++) {
        let lack = 0;
        for (let p = from; p < end[k]!; p++) lack += coefficient[p]! * (b[component[p]!]! - x[component[p]!]!);
        lack *= scale[k]! * scale[k]!;
        for (let p = from; p < end[k]!; p++) x[component[p]!] = x[component[p]!]! + lack * measured[p]!;
      }
    }
  }
}

const known = new WeakMap<ConservedTotals, Rows>();

function rowsOf(totals: ConservedTotals): Rows {
  let rows = known.get(totals);
  if (rows !== undefined) return rows;
  const end: number[] = [], component: number[] = [], coefficient: number[] = [];
  for (let k = 0; k < totals.pivots.length; k++) {
    const from = totals.rowStart[k]!, last = totals.rowStart[k + 1]!;
    if (last - from < 2) continue;
    for (let p = from; p < last; p++) { component.push(totals.component[p]!); coefficient.push(totals.coefficient[p]!); }
    end.push(component.length);
  }
  known.set(totals, rows = { end: Int32Array.from(end), component: Int32Array.from(component), coefficient: Float64Array.from(coefficient) });
  return rows;
}
