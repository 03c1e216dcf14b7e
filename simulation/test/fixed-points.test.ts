/** Fixed points, their stability and sensitivities against closed forms. */
import { describe, expect, it } from 'vitest';
import { fixedPoints, fixedPointSensitivities, simulate, Simulator, type FixedPointsRequest, type FixedPointsResult } from '../index.ts';
import { networkOf } from './stochastic-oracles.ts';

const found = (text: string, request: FixedPointsRequest = {}): FixedPointsResult => fixedPoints(new Simulator(networkOf(text)), request);
const valueOf = (result: FixedPointsResult, name: string, k = 0): number => result.points[k]!.values.get(name)!;
function expectEigenvalues(result: FixedPointsResult, expected: readonly (readonly [number, number])[], k = 0): void {
  const { real, imaginary, complete } = result.points[k]!.spectrum;
  expect(complete).toBe(true);
  expect(real.length).toBe(expected.length);
  expected.forEach(([a, b], i) => {
    expect(real[i]!).toBeCloseTo(a, 6);
    expect(imaginary[i]!).toBeCloseTo(b, 6);
  });
}

describe('the fixed point that the start comes to', () => {
  it('of birth and death: k/d, eigenvalue −d, which is the rate of approach', () => {
    const result = found('param k = 10, d = 0.5\nspecies X\n0 -> X @ k\nX -> 0 @ d\n');
    expect(result.outcome.kind).toBe('steady');
    expect(valueOf(result, 'X')).toBeCloseTo(20, 9);
    expectEigenvalues(result, [[-0.5, 0]]);
    expect(result.reached).toMatchObject({ rate: 0.5, starts: 1 });
    expect(result.reached!.spectrum.stability).toBe('stable');
    expect(result.measuredRate!).toBeCloseTo(0.5, 2);
  });

  it('keeps conserved totals, which have no eigenvalues', () => {
    const result = found('species A = 3, B\nfixed F = 2\nA <-> B @ 1, 2\nB + F -> B + F @ 1\n');
    expect(valueOf(result, 'A')).toBeCloseTo(2, 9);
    expect(valueOf(result, 'B')).toBeCloseTo(1, 9);
    expectEigenvalues(result, [[-3, 0]]);
  });

  it('of two moieties at once, whatever the order of the species', () => {
    // E + S <-> ES -> E + P -> …, P -> S: E + ES = 2, S + ES + P = 5. At rest all fluxes are equal: 3·ES = 0.7·P, E·S = 4·ES.
    const reactions = 'E + S <-> ES @ 1, 1\nES -> E + P @ 3\nP -> S @ 0.7\n';
    const es = solveFor((c) => (2 - c) * (5 - c - (3 / 0.7) * c) - 4 * c, 0, 1.1);
    for (const species of ['E = 2, S = 5, ES, P', 'P, ES, S = 5, E = 2', 'ES, P, E = 2, S = 5']) {
      const result = found(`species ${species}\n${reactions}`);
      expect(result.outcome.kind).toBe('steady');
      expect(valueOf(result, 'ES')).toBeCloseTo(es, 9);
      expect(valueOf(result, 'E')).toBeCloseTo(2 - es, 9);
      expect(valueOf(result, 'P')).toBeCloseTo((3 / 0.7) * es, 9);
      expect(result.points[0]!.spectrum.real.length).toBe(2);
      expect(result.points[0]!.spectrum.stability).toBe('stable');
    }
  });

  it('of a smoothed ReLU: (y + √(y² + 4h))/2, rate √(y² + 4h)', () => {
    const h = 0.1, y = -1.3, root = Math.sqrt(y * y + 4 * h);
    const result = found(`species X = 2\n0 -> X @ ${h}\nX -> 0 @ ${-y}\n2 X -> X @ 1\n`);
    expect(valueOf(result, 'X')).toBeCloseTo((y + root) / 2, 9);
    expect(result.reached!.rate!).toBeCloseTo(root, 9);
    expect(result.measuredRate! / root).toBeCloseTo(1, 2);
  });

  it('has its rate measured where the slowest mode alone is left, the nearer the more exact the run', () => {
    // B − B* = a·e^(−t) + b·e^(−1.5 t): beside the slow mode the fast one is 1 % only after nine units of time.
    const text = 'species A = 1, B\nA -> B @ 1.5\nB -> 0 @ 1\n', off = (request: FixedPointsRequest): number => Math.abs(found(text, request).measuredRate! - 1);
    const coarse = off({ rtol: 1e-6 }), fine = off({});
    expect(coarse).toBeLessThan(0.1);
    expect(fine).toBeLessThan(0.01);
    expect(fine).toBeLessThan(coarse);
    // Two modes of one rate: (1 + t)·e^(−t), whose slope is 1 − 1/(1 + t), with t from 14 to 21 where it is measured.
    const double = found('species A = 1, B\nA -> B @ 1\nB -> 0 @ 1\n').measuredRate!;
    expect(double).toBeGreaterThan(1 - 1 / 15);
    expect(double).toBeLessThan(1 - 1 / 22);
  });

  it('where the approach is not exponential is marginal', () => {
    const result = found('species X = 1\n2 X -> X @ 1\n');
    expect(valueOf(result, 'X')).toBeLessThan(1e-3);
    expect(result.points[0]!.spectrum.stability).toBe('marginal');
    expect(result.points[0]!.rate).toBeUndefined();
  });

  it('on the boundary may be unstable', () => {
    const result = found('species X\nX -> 2 X @ 1\n2 X -> X @ 1\n', { starts: 8 });
    expect(result.outcome.kind).toBe('steady');
    expect(valueOf(result, 'X')).toBe(0);
    expectEigenvalues(result, [[1, 0]]);
    expect(result.reached!.spectrum.stability).toBe('unstable');
    expect(valueOf(result, 'X', 1)).toBeCloseTo(1, 9);
    expect(result.points[1]).toMatchObject({ starts: 7 });
  });
});

