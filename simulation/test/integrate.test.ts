/** The driver: method choice, outcomes told honestly, results that do not depend on what watches them. */
import { describe, expect, it } from 'vitest';
import { integrate, sampleAdaptively, sampleGrid, spansDecades, type IntegrationRequest, type OdeSystem } from '../index.ts';
import { ode, robertson, seeded } from './problems.ts';

const neuron = (y: number, h: number) => ode(1, (_t, [x]) => [h + y * x! - x! * x!], (_t, [x]) => [[y - 2 * x!]], { nonNegative: true });
const square = ode(1, (_t, [x]) => [x! * x!], (_t, [x]) => [[2 * x!]], { nonNegative: true });
const lotka = ode(2, (_t, [x, y]) => [x! - x! * y!, x! * y! - y!], (_t, [x, y]) => [[1 - y!, -x!], [y!, x! - 1]], { nonNegative: true });

describe('the smoothed ReLU neuron', () => {
  // Closed form of x' = h + yx − x² (constant y): r± = (y ± √(y² + 4h))/2, x(t) = (r₊ − q r₋)/(1 − q).
  const closedForm = (y: number, h: number, x0: number, t: number): number => {
    const root = Math.sqrt(y * y + 4 * h), up = (y + root) / 2, down = (y - root) / 2;
    const q = ((x0 - up) / (x0 - down)) * Math.exp(-root * t);
    return (up - q * down) / (1 - q);
  };
  const random = seeded(1);
  const starts = Array.from({ length: 20 }, () => 4 * random());

  for (const h of [0.01, 0.1, 1]) {
    for (let y = -3; y <= 3; y++) {
      it(`follows its closed form, y = ${y}, h = ${h}`, () => {
        const times = Array.from({ length: 41 }, (_, k) => k / 4);
        for (const x0 of starts) {
          for (const method of ['auto', 'bdf'] as const) {
            const sampler = sampleGrid(times, 0, Float64Array.of(x0));
            const result = integrate(neuron(y, h), { t0: 0, t1: 10, y0: Float64Array.of(x0), rtol: 1e-8, atol: 1e-10, method, onStep: sampler.onStep });
            expect(result.outcome.kind).toBe('reached');
            sampler.finish().states.forEach((x, k) => { expect(Math.abs(x[0]! - closedForm(y, h, x0, times[k]!))).toBeLessThan(1e-6); });
          }
        }
      });

      it(`has its fixed point, y = ${y}, h = ${h}`, () => {
        for (const x0 of starts) {
          const result = integrate(neuron(y, h), { t0: 0, t1: Infinity, y0: Float64Array.of(x0), steady: { tolerance: 1e-6 } });
          expect(result.outcome.kind).toBe('steady');
          expect(Math.abs(result.y[0]! - (y + Math.sqrt(y * y + 4 * h)) / 2)).toBeLessThan(1e-9);
        }
      });
    }
  }
});

