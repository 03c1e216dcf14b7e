/** Turning steps into output: onto a given grid, or onto times chosen where the curves bend. */
import { t } from '../l10n/index.ts';
import type { Step } from './system.ts';
import { guidesOf, LEAST_RANGE, thinned } from './thinning.ts';

export interface Samples {
  readonly times: Float64Array;
  /** The state at each time; rows share nothing. */
  readonly states: readonly Float64Array[];
}

/** Which components are kept, in which order; all of them when left out. */
export type Selection = Int32Array | undefined;

function pick(y: Float64Array, selection: Selection): Float64Array {
  if (selection === undefined) return y.slice();
  const picked = new Float64Array(selection.length);
  for (let k = 0; k < picked.length; k++) picked[k] = y[selection[k]!]!;
  return picked;
}

export interface Sampler {
  readonly onStep: (step: Step) => void;
  /** What has been sampled so far; the grid's times beyond the end of the integration are left out. */
  finish(): Samples;
  /** The course so far is better seen on a logarithmic time axis. */
  spansDecades(): boolean;
}

/**
 * Dense output at given times. The integration takes no notice of them.
 * @param times ascending; those before t0 are an error
 */
export function sampleGrid(times: ArrayLike<number>, t0: number, y0: Float64Array, selection?: Selection): Sampler {
  for (let i = 0; i < times.length; i++) {
    if (!(times[i]! >= (i === 0 ? t0 : times[i - 1]!))) throw new RangeError(t('Output times must ascend from the start time.'));
  }
  const steps = new StepTimes(t0);
  const states: Float64Array[] = [], whole = new Float64Array(y0.length);
  while (states.length < times.length && times[states.length]! <= t0) states.push(pick(y0, selection));
  return {
    onStep(step) {
      steps.add(step.t1);
      while (states.length < times.length && times[states.length]! <= step.t1) {
        step.at(times[states.length]!, whole);
        states.push(pick(whole, selection));
      }
    },
    finish: () => ({ times: Float64Array.from({ length: states.length }, (_, i) => times[i]!), states }),
    spansDecades: () => steps.spansDecades(),
  };
}

/** Interpolated points within a step that are considered beside its end. */
const WITHIN = 3;
/** So many candidates for each point wanted are kept before they are thinned out. */
const CANDIDATES = 4;
/** Share of its own range by which a curve may leave the straight line through a step: a tenth of a pixel of a plot 1,000 high. */
const STRAIGHT = 1e-4;
/** A step shorter than this share of the time until then is as straight on a logarithmic axis. */
const SHORT = 0.25;

/**
 * At most `count` points (the first and the last included), placed where linear interpolation between the others would
 * miss the curves most, each curve measured in its own range; on a logarithmic axis too where the course spans decades.
 */
export function sampleAdaptively(count: number, t0: number, y0: Float64Array, selection?: Selection): Sampler {
  const points = Math.max(2, Math.floor(count));
  let times: number[] = [t0];
  const start = pick(y0, selection), whole = new Float64Array(y0.length);
  let states: Float64Array[] = [start];
  const low = Float64Array.from(start), high = Float64Array.from(start);
  const steps = new StepTimes(t0);
  const add = (t: number, y: Float64Array): void => {
    times.push(t);
    states.push(y);
    for (let i = 0; i < y.length; i++) {
      if (y[i]! < low[i]!) low[i] = y[i]!;
      if (y[i]! > high[i]!) high[i] = y[i]!;
    }
  };
  /** With points enough already, a step along which the curves are straight needs none within it. */
  const straight = (step: Step): boolean => {
    if (times.length < points || step.t1 - step.t0 > SHORT * (step.t0 - t0)) return false;
    const before = states[states.length - 1]!;
    step.at((step.t0 + step.t1) / 2, whole);
    for (let k = 0; k < before.length; k++) {
      const i = selection === undefined ? k : selection[k]!;
      const range = Math.max(high[k]! - low[k]!, LEAST_RANGE * Math.max(Math.abs(low[k]!), Math.abs(high[k]!)));
      // A value that is no number is not straight.
      if (!(Math.abs(whole[i]! - (before[k]! + step.y[i]!) / 2) <= STRAIGHT * range)) return false;
    }
    return true;
  };
  const thin = (target: number): void => {
    const kept = thinned(times, states, target, guidesOf(low, high), steps.spansDecades());
    times = kept.map((k) => times[k]!);
    states = kept.map((k) => states[k]!);
  };
  return {
    onStep(step) {
      steps.add(step.t1);
      for (let k = straight(step) ? WITHIN + 1 : 1; k <= WITHIN; k++) {
        const t = step.t0 + ((step.t1 - step.t0) * k) / (WITHIN + 1);
        if (!(t > times[times.length - 1]! && t < step.t1)) continue;
        step.at(t, whole);
        add(t, pick(whole, selection));
      }
      add(step.t1, pick(step.y, selection));
      if (times.length > CANDIDATES * points) thin(Math.floor((CANDIDATES * points) / 2));
    },
    finish() {
      thin(points);
      return { times: Float64Array.from(times), states };
    },
    spansDecades: () => steps.spansDecades(),
  };
}

/** Ends of steps, every second one forgotten whenever there are too many. */
class StepTimes {
  private readonly t0: number;
  private readonly times: number[] = [];
  private stride = 1;
  private seen = 0;

  constructor(t0: number) {
    this.t0 = t0;
  }

  add(t: number): void {
    const times = this.times;
    if (this.seen++ % this.stride === 0) times.push(t);
    if (times.length > 4096) {
      for (let k = 0; k < 2048; k++) times[k] = times[2 * k]!;
      times.length = 2048;
      this.stride *= 2;
    }
  }

  spansDecades(): boolean {
    return spansDecades(this.times, this.t0);
  }
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
