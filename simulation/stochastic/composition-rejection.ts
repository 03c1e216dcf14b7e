/**
 * Rejection-based exact method with composition–rejection search, after RSSA-CR (Thanh, Zunino, Priami, IEEE/ACM TCBB 2017) and
 * SSA-CR (Slepoy, Thompson, Plimpton, J. Chem. Phys. 2008), the two rejections made one: every count has a ceiling; a
 * reaction's propensity at the ceilings puts it into a bin with an upper edge U (four bins an octave). Candidates come at rate
 * Σ U, one bin's share being members·U, and a candidate happens with chance a/U, a its propensity now: thinning of a
 * Poisson process, so the result is exact whatever the ceilings are. Bins change only when a count passes its ceiling or
 * falls far below it, so most events touch nothing but counts; members·U is computed, never added up, so no sum drifts.
 */
import type { Course, Engine, Turn } from './course.ts';
import { STREAM_BLOCK } from './generator.ts';
import type { Propensities } from './propensities.ts';

/** Bins by the leading 13 bits of a float64: sign (0), 11 of the exponent, 2 of the mantissa. */
const KEYS = 1 << 13, SHIFT = 18;
/** Candidates a turn: a few milliseconds. */
const SHARE = 16_384;
/** No propensity is larger. */
const MOST = 1e290;
/** So many rejected candidates in a row ask for a closer look. */
const PATIENCE = 1_024;

export interface Ceilings {
  /** Headroom of large counts, as a part of them. */
  readonly relative: number;
  /** Headroom of small counts, in molecules. */
  readonly least: number;
}

export class CompositionRejection implements Engine {
  readonly name = 'composition rejection';
  private readonly propensities: Propensities;
  private readonly ceilings: Ceilings;
  /** Ceilings of the counts, and the counts below which a ceiling is lowered; both with the two slots that are always 1. */
  private readonly high: Float64Array;
  private readonly low: Float64Array;
  /** Bin of a reaction (0: it cannot happen) and its place in there. */
  private readonly key: Int32Array;
  private readonly place: Int32Array;
  /** Present propensities of rate laws. */
  private readonly lawValue: Float64Array;
  /** Bins in use, from the highest edge down. */
  private used = 0;
  private readonly positionOf = new Int32Array(KEYS).fill(-1);
  private readonly keyAt = new Int32Array(KEYS);
  private readonly edge = new Float64Array(KEYS);
  private readonly inverseEdge = new Float64Array(KEYS);
  private readonly weight = new Float64Array(KEYS);
  private readonly size = new Int32Array(KEYS);
  private readonly members: Int32Array[] = [];
  private total = 0;
  private stale = true;
  private rejectedInARow = 0;
  private readonly float = new Float64Array(1);
  private readonly word = new Uint32Array(this.float.buffer);

  constructor(propensities: Propensities, ceilings: Ceilings = { relative: 0.1, least: 3 }) {
    const { count, dimension } = propensities;
    this.propensities = propensities;
    this.ceilings = ceilings;
    this.high = new Float64Array(dimension + 2).fill(1);
    this.low = new Float64Array(dimension + 2);
    this.key = new Int32Array(count);
    this.place = new Int32Array(count);
    this.lawValue = new Float64Array(propensities.hasLaws ? count : 0);
  }

  begin(course: Course): void {
    const { propensities, high, key, size, positionOf } = this;
    positionOf.fill(-1);
    this.used = 0;
    size.fill(0);
    key.fill(0);
    this.rejectedInARow = 0;
    for (let s = 0; s < propensities.dimension; s++) this.setCeiling(s, course.counts[s]!);
    for (let r = 0; r < key.length; r++) {
      if (propensities.kind[r] === 2) this.updateLaw(course, r);
      else this.put(course, r, propensities.bound(r, high));
    }
    this.stale = true;
  }

