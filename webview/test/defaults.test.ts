import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRun, defaultVisible, LIVELIEST, positionOf, SLIDER_STEPS, sliderRange, valueAt } from '../defaults.ts';
import { entriesOf } from '../series.ts';
import { defaultSettings } from '../store.ts';
import { block, model, trajectory } from './material.ts';

describe('run settings', () => {
  it('come from the experiment', () => {
    expect(defaultRun({ name: 'e', end: 7, untilFixedPoint: false, method: 'bdf', plot: [], off: [] }, defaultSettings)).toEqual({ method: 'bdf', until: 7 });
    expect(defaultRun({ name: 'e', untilFixedPoint: true, plot: [], off: [] }, defaultSettings)).toEqual({ method: 'auto', until: 'fixed point' });
  });
  it('go to the experiment’s condition, and to its end or to rest at the latest', () => {
    expect(defaultRun({ name: 'e', end: 7, condition: 'A > 1', untilFixedPoint: false, plot: [], off: [] }, defaultSettings)).toEqual({ method: 'auto', until: 7, condition: 'A > 1' });
    expect(defaultRun({ name: 'e', condition: 'A > 1', untilFixedPoint: false, plot: [], off: [] }, defaultSettings)).toEqual({ method: 'auto', until: 'fixed point', condition: 'A > 1' });
  });
  it('else from the user’s settings, with an end that the run finds', () => {
    expect(defaultRun(undefined, { ...defaultSettings, method: 'tsit5' })).toEqual({ method: 'tsit5', until: 'automatic' });
  });
});

describe('shown curves', () => {
  const names = Array.from({ length: 20 }, (_, i) => `S${i}`);
  const many = model(names.map((name, i) => block(name, i)));
  // Species i moves by i.
  const path = trajectory([0, 1], names.map((_, i) => [0, i]));

  it('are the twelve liveliest', () => {
    const shown = defaultVisible(entriesOf(many), path, undefined);
    expect([...shown].sort()).toEqual(names.slice(20 - LIVELIEST).sort());
  });

  it('are those the experiment names, an array as a whole', () => {
    const arrays = model([block('A', 0), block('X', 1, { shape: [2] }), block('B', 3)]);
    const course = trajectory([0, 1], [[0, 9], [0, 1], [0, 1], [0, 5]]);
    const shown = defaultVisible(entriesOf(arrays), course, { name: 'e', untilFixedPoint: false, plot: ['X', 'B'], off: [] });
    expect([...shown]).toEqual(['X[1]', 'X[2]', 'B']);
  });

  it('are no tangle: after the liveliest, bundles only as far as their curves can be told apart', () => {
    const sizes = [20, 20, 50, 6, 1], blocks = sizes.map((size, k) => block(`B${k}`, sizes.slice(0, k).reduce((a, b) => a + b, 0), { shape: [size] }));
    // The first moves most, and so on.
    const course = trajectory([0, 1], sizes.flatMap((size, k) => Array.from({ length: size }, () => [0, 10 - k])));
    const shown = [...defaultVisible(entriesOf(model(blocks)), course, undefined)].map((key) => key.slice(0, 2));
    expect([...new Set(shown)]).toEqual(['B0', 'B3', 'B4']);
    expect(shown.length).toBe(27);
    // One that is larger than that is shown when it is the liveliest, as far as it may be.
    const big = [block('A', 0, { shape: [100] }), block('B', 100)];
    expect(defaultVisible(entriesOf(model(big)), trajectory([0, 1], Array.from({ length: 101 }, (_, i) => [0, i === 100 ? 0.5 : 1])), undefined).size).toBe(64);
  });

  it('are the liveliest when the experiment names nothing there is', () => {
    const shown = defaultVisible(entriesOf(many), path, { name: 'e', untilFixedPoint: false, plot: ['nothing'], off: [] });
    expect(shown.size).toBe(12);
  });
});

describe('sliders', () => {
  it('span two decades either way of a positive value', () => {
    expect(sliderRange(0.5)).toEqual({ min: 0.005, max: 50, logarithmic: true });
    expect(positionOf(0.5, sliderRange(0.5))).toBe(SLIDER_STEPS / 2);
  });
  it('are linear about zero and for negative values', () => {
    expect(sliderRange(0)).toEqual({ min: -1, max: 1, logarithmic: false });
    expect(sliderRange(-3)).toEqual({ min: -6, max: 6, logarithmic: false });
    expect(valueAt(SLIDER_STEPS / 2, sliderRange(0))).toBe(0);
  });
  it('widen for a value typed beyond them, and give up the logarithm for one that has none', () => {
    expect(sliderRange(1, 1e6)).toEqual({ min: 0.01, max: 1e6, logarithmic: true });
    expect(sliderRange(1, -4)).toEqual({ min: -4, max: 2, logarithmic: false });
  });
  it('stay in their range, and come back to where they were to a step', () => {
    fc.assert(fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }).filter((x) => x === 0 || Math.abs(x) > 1e-6), fc.integer({ min: 0, max: SLIDER_STEPS }),
      (value, position) => {
        const range = sliderRange(value);
        const chosen = valueAt(position, range);
        expect(chosen).toBeGreaterThanOrEqual(range.min * (range.min > 0 ? 0.99 : 1.01) - 1e-12);
        expect(chosen).toBeLessThanOrEqual(range.max * 1.01);
        expect(Math.abs(positionOf(chosen, range) - position)).toBeLessThanOrEqual(1);
      },
    ));
  });
});
