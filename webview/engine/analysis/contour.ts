/** Where a function on a grid is zero, as line segments: marching squares with linear interpolation along the edges. */

export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Coordinate of a column or row, 0 … count − 1. */
export function coordinate([low, high]: readonly [number, number], at: number, count: number): number {
  return low + ((high - low) * at) / (count - 1);
}

/**
 * @param values one a grid point, row by row from the lower left; cells with a value that is no number are left out
 * @returns x₀ y₀ x₁ y₁ of each segment, one after another
 */
export function zeroSegments(values: ArrayLike<number>, { columns, rows, x, y }: Grid): Float64Array {
  const out: number[] = [];
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const at = row * columns + column;
      // Corners around the cell; an edge joins one with the next.
      const corner = [values[at]!, values[at + 1]!, values[at + columns + 1]!, values[at + columns]!];
      if (corner.some((value) => !Number.isFinite(value))) continue;
      const crossings: [number, number][] = [];
      for (let k = 0; k < 4; k++) {
        const a = corner[k]!, b = corner[(k + 1) % 4]!;
        if ((a >= 0) === (b >= 0)) continue;
        const part = a / (a - b);
        const [from, to] = [CORNERS[k]!, CORNERS[(k + 1) % 4]!];
        crossings.push([coordinate(x, column + from[0] + part * (to[0] - from[0]), columns), coordinate(y, row + from[1] + part * (to[1] - from[1]), rows)]);
      }
      // Four crossings are a saddle: the middle decides which belong together.
      if (crossings.length === 4 && (corner.reduce((sum, value) => sum + value, 0) >= 0) !== (corner[0]! >= 0)) crossings.push(crossings.shift()!);
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        const [x0, y0] = crossings[k]!, [x1, y1] = crossings[k + 1]!;
        // A line through a corner alone is a point.
        if (Math.abs(x1 - x0) > 1e-9 * (x[1] - x[0]) || Math.abs(y1 - y0) > 1e-9 * (y[1] - y[0])) out.push(x0, y0, x1, y1);
      }
    }
  }
  return Float64Array.from(out);
}

const CORNERS: readonly (readonly [number, number])[] = [[0, 0], [1, 0], [1, 1], [0, 1]];
