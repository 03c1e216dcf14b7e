/**
 * Conserved totals: a basis of the left null space of the stoichiometric matrix, by elimination of the net changes. With
 * the reduced rows x_p + Σ a_pf x_f (p pivot, f free) every free species f gives the total y_f − Σ_p a_pf y_p, which no
 * reaction changes. Fixed species are totals of their own.
 *
 * Rows are freed of later pivots when they are needed, and keep what that gave (as paths are compressed in a union-find
 * forest); all of them at the end, from the last to the first, when few species are free. Doing so with every new pivot
 * (Gauss–Jordan) fills them on the way: a chain of ten thousand species would take a minute.
 */
import { go, sparingly, type Poll } from '../cancel.ts';
import { countingSort } from '../linear/pattern.ts';
import type { ConservedTotals } from '../system.ts';
import type { Fluxes } from './fluxes.ts';

/** Coefficients below this come from rounding: stoichiometries are of the order of 1. */
const ZERO = 1e-9;

type Row = Map<number, number>;

export function conservedTotals(fluxes: Pick<Fluxes, 'dimension' | 'count' | 'changeStart' | 'changeSpecies' | 'changeBy'>, ask: Poll = go): ConservedTotals {
  const poll = sparingly(ask, 100);
  const { dimension: n, count, changeStart, changeSpecies, changeBy } = fluxes;
  /** Rows in the order in which they were found, their pivots, and by species which row it is the pivot of. */
  const rows: Row[] = [], pivotOf: number[] = [], rank = new Int32Array(n).fill(-1);
  const frequency = new Int32Array(n);
  for (const i of changeSpecies) frequency[i]!++;
  const held = { rows, rank, poll };
  for (const f of rarestFirst(count, changeStart, changeSpecies, frequency)) {
    poll();
    const vector: Row = new Map();
    for (let p = changeStart[f]!; p < changeStart[f + 1]!; p++) add(vector, changeSpecies[p]!, changeBy[p]!);
    reduce(vector, held);
    // The species that occurs least often makes the sparsest rows.
    let pivot = -1;
    for (const [i, a] of vector) {
      if (Math.abs(a) > 1e-6 && (pivot < 0 || frequency[i]! < frequency[pivot]! || (frequency[i] === frequency[pivot] && i < pivot))) pivot = i;
    }
    if (pivot < 0) continue;
    const scale = 1 / vector.get(pivot)!;
    vector.delete(pivot);
    for (const [i, a] of vector) vector.set(i, a * scale);
    rank[pivot] = rows.length;
    rows.push(vector);
    pivotOf.push(pivot);
  }
  // A row holds pivots of later rows only, which have been reduced before it.
  const users: { readonly pivot: number; readonly by: number }[][] = Array.from({ length: n }, () => []);
  for (let k = rows.length - 1; k >= 0; k--) {
    const row = rows[k]!;
    reduce(row, held);
    for (const [i, a] of row) users[i]!.push({ pivot: pivotOf[k]!, by: -a });
  }
  const pivots: number[] = [], rowStart: number[] = [0], component: number[] = [], coefficient: number[] = [];
  for (let f = 0; f < n; f++) {
    if (rank[f]! >= 0) continue;
    poll();
    pivots.push(f);
    component.push(f);
    coefficient.push(1);
    for (const { pivot, by } of users[f]!.sort((a, b) => a.pivot - b.pivot)) { component.push(pivot); coefficient.push(by); }
    rowStart.push(component.length);
  }
  return {
    pivots: Int32Array.from(pivots), rowStart: Int32Array.from(rowStart),
    component: Int32Array.from(component), coefficient: Float64Array.from(coefficient),
  };
}

function add(row: Row, i: number, by: number): void {
  const value = (row.get(i) ?? 0) + by;
  if (Math.abs(value) < ZERO) row.delete(i);
  else row.set(i, value);
}

interface Held {
  readonly rows: readonly Row[];
  readonly rank: Int32Array;
  readonly poll: Poll;
}

/** Puts rows in the place of the pivots in a vector, after the pivots in these rows have been replaced in the same way. */
function reduce(vector: Row, { rows, rank, poll }: Held): void {
  const open = [vector];
  for (let row = open.at(-1); row !== undefined; row = open.at(-1)) {
    poll();
    const pivots = [...row.keys()].filter((i) => rank[i]! >= 0), below = open.length;
    for (const i of pivots) {
      const other = rows[rank[i]!]!;
      if (hasPivot(other, rank)) open.push(other);
    }
    if (open.length > below) continue;
    open.pop();
    for (const i of pivots) {
      const a = row.get(i);
      // A row met twice on the way is free of pivots the second time.
      if (a === undefined) continue;
      row.delete(i);
      for (const [j, b] of rows[rank[i]!]!) add(row, j, -a * b);
    }
  }
}

function hasPivot(row: Row, rank: Int32Array): boolean {
  for (const i of row.keys()) if (rank[i]! >= 0) return true;
  return false;
}

/** Fluxes by the frequency of their rarest species: one that occurs nowhere else is a pivot that no other row contains. */
function rarestFirst(count: number, changeStart: Int32Array, changeSpecies: Int32Array, frequency: Int32Array): Int32Array {
  let most = 0;
  const rarest = Int32Array.from({ length: count }, (_, f) => {
    let least = changeStart[f] === changeStart[f + 1] ? 0 : 0x7fffffff;
    for (let p = changeStart[f]!; p < changeStart[f + 1]!; p++) least = Math.min(least, frequency[changeSpecies[p]!]!);
    most = Math.max(most, least);
    return least;
  });
  return countingSort(most + 1, count, (f) => rarest[f]!);
}
