/**
 * Conserved totals: a basis of the left null space of the stoichiometric matrix, by Gauss–Jordan elimination of the net
 * changes. With the reduced rows x_p + Σ a_pf x_f (p pivot, f free) every free species f gives the total
 * y_f − Σ_p a_pf y_p, which no reaction changes. Fixed species are totals of their own.
 */
import type { ConservedTotals } from '../system.ts';
import type { Fluxes } from './fluxes.ts';

/** Coefficients below this come from rounding: stoichiometries are of the order of 1. */
const ZERO = 1e-9;

export function conservedTotals(fluxes: Pick<Fluxes, 'dimension' | 'count' | 'changeStart' | 'changeSpecies' | 'changeBy'>): ConservedTotals {
  const { dimension: n, count, changeStart, changeSpecies, changeBy } = fluxes;
  /** rowOf[p]: the reduced row whose pivot is p, its other entries free so far. */
  const rowOf: (Map<number, number> | undefined)[] = new Array<Map<number, number> | undefined>(n).fill(undefined);
  /** Pivots whose rows may contain a column. */
  const usedBy: Set<number>[] = Array.from({ length: n }, () => new Set<number>());
  const frequency = new Int32Array(n);
  for (const i of changeSpecies) frequency[i]!++;
  for (let f = 0; f < count; f++) {
    const vector = new Map<number, number>();
    const add = (i: number, by: number): void => {
      const value = (vector.get(i) ?? 0) + by;
      if (Math.abs(value) < ZERO) vector.delete(i);
      else vector.set(i, value);
    };
    for (let p = changeStart[f]!; p < changeStart[f + 1]!; p++) {
      const i = changeSpecies[p]!, by = changeBy[p]!, row = rowOf[i];
      if (row === undefined) add(i, by);
      else for (const [j, a] of row) add(j, -by * a);
    }
    if (vector.size === 0) continue;
    // The species that occurs least often makes the sparsest rows.
    let pivot = -1;
    for (const [i, a] of vector) {
      if (Math.abs(a) > 1e-6 && (pivot < 0 || frequency[i]! < frequency[pivot]! || (frequency[i] === frequency[pivot] && i < pivot))) pivot = i;
    }
    if (pivot < 0) continue;
    const scale = 1 / vector.get(pivot)!;
    vector.delete(pivot);
    const row = new Map<number, number>();
    for (const [i, a] of vector) row.set(i, a * scale);
    for (const other of usedBy[pivot]!) {
      const target = rowOf[other]!, factor = target.get(pivot);
      if (factor === undefined) continue;
      target.delete(pivot);
      for (const [i, a] of row) {
        const value = (target.get(i) ?? 0) - factor * a;
        if (Math.abs(value) < ZERO) target.delete(i);
        else { target.set(i, value); usedBy[i]!.add(other); }
      }
    }
    usedBy[pivot]!.clear();
    rowOf[pivot] = row;
    for (const i of row.keys()) usedBy[i]!.add(pivot);
  }
  const pivots: number[] = [], rowStart: number[] = [0], component: number[] = [], coefficient: number[] = [];
  for (let f = 0; f < n; f++) {
    if (rowOf[f] !== undefined) continue;
    pivots.push(f);
    component.push(f);
    coefficient.push(1);
    for (const p of [...usedBy[f]!].sort((a, b) => a - b)) {
      const a = rowOf[p]?.get(f);
      if (a !== undefined) { component.push(p); coefficient.push(-a); }
    }
    rowStart.push(component.length);
  }
  return {
    pivots: Int32Array.from(pivots), rowStart: Int32Array.from(rowStart),
    component: Int32Array.from(component), coefficient: Float64Array.from(coefficient),
  };
}