describe('several fixed points', () => {
  // Schlögl: x' = −(x − 1)(x − 2)(x − 3).
  const schlogl = (x: number): string => `species X = ${x}\n0 -> X @ 6\nX -> 0 @ 11\n2 X -> 3 X @ 6\n3 X -> 2 X @ 1\n`;
  it.each([[0.5, 1], [2.1, 3]])('of a bistable network from %f: the one reached first', (x, expected) => {
    const result = found(schlogl(x), { starts: 16, seed: 3 });
    expect(valueOf(result, 'X')).toBeCloseTo(expected, 9);
    const points = [...result.points].sort((a, b) => a.values.get('X')! - b.values.get('X')!);
    expect(points.map((point) => Math.round(1e6 * point.values.get('X')!) / 1e6)).toEqual([1, 2, 3]);
    expect(points.map((point) => point.spectrum.stability)).toEqual(['stable', 'unstable', 'stable']);
    expect(points.map((point) => Math.round(1e6 * point.spectrum.real[0]!) / 1e6)).toEqual([-2, 1, -2]);
    expect(points[0]!.starts + points[2]!.starts).toBe(16);
    expect(points[1]!.starts).toBe(0);
  });

  it('keep the totals of the start', () => {
    // Two classes of the same network: A + B = 3 and A + B = 30.
    for (const total of [3, 30]) {
      const result = found(`species A = ${total}, B\nA <-> B @ 1, 2\n`, { starts: 10 });
      expect(result.points.length).toBe(1);
      expect(result.points[0]!.starts).toBe(10);
      expect(valueOf(result, 'A')).toBeCloseTo((2 * total) / 3, 8);
    }
  });

  it('are the same for a seed', () => {
    const [a, b] = [found(schlogl(0.5), { starts: 9, seed: 5 }), found(schlogl(0.5), { starts: 9, seed: 5 })];
    expect(a.points.map(({ y, starts }) => [...y, starts])).toEqual(b.points.map(({ y, starts }) => [...y, starts]));
  });
});

describe('no course comes to rest', () => {
  it('in an oscillator: its fixed point is found and unstable', () => {
    // Brusselator with a = 1, b = 3: (1, 3), eigenvalues (1 ± i√3)/2.
    const result = found('species X = 2, Y = 2\n0 -> X @ 1\n2 X + Y -> 3 X @ 1\nX -> Y @ 3\nX -> 0 @ 1\n', { maxSteps: 20_000 });
    expect(result.outcome.kind).toBe('stuck');
    expect(result.reached).toBeUndefined();
    expect(valueOf(result, 'X')).toBeCloseTo(1, 8);
    expect(valueOf(result, 'Y')).toBeCloseTo(3, 8);
    expectEigenvalues(result, [[0.5, Math.sqrt(3) / 2], [0.5, -Math.sqrt(3) / 2]]);
    expect(result.points[0]!.spectrum.stability).toBe('unstable');
    expect(result.points[0]!.starts).toBe(0);
  });

  it('in growth: there is none', () => {
    const result = found('species X\n0 -> X @ 1\n', { starts: 3, maxSteps: 5000 });
    expect(result.reached).toBeUndefined();
    expect(result.points).toEqual([]);
    expect(result.astray.diverged + result.astray.moving).toBe(3);
  });

  it('in blow-up: the point that it flees from', () => {
    const result = found('species X = 1\nX -> 2 X @ 1\n');
    expect(result.outcome.kind).toBe('diverged');
    expect(result.points.map((point) => [point.values.get('X'), point.spectrum.stability])).toEqual([[0, 'unstable']]);
  });
});

it('of a large network the slowest eigenvalues', () => {
  // A chain with open ends: −4 sin²(kπ/(2(n + 1))).
  const n = 400;
  const result = found(`species X[${n}]\n0 -> X[1] @ 1\nX[1] -> 0 @ 1\nX[${n}] -> 0 @ 1\nfor i in 1..${n - 1} { X[i] <-> X[i+1] @ 1, 1 }\n`);
  const { real, imaginary, complete, stability } = result.points[0]!.spectrum;
  expect([complete, stability]).toEqual([false, 'stable']);
  expect(real.length).toBeGreaterThanOrEqual(5);
  for (let k = 0; k < 5; k++) expect(real[k]! / (-4 * Math.sin(((k + 1) * Math.PI) / (2 * (n + 1))) ** 2)).toBeCloseTo(1, 6);
  expect(imaginary.every((value) => Math.abs(value) < 1e-9)).toBe(true);
});

