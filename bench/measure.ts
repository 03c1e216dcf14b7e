/** Time, medians, errors, and speed at equal error. */

/** CPU seconds of this process so far. */
export function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** max |y − ref| / (rtol·|ref| + atol) */
export function scaledError(y: ArrayLike<number>, reference: ArrayLike<number>, rtol: number, atol: number): number {
  if (y.length !== reference.length) return NaN;
  let worst = 0;
  for (let i = 0; i < y.length; i++) {
    const error = Math.abs((y[i] ?? NaN) - (reference[i] ?? NaN)) / (rtol * Math.abs(reference[i] ?? NaN) + atol);
    if (!(error <= worst)) worst = error;
  }
  return worst;
}

/** Numbers in [0, 1), the same each time (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A solver at one tolerance: medians over tolerances near it. */
export interface WorkPoint {
  readonly rtol: number;
  readonly seconds: number;
  readonly steps: number;
  /** In one metric for all tolerances, so that points can be compared. */
  readonly error: number;
}

/** Seconds that a solver needs for an error: along its work–precision curve, straight in log–log; undefined outside of it. */
export function secondsAt(curve: readonly WorkPoint[], error: number): number | undefined {
  const points = [...curve].sort((a, b) => a.error - b.error);
  for (let k = 0; k + 1 < points.length; k++) {
    const a = points[k]!, b = points[k + 1]!;
    if (error < a.error || error > b.error) continue;
    if (a.error === b.error) return Math.min(a.seconds, b.seconds);
    const s = Math.log(error / a.error) / Math.log(b.error / a.error);
    return Math.exp((1 - s) * Math.log(a.seconds) + s * Math.log(b.seconds));
  }
  return undefined;
}
