/**
 * Sums over replicas that do not depend on how the replicas were shared out: molecules are whole numbers, so Σn and Σn² are kept
 * exactly and adding two accumulators is exact in any order (running means, as Welford's, differ by rounding in every order).
 * Langevin counts are taken to 1/1024 of a molecule. Quantiles come from the values of the first replicas, by number.
 */

/** Plain data: it can be sent to another thread, or saved. */
export interface EnsembleSums {
  /** Output times; cells are times × components. */
  readonly times: Float64Array;
  readonly components: Int32Array;
  /** Fractions of a molecule in a unit of the sums: 1, or 1024 for Langevin. */
  readonly parts: number;
  /** Replicas summed. */
  replicas: number;
  /** Σ n, and Σ n² as squareHigh·2^52 + squareLow with 0 ≤ squareLow < 2^52. */
  readonly sum: Float64Array;
  readonly squareHigh: Float64Array;
  readonly squareLow: Float64Array;
  /** The cells of single replicas with a number below `keptBelow`, for quantiles. */
  readonly keptBelow: number;
  kept: { readonly replica: number; readonly cells: Float64Array }[];
  events: number;
  outcomes: { reached: number; extinct: number };
  /** When the condition came to hold, of the replicas in which it did; in no order. */
  met: number[];
}

const BASE = 2 ** 52, HALF = 2 ** 26;
/** Cells kept for quantiles, about 64 MB. */
const MOST_KEPT = 8e6, KEPT_REPLICAS = 2000;

export function emptySums(times: Float64Array, components: Int32Array, parts: number): EnsembleSums {
  const cells = times.length * components.length;
  return {
    times, components, parts, replicas: 0,
    sum: new Float64Array(cells), squareHigh: new Float64Array(cells), squareLow: new Float64Array(cells),
    keptBelow: Math.max(16, Math.min(KEPT_REPLICAS, Math.floor(MOST_KEPT / Math.max(1, cells)))), kept: [],
    events: 0, outcomes: { reached: 0, extinct: 0 }, met: [],
  };
}

/** Adds one replica's rows (times × components, in molecules). */
export function addReplica(sums: EnsembleSums, replica: number, rows: Float64Array): void {
  const { sum, squareHigh, squareLow, parts } = sums;
  for (let c = 0; c < rows.length; c++) {
    const n = Math.round(rows[c]! * parts);
    sum[c]! += n;
    if (n < HALF) carry(squareHigh, squareLow, c, 0, n * n);
    else {
      // n = h·2^26 + l, so n² = h²·2^52 + (h·l)·2^27 + l².
      const h = Math.floor(n / HALF), l = n - h * HALF, mixed = h * l, over = Math.floor(mixed / 2 ** 25);
      carry(squareHigh, squareLow, c, h * h + over, (mixed - over * 2 ** 25) * 2 ** 27);
      carry(squareHigh, squareLow, c, 0, l * l);
    }
  }
  sums.replicas++;
  if (replica < sums.keptBelow) sums.kept.push({ replica, cells: Float64Array.from(rows) });
}

function carry(high: Float64Array, low: Float64Array, c: number, addHigh: number, addLow: number): void {
  const total = low[c]! + addLow;
  if (total >= BASE) { low[c] = total - BASE; high[c]! += addHigh + 1; } else { low[c] = total; high[c]! += addHigh; }
}

/**
 * Adds what another host has summed over other replicas of the same request; exact, in any order.
 * @throws RangeError when the two are not of one request
 */
export function mergeSums(into: EnsembleSums, from: EnsembleSums): void {
  const same = into.parts === from.parts && into.sum.length === from.sum.length
    && into.times.every((t, k) => t === from.times[k]) && into.components.every((s, k) => s === from.components[k]);
  if (!same) throw new RangeError('Only sums of the same request can be added: same output times, species and method.');
  const { sum, squareHigh, squareLow } = into;
  for (let c = 0; c < sum.length; c++) {
    sum[c]! += from.sum[c]!;
    carry(squareHigh, squareLow, c, from.squareHigh[c]!, from.squareLow[c]!);
  }
  into.replicas += from.replicas;
  into.kept.push(...from.kept);
  into.events += from.events;
  into.outcomes.reached += from.outcomes.reached;
  into.outcomes.extinct += from.outcomes.extinct;
  for (const t of from.met) into.met.push(t);
}

/** Mean and unbiased variance of a cell, in molecules; variance NaN for fewer than two replicas. */
export function moments(sums: EnsembleSums, cell: number): { readonly mean: number; readonly variance: number } {
  const { replicas: n, parts } = sums, total = sums.sum[cell]!;
  const mean = total / n / parts;
  if (n < 2) return { mean, variance: NaN };
  // n·Σx² − (Σx)² in whole numbers: nothing cancels.
  const squares = BigInt(sums.squareHigh[cell]!) * 4503599627370496n + BigInt(sums.squareLow[cell]!), whole = BigInt(total);
  const numerator = BigInt(n) * squares - whole * whole;
  return { mean, variance: Number(numerator) / n / (n - 1) / (parts * parts) };
}

/** When a condition came to hold, over the replicas in which it did. */
export interface Meetings {
  readonly replicas: number;
  readonly mean: number;
  /** Unbiased; NaN for fewer than two replicas. */
  readonly variance: number;
  /** One time a level. */
  readonly quantiles: readonly number[];
}

/** The same numbers whatever the order in which replicas were added; undefined where the condition never held. */
export function meetings({ met }: EnsembleSums, levels: readonly number[]): Meetings | undefined {
  const sorted = Float64Array.from(met).sort(), n = sorted.length;
  if (n === 0) return undefined;
  const mean = sorted.reduce((sum, t) => sum + t, 0) / n, squares = sorted.reduce((sum, t) => sum + (t - mean) ** 2, 0);
  return { replicas: n, mean, variance: n < 2 ? NaN : squares / (n - 1), quantiles: levels.map((level) => quantileOf(sorted, level)) };
}

/** Quantiles of a cell over the replicas kept, linear between order statistics; `sorted` is scratch of at least that length. */
export function quantiles(sums: EnsembleSums, cell: number, levels: readonly number[], scratch: Float64Array): number[] {
  const { kept } = sums, n = kept.length, sorted = scratch.subarray(0, n);
  for (let k = 0; k < n; k++) sorted[k] = kept[k]!.cells[cell]!;
  sorted.sort();
  return levels.map((level) => quantileOf(sorted, level));
}

function quantileOf(sorted: Float64Array, level: number): number {
  const n = sorted.length;
  if (n === 0) return NaN;
  const at = level * (n - 1), below = Math.floor(at);
  return below + 1 < n ? sorted[below]! + (at - below) * (sorted[below + 1]! - sorted[below]!) : sorted[n - 1]!;
}
