import { describe, expect, it } from 'vitest';
import { UnknownParameterError, UnrollError, applyFunction, componentName, countersOf, createRandom, evaluateScalar, initialState, parameterValues, randomFromState, rateConstants, unroll, unrolledCount } from '../index.ts';
import type { Network, Scalar, UnrolledNetwork } from '../index.ts';
import { bin, builder, call, index, layer, loop, neg, num, op, par, rail, sign, sp, term, time } from './build.ts';

function lines(network: Network, unrolled: UnrolledNetwork): string[] {
  const side = (start: Int32Array, components: Int32Array, numbers: Float64Array, r: number): string => {
    const parts: string[] = [];
    for (let p = start[r] ?? 0; p < (start[r + 1] ?? 0); p++) parts.push(`${numbers[p]} ${componentName(network, components[p] ?? -1)}`);
    return parts.join(' + ') || '0';
  };
  return Array.from({ length: unrolled.count }, (_, r) =>
    `${side(unrolled.reactantStart, unrolled.reactantComponent, unrolled.reactantStoichiometry, r)} -> ${side(unrolled.productStart, unrolled.productComponent, unrolled.productStoichiometry, r)}`);
}

describe('unroll', () => {
  it('writes a family out in row-major order of its loops', () => {
    const { network } = layer(2, 1);
    const unrolled = unroll(network);
    expect(lines(network, unrolled)).toEqual([
      '1 W^+[1,1] + 1 X[1] -> 1 W^+[1,1] + 1 X[1] + 1 Y^+[1]',
      '1 W^-[1,1] + 1 X[1] -> 1 W^-[1,1] + 1 X[1] + 1 Y^-[1]',
      '1 W^+[1,2] + 1 X[2] -> 1 W^+[1,2] + 1 X[2] + 1 Y^+[1]',
      '1 W^-[1,2] + 1 X[2] -> 1 W^-[1,2] + 1 X[2] + 1 Y^-[1]',
      '1 Y^+[1] -> 0',
      '1 Y^-[1] -> 0',
      '1 Y^+[1] + 1 Y^-[1] -> 0',
    ]);
    expect([...unrolled.family]).toEqual([0, 0, 0, 0, 1, 1, 2]);
    expect(Array.from({ length: 4 }, (_, r) => [...countersOf(network, unrolled, r)])).toEqual([[0, 0, 0], [0, 0, 1], [0, 1, 0], [0, 1, 1]]);
    expect([...rateConstants(network, unrolled, parameterValues(network))]).toEqual([2, 2, 2, 2, 1, 1, 10]);
  });
  it('adds coefficients where two terms meet in one species', () => {
    const b = builder();
    const X = b.block('X', 'species', [2]);
    b.family([term(X, 1, loop(0)), term(X, 1, loop(1))], [term(X, 3, loop(0))], num(1), [index('i', 2), index('j', 2)]);
    const network = b.network();
    expect(lines(network, unroll(network))).toEqual(['2 X[1] -> 3 X[1]', '1 X[1] + 1 X[2] -> 3 X[1]', '1 X[2] + 1 X[1] -> 3 X[2]', '2 X[2] -> 3 X[2]']);
  });
  it('multiplies signs for rails', () => {
    const b = builder();
    const Z = b.block('Z', 'dual');
    b.family([], [term(Z, 1, rail(1, 0, 1))], num(1), [sign('r'), sign('s')]);
    const network = b.network();
    expect(lines(network, unroll(network)).map((line) => line.slice(-1))).toEqual(['-', '+', '+', '-']);
  });
  it('says what is too much before it allocates', () => {
    const { network } = layer(100_000, 100_000);
    expect(unrolledCount(network)).toBe(2e10 + 3e5);
    expect(() => unroll(network)).toThrow(UnrollError);
    expect(() => unroll(network)).toThrow('20,000,300,000 reactions');
    expect(() => unroll(layer(2, 1).network, { limit: 6 })).toThrow('more than the 6');
    expect(unroll(layer(2, 1).network, { limit: 7 }).count).toBe(7);
  });
  it('refuses a family that reaches outside its block', () => {
    const b = builder();
    const X = b.block('X', 'species', [3]);
    b.family([term(X, 1, loop(0, 1))], [], num(1), [index('i', 3)]);
    expect(() => unroll(b.network())).toThrow('element 4 of X');
  });
});

