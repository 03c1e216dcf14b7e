/**
 * Chemical Langevin equation (Gillespie, J. Chem. Phys. 2000) by Euler and Maruyama: in a step τ a reaction of propensity a has
 * a·τ + √(a·τ)·N(0,1) events, in parts of a molecule. Steps are as long as a leap may be, or as asked. Where a step would
 * take a count below zero, the events that lower it are cut down in proportion: whole reactions are, so conserved totals
 * stay. Between steps the course is a straight line, whatever times are asked for.
 */
import type { Course, Engine, Turn } from './course.ts';
import { LeapControl } from './leap.ts';
import type { Propensities } from './propensities.ts';

/**
 * Longest step, as a part of the whole run and of a stretch of it: within a step the course is a straight line, which has less than half of its
 * variance in the middle, and the step selection sees the state only, not rates that depend on time or have no reactants.
 */
const TIME_SHARE = 1e-3, STRETCH_SHARE = 1 / 16;
/** Rounds of cutting down before every lowering event is cut as if nothing were made. */
const ROUNDS = 8;
/** One less than a power of two: reactions between two polls within a step. */
const MANY = 0xffff;

export class Langevin implements Engine {
  readonly name = 'langevin';
  private readonly propensities: Propensities;
  private readonly control: LeapControl;
  private readonly step: number | undefined;
  private readonly extent: Float64Array;
  private readonly trial: Float64Array;
  private readonly inside: Float64Array;
  private readonly keep: Float64Array;

  /** @param step fixed length; chosen anew for every step by ε when left out */
  constructor(propensities: Propensities, epsilon: number, step?: number) {
    const n = propensities.dimension + 2;
    this.propensities = propensities;
    this.control = new LeapControl(propensities, epsilon);
    this.step = step;
    this.extent = new Float64Array(propensities.count);
    this.trial = new Float64Array(n);
    this.inside = new Float64Array(n);
    this.keep = new Float64Array(n);
  }

  begin(): void {
    this.propensities.whole = false;
  }

  turn(course: Course): Turn {
    const { propensities, control, extent, trial } = this, { counts, stream, grid, from, end, until } = course, { values } = control;
    for (let left = Math.max(1, Math.floor(20_000 / (20 + propensities.count))); left > 0; left--) {
      if (course.events >= course.maxEvents) return 'event limit';
      if (!propensities.autonomous) propensities.at(course.t, counts);
      const taken = control.evaluate(counts, course.t);
      if ('reaction' in taken) { course.fault = taken; return 'fault'; }
      if (taken.total === 0 && propensities.autonomous) return 'extinct';
      const longest = Math.min(until * TIME_SHARE, (end - from) * STRETCH_SHARE);
      const wanted = this.step ?? Math.min(control.select(counts), longest), t0 = course.t;
      // Only at the end of the run is what is left of a step cut off; where rates jump, a step ends.
      const ends = end < until && t0 + wanted >= end, tau = ends ? end - t0 : wanted, t1 = ends ? end : t0 + tau;
      let events = 0;
      for (let r = 0; r < extent.length; r++) {
        if ((r & MANY) === MANY) course.poll();
        const expected = values[r]! * tau;
        extent[r] = expected === 0 ? 0 : expected + Math.sqrt(expected) * stream.normal();
        events += expected;
      }
      this.apply(counts);
      course.steps++;
      // How much of the step counts: up to the end, or to where the condition begins to hold.
      const last = t1 > end ? (end - t0) / tau : 1, met = this.met(course, tau, last), share = met ?? last, to = share < last ? t0 + share * tau : Math.min(t1, end);
      while (grid.next < to) grid.write(this.between(counts, (grid.next - t0) / tau));
      if (share < 1) counts.set(this.between(counts, share));
      else counts.set(trial);
      course.events += events * share;
      course.t = course.lastEvent = to;
      if (propensities.hasLaws) for (let s = 0; s < propensities.dimension; s++) propensities.concentration[s] = counts[s]! / propensities.omega;
      if (met !== undefined) return 'condition';
      if (t1 >= end) return 'end';
    }
    return 'pause';
  }

  /** The share of the step at which the condition begins to hold, if it does at the last share that counts. */
  private met({ watch, t: t0, counts }: Course, tau: number, last: number): number | undefined {
    if (watch?.holds(t0 + last * tau, this.between(counts, last)) !== true) return undefined;
    return last * watch.share((part) => watch.holds(t0 + part * last * tau, this.between(counts, part * last)));
  }

  private between(counts: Float64Array, share: number): Float64Array {
    const { inside, trial } = this;
    for (let s = 0; s < inside.length; s++) inside[s] = counts[s]! + share * (trial[s]! - counts[s]!);
    return inside;
  }

  /** The state after the step into `trial`, no count below zero. */
  private apply(counts: Float64Array): void {
    const { trial, propensities } = this;
    for (let round = 0; ; round++) {
      this.add(counts);
      if (!this.cut(counts, round >= ROUNDS)) break;
    }
    // What is left below zero is rounding.
    for (let s = 0; s < propensities.dimension; s++) if (trial[s]! < 0) trial[s] = 0;
  }

  private add(counts: Float64Array): void {
    const { trial, extent } = this, { changeStart, changeSpecies, changeBy } = this.propensities;
    trial.set(counts);
    for (let r = 0; r < extent.length; r++) {
      const x = extent[r]!;
      if (x !== 0) for (let p = changeStart[r]!; p < changeStart[r + 1]!; p++) trial[changeSpecies[p]!]! += x * changeBy[p]!;
    }
  }

  /** Cuts down what lowers counts below zero; false when nothing does. `all`: until no count can fall below zero whatever is made. */
  private cut(counts: Float64Array, all: boolean): boolean {
    const { trial, extent, keep } = this, { changeStart, changeSpecies, changeBy, dimension } = this.propensities;
    let any = false;
    for (let s = 0; s < dimension; s++) if (trial[s]! < -1e-9 * (1 + counts[s]!)) any = true;
    if (!any) return false;
    // keep[s]: first what is taken from s, then the part of it that may be taken.
    keep.fill(0);
    for (let r = 0; r < extent.length; r++) {
      for (let p = changeStart[r]!; p < changeStart[r + 1]!; p++) {
        const by = extent[r]! * changeBy[p]!;
        if (by < 0) keep[changeSpecies[p]!]! -= by;
      }
    }
    for (let s = 0; s < dimension; s++) {
      const taken = keep[s]!, made = all ? 0 : trial[s]! - counts[s]! + taken;
      keep[s] = (all || trial[s]! < 0) && taken > counts[s]! + made ? Math.max(0, (counts[s]! + made) / taken) : 1;
    }
    for (let r = 0; r < extent.length; r++) {
      let part = 1;
      for (let p = changeStart[r]!; p < changeStart[r + 1]!; p++) {
        if (extent[r]! * changeBy[p]! < 0) part = Math.min(part, keep[changeSpecies[p]!]!);
      }
      extent[r]! *= part;
    }
    return true;
  }
}
