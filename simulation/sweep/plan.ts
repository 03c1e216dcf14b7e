/** Which runs a sweep has: every value of every axis with every value of the others, each combination as often as there are replicas. */

export interface GridAxis {
  readonly name: string;
  readonly values: readonly (number | string)[];
}

export interface SweepGrid {
  readonly axes: readonly GridAxis[];
  readonly replicas: number;
}

/** One run. Runs are numbered from 0, replicas changing fastest, then the last axis; nothing else numbers or seeds them. */
export interface SweepRun {
  readonly index: number;
  /** One value an axis. */
  readonly values: readonly (number | string)[];
  /** From 0. */
  readonly replica: number;
}

export function runsIn({ axes, replicas }: SweepGrid): number {
  return axes.reduce((product, { values }) => product * values.length, replicas);
}

/** @throws RangeError for a number that no run has */
export function runAt(grid: SweepGrid, index: number): SweepRun {
  if (!Number.isSafeInteger(index) || index < 0 || index >= runsIn(grid)) throw new RangeError(`There is no run ${index}.`);
  let rest = Math.floor(index / grid.replicas);
  const values: (number | string)[] = [];
  for (let a = grid.axes.length - 1; a >= 0; a--) {
    const axis = grid.axes[a]!;
    values.unshift(axis.values[rest % axis.values.length]!);
    rest = Math.floor(rest / axis.values.length);
  }
  return { index, values, replica: index % grid.replicas };
}
