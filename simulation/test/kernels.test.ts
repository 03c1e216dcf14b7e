/** The WebAssembly kernels against plain loops, on lengths odd and even; arenas. (Rates and Jacobians: network.test.ts.) */
import { describe, expect, it } from 'vitest';
import { Arena } from '../kernels/arena.ts';
import { decodeBase64 } from '../kernels/module.ts';
import { ILU0 } from '../linear/ilu0.ts';
import { densePattern } from '../linear/pattern.ts';
import { TotalsProjection } from '../linear/totals.ts';
import { seeded } from './problems.ts';

const LENGTHS = [1, 2, 3, 4, 7, 16, 33, 1300];

/** Room for a handful of vectors, filled at random; each call gives its array, its address and a copy to compute with. */
function vectors(n: number, seed: number) {
  const arena = new Arena(40 * 16 * (n + 2)), random = seeded(seed);
  return {
    arena, kernels: arena.kernels, random,
    vector: () => {
      const array = arena.doubles(n);
      for (let i = 0; i < n; i++) array[i] = random() - 0.5;
      return { array, at: array.byteOffset, plain: Array.from(array) };
    },
  };
}

function expectClose(actual: ArrayLike<number>, wanted: readonly number[]): void {
  expect(actual.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) expect(Math.abs(actual[i]! - wanted[i]!)).toBeLessThan(1e-12 * Math.max(1, Math.abs(wanted[i]!)));
}

const sumOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe('vector kernels', () => {
  it.each(LENGTHS)('compute what plain loops do, %i components', (n) => {
    const { kernels, vector } = vectors(n, n);
    const x = vector(), y = vector(), w = vector();
    kernels.axpy(1.5, x.at, y.at, n);
    expectClose(y.array, y.plain.map((v, i) => v + 1.5 * x.plain[i]!));
    expectClose([kernels.sum(x.at, n)], [sumOf(x.plain)]);
    expectClose([kernels.weightedSquares(x.at, w.at, n)], [sumOf(x.plain.map((v, i) => (v * w.plain[i]!) ** 2))]);
    const u = vector();
    expectClose([kernels.weightedSquaresOfDifference(x.at, u.at, 0.3, w.at, n)], [sumOf(x.plain.map((v, i) => ((v - 0.3 * u.plain[i]!) * w.plain[i]!) ** 2))]);
    const out = vector();
    kernels.scaled(-2, x.at, out.at, n);
    expectClose(out.array, x.plain.map((v) => -2 * v));
    expectClose([kernels.intoMetric(x.at, w.at, out.at, n)], [sumOf(x.plain.map((v, i) => (v * w.plain[i]!) ** 2))]);
    expectClose(out.array, x.plain.map((v, i) => v * w.plain[i]!));
    kernels.outOfMetric(out.at, w.at, out.at, n);
    expectClose(out.array, x.plain);
    kernels.newtonImage(u.at, 0.7, out.at, n);
    expectClose(out.array, u.plain.map((v, i) => v - 0.7 * x.plain[i]!));
  });

  it.each(LENGTHS)('weigh errors and see what lies below zero, %i components', (n) => {
    const { kernels, vector, arena } = vectors(n, 100 + n);
    const y = vector(), atol = arena.doubles(n).fill(0.01), weights = vector();
    y.array[0] = 0;
    atol[0] = 0;
    kernels.errorWeights(y.at, atol.byteOffset, 0.1, 1e-290, weights.at, n);
    expectClose(weights.array.subarray(1), y.plain.slice(1).map((v) => 1 / (0.1 * Math.abs(v) + 0.01)));
    expect(weights.array[0]).toBe(1 / 1e-290);
    y.array.fill(0);
    y.array[n - 1] = -0.0999;
    atol.fill(0.01);
    expect(kernels.anyBelow(y.at, atol.byteOffset, 10, n)).toBe(0);
    y.array[n - 1] = -0.1001;
    expect(kernels.anyBelow(y.at, atol.byteOffset, 10, n)).toBe(1);
  });

  it.each(LENGTHS)('shift, rescale and correct a Nordsieck array, %i components', (n) => {
    const { kernels, arena, random } = vectors(n, 200 + n), padded = n + (n & 1), q = 4;
    const array = arena.doubles((q + 1) * padded), at = array.byteOffset, stride = 8 * padded;
    const plain = Array.from({ length: q + 1 }, (_, j) => Array.from({ length: n }, (__, i) => (array[j * padded + i] = random() - 0.5)));
    const column = (j: number): Float64Array => array.subarray(j * padded, j * padded + n);
    const choose = (a: number, b: number): number => (b === 0 ? 1 : (choose(a - 1, b - 1) * a) / b);
    kernels.shift(at, stride, q, 1, n);
    for (let j = 0; j <= q; j++) {
      expectClose(column(j), plain[j]!.map((_, i) => sumOf(plain.slice(j).map((c, k) => choose(j + k, j) * c[i]!))));
    }
    kernels.shift(at, stride, q, -1, n);
    for (let j = 0; j <= q; j++) expectClose(column(j), plain[j]!);
    const between = arena.doubles(n);
    kernels.interpolate(at, stride, q, 0.3, between.byteOffset, n);
    expectClose(between, plain[0]!.map((_, i) => sumOf(plain.map((c, j) => c[i]! * 0.3 ** j))));
    kernels.rescale(at, stride, q, 0.5, n);
    for (let j = 0; j <= q; j++) expectClose(column(j), plain[j]!.map((v) => v * 0.5 ** j));
    const l = arena.doubles(q + 1), correction = arena.doubles(n);
    for (let j = 0; j <= q; j++) l[j] = random();
    for (let i = 0; i < n; i++) correction[i] = random();
    kernels.correctColumns(at, stride, q, l.byteOffset, correction.byteOffset, n);
    for (let j = 0; j <= q; j++) expectClose(column(j), plain[j]!.map((v, i) => v * 0.5 ** j + l[j]! * correction[i]!));
  });

  it.each(LENGTHS)('combine the stages of Runge–Kutta methods and weigh their error, %i components', (n) => {
    const { kernels, vector, arena, random } = vectors(n, 400 + n), h = 0.3, rtol = 0.01;
    const y = vector(), out = vector(), atol = vector(), k = Array.from({ length: 7 }, vector);
    for (let i = 0; i < n; i++) atol.array[i] = 0.001 * (1 + i);
    const stages = arena.words(7), a = arena.doubles(7);
    k.forEach(({ at }, j) => { stages[j] = at; a[j] = random() - 0.5; });
    const sums = (count: number): number[] => y.plain.map((_, i) => sumOf(k.slice(0, count).map(({ plain }, j) => a[j]! * plain[i]!)));
    for (let count = 1; count <= 7; count++) {
      kernels.combineStages(out.at, y.at, h, a.byteOffset, stages.byteOffset, count, n);
      expectClose(out.array, sums(count).map((s, i) => y.plain[i]! + h * s));
    }
    const scale = y.plain.map((v, i) => rtol * Math.max(Math.abs(v), Math.abs(out.array[i]!)) + 0.001 * (1 + i));
    const squares = kernels.stageErrorSquares(y.at, out.at, h, a.byteOffset, stages.byteOffset, 7, rtol, atol.at, 1e-290, n);
    expectClose([squares / n], [sumOf(sums(7).map((s, i) => (h * s / scale[i]!) ** 2)) / n]);
  });

  it.each(LENGTHS)('take the parts of Newton’s method and of Gram–Schmidt, %i components', (n) => {
    const { kernels, vector, arena, random } = vectors(n, 300 + n);
    const delta = vector(), slope = vector(), first = vector(), correction = vector(), y = vector(), predicted = vector(), w = vector();
    const wanted = slope.plain.map((s, i) => 0.3 * s - 0.7 * first.plain[i]! - correction.plain[i]!);
    expectClose([kernels.newtonResidual(delta.at, slope.at, first.at, correction.at, 0.3, 0.7, n)], [sumOf(wanted)]);
    expectClose(delta.array, wanted);
    expectClose([kernels.newtonMove(correction.at, delta.at, 0.9, y.at, predicted.at, w.at, n)], [sumOf(wanted.map((d, i) => (0.9 * d * w.plain[i]!) ** 2))]);
    const moved = correction.plain.map((c, i) => c + 0.9 * wanted[i]!);
    expectClose(correction.array, moved);
    expectClose(y.array, moved.map((c, i) => c + predicted.plain[i]!));

    // Against three orthonormal (unit) vectors: what remains has no part along them.
    const padded = n + (n & 1), basis = arena.doubles(4 * padded), h = arena.doubles(3), k = Math.min(2, n - 1);
    for (let j = 0; j <= k; j++) basis[j * padded + j] = 1;
    const added = basis.subarray(3 * padded, 3 * padded + n);
    for (let i = 0; i < n; i++) added[i] = random();
    const before = Array.from(added);
    const rest = kernels.orthogonalise(added.byteOffset, basis.byteOffset, 8 * padded, k, h.byteOffset, n);
    expectClose(h.subarray(0, k + 1), before.slice(0, k + 1));
    expectClose(added, before.map((v, i) => (i <= k ? 0 : v)));
    expectClose([rest], [sumOf(before.slice(k + 1).map((v) => v * v))]);
  });
});

