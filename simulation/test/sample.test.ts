import { describe, expect, it } from 'vitest';
import { integrate, sampleAdaptively, type OdeSystem } from '../index.ts';

function sampled(system: OdeSystem, y0: Float64Array, end: number, points: number): { readonly times: Float64Array; readonly states: readonly Float64Array[] } {
  const sampler = sampleAdaptively(points, 0, y0);
  integrate(system, { t0: 0, t1: end, y0, rtol: 1e-8, atol: 1e-10, onStep: sampler.onStep });
  return sampler.finish();
}

describe('points chosen along a run', () => {
  it('are spread evenly over many periods of an oscillation', () => {
    // Brusselator with b = 3: a relaxation oscillation with a period of about 7.
    const brusselator: OdeSystem = {
      dimension: 2,
      rhs(_, y, dy) {
        const x = y[0]!, z = y[1]!;
        dy[0] = 1 + x * x * z - 4 * x;
        dy[1] = 3 * x - x * x * z;
      },
    };
    const end = 2000, { times } = sampled(brusselator, Float64Array.of(2, 2), end, 2000), count = new Float64Array(20);
    for (const t of times) count[Math.min(19, Math.floor((20 * t) / end))]!++;
    for (const [part, n] of count.entries()) expect(Math.abs(n - 100), `part ${part}`).toBeLessThan(20);
    for (let k = 1; k < times.length; k++) expect(times[k]! - times[k - 1]!).toBeLessThan(7 / 2);
  });

  it('are not sought within steps along which every curve is straight, once there are enough', () => {
    // Steps of a solver that is limited by something else than these curves: one bends all the time, one is flat, one has a bump between two steps.
    const period = 50, bump = (t: number): number => Math.max(0, 1 - ((t - 700.5) / 0.5) ** 2), at = (t: number, out: Float64Array): void => { out.set([Math.sin(t / period), 1 + 1e-13 * Math.sin(99 * t), bump(t)]); };
    let asked = 0;
    const y0 = new Float64Array(3), sampler = sampleAdaptively(400, 0, y0);
    at(0, y0);
    for (let t = 0; t < 1000; t++) {
      const y = new Float64Array(3);
      at(t + 1, y);
      sampler.onStep({ t0: t, t1: t + 1, y, at: (time, out) => { asked++; at(time, out); } });
    }
    // Three within each step until there are 400 points; then one look at each, and three where the bump is.
    expect(asked).toBe(3 * 100 + 900 + 3);
    const { times, states } = sampler.finish(), highest = Math.max(...states.map((state) => state[2]!));
    expect(highest).toBe(1);
    expect([times.length, times[0], times.at(-1)]).toEqual([400, 0, 1000]);
    // What the points show lies as near the curve as what four times as many would.
    for (let k = 1; k < times.length; k++) {
      const middle = (times[k]! + times[k - 1]!) / 2;
      expect(Math.abs((states[k]![0]! + states[k - 1]![0]!) / 2 - Math.sin(middle / period))).toBeLessThan(1e-2);
    }
  });

  it('show a curve between them as a straight line would', () => {
    const decay: OdeSystem = { dimension: 1, rhs(_, y, dy) { dy[0] = -y[0]!; } };
    const { times, states } = sampled(decay, Float64Array.of(1), 20, 60);
    expect(times.length).toBeLessThanOrEqual(60);
    for (let k = 1; k < times.length; k++) {
      const middle = (times[k]! + times[k - 1]!) / 2;
      expect(Math.abs((states[k]![0]! + states[k - 1]![0]!) / 2 - Math.exp(-middle))).toBeLessThan(5e-3);
    }
  });
});