describe('fixed points', () => {
  it('are not mistaken for a slow start near a saddle', () => {
    // x' = x − x² from near 0: the logistic curve, which stays near 0 for ln(1/x0) before it rises.
    const logistic = ode(1, (_t, [x]) => [x! - x! * x!], (_t, [x]) => [[1 - 2 * x!]], { nonNegative: true });
    for (const x0 of [1e-3, 1e-9, 1e-15, 1e-30]) {
      for (const method of ['auto', 'tsit5', 'rkc', 'bdf'] as const) {
        const result = integrate(logistic, { t0: 0, t1: Infinity, y0: Float64Array.of(x0), steady: { tolerance: 1e-6 }, method });
        expect(result.outcome.kind).toBe('steady');
        expect(result.y[0]).toBeCloseTo(1, 12);
        expect(result.outcome.t).toBeGreaterThan(Math.log(1 / x0));
      }
    }
  });

  it('are accepted where the solution rests exactly', () => {
    const result = integrate(lotka, { t0: 0, t1: Infinity, y0: Float64Array.of(1, 1), steady: { tolerance: 1e-6 } });
    expect(result.outcome).toMatchObject({ kind: 'steady', residual: 0 });
  });

  it('keep the conserved totals of the start', () => {
    // A + B ⇌ C with totals A + C = 3, B + C = 2 and K = 1: C² − 6C + 6 = 0.
    const totals = {
      pivots: Int32Array.of(0, 1), rowStart: Int32Array.of(0, 2, 4), component: Int32Array.of(0, 2, 1, 2), coefficient: Float64Array.of(1, 1, 1, 1),
    };
    const rate = (a: number, b: number, c: number): number => a * b - c;
    const binding = ode(3, (_t, [a, b, c]) => { const r = rate(a!, b!, c!); return [-r, -r, r]; },
      (_t, [a, b]) => [[-b!, -a!, 1], [-b!, -a!, 1], [b!, a!, -1]], { nonNegative: true });
    for (const system of [{ ...binding, conserved: totals }, binding]) {
      const result = integrate(system, { t0: 0, t1: Infinity, y0: Float64Array.of(3, 2, 0), steady: { tolerance: 1e-6 } });
      expect(result.outcome.kind).toBe('steady');
      const c = 3 - Math.sqrt(3);
      expect(Math.abs(result.y[2]! - c)).toBeLessThan(1e-9);
      expect(Math.abs(result.y[0]! + result.y[2]! - 3)).toBeLessThan(1e-9);
      expect(Math.abs(result.y[1]! + result.y[2]! - 2)).toBeLessThan(1e-9);
    }
  });

  it('do not depend on the unit of time', () => {
    for (const unit of [1e-9, 1, 1e9]) {
      const slow = ode(1, (_t, [x]) => [unit * (1 - x! * x!)], (_t, [x]) => [[-2 * unit * x!]]);
      const result = integrate(slow, { t0: 0, t1: Infinity, y0: Float64Array.of(0), steady: { tolerance: 1e-6 } });
      expect(result.outcome.kind).toBe('steady');
      expect(result.outcome.t * unit).toBeGreaterThan(5);
      expect(result.outcome.t * unit).toBeLessThan(1e4);
      expect(result.y[0]).toBeCloseTo(1, 12);
    }
  });

  it('are not claimed of a course along points at rest that never ends', () => {
    // x = 1/(1 + t), and z = ln(1 + t) grows for ever, past fixed points x = 0 of any z.
    const course: OdeSystem = { dimension: 2, rhs: (_, y, dy) => { dy[0] = -y[0]! * y[0]!; dy[1] = y[0]!; } };
    const { outcome } = integrate(course, { t0: 0, t1: Infinity, y0: Float64Array.of(1, 0), atol: 1e-12, rtol: 1e-6, steady: { tolerance: 1e-6 }, maxSteps: 3000 });
    expect(outcome.kind).toBe('stuck');
    expect(outcome.t).toBeGreaterThan(1e6);
  });

  it('are not claimed for oscillations', () => {
    const result = integrate(lotka, { t0: 0, t1: Infinity, y0: Float64Array.of(2, 1), steady: { tolerance: 1e-6 }, maxSteps: 3000 });
    expect(result.outcome).toMatchObject({ kind: 'stuck', reason: 'step limit' });
  });
});

describe('divergence', () => {
  it('2 X -> 3 X blows up at t = 1', () => {
    for (const method of ['auto', 'tsit5', 'rkc', 'bdf'] as const) {
      const result = integrate(square, { t0: 0, t1: 10, y0: Float64Array.of(1), method });
      expect(result.outcome).toMatchObject({ kind: 'diverged', component: 0 });
      expect(Math.abs(result.outcome.t - 1)).toBeLessThan(1e-3);
      expect(Number.isFinite(result.y[0])).toBe(true);
    }
  });

  it('names the component that runs away', () => {
    const pair = ode(3, (_t, [x, y]) => [-x!, 2 * y! * y!, 1]);
    const result = integrate(pair, { t0: 0, t1: 10, y0: Float64Array.of(5, 1, 0) });
    expect(result.outcome).toMatchObject({ kind: 'diverged', component: 1 });
    expect(Math.abs(result.outcome.t - 0.5)).toBeLessThan(1e-3);
  });

  it('is not claimed of exponential growth or large values', () => {
    const growth = ode(1, (_t, [x]) => [x!], () => [[1]]);
    const large = integrate(growth, { t0: 0, t1: 300, y0: Float64Array.of(1) });
    expect(large.outcome).toEqual({ kind: 'reached', t: 300 });
    expect(Math.abs(large.y[0]! / Math.exp(300) - 1)).toBeLessThan(1e-3);
    const beyond = integrate(growth, { t0: 0, t1: 1e4, y0: Float64Array.of(1) });
    expect(beyond.outcome).toMatchObject({ kind: 'diverged', component: 0 });
    expect(Math.abs(beyond.outcome.t - 150 * Math.LN10)).toBeLessThan(2);
    expect(integrate(growth, { t0: 0, t1: 1, y0: Float64Array.of(1e120) }).outcome.kind).toBe('reached');
  });
});

