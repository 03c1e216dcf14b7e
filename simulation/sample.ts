/** Turning steps into output: onto a given grid, or onto times chosen where the curves bend. */
import type { Step } from './system.ts';

export interface Samples {
  readonly times: Float64Array;
  /** The state at each time; rows share nothing. */
  readonly states: readonly Float64Array[];
}

export interface Sampler {
  readonly onStep: (step: Step) => void;
  /** What has been sampled so far; the grid's times beyond the end of the integration are left out. */
  finish(): Samples;
}

/**
 * Dense output at given times. The integration takes no notice of them.
 * @param times ascending; those before t0 are an error
 */
export function sampleGrid(times: ArrayLike<number>, t0: number, y0: Float64Array): Sampler {
  for (let i = 0; i < times.length; i++) {
    if (!(times[i]! >= (i === 0 ? t0 : times[i - 1]!))) throw new RangeError('Output times must ascend from the start time.');
  }
  const states: Float64Array[] = [];
  while (states.length < times.length && times[states.length]! <= t0) states.push(Float64Array.from(y0));
  return {
    onStep(step) {
      while (states.length < times.length && times[states.length]! <= step.t1) {
        const out = new Float64Array(y0.length);
        step.at(times[states.length]!, out);
        states.push(out);
      }
    },
    finish: () => ({ times: Float64Array.from({ length: states.length }, (_, i) => times[i]!), states }),
  };
}

/** Interpolated points within a step that are considered beside its end. */
const WITHIN = 3;
/** So many candidates for each point wanted are kept before they are thinned out. */
const CANDIDATES = 4;
/** What a gap as long as the whole axis counts for, beside bends measured in ranges of the curves. */
const GAP = 0.02;

/**
 * At most `count` points (the first and the last included), placed where linear interpolation between the others would
 * miss the curves most, each curve measured in its own range; on a logarithmic axis too where the course spans decades.
 */
export function sampleAdaptively(count: number, t0: number, y0: Float64Array): Sampler {
  const points = Math.max(2, Math.floor(count));
  let times: number[] = [t0];
  let states: Float64Array[] = [Float64Array.from(y0)];
  const low = Float64Array.from(y0), high = Float64Array.from(y0);
  const steps: number[] = [];
  let stride = 1, seen = 0;
  const add = (t: number, y: Float64Array): void => {
    times.push(t);
    states.push(y);
    for (let i = 0; i < y.length; i++) {
      if (y[i]! < low[i]!) low[i] = y[i]!;
      if (y[i]! > high[i]!) high[i] = y[i]!;
    }
  };
  const thin = (target: number): void => {
    const kept = thinned(times, states, target, curveScales(low, high), spansDecades(steps, t0));
    times = kept.map((k) => times[k]!);
    states = kept.map((k) => states[k]!);
  };
  return {
    onStep(step) {
      if (seen++ % stride === 0) steps.push(step.t1);
      if (steps.length > 4096) {
        for (let k = 0; k < 2048; k++) steps[k] = steps[2 * k]!;
        steps.length = 2048;
        stride *= 2;
      }
      for (let k = 1; k <= WITHIN; k++) {
        const t = step.t0 + ((step.t1 - step.t0) * k) / (WITHIN + 1);
        if (!(t > times[times.length - 1]! && t < step.t1)) continue;
        const out = new Float64Array(y0.length);
        step.at(t, out);
        add(t, out);
      }
      add(step.t1, Float64Array.from(step.y));
      if (times.length > CANDIDATES * points) thin(Math.floor((CANDIDATES * points) / 2));
    },
    finish() {
      thin(points);
      return { times: Float64Array.from(times), states };
    },
  };
}

/**
 * True when a course is better seen on a logarithmic time axis: half of the integrator's steps fell within the first
 * fiftieth of the interval.
 * @param times ends of the steps, ascending
 */
export function spansDecades(times: ArrayLike<number>, t0: number): boolean {
  const n = times.length;
  if (n < 8) return false;
  return times[Math.floor(n / 2)]! - t0 < (times[n - 1]! - t0) / 50;
}

function curveScales(low: Float64Array, high: Float64Array): Float64Array {
  let largest = 0;
  for (let i = 0; i < low.length; i++) largest = Math.max(largest, Math.abs(low[i]!), Math.abs(high[i]!));
  // A curve that is flat but for rounding shall not attract points.
  return low.map((value, i) => {
    const size = Math.max(Math.abs(value), Math.abs(high[i]!));
    return 1 / Math.max(high[i]! - value, 1e-4 * size, 1e-9 * largest, 1e-300);
  });
}

/** Indices of the points to keep: those whose removal would show most, taken away in rounds from the least upwards. */
function thinned(times: readonly number[], states: readonly Float64Array[], target: number, scale: Float64Array, decades: boolean): number[] {
  let kept = times.map((_, k) => k);
  if (kept.length <= target) return kept;
  const start = times[0]!, span = times[times.length - 1]! - start;
  const firstGap = Math.max((times[1] ?? start) - start, span * 1e-15, 1e-300);
  const axis = times.map((t) => (decades ? Math.log((t - start) / firstGap + 1) : t - start));
  const length = axis[axis.length - 1]! || 1;
  while (kept.length > target) {
    const inner = kept.length - 2;
    const importance = new Float64Array(kept.length).fill(Infinity);
    for (let k = 1; k <= inner; k++) {
      const a = kept[k - 1]!, b = kept[k]!, c = kept[k + 1]!;
      const inTime = (times[b]! - times[a]!) / (times[c]! - times[a]!);
      const inAxis = (axis[b]! - axis[a]!) / (axis[c]! - axis[a]!);
      const ya = states[a]!, yb = states[b]!, yc = states[c]!;
      let bend = 0;
      for (let i = 0; i < yb.length; i++) {
        const rise = yc[i]! - ya[i]!, here = yb[i]! - ya[i]!;
        bend = Math.max(bend, Math.abs(here - inTime * rise) * scale[i]!, Math.abs(here - inAxis * rise) * scale[i]!);
      }
      importance[k] = bend + GAP * ((axis[c]! - axis[a]!) / length);
    }
    const order = Array.from({ length: inner }, (_, k) => k + 1).sort((a, b) => importance[a]! - importance[b]! || a - b);
    const drop = new Uint8Array(kept.length);
    // Neighbours are not dropped in one round: the importance of the second would be out of date.
    let left = kept.length - target, budget = Math.max(1, Math.ceil(inner / 4));
    for (const k of order) {
      if (left === 0 || budget === 0) break;
      if (drop[k - 1] === 1 || drop[k + 1] === 1) continue;
      drop[k] = 1;
      left--;
      budget--;
    }
    kept = kept.filter((_, k) => drop[k] === 0);
  }
  return kept;
}
