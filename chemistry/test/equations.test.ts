import { describe, expect, it } from 'vitest';
import { componentName, evaluateOde, identical, initialState, odeIdentity, odeLatex, odeOfBlock, odeOfComponent, odeText, odeTexts, odeUnicode, parameterValues, rateConstants, toPolynomial, unroll, unrolledReactions } from '../index.ts';
import type { Network } from '../index.ts';
import { at, bin, builder, call, index, layer, loop, neg, num, numbers, op, par, rail, sign, sp, term, time } from './build.ts';

/** The smoothed ReLU neuron of [AJD]: H′ = h + y·H − H². */
function neuron(): Network {
  const b = builder();
  const H = b.block('H');
  const h = b.parameter('h', 0.1);
  const y = b.parameter('y', 2);
  b.family([], [term(H, 1)], par(h));
  b.family([term(H, 1)], [term(H, 2)], par(y));
  b.family([term(H, 2)], [term(H, 1)], num(1));
  return b.network();
}

const unicode = (network: Network): string[] => network.blocks.map((block) => odeUnicode(network, odeOfBlock(network, block)));
const latex = (network: Network): string[] => network.blocks.map((block) => odeLatex(network, odeOfBlock(network, block)));

describe('ODEs of scalar species', () => {
  it('are those of the smoothed ReLU neuron', () => {
    const network = neuron();
    expect(unicode(network)).toEqual(['H′ = h + y·H − H²']);
    expect(latex(network)).toEqual(['\\dot{H} = h + y \\, H - H^{2}']);
    expect(odeText(network, 0)).toBe('h + y*H - H^2');
  });
  it('cancel catalysts and combine equal monomials', () => {
    const b = builder();
    const [A, B, C] = [b.block('A'), b.block('B'), b.block('C')];
    const k = par(b.parameter('k1', 1));
    b.family([term(A, 1), term(C, 1)], [term(B, 1), term(C, 1)], k);
    b.family([term(A, 1), term(C, 1)], [term(B, 2), term(C, 1)], k);
    b.family([term(A, 1)], [term(A, 1)], num(5));
    expect(unicode(b.network())).toEqual(['A′ = −2·k1·A·C', 'B′ = 3·k1·A·C', 'C′ = 0']);
    expect(latex(b.network())[1]).toBe('\\dot{B} = 3 \\, k_{1} \\, A \\, C');
  });
  it('hold fixed species', () => {
    const b = builder();
    const E = b.block('E', 'fixed');
    b.family([term(E, 1)], [], num(1));
    expect(odeOfBlock(b.network(), E)).toMatchObject({ held: true, terms: [] });
  });
  it('take rate laws as expressions', () => {
    const b = builder();
    const [B, C] = [b.block('B'), b.block('AE')];
    const [v, km] = [par(b.parameter('Vmax', 1)), par(b.parameter('K_m', 1))];
    const x = sp(op(B));
    b.family([term(B, 1)], [term(C, 2)], { law: bin(bin(v, '*', x), '/', bin(km, '+', x)) });
    b.family([term(C, 1)], [], { law: bin(call('exp', neg(bin(num(2e-7), '*', time))), '*', bin(sp(op(C)), '^', num(0.5))) });
    const network = b.network();
    expect(unicode(network)).toEqual(['B′ = −Vmax·B/(K_m + B)', 'AE′ = 2·Vmax·B/(K_m + B) − exp(−2·10⁻⁷·time)·AE^0.5']);
    expect(latex(network)).toEqual([
      '\\dot{B} = -\\frac{\\mathrm{Vmax} \\, B}{K_{m} + B}',
      '\\frac{\\mathrm{d}\\,\\mathrm{AE}}{\\mathrm{d}t} = \\frac{2 \\, \\mathrm{Vmax} \\, B}{K_{m} + B} - \\exp\\left(-2 \\cdot 10^{-7} \\, \\mathrm{time}\\right) \\, \\mathrm{AE}^{0.5}',
    ]);
    expect(odeTexts(network)['AE']).toBe('2*Vmax*B/(K_m + B) - exp(-2e-7*time)*AE^0.5');
  });
});