describe('what goes wrong', () => {
  it('is told: a right-hand side that stops being a number', () => {
    const broken = ode(1, (t) => [t < 1 ? 1 : NaN]);
    for (const method of ['tsit5', 'bdf'] as const) {
      const result = integrate(broken, { t0: 0, t1: 10, y0: Float64Array.of(0), method });
      expect(result.outcome).toMatchObject({ kind: 'stuck', reason: 'not a number' });
      expect(result.outcome.t).toBeCloseTo(1, 6);
      expect(result.y[0]).toBeCloseTo(1, 6);
    }
    expect(integrate(ode(1, () => [NaN]), { t0: 0, t1: 1, y0: Float64Array.of(0) }).outcome).toEqual({ kind: 'stuck', t: 0, reason: 'not a number', component: 0 });
  });

  it('is told: a step size that underflows without growth', () => {
    // x' = −1/x reaches 0 with infinite slope at t = 1/2, and no solution goes on.
    const collapse = ode(1, (_t, [x]) => [-1 / x!]);
    for (const method of ['tsit5', 'bdf'] as const) {
      const result = integrate(collapse, { t0: 0, t1: 1, y0: Float64Array.of(1), method });
      expect(result.outcome).toMatchObject({ kind: 'stuck', reason: 'step underflow', component: 0 });
      expect(result.outcome.t).toBeCloseTo(0.5, 4);
    }
  });

  it('is refused where the request makes no sense', () => {
    const start = { t0: 0, t1: 1, y0: Float64Array.of(1) };
    const bad: IntegrationRequest[] = [
      { ...start, y0: Float64Array.of(1, 2) }, { ...start, y0: Float64Array.of(NaN) }, { ...start, t1: -1 }, { ...start, t1: NaN },
      { ...start, t0: Infinity }, { ...start, rtol: -1 }, { ...start, rtol: NaN }, { ...start, atol: -1 }, { ...start, rtol: 0, atol: 0 },
      { ...start, atol: Float64Array.of(1, 2) }, { ...start, firstStep: 0 },
    ];
    for (const request of bad) expect(() => integrate(square, request)).toThrow(RangeError);
  });

  it('nothing: an empty interval and an empty system', () => {
    expect(integrate(square, { t0: 1, t1: 1, y0: Float64Array.of(2) })).toMatchObject({ outcome: { kind: 'reached', t: 1 }, steps: 0 });
    expect(integrate(ode(0, () => []), { t0: 0, t1: 1, y0: new Float64Array(0) }).outcome).toEqual({ kind: 'reached', t: 1 });
  });
});

describe('cancelling', () => {
  it('stops within a step, with the state reached', () => {
    for (const method of ['tsit5', 'rkc', 'bdf'] as const) {
      let polls = 0, last = 0;
      const result = integrate(lotka, { t0: 0, t1: 1e6, y0: Float64Array.of(2, 1), method, cancel: () => ++polls > 50, onStep: (step) => { last = step.t1; } });
      expect(result.outcome).toEqual({ kind: 'cancelled', t: last });
      // RKC and BDF ask within their steps too.
      expect(polls).toBeLessThanOrEqual(method === 'tsit5' ? 51 : 54);
      if (method !== 'rkc') expect(last).toBeGreaterThan(0);
    }
    expect(integrate(lotka, { t0: 0, t1: 1, y0: Float64Array.of(2, 1), cancel: () => true }).outcome).toEqual({ kind: 'cancelled', t: 0 });
  });
});

