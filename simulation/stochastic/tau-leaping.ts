/**
 * Tau-leaping with step control (Cao, Gillespie, Petzold 2005 and 2006). Reactions within ten events of using a reactant up are
 * critical: at most one of them happens in a leap, at its own exact time. Where a leap would stand for few events, the exact
 * method runs instead, and a leap that would make a count negative is tried again at half the length. Within a leap the events of
 * a reaction lie at random (`bridge.ts`), in whole numbers, so conserved totals stay exact and what is written down for a time
 * depends neither on the other times nor on the end.
 */
import type { Poll } from '../cancel.ts';
import { firstEvents, hash } from './bridge.ts';
import type { Course, Engine, Turn } from './course.ts';
import { poisson } from './deviates.ts';
import { DirectMethod } from './direct.ts';
import type { Stream } from './generator.ts';
import { LeapControl } from './leap.ts';
import type { Propensities } from './propensities.ts';

const CRITICAL = 10;
/** One less than a power of two: reactions between two polls within a leap. */
const MANY = 0xffff;
/** A leap worth fewer events than this is left to the exact method, for so many events. */
const FEW = 10, EXACT_EVENTS = 100;

export class TauLeaping implements Engine {
  readonly name = 'tau leaping';
  private readonly propensities: Propensities;
  private readonly control: LeapControl;
  private readonly exact: DirectMethod;
  private readonly critical: Uint8Array;
  private readonly happened: Float64Array;
  private readonly trial: Float64Array;
  private readonly inside: Float64Array;
  private key = 0;

  /** @param epsilon largest relative change of a propensity in a leap, about */
  constructor(propensities: Propensities, epsilon: number) {
    this.propensities = propensities;
    this.control = new LeapControl(propensities, epsilon);
    this.exact = new DirectMethod(propensities, false);
    this.critical = new Uint8Array(propensities.count);
    this.happened = new Float64Array(propensities.count);
    this.trial = new Float64Array(propensities.dimension + 2);
    this.inside = new Float64Array(propensities.dimension + 2);
  }

  begin(course: Course): void {
    this.key = course.stream.words()[0]!;
  }

  turn(course: Course): Turn {
    for (let left = Math.max(1, Math.floor(20_000 / (20 + this.propensities.count))); left > 0; left--) {
      const turn = this.step(course);
      if (turn !== 'pause') return turn;
    }
    return 'pause';
  }

  private step(course: Course): Turn {
    if (course.events >= course.maxEvents) return 'event limit';
    const { control, critical } = this, { counts, stream } = course;
    const taken = control.evaluate(counts, course.t);
    if ('reaction' in taken) { course.fault = taken; return 'fault'; }
    if (taken.total === 0) return 'extinct';
    const criticalTotal = this.markCritical(counts);
    let longest = control.select(counts, critical);
    // Only at the end of the run is what is left of a leap cut off.
    if (course.end < course.until) longest = Math.min(longest, course.end - course.t);
    for (;;) {
      if (longest < FEW / taken.total) return this.exactly(course);
      const ownTime = criticalTotal > 0 ? stream.exponential() / criticalTotal : Infinity;
      let tau = Math.min(longest, ownTime);
      const withCritical = ownTime <= longest;
      // Nothing limits the leap: only reactions without reactants are at work, and the rest of the run is one leap.
      if (tau === Infinity) tau = Math.max(course.end - course.t, 1e-300) * 2;
      const events = this.draw(stream, tau, course.poll);
      const chosen = withCritical ? this.chooseCritical(stream, criticalTotal) : -1;
      if (this.apply(counts, chosen)) {
        return this.accept(course, tau, events, chosen);
      }
      longest = tau / 2;
    }
  }

  private exactly(course: Course): Turn {
    const { exact } = this, most = course.maxEvents;
    course.maxEvents = Math.min(most, course.events + EXACT_EVENTS);
    exact.begin(course);
    let turn: Turn;
    do turn = exact.turn(course); while (turn === 'pause');
    course.maxEvents = most;
    if (turn === 'event limit' && course.events < most) return 'pause';
    return turn;
  }

  /** Marks reactions that could use a reactant up within ten events; the sum of their propensities. */
  private markCritical(counts: Float64Array): number {
    const { critical, propensities } = this, { changeStart, changeSpecies, changeBy } = propensities, { values } = this.control;
    let total = 0;
    for (let r = 0; r < values.length; r++) {
      critical[r] = 0;
      if (values[r] === 0) continue;
      for (let p = changeStart[r]!; p < changeStart[r + 1]!; p++) {
        if (changeBy[p]! < 0 && counts[changeSpecies[p]!]! < -CRITICAL * changeBy[p]!) {
          critical[r] = 1;
          total += values[r]!;
          break;
        }
      }
    }
    return total;
  }

