/** Linear algebra against residuals, against one another, and against matrices of known eigenvalues. */
import { describe, expect, it } from 'vitest';
import { factoriseDense, solveDense } from '../linear/dense.ts';
import { eigenvalues } from '../linear/eigenvalues.ts';
import { Gmres } from '../linear/gmres.ts';
import { Arena } from '../kernels/arena.ts';
import { ILU0 } from '../linear/ilu0.ts';
import { multiply } from '../linear/newton-matrix.ts';
import { minimumDegree } from '../linear/order.ts';
import { patternOf, transposed } from '../linear/pattern.ts';
import { forecastFill, SparseLU } from '../linear/sparse-lu.ts';
import { seeded } from './problems.ts';

/** A random sparse matrix with all diagonal positions; `strength` 0 may leave the diagonal itself zero. */
function randomMatrix(n: number, perColumn: number, strength: number, seed: number) {
  const random = seeded(seed), count = n * perColumn;
  const rows = Int32Array.from({ length: count }, () => Math.floor(random() * n));
  const columns = Int32Array.from({ length: count }, () => Math.floor(random() * n));
  const { pattern, diagonal } = patternOf(n, rows, columns);
  const values = Float64Array.from({ length: pattern.rowIndex.length }, () => 2 * random() - 1);
  for (const p of diagonal) values[p] = strength === 0 ? 0 : strength * (1 + random());
  return { n, pattern, values, diagonal, random };
}

function dense(n: number, pattern: ReturnType<typeof randomMatrix>['pattern'], values: Float64Array): Float64Array {
  const a = new Float64Array(n * n);
  for (let j = 0; j < n; j++) for (let p = pattern.columnStart[j]!; p < pattern.columnStart[j + 1]!; p++) a[pattern.rowIndex[p]! * n + j] = values[p]!;
  return a;
}

describe('patterns', () => {
  it('merge duplicates, hold the diagonal, and transpose to and fro', () => {
    const { pattern } = randomMatrix(30, 4, 1, 5);
    const twice = transposed(transposed(pattern));
    expect(twice.columnStart).toEqual(pattern.columnStart);
    expect(twice.rowIndex).toEqual(pattern.rowIndex);
    const { pattern: small, position, diagonal } = patternOf(2, Int32Array.of(0, 0, 1), Int32Array.of(1, 1, 1));
    expect([...small.columnStart]).toEqual([0, 1, 3]);
    expect([...small.rowIndex]).toEqual([0, 0, 1]);
    expect([...position]).toEqual([1, 1, 2]);
    expect([...diagonal]).toEqual([0, 2]);
  });
});

describe('sparse LU', () => {
  for (const [strength, label] of [[3, 'strong'], [0.01, 'weak'], [0, 'zero']] as const) {
    it(`agrees with dense LU on random matrices with a ${label} diagonal, factorised once and again`, () => {
      for (let seed = 1; seed <= 25; seed++) {
        const n = 1 + (seed * 7) % 60;
        const { pattern, values, random } = randomMatrix(n, 5, strength, seed);
        const lu = new SparseLU(pattern);
        for (let round = 0; round < 3; round++) {
          const full = dense(n, pattern, values), pivots = new Int32Array(n);
          const regular = factoriseDense(n, full, pivots);
          if (!regular) break;
          expect(lu.factorise(values)).toBe(true);
          const b = Float64Array.from({ length: n }, () => random() - 0.5), x = Float64Array.from(b), reference = Float64Array.from(b);
          lu.solve(x);
          solveDense(n, full, pivots, reference);
          const back = new Float64Array(n);
          multiply(pattern, values, x, back);
          const size = Math.max(1, ...reference.map(Math.abs));
          for (let i = 0; i < n; i++) {
            expect(Math.abs(back[i]! - b[i]!)).toBeLessThan(1e-9 * size);
            expect(Math.abs(x[i]! - reference[i]!)).toBeLessThan(1e-6 * size);
          }
          for (let p = 0; p < values.length; p++) values[p] = values[p]! * (0.5 + random());
        }
      }
    });
  }

  it('chooses pivots anew when the old ones become useless', () => {
    const { pattern } = patternOf(2, Int32Array.of(0, 1), Int32Array.of(1, 0));
    const lu = new SparseLU(pattern);
    // Column by column: (a00, a10), (a01, a11).
    for (const values of [[1, 0.1, 0.1, 1], [0, 1, 1, 0], [1e-12, 1, 1, 1]]) {
      expect(lu.factorise(Float64Array.from(values))).toBe(true);
      const x = Float64Array.of(1, 2);
      lu.solve(x);
      expect(values[0]! * x[0]! + values[2]! * x[1]!).toBeCloseTo(1, 10);
      expect(values[1]! * x[0]! + values[3]! * x[1]!).toBeCloseTo(2, 10);
    }
    expect(lu.factorise(Float64Array.of(1, 2, 2, 4))).toBe(false);
    expect(lu.factorise(Float64Array.of(1, 0, 0, 1))).toBe(true);
  });

  it('orders an arrow matrix without fill', () => {
    const n = 40, rows: number[] = [], columns: number[] = [];
    for (let i = 1; i < n; i++) { rows.push(0, i); columns.push(i, 0); }
    const { pattern } = patternOf(n, Int32Array.from(rows), Int32Array.from(columns));
    const order = minimumDegree(pattern);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
    expect(forecastFill(pattern, order).entries).toBe(3 * n - 2);
    expect(forecastFill(pattern, Int32Array.from({ length: n }, (_, i) => i)).entries).toBe(n * n);
  });

  it('orders a grid with much less fill than its natural order', () => {
    const side = 20, n = side * side, rows: number[] = [], columns: number[] = [];
    const link = (a: number, b: number): void => { rows.push(a, b); columns.push(b, a); };
    for (let i = 0; i < side; i++) {
      for (let j = 0; j < side; j++) {
        if (i + 1 < side) link(i * side + j, (i + 1) * side + j);
        if (j + 1 < side) link(i * side + j, i * side + j + 1);
      }
    }
    const { pattern } = patternOf(n, Int32Array.from(rows), Int32Array.from(columns));
    const natural = forecastFill(pattern, Int32Array.from({ length: n }, (_, i) => i)).entries;
    expect(forecastFill(pattern, minimumDegree(pattern)).entries).toBeLessThan(0.6 * natural);
  });
});

