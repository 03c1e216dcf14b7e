/** Which axes are logarithmic when the user has not said, and how far they reach. */

export interface Curve {
  readonly values: Float64Array;
}

/** Spread of magnitudes beyond which an axis is logarithmic. */
const DECADES = 1e3;

function largest(values: Float64Array): number {
  let result = 0;
  for (const value of values) result = Math.max(result, Math.abs(value));
  return result;
}

/**
 * A logarithmic value axis when the curves' largest values differ by more than three decades and none is ever negative. The
 * decay of one curve to zero is no reason: everything that dies out spans decades.
 * @param diverged whether the run ended in a blow-up
 */
export function logarithmicValues(curves: readonly Curve[], diverged = false): boolean {
  if (curves.some(({ values }) => values.some((value) => value < 0))) return false;
  const tops = curves.map(({ values }) => largest(values)).filter((top) => top > 0);
  // A blow-up on a linear axis is a wall with nothing before it.
  if (diverged) return tops.length > 0;
  return tops.length > 1 && Math.max(...tops) > DECADES * Math.min(...tops);
}

/**
 * A logarithmic time axis when some curve has made a tenth of its whole change before a thousandth of the time: on a linear axis that
 * would be a vertical line at the left edge.
 */
export function logarithmicTime(times: Float64Array, curves: readonly Curve[], end: number = times.at(-1) ?? 0): boolean {
  if (!(end > 0)) return false;
  return curves.some(({ values }) => {
    const [low, high] = extremes(values), change = high - low;
    if (!(change > 1e-6 * Math.max(Math.abs(low), Math.abs(high)))) return false;
    const first = values[0]!;
    const moved = values.findIndex((value) => Math.abs(value - first) >= change / 10);
    return moved > 0 && times[moved]! < end / DECADES;
  });
}

/** What is drawn on a logarithmic axis: a value that has no logarithm is a gap. */
export function positiveOnly(values: Float64Array): (number | null)[] {
  return Array.from(values, (value) => (value > 0 ? value : null));
}

/** Epochs from this many presentations on are long: what happens within them is looked at. */
const LONG_EPOCH = 1000;

/** Where an axis over epochs ends: ten epochs at first, or as many as there will be; within a long first epoch a part of it, so that something is seen. */
export function epochsShown(at: number, planned: number, dwells: number): number {
  const first = dwells < LONG_EPOCH ? 10 : ([0.1, 0.2, 0.5, 1, 2, 5].find((end) => end >= at) ?? 10);
  return Math.max(at, Math.min(first, Math.max(planned, 0.1)));
}

/** 10ⁿ, exactly as it is written: 10 ** -13 is not. */
export function decade(exponent: number): number {
  return Number(`1e${exponent}`);
}

/**
 * Ticks of a logarithmic axis: powers of ten, not more than `most`; where fewer than two are in sight also 2 and 5 times them, and
 * then, deep inside a zoom, evenly spaced values.
 */
export function logarithmicTicks(low: number, high: number, most: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const every = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, most)));
  const start = Math.ceil(first / every) * every;
  const powers: number[] = [];
  for (let exponent = start; exponent <= last; exponent += every) powers.push(decade(exponent));
  if (powers.length > 1) return powers;
  const finer: number[] = [];
  for (let exponent = first - 1; exponent <= last; exponent++) {
    for (const factor of [1, 2, 5]) {
      const value = Number(`${factor}e${exponent}`);
      if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) finer.push(value);
    }
  }
  if (finer.length > 1) return finer;
  const step = decade(Math.floor(Math.log10((high - low) / 2)));
  const even: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high * (1 + 1e-9) && even.length < 20; k++) even.push(Number((k * step).toPrecision(12)));
  return even;
}

/** From where to where an axis goes. */
export type Limits = readonly [number, number];
/** The part of a plot that is shown. */
export interface PlotWindow {
  readonly x: Limits;
  readonly y: Limits;
}

/** Limits of a logarithmic axis: whole decades around the positive values, at most sixteen below the top. */
export function logarithmicLimits(curves: readonly { readonly values: ArrayLike<number | null> }[]): [number, number] {
  let low = Infinity;
  let high = 0;
  for (const { values } of curves) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value == null || !(value > 0)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (!(high > 0)) return [0.1, 1];
  const top = decade(Math.ceil(Math.log10(high) - 1e-9));
  const bottom = decade(Math.floor(Math.log10(Math.max(low, high * 1e-16)) + 1e-9));
  return [bottom < top ? bottom : top / 10, top];
}

/** The end of the time axis: of a run that settled, a little after that; what follows is a straight line. */
export function lastTime(times: Float64Array, settled: number | undefined): number {
  const end = times.at(-1) ?? 1;
  if (settled === undefined || !(settled > 0)) return end > 0 ? end : 1;
  return Math.min(end, settled * 1.6);
}

/** The least and the greatest of the numbers in these courses, however many there are; Infinity and -Infinity where there are none. */
export function extremes(...courses: readonly Iterable<number>[]): [low: number, high: number] {
  let low = Infinity, high = -Infinity;
  for (const course of courses) {
    for (const value of course) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}

/** Limits of a linear axis: zero is in sight when it is near, and there is a little air above. */
export function linearLimits(low: number, high: number): [number, number] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  if (low === high) {
    if (low === 0) return [0, 1];
    return low > 0 ? [0, low * 1.25] : [low * 1.25, 0];
  }
  const air = (high - low) * 0.05;
  const bottom = low >= 0 && low < 0.5 * high ? 0 : low - air;
  const top = high <= 0 && high > 0.5 * low ? 0 : high + air;
  return [bottom, top];
}
