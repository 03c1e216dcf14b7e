import { describe, expect, it } from 'vitest';
import { csvField, csvText } from '../csv.ts';
import { errorCount, formatDuration, formatNumber, formatTick, parseNumber, typedNumber } from '../format.ts';
import { outcomeSentence } from '../outcome.ts';
import { block, model, result, trajectory } from './material.ts';

describe('CSV', () => {
  it('has one row a time and one column a species, at full precision', () => {
    const m = model([block('A', 0), block('M', 1, { kind: 'dual', shape: [1, 2] })]);
    const path = trajectory([0, 0.1], [[1, 1 / 3], [0, 1e-20], [2, 3], [4, 5], [6, 7]]);
    expect(csvText(m, path)).toBe(
      't,A,"M^+[1,1]","M^+[1,2]","M^-[1,1]","M^-[1,2]"\r\n'
      + '0,1,0,2,4,6\r\n'
      + '0.1,0.3333333333333333,1e-20,3,5,7\r\n');
  });
  it('quotes what would break a row', () => {
    expect(['X', 'X[1,2]', 'say "x"', 'a\nb'].map(csvField)).toEqual(['X', '"X[1,2]"', '"say ""x"""', '"a\nb"']);
  });
});

describe('numbers', () => {
  it('have four digits and powers of ten', () => {
    expect([0, 1.6180339, 12.5, -0.4, 0.001, 3.2e-5, 1e-9, 12345, 99999.9, 123456, -2e10].map((x) => formatNumber(x))).toEqual(
      ['0', '1.618', '12.5', '−0.4', '0.001', '3.2·10⁻⁵', '10⁻⁹', '12345', '10⁵', '1.235·10⁵', '−2·10¹⁰']);
    expect([Infinity, NaN].map((x) => formatNumber(x))).toEqual(['∞', 'not a number']);
  });
  it('are read as people type them', () => {
    expect(['0.5', ' 1e-3', '0,5', '3·10^-5', '−2', '', 'x', '1e999'].map(parseNumber)).toEqual([0.5, 1e-3, 0.5, 3e-5, -2, undefined, undefined, undefined]);
  });
  it('of errors tell those of imported files apart', () => {
    expect([errorCount(1, 0), errorCount(19, 0), errorCount(1, 2), errorCount(0, 1)]).toEqual([
      '1 error in the text', '19 errors in the text', '1 error in the text, 2 in what it imports', '1 error in what the text imports']);
  });
  it('offered for typing are plain', () => expect([0.005, 1 / 3, 2e-7, 1e11, 250000, -0.00012].map(typedNumber)).toEqual(['0.005', '0.333333', '2e-7', '1e11', '250000', '-0.00012']));
  it('on axes tell neighbours apart', () => {
    expect([0, 0.2, 0.4].map((x) => formatTick(x, 0.2))).toEqual(['0', '0.2', '0.4']);
    expect([1.0005, 1.001].map((x) => formatTick(x, 0.0005))).toEqual(['1.0005', '1.001']);
    expect(formatTick(200000, 50000)).toBe('2·10⁵');
  });
  it('time', () => {
    expect([1.23, 340.4, 2400].map(formatDuration)).toEqual(['1.2 ms', '340 ms', '2.4 s']);
  });
});

describe('outcomes', () => {
  const m = model([block('A', 0), block('X', 1, { shape: [2] })], { units: { time: 's' } });
  const path = trajectory([0, 17.2], [[1, 0], [0, 1], [0, 2]]);
  it('are sentences', () => {
    expect(outcomeSentence(result(path, { outcome: { kind: 'steady', t: 60, residual: 3e-10 }, settled: 17.2 }), m)).toMatchObject(
      { text: 'Reached a fixed point at t = 17.2 s (residual 3·10⁻¹⁰).', tone: 'good' });
    expect(outcomeSentence(result(path), m).text).toBe('Ran to t = 17.2 s; the residual there is 1.');
  });
  it('name the species that grows, and where it stands', () => {
    const sentence = outcomeSentence(result(path, { outcome: { kind: 'diverged', t: 0.69, component: 2 } }), m);
    expect(sentence).toMatchObject({ text: 'Diverged at t = 0.69 s: X[2] grows without bound.', tone: 'bad', link: { label: 'Show X' } });
    const place = { uri: null, start: 40, end: 50 }, through = outcomeSentence(result(path, { outcome: { kind: 'diverged', t: 0.69, component: 2 }, cause: { reaction: '2 X -> 3 X @ 1', place } }), m);
    expect(through).toMatchObject({ text: 'Diverged at t = 0.69 s: X[2] grows without bound through 2 X -> 3 X @ 1.', link: { label: 'Show the reaction', place } });
  });
  it('say when a condition came true, or that it did not', () => {
    const condition = { text: 'A > 0.5' }, of = (extra: Parameters<typeof result>[1]) => { const { text, tone } = outcomeSentence(result(path, extra), m); return [text, tone]; };
    expect(of({ condition: { ...condition, t: 3.2 }, outcome: { kind: 'reached', t: 3.2 } })).toEqual(['“A > 0.5” at t = 3.2 s.', 'good']);
    expect(of({ condition })).toEqual(['“A > 0.5” did not come true up to t = 17.2 s.', 'notice']);
    expect(of({ condition, outcome: { kind: 'steady', t: 60, residual: 0 }, settled: 17.2 })).toEqual(['“A > 0.5” does not come true: at t = 17.2 s the network has come to rest.', 'notice']);
    expect(of({ condition, outcome: { kind: 'stuck', t: 900, reason: 'step limit' } })).toEqual(['“A > 0.5” did not come true up to t = 900 s, and the network does not come to rest.', 'notice']);
    expect(of({ condition, outcome: { kind: 'cancelled', t: 1 } })).toEqual(['Stopped at t = 1 s.', 'notice']);
    const molecules = { method: 'ssa', volume: 1, seed: 1, replicas: 300, engine: 'direct', events: 9, moleculesPerConcentration: 1, rounded: [] } as const;
    expect(of({ condition, molecules: { ...molecules, met: { replicas: 20, mean: 2, sd: 0.25 } } })).toEqual(['“A > 0.5” in 20 of 300 runs molecule by molecule, at t = 2 s on average (± 0.25).', 'good']);
    expect(of({ condition, molecules })).toEqual(['“A > 0.5” did not come true up to t = 17.2 s in any of 300 runs molecule by molecule.', 'notice']);
    expect(of({ condition: { ...condition, t: 3 }, outcome: { kind: 'reached', t: 3 }, molecules: { ...molecules, replicas: 1 } })).toEqual(['“A > 0.5” at t = 3 s, in one run molecule by molecule.', 'good']);
  });
  it('say of an oscillation that it does not settle', () => {
    const sought = outcomeSentence(result(path, { until: 'fixed point', outcome: { kind: 'stuck', t: 900, reason: 'step limit' } }), m);
    expect(sought).toMatchObject({ text: 'Does not settle: still moving at t = 900 s (residual 1).', tone: 'notice' });
  });
  it('say what to do when a method gets stuck', () => {
    for (const reason of ['step underflow', 'step limit', 'not a number'] as const) {
      const { text, tone } = outcomeSentence(result(path, { outcome: { kind: 'stuck', t: 1, reason } }), m);
      expect(tone).toBe('bad');
      expect(text).toMatch(/t = 1 s.*(Try|Check)/);
    }
  });
});
