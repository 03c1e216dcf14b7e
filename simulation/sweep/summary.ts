/** Many runs of one grid point as a few numbers. */

/** What the replicas of a grid point came to, each a number or nothing. */
export interface Spread {
  /** Runs that have the number. */
  readonly count: number;
  readonly mean: number;
  /** Of the sample, with count − 1; NaN for fewer than two. */
  readonly sd: number;
  readonly least: number;
  readonly most: number;
  /** At the levels asked for, by linear interpolation between order statistics. */
  readonly quantiles: readonly number[];
}

/** @returns undefined when no run has a number */
export function spread(numbers: readonly (number | undefined)[], levels: readonly number[] = [0.05, 0.5, 0.95]): Spread | undefined {
  const values = numbers.filter((value): value is number => value !== undefined && Number.isFinite(value)).sort((a, b) => a - b);
  const count = values.length;
  if (count === 0) return undefined;
  const mean = values.reduce((sum, value) => sum + value / count, 0);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    count, mean, sd: count < 2 ? NaN : Math.sqrt(squares / (count - 1)), least: values[0]!, most: values[count - 1]!,
    quantiles: levels.map((level) => quantile(values, level)),
  };
}

/** Of ascending values: position level·(n − 1), between two of them in proportion. */
function quantile(values: readonly number[], level: number): number {
  const at = level * (values.length - 1), below = Math.floor(at), above = Math.min(values.length - 1, below + 1);
  return values[below]! + (at - below) * (values[above]! - values[below]!);
}

/** The sum of confusion matrices of one size; undefined when there is none. */
export function addedConfusion(matrices: readonly (readonly (readonly number[])[] | undefined)[]): number[][] | undefined {
  let sum: number[][] | undefined;
  for (const matrix of matrices) {
    if (matrix === undefined) continue;
    sum ??= matrix.map((row) => row.map(() => 0));
    const into = sum;
    matrix.forEach((row, i) => row.forEach((count, j) => { into[i]![j]! += count; }));
  }
  return sum;
}