describe('GMRES with ILU(0)', () => {
  it('reaches its tolerance, and ILU(0) of a tridiagonal matrix is exact', () => {
    const n = 50, rows: number[] = [], columns: number[] = [];
    for (let i = 1; i < n; i++) { rows.push(i, i - 1); columns.push(i - 1, i); }
    const { pattern } = patternOf(n, Int32Array.from(rows), Int32Array.from(columns));
    const random = seeded(3), gamma = 0.7, weights = new Float64Array(n).fill(1);
    const jacobian = Float64Array.from({ length: pattern.rowIndex.length }, () => 4 * random() - 2);
    const arena = new Arena(ILU0.bytes(pattern) + Arena.bytes([n, n]));
    const ilu = new ILU0(pattern, arena);
    ilu.jacobian.set(jacobian);
    expect(ilu.factorise(gamma, arena.put(weights))).toBe(true);
    const x = Float64Array.from({ length: n }, () => random()), b = new Float64Array(n);
    multiply(pattern, jacobian, x, b);
    for (let i = 0; i < n; i++) b[i] = x[i]! - gamma * b[i]!;
    const solved = arena.doubles(n);
    solved.set(b);
    ilu.solve(solved.byteOffset);
    // Entries below the drop tolerance are left out, hence not exact to rounding.
    for (let i = 0; i < n; i++) expect(Math.abs(solved[i]! - x[i]!)).toBeLessThan(0.2);
  });

  it('solves random systems in any metric', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const n = 5 + 9 * seed;
      const { pattern, values, random } = randomMatrix(n, 6, 0.5, seed);
      const weights = Float64Array.from({ length: n }, () => 10 ** (4 * random() - 2));
      const gamma = 0.3, arena = new Arena(ILU0.bytes(pattern) + Gmres.bytes(n));
      const ilu = new ILU0(pattern, arena), gmres = new Gmres(n, arena);
      ilu.jacobian.set(values);
      gmres.weights.set(weights);
      ilu.factorise(gamma, gmres.weights.byteOffset);
      const times = (v: Float64Array, out: Float64Array): void => {
        multiply(pattern, values, v, out);
        for (let i = 0; i < n; i++) out[i] = v[i]! - gamma * out[i]!;
      };
      const wanted = Float64Array.from({ length: n }, () => random() - 0.5), b = new Float64Array(n);
      times(wanted, b);
      gmres.x.set(b);
      const result = gmres.solve(1e-8, 20, times, (address) => { ilu.solve(address); });
      expect(result.residual).toBeLessThanOrEqual(1e-8);
      let error = 0;
      for (let i = 0; i < n; i++) error = Math.max(error, Math.abs(gmres.x[i]! - wanted[i]!) * weights[i]!);
      expect(error).toBeLessThan(1e-5);
    }
  });
});

describe('eigenvalues', () => {
  it('of companion matrices are the roots', () => {
    // (x − 1)(x + 2)(x² + 2x + 5): 1, −2, −1 ± 2i. Coefficients x⁴ + 3x³ + 5x² + x − 10.
    const companion = Float64Array.of(-3, -5, -1, 10, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0);
    const { real, imaginary } = eigenvalues(4, companion)!;
    const found = [...real].map((re, i) => [re, imaginary[i]!] as const).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const wanted = [[-2, 0], [-1, -2], [-1, 2], [1, 0]];
    found.forEach(([re, im], i) => { expect(re).toBeCloseTo(wanted[i]![0]!, 9); expect(im).toBeCloseTo(wanted[i]![1]!, 9); });
  });

  it('have the trace and the determinant of random matrices', () => {
    const random = seeded(9);
    for (let n = 1; n <= 25; n++) {
      const a = Float64Array.from({ length: n * n }, () => random() - 0.5);
      let trace = 0;
      for (let i = 0; i < n; i++) trace += a[i * n + i]!;
      const lu = Float64Array.from(a), pivots = new Int32Array(n);
      factoriseDense(n, lu, pivots);
      let determinant = 1;
      for (let i = 0; i < n; i++) determinant *= lu[i * n + i]! * (pivots[i] === i ? 1 : -1);
      const { real, imaginary } = eigenvalues(n, a)!;
      expect(real.reduce((s, x) => s + x, 0)).toBeCloseTo(trace, 9);
      expect(imaginary.reduce((s, x) => s + x, 0)).toBeCloseTo(0, 9);
      let product: [number, number] = [1, 0];
      real.forEach((re, i) => { product = [product[0] * re - product[1] * imaginary[i]!, product[0] * imaginary[i]! + product[1] * re]; });
      expect(Math.abs(product[0] - determinant)).toBeLessThan(1e-8 * Math.max(1e-6, Math.abs(determinant)));
    }
  });
});