describe('output', () => {
  it('does not change the result, and a finer grid contains a coarser one', () => {
    for (const method of ['auto', 'tsit5', 'rkc', 'bdf'] as const) {
      const y0 = Float64Array.of(1, 0, 0), request = { t0: 0, t1: 40, y0, rtol: 1e-7, atol: 1e-11, method };
      const bare = integrate(robertson, request);
      const coarse = sampleGrid(Array.from({ length: 11 }, (_, k) => 4 * k), 0, y0);
      const fine = sampleGrid(Array.from({ length: 401 }, (_, k) => k / 10), 0, y0);
      expect(integrate(robertson, { ...request, onStep: coarse.onStep }).y).toEqual(bare.y);
      expect(integrate(robertson, { ...request, onStep: fine.onStep }).y).toEqual(bare.y);
      const few = coarse.finish().states, many = fine.finish().states;
      few.forEach((y, k) => { expect(many[40 * k]).toEqual(y); });
      expect(few.at(-1)).toEqual(bare.y);
      expect(few[0]).toEqual(y0);
    }
  });

  it('leaves out grid times that were not reached', () => {
    const sampler = sampleGrid([0, 0.5, 2], 0, Float64Array.of(1));
    integrate(square, { t0: 0, t1: 10, y0: Float64Array.of(1), onStep: sampler.onStep });
    expect([...sampler.finish().times]).toEqual([0, 0.5]);
    expect(() => sampleGrid([1, 0], 0, Float64Array.of(1))).toThrow(RangeError);
  });

  it('can be placed where the curves bend', () => {
    const y0 = Float64Array.of(6, 1), sampler = sampleAdaptively(200, 0, y0);
    integrate(lotka, { t0: 0, t1: 30, y0, rtol: 1e-8, onStep: sampler.onStep });
    const { times, states } = sampler.finish();
    expect(times).toHaveLength(200);
    expect(times[0]).toBe(0);
    expect(times.at(-1)).toBe(30);
    // Linear interpolation of the chosen points beats as many equidistant ones.
    const fine = sampleGrid(Array.from({ length: 3001 }, (_, k) => k / 100), 0, y0);
    integrate(lotka, { t0: 0, t1: 30, y0, rtol: 1e-8, onStep: fine.onStep });
    const truth = fine.finish();
    const miss = (t: ArrayLike<number>, y: readonly Float64Array[]): number => {
      let worst = 0, k = 0;
      truth.times.forEach((at, i) => {
        while (k + 2 < t.length && t[k + 1]! < at) k++;
        const share = (at - t[k]!) / (t[k + 1]! - t[k]!);
        worst = Math.max(worst, Math.abs(y[k]![0]! + share * (y[k + 1]![0]! - y[k]![0]!) - truth.states[i]![0]!));
      });
      return worst;
    };
    const even = Array.from({ length: 201 }, (_, k) => 15 * k);
    expect(miss(times, states)).toBeLessThan(0.7 * miss(even.map((i) => truth.times[i]!), even.map((i) => truth.states[i]!)));
  });

  it('knows a course that spans decades', () => {
    const steps: number[] = [], sampler = sampleAdaptively(100, 0, Float64Array.of(1, 0, 0));
    integrate(robertson, { t0: 0, t1: 1e11, y0: Float64Array.of(1, 0, 0), onStep: (step) => { steps.push(step.t1); sampler.onStep(step); } });
    expect(spansDecades(steps, 0)).toBe(true);
    const times = [...sampler.finish().times];
    for (let decade = -4; decade < 9; decade++) expect(times.some((t) => t >= 10 ** decade && t < 10 ** (decade + 2))).toBe(true);
    const even: number[] = [];
    integrate(lotka, { t0: 0, t1: 50, y0: Float64Array.of(2, 1), onStep: (step) => { even.push(step.t1); } });
    expect(spansDecades(even, 0)).toBe(false);
  });
});

describe('method choice', () => {
  it('keeps the explicit pair where nothing is stiff and leaves it where something is', () => {
    expect(integrate(lotka, { t0: 0, t1: 50, y0: Float64Array.of(2, 1) }).methods).toEqual(['tsit5']);
    const relaxing = ode(2, (t, [x, y]) => [-2000 * (x! - Math.cos(t)), -y!]);
    expect(integrate(relaxing, { t0: 0, t1: 20, y0: Float64Array.of(0, 1) }).methods).toEqual(['tsit5', 'bdf']);
    expect(integrate(robertson, { t0: 0, t1: 1e11, y0: Float64Array.of(1, 0, 0) }).methods).toEqual(['bdf']);
  });

  // A fast rate that dies out, beside an oscillation that goes on.
  const fading = ode(4, (_t, [x, y, e, z]) => [x! - x! * y!, x! * y! - y!, -e!, -3e4 * e! * (z! - x!)],
    (_t, [x, y, e, z]) => [[1 - y!, -x!, 0, 0], [y!, x! - 1, 0, 0], [0, 0, -1, 0], [3e4 * e!, 0, -3e4 * (z! - x!), -3e4 * e!]]);

  it('comes back to the explicit pair when nothing is stiff any more, once, and pays', () => {
    const request = { t0: 0, t1: 400, y0: Float64Array.of(2, 1, 1, 0), rtol: 1e-6, atol: 1e-9 };
    const auto = integrate(fading, request), bdf = integrate(fading, { ...request, method: 'bdf' });
    expect(auto.methods.join()).toMatch(/^(tsit5,)?bdf,tsit5$/u);
    expect(auto.steps).toBeLessThan(0.6 * bdf.steps);
    const fine = integrate(fading, { ...request, rtol: 1e-10, atol: 1e-13 });
    for (let i = 0; i < 2; i++) expect(Math.abs(auto.y[i]! - fine.y[i]!)).toBeLessThan(2e-3);
  });

  it('goes to and fro ever more rarely where stiffness comes and goes for ever', () => {
    const pulsing = ode(2, (t, [x, y]) => [-(1 + 3e3 * Math.sin(t / 2) ** 16) * (x! - Math.cos(3 * t)), Math.cos(5 * t) - y!],
      (t) => [[-(1 + 3e3 * Math.sin(t / 2) ** 16), 0], [0, -1]]);
    const { methods, steps, outcome } = integrate(pulsing, { t0: 0, t1: 2000, y0: Float64Array.of(0, 0), rtol: 1e-5, atol: 1e-8 });
    expect(outcome.kind).toBe('reached');
    expect(methods.length).toBeLessThan(2 * Math.log2(steps));
  });
});
