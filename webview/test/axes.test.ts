import { describe, expect, it } from 'vitest';
import { extremes, lastTime, linearLimits, logarithmicLimits, logarithmicTicks, logarithmicTime, logarithmicValues, positiveOnly } from '../axes.ts';

const curve = (...values: number[]): { values: Float64Array } => ({ values: Float64Array.from(values) });

describe('the value axis', () => {
  it('is logarithmic when the largest values differ by more than three decades', () => {
    expect(logarithmicValues([curve(1, 0.7), curve(0, 3.6e-5)])).toBe(true);
    expect(logarithmicValues([curve(1, 0.7), curve(0, 2e-3)])).toBe(false);
  });
  it('is linear for a decay, whatever it falls to', () => expect(logarithmicValues([curve(1, 1e-9), curve(0, 1)])).toBe(false));
  it('is linear as soon as something is negative', () => expect(logarithmicValues([curve(1e6, 1), curve(-1e-3, 0.1)])).toBe(false));
  it('does not count what is never there', () => expect(logarithmicValues([curve(1, 2), curve(0, 0)])).toBe(false));
});

describe('the time axis', () => {
  it('is logarithmic when a curve moves at once and the rest is long', () => {
    expect(logarithmicTime(Float64Array.of(0, 0.001, 1, 100), [curve(0, 0.5, 0.9, 1)])).toBe(true);
  });
  it('is linear when everything happens on the way', () => {
    expect(logarithmicTime(Float64Array.of(0, 1, 50, 100), [curve(0, 0.02, 0.6, 1)])).toBe(false);
  });
  it('takes no notice of rounding in a constant', () => {
    expect(logarithmicTime(Float64Array.of(0, 1e-6, 1, 100), [curve(1, 1 + 1e-15, 1, 1)])).toBe(false);
  });
});

describe('the end of the time axis', () => {
  it('is shortly after a run has settled, else where the run ended', () => {
    expect(lastTime(Float64Array.of(0, 10, 200), 10)).toBe(16);
    expect(lastTime(Float64Array.of(0, 9), 8)).toBe(9);
    expect(lastTime(Float64Array.of(0, 10, 200), undefined)).toBe(200);
    expect(lastTime(Float64Array.of(0), 0)).toBe(1);
  });
});

describe('limits', () => {
  it('of a logarithmic axis are whole decades, at most sixteen', () => {
    expect(logarithmicLimits([curve(3e-5, 0.2)])).toEqual([1e-5, 1]);
    expect(logarithmicLimits([curve(0, 1e-30, 1)])[0]).toBe(1e-16);
    expect(logarithmicLimits([curve(0)])).toEqual([0.1, 1]);
  });
  it('of a linear axis hold zero when it is near', () => {
    expect(linearLimits(0.2, 1)[0]).toBe(0);
    expect(linearLimits(9.9, 10)[0]).toBeGreaterThan(9);
    expect(linearLimits(-1, 1)).toEqual([-1.1, 1.1]);
  });
  it('come from as many numbers as there are, and leave out what is none', () => {
    expect(extremes(Float64Array.from({ length: 300_000 }, (_, i) => Math.sin(i)), [NaN, 2])).toEqual([expect.closeTo(-1, 6), 2]);
    expect(extremes([NaN], [])).toEqual([Infinity, -Infinity]);
  });
  it('are never empty', () => {
    for (const value of [0, 3, -3]) {
      const [low, high] = linearLimits(value, value);
      expect(low).toBeLessThan(high);
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }
    expect(linearLimits(Infinity, -Infinity)).toEqual([0, 1]);
  });
});

it('what has no logarithm is a gap', () => expect(positiveOnly(Float64Array.of(1, 0, -2))).toEqual([1, null, null]));

describe('ticks of a logarithmic axis', () => {
  it('are powers of ten, thinned when there are many', () => {
    expect(logarithmicTicks(1e-3, 10, 10)).toEqual([0.001, 0.01, 0.1, 1, 10]);
    expect(logarithmicTicks(1e-13, 1, 5)).toEqual([1e-12, 1e-9, 1e-6, 1e-3, 1]);
  });
  it('are finer inside a decade', () => {
    expect(logarithmicTicks(1.5, 60, 8)).toEqual([2, 5, 10, 20, 50]);
    expect(logarithmicTicks(3.1, 3.4, 8)).toEqual([3.1, 3.2, 3.3, 3.4]);
  });
});
