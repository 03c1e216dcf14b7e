/**
 * How far a leap may go: the step selection of Cao, Gillespie and Petzold (J. Chem. Phys. 124, 044109, 2006). No propensity
 * shall change by more than about ε of itself, judged by the mean and the variance of the change of every reactant.
 */
import type { Propensities } from './propensities.ts';

/** Powers that a rate law may hide: a Hill law of this order is still judged safely. */
const LAW_ORDER = 4;

export class LeapControl {
  readonly values: Float64Array;
  private readonly propensities: Propensities;
  private readonly epsilon: number;
  /** Highest order of a reaction that a species is a reactant of (0: none), and how many molecules of it that takes. */
  private readonly order: Int8Array;
  private readonly molecules: Int8Array;
  private readonly mean: Float64Array;
  private readonly variance: Float64Array;

  constructor(propensities: Propensities, epsilon: number) {
    const { count, dimension: n, first, second, extraStart, extraSpecies, kind, dependentStart, dependentReaction } = propensities;
    this.propensities = propensities;
    this.epsilon = epsilon;
    this.values = new Float64Array(count);
    this.order = new Int8Array(n);
    this.molecules = new Int8Array(n);
    this.mean = new Float64Array(n);
    this.variance = new Float64Array(n);
    for (let s = 0; s < n; s++) {
      for (let p = dependentStart[s]!; p < dependentStart[s + 1]!; p++) {
        const r = dependentReaction[p]!;
        let order = LAW_ORDER, molecules = 1;
        if (kind[r] !== 2) {
          order = (first[r]! < n ? 1 : 0) + (second[r]! < n ? 1 : 0);
          molecules = (first[r] === s ? 1 : 0) + (second[r] === s ? 1 : 0);
          for (let q = extraStart[r]!; q < extraStart[r + 1]!; q++) { order++; if (extraSpecies[q] === s) molecules++; }
        }
        order = Math.min(order, 100);
        if (order > this.order[s]! || (order === this.order[s] && molecules > this.molecules[s]!)) {
          this.order[s] = order;
          this.molecules[s] = Math.min(molecules, 100);
        }
      }
    }
  }

  /** Takes all propensities at a state; their sum, or the reaction whose propensity is not a number ≥ 0. */
  evaluate(counts: Float64Array, t: number): { readonly total: number } | { readonly reaction: number; readonly value: number } {
    const { values, propensities } = this;
    let total = 0;
    for (let r = 0; r < values.length; r++) {
      const value = propensities.value(r, counts, t);
      if (!(value >= 0) || value === Infinity) return { reaction: r, value };
      values[r] = value;
      total += value;
    }
    return { total };
  }

  /** Longest leap for the propensities last taken; reactions marked in `aside` do not count. Infinity when nothing limits it. */
  select(counts: Float64Array, aside?: Uint8Array): number {
    const { mean, variance, order, molecules, values, epsilon } = this, { changeStart, changeSpecies, changeBy } = this.propensities;
    mean.fill(0);
    variance.fill(0);
    for (let r = 0; r < values.length; r++) {
      const a = values[r]!;
      if (a === 0 || aside?.[r] === 1) continue;
      for (let p = changeStart[r]!; p < changeStart[r + 1]!; p++) {
        const s = changeSpecies[p]!, by = changeBy[p]!;
        mean[s]! += by * a;
        variance[s]! += by * by * a;
      }
    }
    let tau = Infinity;
    for (let s = 0; s < mean.length; s++) {
      if (order[s] === 0 || variance[s] === 0) continue;
      const n = counts[s]!, room = Math.max((epsilon * n) / weight(order[s]!, molecules[s]!, n), 1);
      tau = Math.min(tau, room / Math.abs(mean[s]!), (room * room) / variance[s]!);
    }
    return tau;
  }
}

/** g_i of the paper, its pattern continued beyond order 3: order/ν·Σ_{m<ν} n/(n − m). */
function weight(order: number, molecules: number, n: number): number {
  if (molecules <= 1 || n <= molecules) return order;
  let sum = 0;
  for (let m = 0; m < molecules; m++) sum += n / (n - m);
  return (order / molecules) * sum;
}
