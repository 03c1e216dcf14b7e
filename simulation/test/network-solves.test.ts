/** Solving networks: conserved totals, inexact linear solves, whole simulations. */
import { describe, expect, it } from 'vitest';
import { type Network } from '../../chemistry/index.ts';
import { compileNetwork, fixedPoint, simulate, Simulator } from '../index.ts';
import { NetworkBuilder, randomNetwork } from './networks.ts';
import { pollution, relativeError, seeded } from './problems.ts';

describe('conserved totals', () => {
  it('are orthogonal to every net change and complete', () => {
    // Michaelis–Menten: E + ES and S + ES + P.
    const network = new NetworkBuilder().species('E', 1).species('S', 2).species('ES').species('P').species('F', 3, 'fixed')
      .reaction('E + S -> ES', 1).reaction('ES -> E + S', 1).reaction('ES -> E + P', 2).reaction('F -> F', 1).build();
    const totals = compileNetwork(network).system.conserved!;
    expect(totals.pivots).toHaveLength(3);
    for (const seed of [1, 2, 3, 4]) {
      const { network: other, random } = randomNetwork(seed, 12, 6, 2);
      const { system } = compileNetwork(other), { rowStart, component, coefficient, pivots } = system.conserved!;
      const dy = new Float64Array(12);
      for (let round = 0; round < 5; round++) {
        system.rhs(0, dy.map(() => random()), dy);
        for (let k = 0; k < pivots.length; k++) {
          let total = 0;
          for (let p = rowStart[k]!; p < rowStart[k + 1]!; p++) total += coefficient[p]! * dy[component[p]!]!;
          expect(Math.abs(total)).toBeLessThan(1e-10);
        }
      }
    }
  });

  it('drift by less than 1e-9 over a stiff course', () => {
    const network = new NetworkBuilder().species('E', 1).species('S', 100).species('ES').species('P')
      .reaction('E + S -> ES', 1e4).reaction('ES -> E + S', 1e3).reaction('ES -> E + P', 10).build();
    for (const method of ['auto', 'bdf'] as const) {
      const { final, outcome } = simulate(network, { until: 100, method });
      expect(outcome.kind).toBe('reached');
      expect(Math.abs(final[0]! + final[2]! - 1)).toBeLessThan(1e-9);
      expect(Math.abs(final[1]! + final[2]! + final[3]! - 100)).toBeLessThan(1e-7);
    }
  });
});

describe('inexact linear solves', () => {
  /** Two hundred species in random reversible bindings: too much fill for a direct solver. */
  const bindings = (seed = 8): Network => {
    const random = seeded(seed), n = 200, b = new NetworkBuilder();
    for (let i = 0; i < n; i++) b.species(`X${i}`, random());
    for (let r = 0; r < 600; r++) {
      const [i, j, k] = [0, 0, 0].map(() => Math.floor(random() * n)) as [number, number, number];
      if (i === j || j === k || i === k) continue;
      b.reaction(`X${i} + X${j} -> X${k} + X${(k + 1) % n}`, 10 ** (4 * random() - 2)).reaction(`X${k} -> X${(i + 7) % n}`, 10 ** (2 * random() - 1));
    }
    return b.build();
  };

  // Those of 8 and 38 are not isolated: the solver's noise carries the solution along them, further than the tolerance.
  it.each([7, 8, 9, 38])('do not hide a fixed point, network %i', (seed) => {
    const { outcome, residual, simulation } = fixedPoint(bindings(seed), { method: 'bdf' });
    expect(outcome.kind).toBe('steady');
    expect(simulation.linear).toBe('GMRES');
    expect(residual).toBeLessThan(1e-10);
  });

  it('leave conserved totals alone', () => {
    const network = bindings();
    const { linear, final, outcome } = simulate(network, { until: 1e4, method: 'bdf', rtol: 1e-4 });
    expect(outcome.kind).toBe('reached');
    expect(linear).toBe('GMRES');
    const compiled = compileNetwork(network), start = compiled.initialState(), totals = compiled.system.conserved!;
    expect(totals.pivots.length).toBeGreaterThan(0);
    for (let k = 0; k < totals.pivots.length; k++) {
      let before = 0, after = 0, size = 0;
      for (let p = totals.rowStart[k]!; p < totals.rowStart[k + 1]!; p++) {
        const i = totals.component[p]!, c = totals.coefficient[p]!;
        before += c * start[i]!;
        after += c * final[i]!;
        size += Math.abs(c * start[i]!);
      }
      expect(Math.abs(after - before)).toBeLessThan(1e-9 * size);
    }
  });
});