describe('sensitivities', () => {
  const text = 'param k1 = 1, k2 = 2, total = 3, b = 2*k1\nspecies A = total, B, X\nA <-> B @ k1, k2\nbirth: 0 -> X @ 10\nX -> 0 @ b\n';
  const at = (overrides: Record<string, number> = {}) => {
    const network = networkOf(text), parameters = new Map(Object.entries(overrides));
    const point = fixedPoints(new Simulator(network), { parameters });
    return { point, sensitivities: fixedPointSensitivities(network, point.points[0]!.y, { parameters })! };
  };

  it('of closed forms, through definitions, initial values and constants without a name', () => {
    const { sensitivities } = at(), { constants, species } = sensitivities;
    const of = (name: string, constant: string): number => species.get(name)![constants.indexOf(constant)]!;
    // A = total·k2/(k1 + k2), X = 10/(2·k1).
    expect(of('A', 'k1')).toBeCloseTo(-6 / 9, 9);
    expect(of('A', 'k2')).toBeCloseTo(3 / 9, 9);
    expect(of('A', 'total')).toBeCloseTo(2 / 3, 9);
    expect(of('B', 'total')).toBeCloseTo(1 / 3, 9);
    expect(of('X', 'k1')).toBeCloseTo(-5, 9);
    expect(of('X', 'birth')).toBeCloseTo(0.5, 9);
    expect(sensitivities.values[constants.indexOf('birth')]).toBe(10);
  });

  it('of a constant that has been given a value of its own', () => {
    const { sensitivities: { constants, species } } = at({ b: 4 });
    expect(species.get('X')![constants.indexOf('b')]).toBeCloseTo(-10 / 16, 9);
    expect(species.get('X')![constants.indexOf('k1')]).toBeCloseTo(0, 12);
  });

  it('are the slopes of fixed points computed apart', () => {
    const switchText = 'param p = 0.4, q = 1.3, r = 0.2, s = 0.9\nspecies X = 1, Y = 0.5, Z\n0 -> X @ p\n2 X + Y -> 3 X @ r\nX -> Y @ q\nX -> 0 @ s\nX + Z -> Z @ r\nX -> X + Z @ p\nZ -> 0 @ q\nY -> 0 @ 0.1\n';
    const network = networkOf(switchText), rest = (values: Record<string, number>): ReadonlyMap<string, number> =>
      fixedPoints(new Simulator(network), { parameters: new Map(Object.entries(values)), rtol: 1e-10, atol: 1e-13 }).points[0]!.values;
    const { constants, species } = fixedPointSensitivities(network, fixedPoints(new Simulator(network)).points[0]!.y)!;
    for (const [name, value] of Object.entries({ p: 0.4, q: 1.3, r: 0.2, s: 0.9 })) {
      const step = 1e-5 * value, up = rest({ [name]: value + step }), down = rest({ [name]: value - step });
      for (const x of ['X', 'Y', 'Z']) expect(species.get(x)![constants.indexOf(name)]!).toBeCloseTo((up.get(x)! - down.get(x)!) / (2 * step), 5);
    }
  });

  it('do not exist where the fixed point is not isolated', () => {
    const network = networkOf('species X = 1\n2 X -> X @ 1\n');
    expect(fixedPointSensitivities(network, new Float64Array(1))).toBeUndefined();
  });

  it('do not exist along a line of fixed points either, wherever on it the course came to rest', () => {
    // X dies out, and how much Y it leaves behind is no total: X = 0, Z = 1 and any Y.
    const network = networkOf('species X = 1, Y, Z = 1\nX + Z -> Y + Z @ 1\nY + X -> Y @ 2\n0 -> Z @ 1\nZ -> 0 @ 1\n'), { reached } = fixedPoints(new Simulator(network));
    expect(reached!.values.get('Y')!).toBeGreaterThan(0.1);
    for (const x of [0, 1e-40, 1e-13]) expect(fixedPointSensitivities(network, Float64Array.of(x, reached!.values.get('Y')!, 1))).toBeUndefined();
  });
});

it('a start changes nothing of the next run', () => {
  const text = 'species A = 3, B\nA <-> B @ 1, 2\n', simulator = new Simulator(networkOf(text));
  fixedPoints(simulator, { starts: 5 });
  expect(simulator.run({ until: 1 }).final).toEqual(simulate(networkOf(text), { until: 1 }).final);
});

/** A zero by bisection. */
function solveFor(f: (x: number) => number, low: number, high: number): number {
  let a = low, b = high;
  const sign = Math.sign(f(a));
  for (let k = 0; k < 200; k++) {
    const middle = (a + b) / 2;
    if (Math.sign(f(middle)) === sign) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}
