/**
 * Which points of a course are kept: those whose removal would show most. The least is taken away again and again, and what its neighbours
 * count for is measured anew, as Visvalingam and Whyatt simplify lines (Cartographic Journal 30, 46–51, 1993); here a point counts for how far the
 * curves are from the straight line between its neighbours.
 */

/** What a gap as long as the whole axis counts for, beside bends measured in ranges of the curves. */
const GAP = 0.02;

/** The curves that decide where points are kept, and one over the range of each. */
export interface Guides {
  readonly component: Int32Array;
  readonly scale: Float64Array;
}

/** A curve that is flat but for rounding shall not attract points: its range is taken to be at least this share of its size. */
export const LEAST_RANGE = 1e-4;
/** Of very many curves a sample of those that move at all is enough. */
const GUIDES = 64;

export function guidesOf(low: Float64Array, high: Float64Array): Guides {
  const n = low.length;
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(low[i]!), Math.abs(high[i]!));
  const size = low.map((value, i) => Math.max(Math.abs(value), Math.abs(high[i]!), 1e-300));
  let chosen = Array.from(low, (_, i) => i);
  if (n > GUIDES) {
    const moving = chosen.filter((i) => high[i]! - low[i]! > 0.05 * size[i]!);
    if (moving.length > 0) chosen = moving;
    const stride = Math.max(1, chosen.length / GUIDES);
    chosen = Array.from({ length: Math.min(GUIDES, chosen.length) }, (_, k) => chosen[Math.floor(k * stride)]!);
  }
  return {
    component: Int32Array.from(chosen),
    scale: Float64Array.from(chosen, (i) => 1 / Math.max(high[i]! - low[i]!, LEAST_RANGE * size[i]!, 1e-9 * largest, 1e-300)),
  };
}

/**
 * @param times ascending, of the states
 * @param decades the course is seen on a logarithmic axis of time as well
 * @returns indices of at most `target` points, the first and the last among them
 */
export function thinned(times: readonly number[], states: readonly Float64Array[], target: number, { component, scale }: Guides, decades: boolean): number[] {
  const n = times.length, last = n - 1;
  if (n <= Math.max(2, target)) return times.map((_, k) => k);
  const start = times[0]!, span = times[last]! - start;
  const firstGap = Math.max((times[1] ?? start) - start, span * 1e-15, 1e-300);
  // Loops in place of Float64Array.from, which takes as long as all the rest.
  const axis = new Float64Array(n), before = new Int32Array(n), after = new Int32Array(n);
  for (let k = 0; k < n; k++) {
    axis[k] = decades ? Math.log((times[k]! - start) / firstGap + 1) : times[k]! - start;
    before[k] = k - 1;
    after[k] = k + 1;
  }
  const length = axis[last]! || 1;
  const worth = (b: number): number => {
    const a = before[b]!, c = after[b]!;
    const inTime = (times[b]! - times[a]!) / (times[c]! - times[a]!);
    const inAxis = (axis[b]! - axis[a]!) / (axis[c]! - axis[a]!);
    const ya = states[a]!, yb = states[b]!, yc = states[c]!;
    let bend = 0;
    for (let x = 0; x < component.length; x++) {
      const i = component[x]!, rise = yc[i]! - ya[i]!, here = yb[i]! - ya[i]!;
      bend = Math.max(bend, Math.abs(here - inTime * rise) * scale[x]!, Math.abs(here - inAxis * rise) * scale[x]!);
    }
    // Where every point is a bend (an oscillation with more periods than points), those that stand close go first.
    const gap = (axis[c]! - axis[a]!) / length;
    return bend * (1 + (gap * target) ** 2) + GAP * gap;
  };
  const worths = new Float64Array(n);
  for (let k = 1; k < last; k++) worths[k] = worth(k);
  const inner = new LeastFirst(worths);
  for (let left = n - Math.max(2, target); left > 0; left--) {
    const gone = inner.take(), a = before[gone]!, c = after[gone]!;
    after[a] = c;
    before[c] = a;
    if (a !== 0) inner.change(a, worth(a));
    if (c !== last) inner.change(c, worth(c));
  }
  const kept: number[] = [];
  for (let k = 0; k <= last; k = after[k]!) kept.push(k);
  return kept;
}

/**
 * The points between the first and the last, each of which counts for something that may change: a binary heap, and where each of them stands in it.
 * What counts for infinitely much or is no number is taken too, some time.
 */
class LeastFirst {
  private readonly worth: Float64Array;
  private readonly heap: Int32Array;
  private readonly place: Int32Array;
  private size: number;

  constructor(worth: Float64Array) {
    this.worth = worth;
    this.size = worth.length - 2;
    this.heap = new Int32Array(this.size);
    this.place = new Int32Array(worth.length);
    for (let at = 0; at < this.size; at++) this.put(at + 1, at);
    for (let at = (this.size >> 1) - 1; at >= 0; at--) this.sink(at);
  }

  /** Takes out what counts for least. */
  take(): number {
    const least = this.heap[0]!;
    this.size--;
    this.put(this.heap[this.size]!, 0);
    this.sink(0);
    return least;
  }

  change(which: number, worth: number): void {
    const rises = worth < this.worth[which]!;
    this.worth[which] = worth;
    if (rises) this.rise(this.place[which]!);
    else this.sink(this.place[which]!);
  }

  private put(which: number, at: number): void {
    this.heap[at] = which;
    this.place[which] = at;
  }

  private rise(at: number): void {
    const { heap, worth } = this, which = heap[at]!, mine = worth[which]!;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!(mine < worth[heap[above]!]!)) break;
      this.put(heap[above]!, at);
      at = above;
    }
    this.put(which, at);
  }

  private sink(at: number): void {
    const { heap, worth, size } = this, which = heap[at]!, mine = worth[which]!;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= size) break;
      if (below + 1 < size && worth[heap[below + 1]!]! < worth[heap[below]!]!) below++;
      if (!(worth[heap[below]!]! < mine)) break;
      this.put(heap[below]!, at);
      at = below;
    }
    this.put(which, at);
  }
}
