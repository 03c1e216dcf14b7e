/** Stiff problems against published reference values. */
import { describe, expect, it } from 'vitest';
import { compileNetwork, integrate, sampleGrid } from '../index.ts';
import { NetworkBuilder } from './networks.ts';
import { hires, massAction, ode, oregonator, pollution, pyrolysis, relativeError, robertson, ROBERTSON_REFERENCE } from './problems.ts';

describe('Robertson', () => {
  const times = ROBERTSON_REFERENCE.map((_, k) => 10 ** k);

  it('agrees with the published values from t = 1 to t = 1e11', () => {
    const sampler = sampleGrid(times, 0, Float64Array.of(1, 0, 0));
    const result = integrate(robertson, { t0: 0, t1: 1e11, y0: Float64Array.of(1, 0, 0), rtol: 1e-8, atol: 1e-16, onStep: sampler.onStep });
    expect(result.outcome).toEqual({ kind: 'reached', t: 1e11 });
    expect(result.methods.at(-1)).toBe('bdf');
    const { states } = sampler.finish();
    expect(states).toHaveLength(times.length);
    states.forEach((y, k) => { expect(relativeError(y, ROBERTSON_REFERENCE[k]!)).toBeLessThan(2e-6); });
  });

  it('conserves the total', () => {
    const result = integrate(robertson, { t0: 0, t1: 1e11, y0: Float64Array.of(1, 0, 0), rtol: 1e-6, atol: 1e-12 });
    expect(Math.abs(result.y[0]! + result.y[1]! + result.y[2]! - 1)).toBeLessThan(1e-11);
  });

  it('stays bounded and non-negative with the default tolerances', () => {
    const result = integrate(robertson, { t0: 0, t1: 1e11, y0: Float64Array.of(1, 0, 0) });
    expect(result.outcome.kind).toBe('reached');
    for (const y of result.y) { expect(y).toBeGreaterThanOrEqual(0); expect(y).toBeLessThanOrEqual(1 + 1e-9); }
  });
});

describe('stiff test set', () => {
  const cases = [
    { name: 'HIRES', ...hires, rtol: 1e-9, atol: 1e-13, allowed: 1e-6 },
    { name: 'OREGO', ...oregonator, rtol: 1e-9, atol: 1e-12, allowed: 1e-5 },
    { name: 'POLLU', ...pollution, system: massAction(20, pollution.reactions, pollution.constants), rtol: 1e-8, atol: 1e-22, allowed: 1e-6 },
  ];
  for (const { name, system, y0, t1, reference, rtol, atol, allowed } of cases) {
    for (const method of ['auto', 'bdf'] as const) {
      it(`${name} by ${method}`, () => {
        const result = integrate(system, { t0: 0, t1, y0: Float64Array.from(y0), rtol, atol, method });
        expect(result.outcome).toEqual({ kind: 'reached', t: t1 });
        expect(result.methods.at(-1)).toBe('bdf');
        expect(relativeError(result.y, reference)).toBeLessThan(allowed);
      });
    }
  }
});

describe('E5', () => {
  const [a, b, c, d] = pyrolysis.constants;
  const builder = new NetworkBuilder();
  ['A', 'B', 'C', 'D'].forEach((name, i) => { builder.species(name, pyrolysis.y0[i]); });
  const network = builder.reaction('A -> B + C', a).reaction('A + C -> D', b).reaction('B + C -> 0', c).reaction('D -> C', d).build();

  for (const method of ['auto', 'bdf'] as const) {
    it(`over 13 decades of time and 19 of concentration, by ${method}`, () => {
      const { system } = compileNetwork(network), { t1, reference } = pyrolysis;
      const result = integrate(system, { t0: 0, t1, y0: Float64Array.from(pyrolysis.y0), rtol: 1e-7, atol: 1e-30, method });
      expect(result.outcome).toEqual({ kind: 'reached', t: t1 });
      expect(result.methods.at(-1)).toBe('bdf');
      const [A, B, C, D] = result.y as unknown as [number, number, number, number];
      expect(A).toBeLessThan(1e-28);
      expect(D).toBeLessThan(1e-28);
      // B − C − D is conserved at 0, so B = C here; the published values differ by a part in 700, about their mean.
      expect(Math.abs(B - C - D)).toBeLessThan(1e-12 * B);
      expect(relativeError([B, C], reference.slice(1, 3))).toBeLessThan(8e-4);
      expect(relativeError([B], [(reference[1]! + reference[2]!) / 2])).toBeLessThan(3e-5);
    });
  }
});

describe('linear systems of known solution', () => {
  it('BDF follows the slow part of a stiff linear system', () => {
    // y' = −L(y − cos t) − sin t has the solution cos t from y(0) = 1 for every L.
    for (const stiffness of [1, 1e3, 1e6, 1e9]) {
      const system = ode(1, (t, [y]) => [-stiffness * (y! - Math.cos(t)) - Math.sin(t)], () => [[-stiffness]]);
      const result = integrate(system, { t0: 0, t1: 10, y0: Float64Array.of(1), rtol: 1e-8, atol: 1e-10, method: 'bdf' });
      expect(Math.abs(result.y[0]! - Math.cos(10))).toBeLessThan(1e-6);
      expect(result.steps).toBeLessThan(1000);
    }
  });

  it('a chain of first-order decays ends in the Bateman solution', () => {
    const k = [1, 50, 3000];
    const system = ode(4, (_t, y) => [-k[0]! * y[0]!, k[0]! * y[0]! - k[1]! * y[1]!, k[1]! * y[1]! - k[2]! * y[2]!, k[2]! * y[2]!]);
    const t = 2;
    const bateman = k.map((_, i) => {
      let sum = 0;
      for (let j = 0; j <= i; j++) {
        let term = Math.exp(-k[j]! * t);
        for (let m = 0; m <= i; m++) if (m !== j) term /= k[m]! - k[j]!;
        sum += term;
      }
      return sum * k.slice(0, i).reduce((a, b) => a * b, 1);
    });
    for (const method of ['tsit5', 'bdf', 'auto'] as const) {
      const result = integrate(system, { t0: 0, t1: t, y0: Float64Array.of(1, 0, 0, 0), rtol: 1e-8, atol: 1e-14, method });
      expect(relativeError(result.y.subarray(0, 3), bateman)).toBeLessThan(1e-6);
    }
  });
});
