/**
 * Incomplete LU without fill (ILU(0)) of M = I − γJ, as a preconditioner.
 *
 * Which entry updates which is worked out once: factorising replays (source, target) pairs without any search. Entries
 * that do not matter in the error metric of the integrator, |M_ij|·w_i/w_j below DROP with the error weights w, are left
 * out, and what remains of L and U is packed for the triangular solves; on large reaction networks few entries remain.
 */
import type { SparsePattern } from '../system.ts';
import { diagonalOf, transposed } from './pattern.ts';

const DROP = 3e-3;

export class ILU0 {
  private readonly n: number;
  /** The pattern by rows; `source` maps its entries to those of the pattern by columns. */
  private readonly rowStart: Int32Array;
  private readonly columnIndex: Int32Array;
  private readonly source: Int32Array;
  private readonly diagonal: Int32Array;
  private readonly rowOf: Int32Array;
  private readonly values: Float64Array;
  /** Elimination k: multiplier entry, the diagonal entry it is divided by, and its pairs pairStart[k] … pairStart[k+1]−1. */
  private readonly multiplier: Int32Array;
  private readonly divisor: Int32Array;
  private readonly pairStart: Int32Array;
  private readonly pairSource: Int32Array;
  private readonly pairTarget: Int32Array;
  private readonly lowerStart: Int32Array;
  private readonly upperStart: Int32Array;
  private readonly lowerColumn: Int32Array;
  private readonly upperColumn: Int32Array;
  private readonly lowerValue: Float64Array;
  private readonly upperValue: Float64Array;
  private readonly inverse: Float64Array;

  constructor(pattern: SparsePattern) {
    const n = pattern.n, plan = planOf(pattern);
    const nonZeros = plan.columnIndex.length;
    this.n = n;
    this.rowStart = plan.rowStart;
    this.columnIndex = plan.columnIndex;
    this.source = plan.source;
    this.diagonal = plan.diagonal;
    this.rowOf = plan.rowOf;
    this.values = new Float64Array(nonZeros);
    this.multiplier = plan.multiplier;
    this.divisor = plan.divisor;
    this.pairStart = plan.pairStart;
    this.pairSource = plan.pairSource;
    this.pairTarget = plan.pairTarget;
    this.lowerStart = new Int32Array(n + 1);
    this.upperStart = new Int32Array(n + 1);
    this.lowerColumn = new Int32Array(nonZeros);
    this.upperColumn = new Int32Array(nonZeros);
    this.lowerValue = new Float64Array(nonZeros);
    this.upperValue = new Float64Array(nonZeros);
    this.inverse = new Float64Array(n);
  }

  /**
   * @param jacobian values of J in the order of the pattern by columns
   * @returns false when a diagonal entry vanishes
   */
  factorise(jacobian: Float64Array, gamma: number, weights: Float64Array): boolean {
    const { n, values, source, columnIndex, rowOf, diagonal, multiplier, divisor, pairStart, pairSource, pairTarget } = this;
    for (let p = 0; p < values.length; p++) {
      const value = gamma * jacobian[source[p]!]!;
      values[p] = Math.abs(value) * weights[rowOf[p]!]! < DROP * weights[columnIndex[p]!]! ? 0 : -value;
    }
    for (let i = 0; i < n; i++) {
      const p = diagonal[i]!;
      values[p] = 1 - gamma * jacobian[source[p]!]!;
    }
    for (let k = 0; k < multiplier.length; k++) {
      const at = multiplier[k]!, entry = values[at]!;
      if (entry === 0) continue;
      const factor = entry / values[divisor[k]!]!;
      values[at] = factor;
      for (let p = pairStart[k]!, end = pairStart[k + 1]!; p < end; p++) {
        const target = pairTarget[p]!;
        values[target] = values[target]! - factor * values[pairSource[p]!]!;
      }
    }
    return this.pack();
  }