  turn(course: Course): Turn {
    const { propensities, high, low, edge, inverseEdge, weight, size, members, lawValue } = this;
    const { first, second, constant, kind, changeStart, changeSpecies, changeBy, hasLaws, inLaw, concentration, omega } = propensities;
    const { counts, stream, grid, end, maxEvents, watch } = course, values = stream.values;
    let t = course.t, events = course.events, position = stream.position, limit = Math.min(grid.next, end), rejected = this.rejectedInARow;
    let result: Turn = 'pause';
    let candidates = 0;
    for (; candidates < SHARE; candidates++) {
      if (this.stale) this.weigh();
      if (course.fault !== undefined) { result = 'fault'; break; }
      const total = this.total;
      if (total === 0) { result = 'extinct'; break; }
      if (events >= maxEvents) { result = 'event limit'; break; }
      if (position > STREAM_BLOCK - 3) {
        stream.refill();
        position = 0;
      }
      const from = t;
      t -= Math.log(1 - values[position]!) / total;
      const met = watch?.resting(from, Math.min(t, end), counts);
      if (met !== undefined) { t = met; result = 'condition'; break; }
      if (t > limit) {
        grid.before(Math.min(t, end), counts);
        // The number is used up: what follows, where rates have jumped, is drawn anew.
        if (t > end) { t = end; position++; result = 'end'; break; }
        limit = Math.min(grid.next, end);
      }
      let x = values[position + 1]! * total, q = 0;
      const used = this.used;
      while (x >= weight[q]! && q < used - 1) x -= weight[q++]!;
      // Rounding may carry x past the last bin, or past the last member.
      while (size[q] === 0) q--;
      let m = (x * inverseEdge[q]!) | 0;
      if (m >= size[q]!) m = size[q]! - 1;
      const r = members[q]![m]!;
      const i = first[r]!, j = second[r]!;
      const a = kind[r] === 0 ? constant[r]! * counts[i]! * (i === j ? counts[j]! - 1 : counts[j]!)
        : kind[r] === 2 ? lawValue[r]! : propensities.value(r, counts, t);
      const accept = values[position + 2]! * edge[q]! < a;
      position += 3;
      if (!accept) {
        if (++rejected >= PATIENCE) {
          rejected = 0;
          this.tighten(course);
        }
        continue;
      }
      rejected = 0;
      events++;
      course.lastEvent = t;
      for (let p = changeStart[r]!, to = changeStart[r + 1]!; p < to; p++) {
        const s = changeSpecies[p]!, n = counts[s]! + changeBy[p]!;
        counts[s] = n;
        if (hasLaws && inLaw[s] === 1) concentration[s] = n / omega;
        if (n > high[s]! || n < low[s]!) {
          this.setCeiling(s, n);
          this.rebound(course, s);
        }
      }
      if (watch?.holds(t, counts) === true) { candidates++; result = 'condition'; break; }
      if (hasLaws) this.updateLaws(course, r);
    }
    course.t = t;
    course.steps += candidates - (events - course.events);
    course.events = events;
    stream.position = position;
    this.rejectedInARow = rejected;
    return result;
  }

  private setCeiling(s: number, n: number): void {
    const { relative, least } = this.ceilings;
    // No headroom at zero: most species of a large network are absent, and what needs them shall not be a candidate.
    if (n === 0) {
      this.high[s] = 0;
      this.low[s] = 0;
      return;
    }
    const room = Math.max(least, Math.floor(n * relative));
    this.high[s] = n + room;
    this.low[s] = Math.max(1, n - room);
  }

  /** New bins for what depends on a count whose ceiling has changed. */
  private rebound(course: Course, s: number): void {
    const { propensities, high, key, float, word } = this, { dependentStart, dependentReaction, first, second, constant, kind } = propensities;
    for (let p = dependentStart[s]!, to = dependentStart[s + 1]!; p < to; p++) {
      const r = dependentReaction[p]!;
      let a: number;
      if (kind[r] === 0) {
        const i = first[r]!, j = second[r]!;
        a = constant[r]! * high[i]! * (i === j ? high[j]! - 1 : high[j]!);
      } else if (kind[r] === 1) a = propensities.bound(r, high);
      else continue;
      float[0] = a;
      const next = a > 0 ? word[1]! >>> SHIFT : 0;
      if (next !== key[r]) this.put(course, r, a);
    }
  }

