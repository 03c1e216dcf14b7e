/** Test problems with published or closed-form solutions, and small helpers for the numerical tests. */
import type { OdeSystem, SparsePattern } from '../index.ts';
import { densePattern } from '../linear/pattern.ts';

/** Seeded uniform numbers in [0, 1) (splitmix-like; Steele, Lea, Flood 2014), so that failures repeat. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return ((z ^ (z >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** A system from plain functions; `jacobian` gives the dense matrix, row by row. */
export function ode(
  dimension: number, f: (t: number, y: Float64Array) => readonly number[],
  jacobian?: (t: number, y: Float64Array) => readonly (readonly number[])[], more: Partial<OdeSystem> = {},
): OdeSystem {
  const pattern: SparsePattern = densePattern(dimension);
  return {
    dimension,
    rhs: (t, y, dy) => { dy.set(f(t, y)); },
    ...(jacobian === undefined ? {} : {
      jacobian: {
        pattern,
        fill: (t: number, y: Float64Array, values: Float64Array) => {
          const rows = jacobian(t, y);
          for (let j = 0; j < dimension; j++) for (let i = 0; i < dimension; i++) values[j * dimension + i] = rows[i]![j]!;
        },
      },
    }),
    ...more,
  };
}

/** Robertson's reaction (1966): A → B, 2B → B + C, B + C → A + C. */
export const robertson = ode(3,
  (_t, [a, b, c]) => [-0.04 * a! + 1e4 * b! * c!, 0.04 * a! - 1e4 * b! * c! - 3e7 * b! * b!, 3e7 * b! * b!],
  (_t, [, b, c]) => [[-0.04, 1e4 * c!, 1e4 * b!], [0.04, -1e4 * c! - 6e7 * b!, -1e4 * b!], [0, 6e7 * b!, 0]],
  { nonNegative: true });

/** Solution at t = 1, 10, …, 1e11 published with Hairer & Wanner's stiff test set (University of Geneva). */
export const ROBERTSON_REFERENCE: readonly (readonly [number, number, number])[] = [
  [0.9664597373330035, 0.3074626578578675e-4, 0.3350951640121071e-1],
  [0.8413699238414729, 0.1623390937990473e-4, 0.1586138422491472],
  [0.6172348823960878, 0.6153591274639123e-5, 0.3827589640126376],
  [0.3368745306607069, 0.2013702318261393e-5, 0.6631234556369748],
  [0.107300428537804, 0.480016697257166e-6, 0.8926990914454987],
  [0.1786592114209946e-1, 0.7274751468436319e-7, 0.9821340061103859],
  [0.2031483924973415e-2, 0.8142277783356159e-8, 0.9979685079327488],
  [0.2076093439016395e-3, 0.830607748506761e-9, 0.9997923898254906],
  [0.208241751217946e-4, 0.8329841429908955e-10, 0.9999791757415798],
  [0.2083229471647e-5, 0.83329350377607e-11, 0.9999979167621954],
  [0.2083328471883087e-6, 0.8333315602809495e-12, 0.9999997916663195],
  [0.208334014970128e-7, 0.83333607703347e-13, 0.9999999791665152],
];

/** High irradiance response (Schäfer 1975), t = 321.8122; reference: Test Set for IVP Solvers (Bari/CWI). */
export const hires = {
  system: ode(8, (_t, y) => {
    const [a, b, c, d, e, f, g, h] = y as unknown as [number, number, number, number, number, number, number, number];
    const fast = 280 * f * h;
    return [
      -1.71 * a + 0.43 * b + 8.32 * c + 0.0007, 1.71 * a - 8.75 * b, -10.03 * c + 0.43 * d + 0.035 * e,
      8.32 * b + 1.71 * c - 1.12 * d, -1.745 * e + 0.43 * f + 0.43 * g, -fast + 0.69 * d + 1.71 * e - 0.43 * f + 0.69 * g,
      fast - 1.81 * g, -fast + 1.81 * g];
  }),
  y0: [1, 0, 0, 0, 0, 0, 0, 0.0057],
  t1: 321.8122,
  reference: [0.7371312573325668e-3, 0.1442485726316185e-3, 0.5888729740967575e-4, 0.1175651343283149e-2,
    0.2386356198831331e-2, 0.6238968252742796e-2, 0.2849998395185769e-2, 0.2850001604814231e-2],
};