  private draw(stream: Stream, tau: number, poll: Poll): number {
    const { happened, critical } = this, { values } = this.control;
    let events = 0;
    for (let r = 0; r < happened.length; r++) {
      if ((r & MANY) === MANY) poll();
      const k = values[r] === 0 || critical[r] === 1 ? 0 : poisson(stream, values[r]! * tau);
      happened[r] = k;
      events += k;
    }
    return events;
  }

  private chooseCritical(stream: Stream, total: number): number {
    const { critical } = this, { values } = this.control;
    let rest = stream.uniform() * total, last = -1;
    for (let r = 0; r < values.length; r++) {
      if (critical[r] === 0) continue;
      last = r;
      rest -= values[r]!;
      if (rest < 0) return r;
    }
    return last;
  }

  /** The state after the leap into `trial`; false when a count would be negative. */
  private apply(counts: Float64Array, chosen: number): boolean {
    const { trial, happened } = this;
    trial.set(counts);
    this.add(trial, happened);
    if (chosen >= 0) this.addOne(trial, chosen);
    return nonNegative(trial);
  }

  private accept(course: Course, tau: number, events: number, chosen: number): Turn {
    const { trial, propensities } = this, { counts, grid, end } = course, t0 = course.t, t1 = t0 + tau;
    course.steps++;
    // How much of the leap counts: up to the end, or to where the condition begins to hold.
    const last = t1 > end ? (end - t0) / tau : 1, met = this.met(course, tau, last), share = met ?? last, to = share < last ? t0 + share * tau : Math.min(t1, end);
    while (grid.next < to) grid.write(this.within(course, (grid.next - t0) / tau));
    if (to < t1) {
      const state = this.within(course, share);
      for (let r = 0; r < this.happened.length; r++) course.events += this.part(course, r, share);
      counts.set(state);
      course.t = course.lastEvent = to;
    } else {
      course.events += events + (chosen >= 0 ? 1 : 0);
      counts.set(trial);
      course.t = t1;
      if (events > 0 || chosen >= 0) course.lastEvent = t1;
    }
    if (propensities.hasLaws) for (let s = 0; s < propensities.dimension; s++) propensities.concentration[s] = counts[s]! / propensities.omega;
    return met !== undefined ? 'condition' : course.t >= end ? 'end' : 'pause';
  }

  /** The share of the leap at which the condition begins to hold, if it does at the last share that counts. */
  private met(course: Course, tau: number, last: number): number | undefined {
    const { watch, t: t0 } = course;
    if (watch === undefined || !watch.holds(t0 + last * tau, last < 1 ? this.within(course, last) : this.trial)) return undefined;
    return last * watch.share((part) => watch.holds(t0 + part * last * tau, this.within(course, part * last)));
  }

  /** Counts a share θ of the leap after its start; the start's where the order of events would have made one negative. */
  private within(course: Course, share: number): Float64Array {
    const { inside, happened } = this, { changeStart, changeSpecies, changeBy } = this.propensities;
    inside.set(course.counts);
    for (let r = 0; r < happened.length; r++) {
      const k = happened[r] === 0 ? 0 : this.part(course, r, share);
      if (k !== 0) for (let p = changeStart[r]!; p < changeStart[r + 1]!; p++) inside[changeSpecies[p]!]! += k * changeBy[p]!;
    }
    if (!nonNegative(inside)) inside.set(course.counts);
    return inside;
  }

  /** Events of a reaction in the first share of the leap. */
  private part(course: Course, r: number, share: number): number {
    return firstEvents(this.happened[r]!, share, hash(this.key, course.steps, r));
  }

  private add(counts: Float64Array, events: Float64Array): void {
    const { changeStart, changeSpecies, changeBy } = this.propensities;
    for (let r = 0; r < events.length; r++) {
      const k = events[r]!;
      if (k !== 0) for (let p = changeStart[r]!; p < changeStart[r + 1]!; p++) counts[changeSpecies[p]!]! += k * changeBy[p]!;
    }
  }

  private addOne(counts: Float64Array, r: number): void {
    const { changeStart, changeSpecies, changeBy } = this.propensities;
    for (let p = changeStart[r]!; p < changeStart[r + 1]!; p++) counts[changeSpecies[p]!]! += changeBy[p]!;
  }
}

function nonNegative(counts: Float64Array): boolean {
  for (let s = 0; s < counts.length; s++) if (counts[s]! < 0) return false;
  return true;
}
