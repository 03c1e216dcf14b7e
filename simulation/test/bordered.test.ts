/** Block elimination of pairs: against the residual, and on networks against the same reactions written out. */
import { describe, expect, it } from 'vitest';
import { parameterValues } from '../../chemistry/index.ts';
import { compileNetwork, integrate } from '../index.ts';
import { BorderedLU, findBorder } from '../linear/bordered.ts';
import { multiply } from '../linear/newton-matrix.ts';
import { patternOf } from '../linear/pattern.ts';
import { networkOf, potText } from './pots.ts';
import { seeded } from './problems.ts';

/** A matrix of pairs, some with one member only, a core of c components, and s components whose rows are empty but for the diagonal. */
function bordered(pairs: number, c: number, s: number, random: () => number) {
  const n = 2 * pairs + c + s, rows: number[] = [], columns: number[] = [];
  const add = (i: number, j: number): void => { rows.push(i); columns.push(j); };
  const some = (): number => 2 * pairs + Math.floor(random() * c);
  for (let g = 0; g < pairs; g++) {
    const a = 2 * g, b = a + 1;
    if (g % 3 !== 0) { add(a, b); add(b, a); }
    for (let k = 0; k < 3; k++) { add(random() < 0.5 ? a : b, some()); add(some(), random() < 0.5 ? a : b); }
    if (s > 0) add(a, n - 1 - Math.floor(random() * s));
  }
  for (let k = 0; k < 5 * c; k++) add(some(), some());
  return patternOf(n, Int32Array.from(rows), Int32Array.from(columns)).pattern;
}

describe('the bordered LU', () => {
  for (const [pairs, c, s] of [[2, 1, 0], [9, 2, 1], [60, 9, 4], [500, 30, 20]] as const) {
    it(`solves I − γJ with ${pairs} pairs beside ${c} others`, () => {
      const random = seeded(pairs), pattern = bordered(pairs, c, s, random), border = findBorder(pattern)!, { n } = pattern;
      expect(4 * border.core.length).toBeLessThanOrEqual(n);
      const lu = new BorderedLU(border), image = new Float64Array(n);
      for (let round = 0; round < 3; round++) {
        const jacobian = Float64Array.from(pattern.rowIndex, () => (random() < 0.2 ? 0 : 2 * random() - 1)), b = Float64Array.from({ length: n }, () => random() - 0.5), gamma = 0.1 * (round + 1);
        lu.jacobian.set(jacobian);
        expect(lu.factorise(gamma)).toBe(true);
        lu.x.set(b);
        lu.solve();
        multiply(pattern, jacobian, lu.x, image);
        for (let i = 0; i < n; i++) expect(Math.abs(lu.x[i]! - gamma * image[i]! - b[i]!)).toBeLessThan(1e-10);
      }
    });
  }

  it('leaves a third that is tied to a pair to the core, the first pair too', () => {
    // A chain 0 – 1 – 2, and pairs: 2 must not take 1 away from 0.
    const rows = [0, 1, 1, 2], columns = [1, 0, 2, 1];
    for (let g = 0; g < 40; g++) { rows.push(3 + 2 * g, 4 + 2 * g); columns.push(4 + 2 * g, 3 + 2 * g); }
    const pattern = patternOf(83, Int32Array.from(rows), Int32Array.from(columns)).pattern, border = findBorder(pattern)!, lu = new BorderedLU(border);
    expect([...border.core]).toEqual([2]);
    lu.jacobian.fill(0.3);
    expect(lu.factorise(1)).toBe(true);
    lu.x.fill(1);
    lu.solve();
    const image = new Float64Array(83);
    multiply(pattern, lu.jacobian, lu.x, image);
    for (let i = 0; i < 83; i++) expect(lu.x[i]! - image[i]!).toBeCloseTo(1, 12);
  });

  it('is none where components are not in pairs', () => {
    const random = seeded(2), n = 60, rows = Int32Array.from({ length: 1500 }, () => Math.floor(random() * n)), columns = Int32Array.from(rows, () => Math.floor(random() * n));
    expect(findBorder(patternOf(n, rows, columns).pattern)).toBeUndefined();
  });

  it('refuses pairs that are singular, and what is no number', () => {
    const pattern = bordered(20, 3, 0, seeded(3)), lu = new BorderedLU(findBorder(pattern)!);
    for (const value of [1, NaN, Infinity]) {
      lu.jacobian.fill(0);
      // J = 1 on the diagonal of a component that stands alone: 1 − γJ = 0 for γ = 1.
      lu.jacobian[pattern.columnStart[0]!] = value;
      expect(pattern.rowIndex[pattern.columnStart[0]!]).toBe(0);
      expect(lu.factorise(1)).toBe(false);
    }
  });

  it('is what BDF takes for a large pot, kept as families or written out, and ends where the explicit pair does', () => {
    // Stiff: annihilation at 500. All inputs differ from 0, so nothing has a closed form.
    const network = networkOf(potText({ widths: [150, 5, 3], η: 0.05, κ: 500 })), values = parameterValues(network), start = compileNetwork(network, values).initialState(), random = seeded(9);
    const { offset, size } = network.blocks.find(({ name }) => name === 'X')!;
    for (let j = 0; j < size; j++) start[offset + j] = 0.1 + 0.1 * random();
    const reference = integrate(compileNetwork(network, values).system, { t0: 0, t1: 2, y0: start, method: 'tsit5', rtol: 1e-9, atol: 1e-12 });
    expect(reference.outcome.kind).toBe('reached');
    for (const unrollLimit of [0, Infinity]) {
      for (const rtol of [1e-4, 1e-7]) {
        const result = integrate(compileNetwork(network, values, { unrollLimit }).system, { t0: 0, t1: 2, y0: start, method: 'bdf', rtol, atol: 1e-3 * rtol });
        expect(result.outcome).toEqual({ kind: 'reached', t: 2 });
        expect(result.linear).toBe('sparse LU');
        expect(result.closedForm).toBeUndefined();
        result.y.forEach((y, i) => { expect(Math.abs(y - reference.y[i]!)).toBeLessThan(100 * rtol * (0.01 + Math.abs(reference.y[i]!))); });
      }
    }
  });
});