describe('simulating', () => {
  const brusselator = new NetworkBuilder().species('X', 1).species('Y', 1).parameter('a', 1).parameter('b', 3)
    .reaction('0 -> X', 'a').reaction('2 X + Y -> 3 X', 1).reaction('X -> Y', 'b').reaction('X -> 0', 1).build();
  const neuron = (h: number, y: number) => new NetworkBuilder().species('X', 0).parameter('h', h)
    .reaction('0 -> X', 'h').reaction('2 X -> X', 1).reaction(y > 0 ? 'X -> 2 X' : 'X -> 0', Math.abs(y)).build();

  it('POLLU as a network agrees with its published solution', () => {
    const b = new NetworkBuilder();
    pollution.y0.forEach((y, i) => b.species(`Y${i + 1}`, y));
    pollution.reactions.forEach(([left, right], r) => {
      const side = (list: readonly number[]): string => [...new Set(list)].map((i) => `${list.filter((j) => j === i).length} Y${i + 1}`).join(' + ');
      b.reaction(`${side(left)} -> ${side(right)}`, pollution.constants[r]!);
    });
    const result = simulate(b.build(), { until: pollution.t1, rtol: 1e-8, atol: 1e-22 });
    expect(result.linear).toBe('sparse LU');
    expect(relativeError(result.final, pollution.reference)).toBeLessThan(1e-6);
  });

  it('gives trajectories by name, on a grid or where they bend, and says how', () => {
    let seconds = 0;
    const result = simulate(brusselator, { until: 20, times: [0, 5, 20], rtol: 1e-8 }, { clock: () => seconds++ });
    expect([...result.t]).toEqual([0, 5, 20]);
    expect([...result.species.keys()]).toEqual(['X', 'Y']);
    expect(result.species.get('X')!.at(-1)).toBe(result.final[0]);
    expect(result.seconds).toBeGreaterThan(0);
    expect(result.buildSeconds).toBe(1);
    expect(result.methods).toEqual(['tsit5']);
    const bent = simulate(brusselator, { until: 20, points: 100, species: ['Y'], rtol: 1e-8 });
    expect(bent.t).toHaveLength(100);
    expect([...bent.species.keys()]).toEqual(['Y']);
    expect(bent.final).toEqual(result.final);
  });

  it('runs again with other parameters and starts without being built anew', () => {
    const simulator = new Simulator(brusselator);
    const first = simulator.run({ until: 10 });
    simulator.run({ until: 10, parameters: new Map([['b', 1.5]]), initial: new Map([['X', 2]]) });
    const again = simulator.run({ until: 10 });
    expect(again.final).toEqual(first.final);
    const changed = simulator.run({ until: 10, parameters: new Map([['b', 1.5]]) });
    expect(changed.final).not.toEqual(first.final);
    expect(simulate(brusselator, { until: 10, parameters: new Map([['b', 1.5]]) }).final).toEqual(changed.final);
  });

  it('finds fixed points with their residual and its course', () => {
    for (const h of [0.01, 0.1, 1]) {
      for (let y = -3; y <= 3; y++) {
        const result = fixedPoint(neuron(h, y));
        expect(result.outcome.kind).toBe('steady');
        expect(Math.abs(result.fixedPoint.get('X')! - (y + Math.sqrt(y * y + 4 * h)) / 2)).toBeLessThan(1e-9);
        expect(result.residual).toBeLessThan(1e-12);
        const { t, value } = result.simulation.residuals!;
        expect(t).toHaveLength(value.length);
        expect(value[0]).toBeCloseTo(h, 12);
      }
    }
  });

  it('finds fixed points where totals are conserved, large constants among small ones', () => {
    const network = new NetworkBuilder().species('A', 2).species('B', 1).species('C').species('D')
      .reaction('A + B -> C', 1e6).reaction('C -> A + B', 1).reaction('C -> D', 1e-3).reaction('D -> C', 2e-3).build();
    const { outcome, fixedPoint: at } = fixedPoint(network);
    expect(outcome.kind).toBe('steady');
    const [a, b, c, d] = ['A', 'B', 'C', 'D'].map((name) => at.get(name)!) as [number, number, number, number];
    expect(Math.abs(d / c - 0.5)).toBeLessThan(1e-9);
    expect(Math.abs((1e6 * a * b) / c - 1)).toBeLessThan(1e-9);
    expect(Math.abs(a + c + d - 2)).toBeLessThan(1e-9);
    expect(Math.abs(b + c + d - 1)).toBeLessThan(1e-9);
  });

  it('tells a blow-up and names the species', () => {
    const network = new NetworkBuilder().species('Y', 5).species('X', 1).reaction('2 X -> 3 X', 1).reaction('Y -> 0', 1).build();
    const { outcome } = simulate(network, { until: 10 });
    expect(outcome).toMatchObject({ kind: 'diverged', component: 1 });
    expect(Math.abs(outcome.t - 1)).toBeLessThan(1e-3);
  });

  it('survives absurd constants and refuses what makes no sense', () => {
    const absurd = new NetworkBuilder().species('X', 1).parameter('k', 1e300).reaction('2 X -> X', 'k').reaction('0 -> X', 1).build();
    const result = simulate(absurd, { until: 1 });
    expect(['reached', 'stuck', 'diverged']).toContain(result.outcome.kind);
    expect(result.final.every(Number.isFinite)).toBe(true);
    expect(() => simulate(brusselator, { until: 1, species: ['Z'] })).toThrow('no species Z');
    expect(() => simulate(brusselator, { until: 1, initial: new Map([['Z', 1]]) })).toThrow('no species Z');
    expect(() => simulate(brusselator, { until: 1, initial: new Map([['X', NaN]]) })).toThrow('X is not a finite');
    expect(() => simulate(brusselator, { until: -1 })).toThrow(RangeError);
    expect(() => simulate(brusselator, { until: 1, parameters: new Map([['zz', 1]]) })).toThrow('zz');
  });

  it('can be cancelled', () => {
    let polls = 0;
    const { outcome, final } = simulate(brusselator, { until: 1e9, cancel: () => ++polls > 100 });
    expect(outcome.kind).toBe('cancelled');
    expect(final.every(Number.isFinite)).toBe(true);
  });
});
