/** Horizons, scales and laws at the edge of what numbers can do: the right answer, or an outcome that says what happened. */
import { describe, expect, it } from 'vitest';
import { compileNetwork, fixedPoints, integrate, simulate, Simulator, type MethodName } from '../index.ts';
import type { Scalar } from '../../chemistry/index.ts';
import { binary, NetworkBuilder, number } from './networks.ts';
import { pyrolysis } from './problems.ts';

const sir = (): NetworkBuilder => new NetworkBuilder().species('S', 0.999).species('I', 0.001).species('R').reaction('S + I -> 2 I', 2).reaction('I -> R', 1);

describe('an epidemic that has died out', () => {
  for (const end of [1e9, 1e15, 1e20, 1e308]) {
    it(`leaves as many as at first, to t = ${end}`, () => {
      const { outcome, final } = simulate(sir().build(), { until: end });
      expect(outcome).toEqual({ kind: 'reached', t: end });
      // The final size equation ln(S/S₀) = −(β/γ)·(1 − S).
      expect(Math.abs(Math.log(final[0]! / 0.999) + 2 * (1 - final[0]!))).toBeLessThan(1e-5);
      expect(final[1]!).toBeLessThan(1e-9);
    });
  }
});

describe('constants over many decades', () => {
  /** A ⇌ B → C with kf = 10·kb: all of it ends in C, A + B at the rate k·K/(1 + K) with K = 10 once A and B are in balance. */
  const slowLeak = (decades: number): { outcome: string; final: Float64Array; t: number } => {
    const fast = 10 ** (decades / 2), slow = 10 ** (-decades / 2);
    const network = new NetworkBuilder().species('A', 1).species('B').species('C').reaction('A -> B', fast).reaction('B -> A', fast / 10).reaction('B -> C', slow).build();
    const { outcome, final } = simulate(network, { until: 1 / slow });
    return { outcome: outcome.kind, final, t: outcome.t };
  };
  it('18 of them are integrated to the tolerance', () => {
    const { outcome, final } = slowLeak(18);
    expect(outcome).toBe('reached');
    expect(Math.abs(final[2]! / (1 - Math.exp(-10 / 11)) - 1)).toBeLessThan(2e-5);
  });

  it('beyond the digits of a double the run is stuck; what is conserved is never said to diverge', () => {
    for (const decades of [24, 30]) {
      const { outcome, final } = slowLeak(decades);
      if (outcome === 'reached') expect(Math.abs(final[2]! / (1 - Math.exp(-10 / 11)) - 1)).toBeLessThan(2e-5);
      else expect(outcome).toBe('stuck');
      expect(final.every((x) => x >= 0 && x <= 2)).toBe(true);
    }
  });
});

describe('tolerances that are no small part of the concentrations', () => {
  const [a, b, c, d] = pyrolysis.constants;
  const network = (): NetworkBuilder => {
    const builder = new NetworkBuilder();
    ['A', 'B', 'C', 'D'].forEach((name, i) => { builder.species(name, pyrolysis.y0[i]); });
    return builder.reaction('A -> B + C', a).reaction('A + C -> D', b).reaction('B + C -> 0', c).reaction('D -> C', d);
  };
  for (const atol of [undefined, 1e-8, 1e-6]) {
    it(`E5 comes to its end with atol = ${atol ?? 'default'}`, () => {
      const { outcome, final } = simulate(network().build(), { until: pyrolysis.t1, rtol: 1e-4, ...(atol === undefined ? {} : { atol }) });
      expect(outcome.kind).toBe('reached');
      final.forEach((value, i) => { expect(Math.abs(value - pyrolysis.reference[i]!)).toBeLessThan(20 * (atol ?? 1.8e-12)); });
    });
  }
});

describe('large and small concentrations', () => {
  it('1e200 decays as 1 does', () => {
    const { outcome, final } = simulate(new NetworkBuilder().species('X', 1e200).species('Y').reaction('X -> Y', 1).build(), { until: 5 });
    expect(outcome.kind).toBe('reached');
    expect(final[0]! / 1e200 / Math.exp(-5)).toBeCloseTo(1, 4);
  });

  it('fixed points of nanomolar enzymes in M have the stability that they have in nM', () => {
    const enzyme = (unit: number): Simulator => new Simulator(new NetworkBuilder().species('E', unit).species('S', 10 * unit).species('ES').species('P')
      .reaction('E + S -> ES', 1e-3 / unit).reaction('ES -> E + S', 0.01).reaction('ES -> E + P', 0.1).build());
    const [nano, molar] = [enzyme(1), enzyme(1e-9)].map((simulator) => fixedPoints(simulator).reached!);
    expect(nano!.spectrum.stability).toBe('stable');
    expect(molar!.spectrum.stability).toBe('stable');
    expect(molar!.rate!).toBeCloseTo(nano!.rate!, 10);
    expect(molar!.values.get('P')! / 1e-8).toBeCloseTo(1, 6);
  });
});

describe('laws with fractional powers', () => {
  const power = (x: Scalar, exponent: number): Scalar => (exponent === 0.5 ? { kind: 'call', function: 'sqrt', arguments: [x] } : binary(x, '^', number(exponent)));
  for (const method of ['auto', 'tsit5', 'rkc', 'bdf'] as const satisfies readonly MethodName[]) {
    for (const exponent of [0.5, 0.7, 1.5]) {
      it(`X' = −X^${exponent} from 1: follows its closed form, and stays at 0 once there, by ${method}`, () => {
        const b = new NetworkBuilder().species('X', 1).species('P');
        const compiled = compileNetwork(b.reaction('X -> P', power(b.x('X'), exponent), 'law').build());
        expect(compiled.system.nonNegative).toBe(true);
        for (const t1 of [1, 5]) {
          const { outcome, y } = integrate(compiled.system, { t0: 0, t1, y0: compiled.initialState(), rtol: 1e-7, atol: 1e-10, method });
          expect(outcome.kind).toBe('reached');
          const base = 1 - (1 - exponent) * t1;
          expect(Math.abs(y[0]! - (base > 0 ? base ** (1 / (1 - exponent)) : 0))).toBeLessThan(1e-6);
          expect(Math.abs(y[0]! + y[1]! - 1)).toBeLessThan(1e-9);
        }
      });
    }
  }

  it('keep species non-negative also where the exponent is a parameter', () => {
    const make = (n: number): boolean | undefined => {
      const b = new NetworkBuilder().species('X', 1).parameter('n', n);
      const raised = binary(b.x('X'), '^', b.k('n'));
      return compileNetwork(b.reaction('X -> 0', binary(raised, '/', binary(number(1), '+', raised)), 'law').build()).system.nonNegative;
    };
    expect(make(2.5)).toBe(true);
    expect(make(0)).toBe(false);
  });
});