describe('ODEs of families', () => {
  it('keep sums as sums', () => {
    const { network } = layer(4, 3);
    expect(unicode(network)).toEqual(['X[i]′ = 0', 'W^s[i,j]′ = 0', 'Y^s[i]′ = k·Σ_j W^s[i,j]·X[j] − Y^s[i] − κ·Y^+[i]·Y^-[i]']);
    expect(latex(network)[2]).toBe('\\dot{Y}^{s}_{i} = k \\, \\sum_{j=1}^{4} W^{s}_{i,j} \\, X_{j} - Y^{s}_{i} - \\kappa \\, Y^{+}_{i} \\, Y^{-}_{i}');
  });
  it('substitute rails: r·s = q gives s = q·r', () => {
    const b = builder();
    const [V, E, G] = [b.block('V', 'dual', [2, 3]), b.block('E', 'dual', [2]), b.block('G', 'dual', [3])];
    const v = term(V, 1, rail(0, 0), loop(2), loop(3));
    const e = term(E, 1, rail(0, 1), loop(2));
    b.family([v, e], [v, e, term(G, 1, rail(0, 0, 1), loop(3))], num(1), [sign('r'), sign('s'), index('k', 2), index('i', 3)]);
    const network = b.network();
    expect(odeUnicode(network, odeOfBlock(network, G))).toBe('G^s[i]′ = Σ_{r,k} V^r[k,i]·E^(r*s)[k]');
    expect(odeUnicode(network, odeOfComponent(network, G.offset))).toBe('G^+[1]′ = Σ_{r,k} V^r[k,1]·E^r[k]');
    expect(odeText(network, G.offset + 5)).toBe('V^+[1,3]*E^-[1] + V^+[2,3]*E^-[2] + V^-[1,3]*E^+[1] + V^-[2,3]*E^+[2]');
  });
  it('shift indices and say where they hold', () => {
    const b = builder();
    const X = b.block('X', 'species', [4]);
    b.family([term(X, 1, loop(0))], [term(X, 1, loop(0, 1))], num(1), [index('i', 3)]);
    b.family([], [term(X, 1, at(0))], num(2));
    const network = b.network();
    expect(unicode(network)).toEqual(['X[i]′ = 2 (i = 1) + X[i-1] (i ≥ 2) − X[i] (i ≤ 3)']);
    expect(latex(network)).toEqual(['\\dot{X}_{i} = 2 \\quad \\left(i = 1\\right) + X_{i-1} \\quad \\left(i \\ge 2\\right) - X_{i} \\quad \\left(i \\le 3\\right)']);
    expect([0, 1, 2, 3].map((c) => odeText(network, c))).toEqual(['2 - X[1]', 'X[1] - X[2]', 'X[2] - X[3]', 'X[3]']);
  });
  it('sum what the target does not pin down, with its range where that is not the whole array', () => {
    const b = builder();
    const [X, Y] = [b.block('X', 'species', [5]), b.block('Y')];
    b.family([term(X, 1, loop(0, 1))], [term(Y, 1)], num(1), [index('i', 3, 2)]);
    b.family([], [term(Y, 1)], num(3), [index('n', 7)]);
    const network = b.network();
    expect(unicode(network)).toEqual(['X[i]′ = −X[i] (i ≥ 2, i ≤ 4)', 'Y′ = 21 + Σ_{i=2..4} X[i]']);
  });
  it('does not unroll a large network', () => {
    const { network, Y } = layer(100_000, 20_000);
    expect(odeUnicode(network, odeOfBlock(network, Y))).toBe('Y^s[i]′ = k·Σ_j W^s[i,j]·X[j] − Y^s[i] − κ·Y^+[i]·Y^-[i]');
    expect(odeUnicode(network, odeOfComponent(network, Y.offset + 1))).toBe('Y^+[2]′ = k·Σ_j W^+[2,j]·X[j] − Y^+[2] − κ·Y^+[2]·Y^-[2]');
    expect(() => odeText(network, Y.offset)).toThrow('100,002 terms');
  });
});

/** A network with everything that index maps can do, some of it meeting at the same element. */
function tangle(): Network {
  const b = builder();
  const X = b.block('X', 'species', [6]);
  const M = b.block('M', 'species', [3, 4]);
  const W = b.block('W', 'dual', [3]);
  const Z = b.block('Z', 'dual');
  const k = b.parameter('k', { kind: 'values', values: Float64Array.of(0.3, 1.7, 2.5, 0.9) }, [4]);
  b.family([term(X, 1, loop(0)), term(X, 1, loop(1))], [term(X, 3, loop(1))], par(k, loop(0)), [index('i', 4), index('j', 5)]);
  b.family([term(X, 2, loop(0, 1, 2))], [term(X, 1, loop(0))], num(0.7), [index('i', 3)]);
  b.family([term(M, 1, loop(0), loop(1, 3, -1))], [term(X, 1, loop(0, 1)), term(M, 2, at(1), loop(1))], num(1.1), [index('a', 3), index('b', 4)]);
  b.family([term(X, 1, { kind: 'affine', constant: 0, terms: [{ variable: 0, coefficient: 1 }, { variable: 1, coefficient: 1 }] })], [term(M, 1, loop(0), loop(1))], num(0.4), [index('a', 3), index('b', 4)]);
  b.family([term(W, 1, rail(0, 0), loop(2)), term(Z, 1, rail(1, 1))], [term(Z, 1, rail(1, 0, 1)), term(W, 1, rail(0, 0), loop(2))], { kind: 'counter', variable: 2 }, [sign('r'), sign('s'), index('i', 3)]);
  b.family([term(Z, 1, rail(0, 0)), term(Z, 1, rail(0, 1))], [term(W, 1, rail(1, 0, 1), at(2))], num(0.2), [sign('r'), sign('s')]);
  b.family([term(X, 1, loop(0, 1))], [term(X, 1, at(0))], { law: bin(bin(num(2), '*', sp(op(X, loop(0, 1)))), '/', bin(num(1), '+', bin(sp(op(X, loop(0))), '*', { kind: 'counter', variable: 0 }))) }, [index('i', 2, 2)]);
  return b.network();
}