  private pack(): boolean {
    const { n, values, rowStart, columnIndex, diagonal, lowerStart, lowerColumn, lowerValue, upperStart, upperColumn, upperValue } = this;
    let lower = 0, upper = 0;
    for (let i = 0; i < n; i++) {
      const middle = diagonal[i]!;
      for (let p = rowStart[i]!; p < middle; p++) {
        if (values[p] !== 0) { lowerColumn[lower] = columnIndex[p]!; lowerValue[lower++] = values[p]!; }
      }
      for (let p = middle + 1; p < rowStart[i + 1]!; p++) {
        if (values[p] !== 0) { upperColumn[upper] = columnIndex[p]!; upperValue[upper++] = values[p]!; }
      }
      lowerStart[i + 1] = lower;
      upperStart[i + 1] = upper;
      const inverse = 1 / values[middle]!;
      if (!Number.isFinite(inverse)) return false;
      this.inverse[i] = inverse;
    }
    return true;
  }

  /** x ← (LU)⁻¹ x */
  solve(x: Float64Array): void {
    const { n, lowerStart, lowerColumn, lowerValue, upperStart, upperColumn, upperValue, inverse } = this;
    for (let i = 0; i < n; i++) {
      const end = lowerStart[i + 1]!;
      let p = lowerStart[i]!;
      if (p === end) continue;
      let sum = x[i]!;
      for (; p < end; p++) sum -= lowerValue[p]! * x[lowerColumn[p]!]!;
      x[i] = sum;
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = x[i]!;
      for (let p = upperStart[i]!, end = upperStart[i + 1]!; p < end; p++) sum -= upperValue[p]! * x[upperColumn[p]!]!;
      x[i] = sum * inverse[i]!;
    }
  }
}

type Plan = ReturnType<typeof makePlan>;

/** Plans by pattern: a network is integrated many times while its sliders move. */
const plans = new WeakMap<SparsePattern, Plan>();

function planOf(pattern: SparsePattern): Plan {
  let plan = plans.get(pattern);
  if (plan === undefined) plans.set(pattern, plan = makePlan(pattern));
  return plan;
}

function makePlan(pattern: SparsePattern) {
  const n = pattern.n, { columnStart: rowStart, rowIndex: columnIndex, source } = transposed(pattern);
  const diagonal = diagonalOf({ n, columnStart: rowStart, rowIndex: columnIndex });
  const rowOf = new Int32Array(columnIndex.length);
  for (let i = 0; i < n; i++) rowOf.fill(i, rowStart[i], rowStart[i + 1]);
  return { rowStart, columnIndex, source, diagonal, rowOf, ...updatePlan(n, rowStart, columnIndex, diagonal) };
}

/** Row by row: entry (i,k), k < i, divided by (k,k), updates every (i,j) of the pattern with j > k for which (k,j) exists. */
function updatePlan(n: number, rowStart: Int32Array, columnIndex: Int32Array, diagonal: Int32Array) {
  let eliminations = 0;
  for (let i = 0; i < n; i++) eliminations += diagonal[i]! - rowStart[i]!;
  const multiplier = new Int32Array(eliminations), divisor = new Int32Array(eliminations);
  const pairStart = new Int32Array(eliminations + 1);
  let pairSource = new Int32Array(4 * columnIndex.length + 16), pairTarget = new Int32Array(pairSource.length);
  const place = new Int32Array(n).fill(-1);
  let k = 0, pairs = 0;
  for (let i = 0; i < n; i++) {
    const begin = rowStart[i]!, end = rowStart[i + 1]!;
    for (let p = begin; p < end; p++) place[columnIndex[p]!] = p;
    for (let p = begin; p < diagonal[i]!; p++) {
      const row = columnIndex[p]!, last = rowStart[row + 1]!;
      multiplier[k] = p;
      divisor[k] = diagonal[row]!;
      if (pairs + last - diagonal[row]! > pairSource.length) {
        const room = 2 * pairSource.length + last;
        pairSource = grown(pairSource, room);
        pairTarget = grown(pairTarget, room);
      }
      for (let q = diagonal[row]! + 1; q < last; q++) {
        const target = place[columnIndex[q]!]!;
        if (target >= 0) { pairSource[pairs] = q; pairTarget[pairs++] = target; }
      }
      pairStart[++k] = pairs;
    }
    for (let p = begin; p < end; p++) place[columnIndex[p]!] = -1;
  }
  return { multiplier, divisor, pairStart, pairSource: pairSource.slice(0, pairs), pairTarget: pairTarget.slice(0, pairs) };
}

function grown(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(length);
  longer.set(array);
  return longer;
}
