/** Times of events against closed forms. */
import { describe, expect, it } from 'vitest';
import { simulate } from '../index.ts';
import { networkOf } from './stochastic-oracles.ts';

const decay = networkOf('species X = 1\nX -> 0 @ 2\n');
const TIGHT = { rtol: 1e-12, atol: 1e-14 };

describe('a run stops where a threshold is crossed', () => {
  it.each(['tsit5', 'bdf'] as const)('at the time of the closed form, by %s', (method) => {
    // e^(−2t) = 0.3
    const expected = Math.log(1 / 0.3) / 2;
    const result = simulate(decay, { until: 100, method, event: (_, y) => 0.3 - y[0]!, rtol: 1e-10, atol: 1e-12 });
    expect(result.outcome).toEqual({ kind: 'reached', t: result.event });
    expect(result.event! / expected).toBeCloseTo(1, 8);
    expect(result.final[0]).toBeCloseTo(0.3, 9);
    expect(result.t.at(-1)).toBe(result.event);
  });

  it('as near as the integration is', () => {
    const found = simulate(decay, { until: 100, event: (_, y) => 1e-3 - y[0]!, ...TIGHT }).event!;
    expect(Math.abs(found / (Math.log(1000) / 2) - 1)).toBeLessThan(1e-10);
  });

  it('the first time of several, upwards only', () => {
    // Lotka–Volterra: X + Y − ln X − ln Y is conserved; the event is X rising through 1, where it starts to fall from 1.5.
    const cycles = networkOf('species X = 1, Y = 1.5\nX -> 2 X @ 1\nX + Y -> 2 Y @ 1\nY -> 0 @ 1\n');
    const result = simulate(cycles, { until: 50, event: (_, y) => y[0]! - 1, ...TIGHT }), [x, y] = result.final;
    expect(result.event!).toBeGreaterThan(1);
    expect(x).toBeCloseTo(1, 10);
    // On the same orbit at X = 1, on its other side: y − ln y as at the start.
    expect(y! - Math.log(y!)).toBeCloseTo(1.5 - Math.log(1.5), 9);
    expect(y).toBeLessThan(1);
  });

  it('not at all when it is not crossed, and at once when it has been', () => {
    const never = simulate(decay, { until: 3, event: (_, y) => y[0]! - 2 });
    expect([never.outcome, never.event]).toEqual([{ kind: 'reached', t: 3 }, undefined]);
    expect(simulate(decay, { until: 3, event: (_, y) => y[0]! }).event).toBe(0);
  });

  it('with the steps that it would have taken anyway', () => {
    const whole = simulate(decay, { until: 3, times: [0.25] }), stopped = simulate(decay, { until: 3, times: [0.25, 2.9], event: (t) => t - 0.5 });
    expect(stopped.species.get('X')![0]).toBe(whole.species.get('X')![0]);
    expect(stopped.t.length).toBe(1);
    expect(stopped.event).toBeCloseTo(0.5, 14);
  });
});