/** X′ by summing single reactions: an oracle that knows nothing of index maps being solved. */
function bruteForce(network: Network, state: Float64Array, t: number): Float64Array {
  const unrolled = unroll(network);
  const parameters = parameterValues(network);
  const constants = rateConstants(network, unrolled, parameters, t);
  const result = new Float64Array(network.dimension);
  for (let r = 0; r < unrolled.count; r++) {
    let rate = constants[r] ?? NaN;
    if (Number.isNaN(rate)) rate = lawValue(network, unrolled.family[r] ?? -1, r - (unrolled.familyStart[unrolled.family[r] ?? 0] ?? 0), state);
    else for (let p = unrolled.reactantStart[r] ?? 0; p < (unrolled.reactantStart[r + 1] ?? 0); p++) rate *= (state[unrolled.reactantComponent[p] ?? 0] ?? NaN) ** (unrolled.reactantStoichiometry[p] ?? 0);
    const change = (start: Int32Array, components: Int32Array, numbersOf: Float64Array, factor: number): void => {
      for (let p = start[r] ?? 0; p < (start[r + 1] ?? 0); p++) result[components[p] ?? 0] = (result[components[p] ?? 0] ?? 0) + factor * rate * (numbersOf[p] ?? 0);
    };
    change(unrolled.reactantStart, unrolled.reactantComponent, unrolled.reactantStoichiometry, -1);
    change(unrolled.productStart, unrolled.productComponent, unrolled.productStoichiometry, 1);
  }
  return result;
}

/** The only law in `tangle`, by hand: 2·X[i+2]… with i = 2, 3 and 0-based counter c: X position c + 1 over 1 + X position c times (c + 2). */
function lawValue(_network: Network, _family: number, c: number, state: Float64Array): number {
  return (2 * (state[c + 1] ?? NaN)) / (1 + (state[c] ?? NaN) * (c + 2));
}

describe('family ODEs against reactions summed one by one', () => {
  const networks = { layer: layer(4, 3).network, neuron: neuron(), tangle: tangle() };
  it.each(Object.keys(networks))('agree at random states: %s', (name) => {
    const network = networks[name as keyof typeof networks];
    const parameters = parameterValues(network);
    const next = numbers(20_231);
    for (let trial = 0; trial < 5; trial++) {
      const state = initialState(network).map(() => 3 * next());
      const expected = bruteForce(network, state, 0);
      for (const block of network.blocks) {
        const ode = odeOfBlock(network, block);
        for (let element = 0; element < block.size; element++) {
          const component = block.offset + element;
          const position: number[] = [];
          for (let axis = block.axes.length - 1, rest = element; axis >= 0; axis--) {
            const extent = block.axes[axis] ?? 1;
            position.unshift(rest % extent);
            rest = Math.floor(rest / extent);
          }
          const label = componentName(network, component);
          const scale = 1e-12 * (1 + Math.abs(expected[component] ?? 0)) * 100;
          expect(Math.abs(evaluateOde(network, ode, position, parameters, state) - (expected[component] ?? NaN)), `family ODE of ${label}`).toBeLessThan(scale);
          expect(Math.abs(evaluateOde(network, odeOfComponent(network, component), [], parameters, state) - (expected[component] ?? NaN)), `component ODE of ${label}`).toBeLessThan(scale);
        }
      }
    }
  });
});

