/**
 * Gillespie's direct method (J. Comput. Phys. 1976), plain or sorted: the sorting direct method (McCollum et al., Comput. Biol.
 * Chem. 2006) moves a reaction that happens one place towards the front, so that the search ends early. The sum of the
 * propensities is taken anew at every event: it cannot drift.
 */
import type { Course, Engine, Turn } from './course.ts';
import type { Propensities } from './propensities.ts';

export class DirectMethod implements Engine {
  readonly name: 'direct' | 'sorted direct';
  private readonly propensities: Propensities;
  private readonly values: Float64Array;
  private readonly order: Int32Array;
  /** Events a turn, for about a millisecond of work. */
  private readonly share: number;

  constructor(propensities: Propensities, sorted: boolean) {
    this.propensities = propensities;
    this.name = sorted ? 'sorted direct' : 'direct';
    this.values = new Float64Array(propensities.count);
    this.order = new Int32Array(propensities.count);
    this.share = Math.max(16, Math.floor(1_000_000 / (50 + propensities.count)));
  }

  begin(course: Course): void {
    const { propensities, values, order } = this;
    for (let r = 0; r < values.length; r++) {
      order[r] = r;
      this.take(course, r, propensities.value(r, course.counts, course.t));
    }
  }

  private take(course: Course, r: number, value: number): void {
    if (!(value >= 0) || value === Infinity) course.fault = { reaction: r, value };
    this.values[r] = value;
  }

  turn(course: Course): Turn {
    const { propensities, values, order } = this, { counts, stream, grid, end, watch } = course;
    const { changeStart, changeSpecies, changeBy, hasLaws, concentration, omega } = propensities;
    const { start, reaction } = propensities.reactionGraph(course.poll);
    const sorted = this.name === 'sorted direct', count = values.length;
    for (let left = this.share; left > 0; left--) {
      if (course.fault !== undefined) return 'fault';
      if (course.events >= course.maxEvents) return 'event limit';
      let total = 0;
      for (let k = 0; k < count; k++) total += values[order[k]!]!;
      if (total === 0) return 'extinct';
      const next = course.t + stream.exponential() / total;
      const met = watch?.resting(course.t, Math.min(next, end), counts);
      if (met !== undefined) { course.t = met; return 'condition'; }
      if (next > grid.next) grid.before(Math.min(next, end), counts);
      if (next > end) { course.t = end; return 'end'; }
      let rest = stream.uniform() * total, k = 0;
      for (; k < count; k++) {
        rest -= values[order[k]!]!;
        if (rest < 0) break;
      }
      if (k === count) for (k--; values[order[k]!] === 0;) k--;
      const r = order[k]!;
      if (sorted && k > 0) { order[k] = order[k - 1]!; order[k - 1] = r; }
      course.t = course.lastEvent = next;
      course.events++;
      for (let p = changeStart[r]!; p < changeStart[r + 1]!; p++) {
        const s = changeSpecies[p]!, n = counts[s]! + changeBy[p]!;
        counts[s] = n;
        if (hasLaws) concentration[s] = n / omega;
      }
      if (watch?.holds(next, counts) === true) return 'condition';
      for (let p = start[r]!; p < start[r + 1]!; p++) {
        const other = reaction[p]!;
        this.take(course, other, propensities.value(other, counts, next));
      }
    }
    return 'pause';
  }
}