  private updateLaws(course: Course, r: number): void {
    const { propensities } = this, { start, reaction } = propensities.reactionGraph();
    for (let p = start[r]!; p < start[r + 1]!; p++) if (propensities.kind[reaction[p]!] === 2) this.updateLaw(course, reaction[p]!);
  }

  private updateLaw(course: Course, r: number): void {
    const value = this.propensities.value(r, course.counts, course.t);
    if (!(value >= 0)) {
      course.fault = { reaction: r, value };
      return;
    }
    this.lawValue[r] = value;
    this.put(course, r, value);
  }

  /** Puts a reaction into the bin for a bound; bound 0 takes it out. */
  private put(course: Course, r: number, bound: number): void {
    const { key, place, positionOf, size, members, float, word } = this;
    // Edges and their sums must stay finite.
    if (!(bound < MOST)) {
      course.fault = { reaction: r, value: bound };
      return;
    }
    float[0] = bound;
    // Denormal bounds share key 0 with "never": they are below 1e-307 events per time unit.
    const next = bound > 0 ? word[1]! >>> SHIFT : 0, old = key[r]!;
    if (next === old) return;
    if (old !== 0) {
      const q = positionOf[old]!, list = members[q]!, last = list[--size[q]!]!, at = place[r]!;
      list[at] = last;
      place[last] = at;
    }
    key[r] = next;
    if (next !== 0) {
      let q = positionOf[next]!;
      if (q < 0) q = this.open(next);
      let list = members[q]!;
      if (size[q] === list.length) {
        const wider = new Int32Array(2 * list.length);
        wider.set(list);
        members[q] = list = wider;
      }
      place[r] = size[q]!;
      list[size[q]!++] = r;
    }
    this.stale = true;
  }

  /** A bin for a key, in its place among the bins; bins that fell empty are given up on the way. */
  private open(key: number): number {
    const { positionOf, keyAt, edge, inverseEdge, size, members, float, word } = this;
    let kept = 0;
    for (let q = 0; q < this.used; q++) {
      if (size[q] === 0) { positionOf[keyAt[q]!] = -1; continue; }
      if (kept !== q) this.moveBin(q, kept);
      kept++;
    }
    let q = kept;
    for (; q > 0 && keyAt[q - 1]! < key; q--) this.moveBin(q - 1, q);
    this.used = kept + 1;
    word[0] = 0;
    word[1] = (key + 1) << SHIFT;
    keyAt[q] = key;
    edge[q] = float[0]!;
    inverseEdge[q] = 1 / float[0]!;
    size[q] = 0;
    positionOf[key] = q;
    members[q] = new Int32Array(16);
    return q;
  }

  private moveBin(from: number, to: number): void {
    const { positionOf, keyAt, edge, inverseEdge, size, members } = this;
    keyAt[to] = keyAt[from]!;
    edge[to] = edge[from]!;
    inverseEdge[to] = inverseEdge[from]!;
    size[to] = size[from]!;
    members[to] = members[from]!;
    positionOf[keyAt[to]] = to;
  }

  private weigh(): void {
    const { edge, size, weight } = this;
    let total = 0;
    for (let q = 0, used = this.used; q < used; q++) total += weight[q] = size[q]! * edge[q]!;
    this.total = total;
    this.stale = false;
  }

  /** Lowers all ceilings to the counts, so that what cannot happen is seen not to. */
  private tighten(course: Course): void {
    const { propensities, high, low, key } = this;
    for (let s = 0; s < propensities.dimension; s++) high[s] = low[s] = course.counts[s]!;
    for (let r = 0; r < key.length; r++) if (propensities.kind[r] !== 2) this.put(course, r, propensities.bound(r, high));
    this.stale = true;
  }
}