describe('expect ode', () => {
  const network = neuron();
  const H = sp({ block: 0, index: [] });
  const [h, y] = [par(0), par(1)];
  it('is decided as a polynomial identity', () => {
    expect(odeIdentity(network, 0, bin(bin(h, '+', bin(y, '*', H)), '-', bin(H, '^', num(2))))).toEqual({ holds: true, found: 'h + y*H - H^2' });
    expect(odeIdentity(network, 0, bin(bin(H, '*', bin(y, '-', H)), '+', h)).holds).toBe(true);
    expect(odeIdentity(network, 0, bin(h, '+', bin(bin(num(2), '*', bin(bin(y, '*', H), '/', num(2))), '-', bin(bin(H, '^', num(3)), '/', H)))).holds).toBe(true);
    expect(odeIdentity(network, 0, bin(h, '+', bin(y, '*', H)))).toEqual({ holds: false, found: 'h + y*H - H^2' });
  });
  it('subtracts the rails of a dual', () => {
    const { network: pot, Y, W, X } = layer(1, 1);
    const w = (position: number): ReturnType<typeof sp> => sp(op(W, rail(position === 0 ? 0 : 1), at(0), at(0)));
    const y0 = (position: number): ReturnType<typeof sp> => sp(op(Y, rail(position === 0 ? 0 : 1), at(0)));
    const right = bin(bin(bin(par(0), '*', bin(w(0), '-', w(1))), '*', sp(op(X, at(0)))), '-', bin(y0(0), '-', y0(1)));
    expect(odeIdentity(pot, [{ component: Y.offset, weight: 1 }, { component: Y.offset + 1, weight: -1 }], right).holds).toBe(true);
    expect(odeIdentity(pot, Y.offset, right).holds).toBe(false);
  });
});

describe('polynomials', () => {
  const b = builder();
  const [X, Y] = [sp(op(b.block('X'))), sp(op(b.block('Y')))];
  it('do not keep what cancels', () => {
    expect(toPolynomial(bin(bin(bin(X, '+', Y), '^', num(2)), '-', bin(bin(bin(X, '^', num(2)), '+', bin(Y, '^', num(2))), '+', bin(num(2), '*', bin(X, '*', Y)))))).toEqual([]);
    expect(toPolynomial(bin(bin(bin(num(0.1), '*', X), '+', bin(num(0.2), '*', X)), '-', bin(num(0.3), '*', X)))).toEqual([]);
  });
  it('clear denominators before they decide', () => {
    const one = num(1);
    const both = bin(X, '+', Y);
    expect(identical(bin(one, '/', bin(bin(num(2), '*', X), '+', bin(Y, '*', num(2)))), bin(num(0.5), '/', bin(Y, '+', X)))).toBe(true);
    expect(identical(bin(one, '/', bin(bin(num(2), '*', X), '+', bin(Y, '*', num(2)))), bin(one, '/', both))).toBe(false);
    expect(identical(bin(bin(one, '/', X), '+', bin(one, '/', Y)), bin(both, '/', bin(X, '*', Y)))).toBe(true);
    expect(identical(bin(X, '/', bin(one, '+', bin(Y, '/', bin(one, '+', X)))), bin(bin(X, '*', bin(one, '+', X)), '/', bin(bin(one, '+', X), '+', Y)))).toBe(true);
    expect(identical(bin(X, '/', both), bin(one, '-', bin(Y, '/', both)))).toBe(true);
    expect(identical(bin(X, '/', both), bin(Y, '/', both))).toBe(false);
  });
  it('treat functions as quantities of their own, equal for equal arguments', () => {
    expect(identical(call('exp', bin(X, '+', Y)), call('exp', bin(Y, '+', X)))).toBe(true);
    expect(identical(call('exp', X), call('exp', Y))).toBe(false);
    expect(identical(call('sqrt', bin(num(4), '*', X)), call('sqrt', X))).toBe(false);
    expect(identical(bin(call('sqrt', X), '^', num(2)), X)).toBe(true);
    expect(identical(call('sqrt', bin(X, '^', num(2))), X)).toBe(false);
  });
  it('multiply out a hundred thousand terms never', () => {
    let sum = X;
    for (let i = 0; i < 300; i++) sum = bin(sum, '+', bin(X, '^', num(i + 2)));
    expect(odeIdentity(neuron(), 0, bin(sum, '^', num(60))).holds).toBeUndefined();
  });
});

describe('listed reactions', () => {
  it('are one by one', () => {
    const b = builder();
    const X = b.block('X', 'species', [2]);
    const W = b.block('W', 'dual');
    const k = b.parameter('k', { kind: 'values', values: Float64Array.of(1, 2) }, [2]);
    b.family([term(X, 1, loop(0)), term(X, 1, loop(1))], [term(W, 1, rail(0, 2))], bin(par(k, loop(0)), '*', { kind: 'counter', variable: 2 }), [index('i', 1), index('j', 2), sign('s')]);
    b.family([], [term(X, 1, at(1))], { law: bin(num(1), '/', bin(num(1), '+', sp(op(W, rail(1))))) });
    expect(unrolledReactions(b.network())).toEqual([
      '2 X[1] -> W^+ @ k[1]*1',
      '2 X[1] -> W^- @ k[1]*(-1)',
      'X[1] + X[2] -> W^+ @ k[1]*1',
      'X[1] + X[2] -> W^- @ k[1]*(-1)',
      '0 -> X[2] rate 1/(1 + W^-)',
    ]);
    expect(() => unrolledReactions(layer(3000, 3000).network)).toThrow('listed one by one');
  });
});
