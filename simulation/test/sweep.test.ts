import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addedConfusion, runAt, runsIn, spread } from '../index.ts';

describe('the runs of a sweep', () => {
  it('count replicas fastest, then the last axis', () => {
    const grid = { axes: [{ name: 'a', values: [1, 2] }, { name: 'b', values: ['x', 'y', 'z'] }], replicas: 2 };
    expect(runsIn(grid)).toBe(12);
    const runs = Array.from({ length: 12 }, (_, i) => runAt(grid, i));
    expect(runs.map(({ values, replica }) => `${values.join('')}${replica}`)).toEqual(['1x0', '1x1', '1y0', '1y1', '1z0', '1z1', '2x0', '2x1', '2y0', '2y1', '2z0', '2z1']);
    expect(() => runAt(grid, 12)).toThrow(RangeError);
    expect(() => runAt(grid, -1)).toThrow(RangeError);
    expect(runAt({ axes: [], replicas: 3 }, 2)).toEqual({ index: 2, values: [], replica: 2 });
  });
  it('are each combination once', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }), fc.integer({ min: 1, max: 5 }), (lengths, replicas) => {
      const grid = { axes: lengths.map((n, a) => ({ name: `a${a}`, values: Array.from({ length: n }, (_, k) => k) })), replicas };
      const seen = new Set(Array.from({ length: runsIn(grid) }, (_, i) => JSON.stringify([runAt(grid, i).values, runAt(grid, i).replica])));
      expect(seen.size).toBe(lengths.reduce((product, n) => product * n, replicas));
    }));
  });
});

describe('summaries', () => {
  it('mean, standard deviation and quantiles of numbers by hand', () => {
    // 2 4 4 4 5 5 7 9: mean 5, sum of squares 32, so sd = √(32/7).
    const of = spread([9, 2, 4, undefined, 4, 4, NaN, 5, 5, 7], [0, 0.5, 1, 0.25])!;
    expect(of.count).toBe(8);
    expect(of.mean).toBeCloseTo(5, 12);
    expect(of.sd).toBeCloseTo(Math.sqrt(32 / 7), 12);
    expect([of.least, of.most]).toEqual([2, 9]);
    // Position 0.25 · 7 = 1.75, between the second (4) and the third (4); the median between 4 and 5.
    expect(of.quantiles).toEqual([2, 4.5, 9, 4]);
    expect(spread([undefined])).toBeUndefined();
    expect(spread([3])).toMatchObject({ count: 1, mean: 3, sd: NaN, quantiles: [3, 3, 3] });
  });
  it('confusions add up', () => {
    expect(addedConfusion([[[1, 2], [3, 4]], undefined, [[10, 0], [0, 10]]])).toEqual([[11, 2], [3, 14]]);
    expect(addedConfusion([undefined])).toBeUndefined();
  });
});
