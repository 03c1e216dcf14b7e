/** The stabilised explicit method: order, stability, conservation, the estimate of the spectral radius. */
import { describe, expect, it } from 'vitest';
import { compileNetwork, integrate, type OdeSystem } from '../index.ts';
import { chebyshevStages, stagesFor } from '../stabilised/chebyshev.ts';
import { Rkc } from '../stabilised/rkc.ts';
import { spectralRadius } from '../stabilised/spectral-radius.ts';
import { affine, index, NetworkBuilder, number } from './networks.ts';
import { ode } from './problems.ts';

const counters = () => ({ steps: 0, rejected: 0, evaluations: 0, jacobians: 0, factorisations: 0 });
const never = (): boolean => false;

/** R(z): one step of size 1 for y' = z·y from 1. */
function stability(stages: number, z: number): number {
  const { mu, nu, muTilde, gammaTilde } = chebyshevStages(stages);
  let before = 1, here = 1 + muTilde[1]! * z;
  for (let j = 2; j <= stages; j++) {
    const next = 1 - mu[j]! - nu[j]! + mu[j]! * here + nu[j]! * before + z * (muTilde[j]! * here + gammaTilde[j]!);
    before = here;
    here = next;
  }
  return here;
}

describe('Chebyshev methods', () => {
  it('are of order 2 whatever the number of stages: R(z) = 1 + z + z²/2 + O(z³)', () => {
    for (const s of [2, 3, 5, 20, 200]) {
      const { c } = chebyshevStages(s);
      expect(c[s]).toBeCloseTo(1, 11);
      for (const z of [1e-2, 1e-3]) expect(Math.abs(stability(s, z) - (1 + z + (z * z) / 2))).toBeLessThan(z ** 3 / 5);
    }
  });

  it('are damped within a stretch of 0.65 (s² − 1) of the negative axis, and unstable soon beyond it', () => {
    for (const s of [2, 3, 5, 20, 200, 1000]) {
      const { limit } = chebyshevStages(s);
      expect(limit).toBeGreaterThan(0.65 * (s * s - 1));
      for (let k = 1; k <= 1000; k++) {
        const z = -limit * (0.01 + 0.99 * (k / 1000)), r = Math.abs(stability(s, z));
        if (r >= (z < -2 ? 0.97 : 1)) expect(z).toBe('damped');
      }
      if (s % 2 === 1 || s === 200) expect(Math.abs(stability(s, -1.2 * limit))).toBeGreaterThan(1);
    }
  });

  it('have as many stages as a step needs', () => {
    for (const reach of [0, 0.5, 1.9, 2, 5, 5.3, 50, 1e3, 1e5, 5e5]) {
      const s = stagesFor(reach);
      expect(chebyshevStages(s).limit).toBeGreaterThanOrEqual(reach);
      if (s > 3) expect(chebyshevStages(Math.floor(0.98 * s) - 1).limit).toBeLessThan(reach);
    }
  });
});

describe('the spectral radius', () => {
  const chain = (n: number, k: number): OdeSystem => ({
    dimension: n,
    // Diffusion along a closed chain: eigenvalues −4k sin²(πj/n).
    rhs: (_t, y, dy) => { for (let i = 0; i < n; i++) dy[i] = k * (y[(i + 1) % n]! - 2 * y[i]! + y[(i + n - 1) % n]!); },
  });
  const radiusOf = (system: OdeSystem, y: Float64Array, start: (i: number) => number): number => {
    const n = y.length, f = new Float64Array(n);
    system.rhs(0, y, f);
    return spectralRadius(system, 0, y, f, { direction: Float64Array.from(y, (_, i) => start(i)), image: new Float64Array(n), moved: new Float64Array(n) }, () => undefined, never);
  };

  it('is found within its margin, also from a start of zeros', () => {
    for (const start of [() => 0, (i: number) => Math.sin(i), (i: number) => (i === 3 ? 1 : 0)]) {
      const found = radiusOf(chain(64, 7), new Float64Array(64).fill(1), start);
      expect(found).toBeGreaterThan(28 * 0.98);
      expect(found).toBeLessThan(28 * 1.3);
    }
  });

  it('is never far too small where eigenvalues are complex', () => {
    const turning = ode(2, (_t, [x, y]) => [-x! + 30 * y!, -30 * x! - y!]);
    expect(radiusOf(turning, Float64Array.of(1, 0.5), (i) => i + 1)).toBeGreaterThan(30);
  });

  it('is no number where the products are none', () => {
    expect(radiusOf(ode(1, () => [NaN]), Float64Array.of(1), () => 1)).toBe(Infinity);
  });
});

