/** Conservation laws with non-negative weights: what stays in parts that are really there, and so bounds every species in it. */
import type { ConservationLaw } from './conservation.ts';
import { exact, gcd } from './exact.ts';
import type { StoichiometricMatrix } from './stoichiometry.ts';

interface Row {
  /** wᵀN for the reactions that are still to do. */
  readonly products: Float64Array;
  readonly weights: Float64Array;
  readonly support: bigint;
}

/**
 * The minimal-support non-negative laws (P-semiflows), which generate all non-negative ones, by Farkas' algorithm: reaction by
 * reaction, rows whose product with it is positive are combined with negative ones, and rows whose support contains another's are dropped.
 * Their number can grow exponentially, so networks with more than `limit` rows at any stage, or more than 200 species, give undefined.
 */
export function nonNegativeLaws(matrix: StoichiometricMatrix, among: Uint8Array, limit = 2000): ConservationLaw[] | undefined {
  const components: number[] = [];
  for (let row = 0; row < matrix.rows; row++) if (among[row] === 1) components.push(row);
  if (components.length > 200) return undefined;
  const columns = distinctColumns(matrix, components);
  let rows: Row[] = components.map((_, n) => {
    const weights = new Float64Array(components.length);
    weights[n] = 1;
    return { weights, products: Float64Array.from(columns, (column) => column.get(n) ?? 0), support: 1n << BigInt(n) };
  });
  for (let c = 0; c < columns.length; c++) {
    const kept = rows.filter((row) => row.products[c] === 0);
    const positive = rows.filter((row) => (row.products[c] ?? 0) > 0);
    const negative = rows.filter((row) => (row.products[c] ?? 0) < 0);
    const next: Row[] = kept;
    for (const p of positive) {
      for (const n of negative) {
        next.push(combine(p, n, c));
        if (next.length > 4 * limit) return undefined;
      }
    }
    rows = minimal(next);
    if (rows.length > limit) return undefined;
  }
  return rows.map((row) => components.map((component, n) => ({ component, weight: row.weights[n] ?? 0 })).filter(({ weight }) => weight !== 0));
}

function distinctColumns(matrix: StoichiometricMatrix, components: readonly number[]): Map<number, number>[] {
  const position = new Map(components.map((component, n) => [component, n]));
  const seen = new Set<string>();
  const result: Map<number, number>[] = [];
  for (let c = 0; c < matrix.columns; c++) {
    const column = new Map<number, number>();
    let sign = 0;
    let key = '';
    for (let p = matrix.columnStart[c] ?? 0; p < (matrix.columnStart[c + 1] ?? 0); p++) {
      const n = position.get(matrix.rowIndex[p] ?? -1);
      const value = matrix.values[p] ?? 0;
      if (n === undefined) continue;
      if (sign === 0) sign = Math.sign(value);
      column.set(n, sign * value);
      key += `${n}:${sign * value},`;
    }
    if (column.size === 0 || seen.has(key)) continue;
    seen.add(key);
    result.push(column);
  }
  return result;
}

function combine(positive: Row, negative: Row, c: number): Row {
  const a = -(negative.products[c] ?? 0);
  const b = positive.products[c] ?? 0;
  const weights = positive.weights.map((weight, n) => exact(a * weight + b * (negative.weights[n] ?? 0)));
  const products = positive.products.map((product, n) => exact(a * product + b * (negative.products[n] ?? 0)));
  const divisor = weights.reduce((factor, weight) => gcd(factor, weight), 0) || 1;
  return { weights: weights.map((weight) => weight / divisor), products: products.map((product) => product / divisor), support: positive.support | negative.support };
}

/** Rows whose support contains no other row's; of equal ones the first. */
function minimal(rows: readonly Row[]): Row[] {
  return rows.filter((row, n) => !rows.some((other, m) => m !== n && (other.support & row.support) === other.support && (other.support !== row.support || m < n)));
}
