import { expect, test } from 'vitest';
import { drawThinned } from '../view/thinned.ts';

type Point = readonly [number, number];

/** What is drawn of points, as lines. */
function drawn(points: readonly Point[], spans = false): Point[][] {
  const lines: Point[][] = [];
  drawThinned({ moveTo: (x, y) => lines.push([[x, y]]), lineTo: (x, y) => lines.at(-1)!.push([x, y]) }, points.length, (i) => points[i]![0], (i) => points[i]![1], spans);
  return lines;
}

/** How far above or below a line through points a point lies; where the line is upright, how far outside its ends. */
function distance(line: readonly Point[], [x, y]: Point): number {
  let nearest = Infinity;
  for (let k = 1; k < line.length; k++) {
    const [x0, y0] = line[k - 1]!, [x1, y1] = line[k]!;
    if (x < x0 || x > x1) continue;
    nearest = Math.min(nearest, x1 === x0 ? Math.max(0, Math.min(y0, y1) - y, y - Math.max(y0, y1)) : Math.abs(y0 + ((y1 - y0) * (x - x0)) / (x1 - x0) - y));
  }
  return nearest;
}

test('a straight line is its two ends', () => {
  expect(drawn(Array.from({ length: 400 }, (_, i): Point => [2 * i, 7 - i / 3]))).toEqual([[[0, 7], [798, 7 - 399 / 3]]]);
});

test('a curve is drawn with fewer strokes, a tenth of a pixel from all its points at most, and through both ends', () => {
  const curves: ((x: number) => number)[] = [(x) => 300 * Math.exp(-x / 40), (x) => 150 + 140 * Math.sin(x / 25), (x) => (x < 200 ? 10 : 290), (x) => 80 * Math.abs(Math.sin(x * x))];
  for (const [k, curve] of curves.entries()) {
    const points = Array.from({ length: 1601 }, (_, i): Point => [i / 2, curve(i / 2)]), [line, ...more] = drawn(points);
    expect(more).toEqual([]);
    expect(line![0]).toEqual(points[0]);
    expect(line!.at(-1)).toEqual(points.at(-1));
    expect(Math.max(...points.map((point) => distance(line!, point)))).toBeLessThanOrEqual(0.1 + 1e-9);
    if (k < 3) expect(line!.length).toBeLessThan(points.length / 4);
  }
});

test('points above each other are all in sight', () => {
  const points: Point[] = [[0, 5], [0, 90], [0, 2], [10, 2], [10, 60], [20, 60]];
  const [line] = drawn(points);
  for (const point of points) expect(distance(line!, point)).toBeLessThanOrEqual(0.1);
});

test('a gap ends a line, unless it is to be spanned', () => {
  const points: Point[] = [[0, 0], [1, 1], [2, 2], [3, NaN], [NaN, 4], [5, 9], [6, 9], [7, NaN], [8, 1]];
  expect(drawn(points)).toEqual([[[0, 0], [2, 2]], [[5, 9], [6, 9]], [[8, 1]]]);
  expect(drawn(points, true)).toEqual([[[0, 0], [2, 2], [5, 9], [6, 9], [8, 1]]]);
});

test('nothing is drawn of nothing', () => {
  expect(drawn([])).toEqual([]);
  expect(drawn([[NaN, 1], [2, NaN]])).toEqual([]);
});