describe('incomplete LU', () => {
  it('of a full pattern is the whole LU', () => {
    const n = 12, pattern = densePattern(n), random = seeded(5), gamma = 0.05;
    const arena = new Arena(ILU0.bytes(pattern) + Arena.bytes([n, n])), ilu = new ILU0(pattern, arena);
    for (let p = 0; p < n * n; p++) ilu.jacobian[p] = 0.5 + random();
    expect(ilu.factorise(gamma, arena.put(new Float64Array(n).fill(1)))).toBe(true);
    const x = Array.from({ length: n }, () => random() - 0.5), b = arena.doubles(n);
    for (let i = 0; i < n; i++) b[i] = x[i]! - gamma * sumOf(x.map((v, j) => ilu.jacobian[j * n + i]! * v));
    ilu.solve(b.byteOffset);
    expectClose(b, x);
  });

  it('refuses a diagonal that vanishes', () => {
    const pattern = densePattern(2), arena = new Arena(ILU0.bytes(pattern) + Arena.bytes([2])), ilu = new ILU0(pattern, arena);
    ilu.jacobian.set([1, 0, 0, 1]);
    expect(ilu.factorise(1, arena.put(Float64Array.of(1, 1)))).toBe(false);
  });
});

describe('arenas', () => {
  it('hand out zeros again after another use, and no more than they have', () => {
    const arena = Arena.take(Arena.bytes([100], [10]));
    arena.doubles(100).fill(7);
    arena.words(10).fill(7);
    arena.recycle();
    const next = Arena.take(Arena.bytes([100], [10]));
    expect(next).toBe(arena);
    expect(next.doubles(100).every((v) => v === 0)).toBe(true);
    expect(next.words(10).every((v) => v === 0)).toBe(true);
    expect(() => next.doubles(100_000)).toThrow(RangeError);
    expect(Arena.take(1000)).not.toBe(next);
  });

  it('can be made by the thousand', () => {
    for (let k = 0; k < 3000; k++) {
      const array = new Arena(100_000).doubles(10);
      array[3] = k;
      expect(array[3]).toBe(k);
    }
  });

  it('decode base64 as Node does', () => {
    for (let length = 0; length < 20; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 89 + 7 * length) & 255);
      expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes);
    }
  });
});

describe('the projection onto conserved totals', () => {
  it('restores the totals and changes least in the metric, for few totals and for many', () => {
    for (const rows of [3, 230]) {
      const n = 4 * rows, random = seeded(rows), pivots = Int32Array.from({ length: rows }, (_, k) => k);
      // Total k: component k and three of the others, with random coefficients.
      const component = pivots.reduce<number[]>((list, k) => [...list, k, rows + k, 2 * rows + ((7 * k) % rows), 3 * rows + ((11 * k) % rows)], []);
      const totals = {
        pivots, rowStart: Int32Array.from({ length: rows + 1 }, (_, k) => 4 * k), component: Int32Array.from(component),
        coefficient: Float64Array.from(component, (_, p) => (p % 4 === 0 ? 1 : 1 + Math.floor(3 * random()))),
      };
      const arena = new Arena(TotalsProjection.bytes(totals) + Arena.bytes([n, n])), projection = new TotalsProjection(totals, n, arena);
      const weights = Float64Array.from({ length: n }, () => 10 ** random()), b = arena.doubles(n), x = arena.doubles(n);
      for (let i = 0; i < n; i++) { b[i] = random(); x[i] = random(); }
      const before = Array.from(x);
      projection.prepare(weights);
      projection.apply(b, x);
      const total = (v: ArrayLike<number>, k: number): number => sumOf([0, 1, 2, 3].map((p) => totals.coefficient[4 * k + p]! * v[component[4 * k + p]!]!));
      for (let k = 0; k < rows; k++) expect(Math.abs(total(x, k) - total(b, k))).toBeLessThan(1e-12);
      // Least change: D⁻¹(x − before) lies in the span of the totals' rows, so it vanishes along any direction that keeps them.
      const kept = Float64Array.from({ length: n }, () => random() - 0.5);
      for (let k = 0; k < rows; k++) kept[k] = kept[k]! - total(kept, k);
      const along = sumOf(before.map((v, i) => (x[i]! - v) * weights[i]! ** 2 * kept[i]!)), size = sumOf(before.map((v, i) => Math.abs((x[i]! - v) * weights[i]! ** 2 * kept[i]!)));
      expect(Math.abs(along)).toBeLessThan(1e-10 * size);
    }
  });
});