/** Oregonator (Field & Noyes 1974), t = 360; reference: Test Set for IVP Solvers (Bari/CWI). */
export const oregonator = {
  system: ode(3, (_t, [x, y, z]) => [
    77.27 * (y! + x! * (1 - 8.375e-6 * x! - y!)), (z! - (1 + x!) * y!) / 77.27, 0.161 * (x! - z!)],
  (_t, [x, y]) => [
    [77.27 * (1 - 2 * 8.375e-6 * x! - y!), 77.27 * (1 - x!), 0], [-y! / 77.27, -(1 + x!) / 77.27, 1 / 77.27], [0.161, 0, -0.161]]),
  y0: [1, 2, 3],
  t1: 360,
  reference: [0.1000814870318523e1, 0.1228178521549917e4, 0.1320554942846706e3],
};

/** Pyrolysis (E5 of Enright, Hull & Lindberg 1975), t = 1e13; reference: Test Set for IVP Solvers (Bari/CWI). */
export const pyrolysis = {
  /** A -> B + C, A + C -> D, B + C -> 0, D -> C. */
  constants: [7.89e-10, 1.1e7, 1.13e9, 1.13e3] as const,
  y0: [1.76e-3, 0, 0, 0],
  t1: 1e13,
  reference: [0.1152903278711829e-290, 0.8867655517642120e-22, 0.8854814626268838e-22, 0],
};

/** Air pollution (Verwer 1994), 20 species and 25 reactions, t = 60; reference: Test Set for IVP Solvers (Bari/CWI). */
export const pollution = {
  constants: [0.35, 26.6, 12300, 0.86e-3, 0.82e-3, 15000, 0.13e-3, 24000, 16500, 9000, 0.022, 12000, 1.88, 16300, 4.8e6, 0.35e-3,
    0.0175, 1e8, 0.444e12, 1240, 2.1, 5.78, 0.0474, 1780, 3.12],
  /** Reactants and products of the 25 reactions, 0-based. */
  reactions: [
    [[0], [1, 2]], [[1, 3], [0]], [[4, 1], [0, 5]], [[6], [4, 4, 7]], [[6], [7]], [[6, 5], [4, 7]], [[8], [9, 4, 7]], [[8, 5], [10]],
    [[10, 1], [0, 9, 11]], [[10, 0], [12]], [[12], [10, 0]], [[9, 1], [13, 0]], [[13], [6, 4]], [[0, 5], [14]], [[2], [3]],
    [[3], [15]], [[3], [2]], [[15], [5, 5]], [[15], [2]], [[16, 5], [17, 4]], [[18], [1]], [[18], [0, 2]], [[0, 3], [18]],
    [[18, 0], [19]], [[19], [18, 0]],
  ] as readonly (readonly [readonly number[], readonly number[]])[],
  y0: [0, 0.2, 0, 0.04, 0, 0, 0.1, 0.3, 0.01, 0, 0, 0, 0, 0, 0, 0, 0.007, 0, 0, 0],
  t1: 60,
  reference: [0.5646255480022769e-1, 0.1342484130422339, 0.4139734331099427e-8, 0.5523140207484359e-2, 0.2018977262302196e-6,
    0.1464541863493966e-6, 0.7784249118997964e-1, 0.3245075353396018, 0.7494013383880406e-2, 0.1622293157301561e-7,
    0.1135863833257075e-7, 0.2230505975721359e-2, 0.208716288279863e-3, 0.1396921016840158e-4, 0.8964884856898295e-2,
    0.4352846369330103e-17, 0.6899219696263405e-2, 0.1007803037365946e-3, 0.1772146513969984e-5, 0.5682943292316392e-4],
};

/** The rate equations of reactions of order at most 2 with constants k, as a plain system without a Jacobian. */
export function massAction(n: number, reactions: readonly (readonly [readonly number[], readonly number[]])[], k: readonly number[]): OdeSystem {
  return {
    dimension: n,
    nonNegative: true,
    rhs(_t, y, dy) {
      dy.fill(0);
      reactions.forEach(([reactants, products], r) => {
        const rate = reactants.reduce((value, i) => value * y[i]!, k[r]!);
        for (const i of reactants) dy[i]! -= rate;
        for (const i of products) dy[i]! += rate;
      });
    },
  };
}

/** max |a_i − b_i| / (|b_i| + floor) */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>, floor = 0): number {
  let worst = 0;
  for (let i = 0; i < b.length; i++) worst = Math.max(worst, Math.abs(a[i]! - b[i]!) / (Math.abs(b[i]!) + floor));
  return worst;
}
