import { describe, expect, it } from 'vitest';
import { componentName, componentOf, familyText, loopsText } from '../index.ts';
import { at, bin, builder, call, index, layer, loop, neg, num, par, rail, sign, sp, op, term } from './build.ts';

describe('component names', () => {
  const b = builder();
  b.block('X');
  b.block('M', 'species', [2, 3]);
  b.block('W', 'dual');
  b.block('m1.V', 'dual', [2, 2]);
  const network = b.network();

  it('writes indices from 1 and rails as superscripts', () => {
    const names = Array.from({ length: network.dimension }, (_, component) => componentName(network, component));
    expect(names).toEqual([
      'X',
      'M[1,1]', 'M[1,2]', 'M[1,3]', 'M[2,1]', 'M[2,2]', 'M[2,3]',
      'W^+', 'W^-',
      'm1.V^+[1,1]', 'm1.V^+[1,2]', 'm1.V^+[2,1]', 'm1.V^+[2,2]', 'm1.V^-[1,1]', 'm1.V^-[1,2]', 'm1.V^-[2,1]', 'm1.V^-[2,2]',
    ]);
  });
  it('finds every component by its name again', () => {
    for (let component = 0; component < network.dimension; component++) {
      expect(componentOf(network, componentName(network, component))).toBe(component);
    }
    expect(componentOf(network, ' M[ 2 , 3 ] ')).toBe(6);
    expect(componentOf(network, 'W^(-)')).toBe(8);
  });
  it.each(['Y', 'X[1]', 'X^+', 'M', 'M[1]', 'M[0,1]', 'M[3,1]', 'M[1,1,1]', 'W', 'W[1]', 'M[a,1]', 'M[1.0,1]', '', '[', 'M^+[1,1]'])('has no component %j', (name) => {
    expect(componentOf(network, name)).toBeUndefined();
  });
  it('refuses components that do not exist', () => {
    expect(() => componentName(network, 17)).toThrow('no component 17');
  });
});

describe('family text', () => {
  it('keeps the loop variables', () => {
    const { network } = layer(4, 3);
    expect(network.families.map((family) => familyText(network, family))).toEqual([
      'W^s[i,j] + X[j] -> W^s[i,j] + X[j] + Y^s[i] @ k',
      'Y^s[i] -> 0 @ 1',
      'Y^+[i] + Y^-[i] -> 0 @ κ',
    ]);
    expect(network.families.map(loopsText)).toEqual(['for i in 1..3, j in 1..4, s in signs', 'for i in 1..3, s in signs', 'for i in 1..3']);
  });
  it('shifts indices that do not start at 1 and writes products of signs', () => {
    const b = builder();
    const X = b.block('X', 'species', [9]);
    const Z = b.block('Z', 'dual');
    const k = b.parameter('k', { kind: 'values', values: new Float64Array(9) }, [9]);
    // i runs over 3..5: counter 0 is i = 3. X[i] has position i − 1 = c + 2, X[i+1] has c + 3, X[2i−1] has 2c + 4.
    b.family([term(X, 2, loop(0, 2))], [term(X, 1, loop(0, 3)), term(X, 1, loop(0, 4, 2)), term(X, 1, at(6))], par(k, loop(0, 2)), [index('i', 3, 3)]);
    b.family([], [term(Z, 1, rail(0, 0, 1)), term(Z, 1, rail(1, 0))], num(1e300), [sign('r'), sign('s')]);
    const network = b.network();
    expect(network.families.map((family) => familyText(network, family))).toEqual([
      '2 X[i] -> X[i+1] + X[2*i-1] + X[7] @ k[i]',
      '0 -> Z^(r*s) + Z^(-r) @ 1e300',
    ]);
  });
  it('brackets an expression where it must', () => {
    const b = builder();
    const X = b.block('X');
    const W = b.block('W', 'dual');
    const a = par(b.parameter('a', 1));
    const x = sp(op(X));
    const plus = sp(op(W, at(0)));
    const laws = [
      bin(bin(a, '*', x), '/', bin(a, '+', x)),
      bin(a, '-', bin(x, '-', a)),
      bin(a, '-', neg(x)),
      bin(bin(a, '/', x), '/', bin(a, '*', x)),
      neg(bin(x, '^', num(2))),
      bin(neg(x), '^', num(2)),
      bin(plus, '^', num(2)),
      bin(x, '^', num(-1)),
      bin(bin(x, '^', a), '^', a),
      call('if', call('less', x, a), num(0), plus),
      bin(a, '*', neg(x)),
      bin(neg(a), '*', x),
    ];
    laws.forEach((law) => b.family([], [], { law }));
    const network = b.network();
    expect(network.families.map((family) => familyText(network, family).replace('0 -> 0 rate ', ''))).toEqual([
      'a*X/(a + X)',
      'a - (X - a)',
      'a - (-X)',
      'a/X/(a*X)',
      '-X^2',
      '(-X)^2',
      '(W^+)^2',
      'X^(-1)',
      '(X^a)^a',
      'if(less(X, a), 0, W^+)',
      'a*(-X)',
      '-a*X',
    ]);
  });
  it('survives sums of very many terms', () => {
    const b = builder();
    const x = sp(op(b.block('X')));
    let sum = x;
    for (let i = 0; i < 50_000; i++) sum = bin(sum, '+', x);
    const family = b.family([], [], { law: sum });
    expect(familyText(b.network(), family).length).toBe('0 -> 0 rate X'.length + 50_000 * ' + X'.length);
  });
});