describe('RKC', () => {
  // y' = −L(y − cos t) − sin t has the solution cos t for every L; nonlinear beside it: z' = −z², z = 1/(1 + t).
  const problem = (stiffness: number): OdeSystem => ode(2, (t, [y, z]) => [-stiffness * (y! - Math.cos(t)) - Math.sin(t), -z! * z!]);

  function withSteps(h: number, stiffness: number, end: number): { end: number; dense: number; stages: number } {
    const system = problem(stiffness), y0 = Float64Array.of(1, 1), f0 = new Float64Array(2);
    system.rhs(0, y0, f0);
    const tolerance = { rtol: 1e5, atol: new Float64Array(2).fill(1e5) };
    const stepper = new Rkc({ system, t: 0, y: y0, tolerance, firstStep: h, counters: counters(), cancel: never }, f0), between = new Float64Array(2);
    stepper.maxStep = h;
    let dense = 0, stages = 0;
    while (stepper.t < end) {
      expect(stepper.advance(end)).toBe('accepted');
      stages = Math.max(stages, stepper.stages);
      for (const theta of [0.3, 0.7]) {
        const t = stepper.previousT + theta * (stepper.t - stepper.previousT);
        stepper.at(t, between);
        dense = Math.max(dense, Math.abs(between[0]! - Math.cos(t)), Math.abs(between[1]! - 1 / (1 + t)));
      }
    }
    const error = Math.max(Math.abs(stepper.y[0]! - Math.cos(end)), Math.abs(stepper.y[1]! - 1 / (1 + end)));
    stepper.release();
    return { end: error, dense, stages };
  }

  it('is of order 2, at the steps and between them, with few stages and with many', () => {
    const sizes = [0.1, 0.05, 0.025, 0.0125];
    for (const stiffness of [1, 1e3]) {
      const errors = sizes.map((h) => withSteps(h, stiffness, 3));
      const slope = (of: (e: { end: number; dense: number }) => number): number => Math.log(of(errors[0]!) / of(errors[3]!)) / Math.log(8);
      expect(slope((e) => e.end)).toBeGreaterThan(1.8);
      expect(slope((e) => e.dense)).toBeGreaterThan(1.8);
      expect(slope((e) => e.end)).toBeLessThan(3.2);
      expect(errors[0]!.stages).toBeGreaterThan(stiffness === 1 ? 1 : 10);
    }
  });

  it('meets its tolerance where the explicit pair would need thousands of steps', () => {
    for (const rtol of [1e-3, 1e-5, 1e-7]) {
      const result = integrate(problem(1e4), { t0: 0, t1: 10, y0: Float64Array.of(1, 1), rtol, atol: rtol, method: 'rkc' });
      expect(result.outcome).toEqual({ kind: 'reached', t: 10 });
      expect(result.methods).toEqual(['rkc']);
      expect(Math.abs(result.y[0]! - Math.cos(10))).toBeLessThan(20 * rtol);
      expect(Math.abs(result.y[1]! - 1 / 11)).toBeLessThan(20 * rtol);
    }
    const loose = integrate(problem(1e4), { t0: 0, t1: 10, y0: Float64Array.of(1, 1), rtol: 1e-4, atol: 1e-4, method: 'rkc' });
    expect(loose.evaluations).toBeLessThan(20_000);
  });

  it('knows when the problem is stiff no longer', () => {
    const system = problem(0.01), y0 = Float64Array.of(1, 1), f0 = new Float64Array(2);
    system.rhs(0, y0, f0);
    const tolerance = { rtol: 1e-6, atol: new Float64Array(2).fill(1e-6) };
    const stepper = new Rkc({ system, t: 0, y: y0, tolerance, firstStep: 1e-3, counters: counters(), cancel: never }, f0);
    expect(stepper.stiff).toBe(true);
    while (stepper.t < 5) stepper.advance(5);
    expect(stepper.stiff).toBe(false);
    stepper.release();
  });
});

describe('families without a matrix', () => {
  /** Diffusion along a chain of m compartments with decay in the last: families, ρ about 4k. */
  const chain = (m: number, k: number) => {
    const i = index('i', m - 1);
    const X = (shift: number) => new NetworkBuilder().species('X', 0, 'species', [m]).term('X', 1, affine(shift, [0, 1]));
    const start = new Float64Array(m);
    start[0] = m;
    const network = new NetworkBuilder().species('X', start, 'species', [m])
      .family([i], [X(0)], [X(1)], number(k)).family([i], [X(1)], [X(0)], number(k)).build();
    return compileNetwork(network, undefined, { unrollLimit: 0 });
  };

  it('are left to RKC when BDF had nothing to precondition with, and end where the closed form says', () => {
    const m = 50, k = 5e3, compiled = chain(m, k), { system, form } = compiled, t1 = 20;
    expect(form).toBe('families');
    const result = integrate(system, { t0: 0, t1, y0: compiled.initialState(), rtol: 1e-5, atol: 1e-8 });
    expect(result.outcome).toEqual({ kind: 'reached', t: t1 });
    expect(result.methods).toEqual(['tsit5', 'rkc']);
    // Even by then: the slowest mode decays with k(π/m)² ≈ 20.
    result.y.forEach((x) => { expect(Math.abs(x - 1)).toBeLessThan(1e-4); });
    expect(Math.abs(result.y.reduce((a, b) => a + b, 0) - m)).toBeLessThan(1e-9 * m);
  });

  it('keep conserved totals on the way, to rounding', () => {
    const m = 40, compiled = chain(m, 300), { system } = compiled;
    let worst = 0;
    integrate(system, { t0: 0, t1: 2, y0: compiled.initialState(), method: 'rkc', rtol: 1e-4, atol: 1e-12, onStep: ({ y }) => {
      worst = Math.max(worst, Math.abs(y.reduce((a, b) => a + b, 0) / m - 1));
    } });
    expect(worst).toBeLessThan(1e-11);
  });
});