describe('expressions', () => {
  it('follows the usual arithmetic, counters as written', () => {
    const b = builder();
    const X = b.block('X', 'species', [3]);
    const k = b.parameter('k', { kind: 'values', values: Float64Array.of(5, 7, 11) }, [3]);
    const network = b.network();
    const context = { network, parameters: parameterValues(network), state: [2, 3, 4], counters: [1, 1], variables: [index('i', 2, 2), sign('s')], time: 0.5 };
    const value = (scalar: Scalar): number => evaluateScalar(scalar, context);
    expect(value(bin(par(k, loop(0)), '*', sp(op(X, loop(0, 1)))))).toBe(7 * 4);
    expect(value({ kind: 'counter', variable: 0 })).toBe(3);
    expect(value({ kind: 'counter', variable: 1 })).toBe(-1);
    expect(value(bin(bin(num(2), '-', num(3)), '-', bin(num(4), '/', time)))).toBe(-9);
    expect(value(bin(neg(num(2)), '^', num(3)))).toBe(-8);
    expect(value(call('if', call('less', num(1), num(2)), num(10), bin(num(1), '/', num(0))))).toBe(10);
    expect(value(sp(op(X, loop(0, 2))))).toBeNaN();
  });
  it('knows the functions', () => {
    expect([applyFunction('and', [1, 0]), applyFunction('or', [1, 0]), applyFunction('not', [0]), applyFunction('lessEqual', [2, 2]), applyFunction('equal', [2, 3])]).toEqual([0, 1, 1, 1, 0]);
    expect(applyFunction('log10', [1000])).toBeCloseTo(3, 14);
    expect(applyFunction('max', [1, 4, 2])).toBe(4);
    expect(applyFunction('exp', [])).toBeNaN();
  });
});

describe('values', () => {
  it('computes parameters from earlier ones, and from overridden ones', () => {
    const b = builder();
    const a = b.parameter('a', 3);
    b.parameter('c', { kind: 'expression', expression: bin(par(a), '*', num(2)) });
    b.parameter('k', { kind: 'values', values: Float64Array.of(1, 2, 3, 4) }, [2, 2]);
    const network = b.network();
    expect([...parameterValues(network).values]).toEqual([3, 6, 1, 2, 3, 4]);
    expect([...parameterValues(network, new Map([['a', 5], ['k[2, 1]', 9]])).values]).toEqual([5, 10, 1, 2, 9, 4]);
    expect([...parameterValues(network, new Map([['c', -1]])).values]).toEqual([3, -1, 1, 2, 3, 4]);
    expect(() => parameterValues(network, new Map([['b', 1]]))).toThrow(UnknownParameterError);
    expect(() => parameterValues(network, new Map([['k[3,1]', 1]]))).toThrow('no parameter k[3,1]');
  });
  it('splits a dual on its rails', () => {
    const b = builder();
    b.block('X', 'species', [2], { kind: 'expression', expression: num(4) });
    b.block('W', 'dual', [3], { kind: 'values', values: Float64Array.of(1.5, -2, 0) });
    expect([...initialState(b.network())]).toEqual([4, 4, 1.5, 0, 0, 0, 2, 0]);
  });
  it('draws the same random array from the same seed, inside its bounds', () => {
    const first = initialState(layer(20, 30).network);
    expect(initialState(layer(20, 30).network)).toEqual(first);
    const weights = first.slice(20, 20 + 1200);
    expect(Math.max(...weights)).toBeLessThan(1);
    const mean = weights.subarray(0, 600).reduce((sum, v, i) => sum + v - (weights[600 + i] ?? 0), 0) / 600;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(3 * 600));
    for (let i = 0; i < 600; i++) expect(Math.min(weights[i] ?? 1, weights[600 + i] ?? 1)).toBe(0);
  });
});

describe('random numbers', () => {
  it('are those of xoshiro128** (the sequence published with rand_xoshiro for the state 1, 2, 3, 4)', () => {
    const random = randomFromState([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, () => random.bits())).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804]);
  });
  it('have the moments of their distribution', () => {
    const random = createRandom(42);
    const n = 100_000;
    let [sum, squares, fourth] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const x = random.normal();
      sum += x;
      squares += x * x;
      fourth += x ** 4;
    }
    expect(Math.abs(sum / n)).toBeLessThan(5 / Math.sqrt(n));
    expect(Math.abs(squares / n - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(fourth / n - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
  });
  it('differ from seed to seed, fractions included', () => {
    const firsts = [0, 1, -1, 0.5, 2 ** 40, 2 ** 41].map((seed) => createRandom(seed).bits());
    expect(new Set(firsts).size).toBe(6);
  });
});
