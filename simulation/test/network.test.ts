/** Compiled networks against rate equations evaluated reaction by reaction, differences, closed forms and conservation. */
import { describe, expect, it } from 'vitest';
import { parameterValues, type Network, type Scalar } from '../../chemistry/index.ts';
import { compileNetwork, fixedPoint, integrate, type CompiledNetwork } from '../index.ts';
import { Arena } from '../kernels/arena.ts';
import { multiply } from '../linear/newton-matrix.ts';
import { Shape } from '../network/flux-shapes.ts';
import type { Fluxes } from '../network/fluxes.ts';
import { affine, binary, index, NetworkBuilder, number, rail, sign, time, randomNetwork } from './networks.ts';
import { relativeError, seeded } from './problems.ts';

/** Rates reaction by reaction, straight from the definition. */
function reference(network: Network, list: ReturnType<typeof randomNetwork>['list'], k: Float64Array, y: Float64Array): Float64Array {
  const dy = new Float64Array(y.length);
  for (const { left, right, parameter, factor } of list) {
    const rate = left.reduce((product, i) => product * y[i]!, factor * k[parameter]!);
    for (const i of left) dy[i]! -= rate;
    for (const i of right) dy[i]! += rate;
  }
  for (const block of network.blocks) if (block.kind === 'fixed') dy.fill(0, block.offset, block.offset + block.size);
  return dy;
}

/** Checks the Jacobian and its products against central differences of the right-hand side. */
function checkDerivatives({ system }: CompiledNetwork, y: Float64Array, random: () => number, t = 0): void {
  const n = y.length, v = Float64Array.from({ length: n }, () => random() - 0.5);
  const ahead = new Float64Array(n), behind = new Float64Array(n), times = new Float64Array(n), byMatrix = new Float64Array(n), moved = new Float64Array(n);
  const h = 1e-6;
  for (const [sign_, out] of [[1, ahead], [-1, behind]] as const) {
    for (let i = 0; i < n; i++) moved[i] = y[i]! + sign_ * h * v[i]!;
    system.rhs(t, moved, out);
  }
  system.jacobianTimes!(t, y, v, times);
  if (system.jacobian !== undefined) {
    const values = new Float64Array(system.jacobian.pattern.rowIndex.length);
    system.jacobian.fill(t, y, values);
    multiply(system.jacobian.pattern, values, v, byMatrix);
  } else {
    // Families have no matrix unless they are asked to list its non-zeros.
    const listed = system.nonZeros!()!, { pattern, bytes } = listed, nonZeros = pattern.rowIndex.length, arena = new Arena(bytes + Arena.bytes([n, nonZeros]));
    const state = arena.doubles(n), values = arena.doubles(nonZeros);
    state.set(y);
    listed.place(arena)(t, state, values);
    multiply(pattern, values, v, byMatrix);
  }
  for (let i = 0; i < n; i++) {
    const slope = (ahead[i]! - behind[i]!) / (2 * h);
    expect(Math.abs(times[i]! - slope)).toBeLessThan(1e-6 * (1 + Math.abs(slope)));
    expect(Math.abs(byMatrix[i]! - times[i]!)).toBeLessThan(1e-10 * (1 + Math.abs(slope)));
  }
}

describe('mass action, written out and as families', () => {
  for (const highest of [1, 2, 4]) {
    it(`agrees with the rates taken one by one, up to order ${highest}`, () => {
      for (let seed = 1; seed <= 20; seed++) {
        const { network, list, random } = randomNetwork(seed, 3 + seed, 4 * seed, highest);
        const values = parameterValues(network);
        for (const unrollLimit of [Infinity, 0]) {
          const compiled = compileNetwork(network, values, { unrollLimit });
          expect(compiled.form).toBe(unrollLimit === 0 ? 'families' : 'written out');
          for (let round = 0; round < 2; round++) {
            const y = Float64Array.from({ length: network.dimension }, () => random()), dy = new Float64Array(y.length);
            compiled.system.rhs(0, y, dy);
            const expected = reference(network, list, compiled.parameters.values, y);
            for (let i = 0; i < y.length; i++) expect(Math.abs(dy[i]! - expected[i]!)).toBeLessThan(1e-11 * (1 + Math.abs(expected[i]!)));
            checkDerivatives(compiled, y, random);
            // Other parameters, same structure.
            compiled.setParameters({ values: values.values.map(() => random()), start: values.start });
          }
        }
      }
    });
  }

  it.each([[1000, 4000, 'more species than are gathered at a time'], [5, 300, 'species that many reactions change']])('agrees for %i species and %i reactions: %s', (species, reactions) => {
    const { network, list, random } = randomNetwork(species, species, reactions, 3);
    const compiled = compileNetwork(network, parameterValues(network), { unrollLimit: Infinity });
    const y = Float64Array.from({ length: network.dimension }, () => random()), dy = new Float64Array(y.length);
    compiled.system.rhs(0, y, dy);
    const expected = reference(network, list, compiled.parameters.values, y);
    for (let i = 0; i < y.length; i++) expect(Math.abs(dy[i]! - expected[i]!)).toBeLessThan(1e-11 * (1 + Math.abs(expected[i]!)));
    checkDerivatives(compiled, y, random);
  });

  it('agrees with them over many stretches of species, whose reactions reach from one into the others', () => {
    for (const [species, reactions] of [[3_583, 9_000], [3_585, 9_000], [12_000, 40_000]] as const) {
      const { network, list, random } = randomNetwork(species, species, reactions, 3);
      const compiled = compileNetwork(network), y = Float64Array.from({ length: network.dimension }, () => random()), dy = new Float64Array(y.length);
      compiled.system.rhs(0, y, dy);
      const expected = reference(network, list, compiled.parameters.values, y);
      expect(dy.findIndex((value, i) => !(Math.abs(value - expected[i]!) < 1e-11 * (1 + Math.abs(expected[i]!))))).toBe(-1);
      checkDerivatives(compiled, y, random);
    }
  });

  it.each([4_097, 7_200, 11_000])('agrees with them where %i species are seen a part at a time, and a few are needed from afar', (species) => {
    const { network, list, random } = randomNetwork(species, species, 2 * species, 2, 60);
    const compiled = compileNetwork(network), y = Float64Array.from({ length: network.dimension }, () => random()), dy = new Float64Array(y.length);
    const { views, shapeStart } = (compiled.system as unknown as { fluxes: Fluxes }).fluxes;
    expect(views.moving).toBe(true);
    expect(views.far.length).toBeGreaterThan(0);
    // Fluxes of every shape.
    for (const shape of Object.values(Shape)) expect(shapeStart[shape + 1]).toBeGreaterThan(shapeStart[shape]!);
    for (const factor of [1, 0.5]) {
      compiled.setParameters({ ...compiled.parameters, values: compiled.parameters.values.map((k) => factor * k) });
      compiled.system.rhs(0, y, dy);
      const expected = reference(network, list, compiled.parameters.values, y);
      expect(dy.findIndex((value, i) => !(Math.abs(value - expected[i]!) < 1e-11 * (1 + Math.abs(expected[i]!))))).toBe(-1);
    }
    checkDerivatives(compiled, y, random);
  });

  it('merges reactions of equal net change and shares their sums', () => {
    // Five substrates flipped by the same three enzymes: 5 fluxes, one sum of three constants times enzymes.
    const builder = new NetworkBuilder();
    for (const name of ['E1', 'E2', 'E3']) builder.species(name, 1);
    for (let s = 0; s < 5; s++) builder.species(`S${s}`, 1).species(`P${s}`, 0);
    for (let s = 0; s < 5; s++) for (const e of ['E1', 'E2', 'E3']) builder.reaction(`S${s} + ${e} -> P${s} + ${e}`, Number(e[1]));
    const { system } = compileNetwork(builder.build());
    expect((system as unknown as { size: unknown }).size).toEqual({ fluxes: 5, products: 5, sums: 1, entries: 3 });
  });

  it('keeps a family as loops: a dual-rail matrix–vector product', () => {
    const rows = 7, columns = 5, random = seeded(11);
    const weights = Float64Array.from({ length: rows * columns }, () => 2 * random() - 1);
    const build = (): NetworkBuilder => {
      const b = new NetworkBuilder().species('W', weights, 'dual', [rows, columns]).species('X', Float64Array.from({ length: columns }, () => random()), 'fixed', [columns])
        .species('Y', 0, 'dual', [rows]);
      const [i, j, s] = [0, 1, 2];
      b.family([index('i', rows), index('j', columns), sign('s')],
        [b.term('W', 1, rail(0, s), affine(0, [i, 1]), affine(0, [j, 1])), b.term('X', 1, affine(0, [j, 1]))],
        [b.term('W', 1, rail(0, s), affine(0, [i, 1]), affine(0, [j, 1])), b.term('X', 1, affine(0, [j, 1])), b.term('Y', 1, rail(0, s), affine(0, [i, 1]))], number(1));
      b.family([index('i', rows), sign('s')], [b.term('Y', 1, rail(0, 1), affine(0, [0, 1]))], [], number(1));
      b.family([index('i', rows)], [b.term('Y', 1, rail(0), affine(0, [0, 1])), b.term('Y', 1, rail(1), affine(0, [0, 1]))], [], number(10));
      return b;
    };
    const network = build().build();
    const loops = compileNetwork(network, undefined, { unrollLimit: 0 }), written = compileNetwork(network);
    const y = loops.initialState().map((value) => value + 0.1 * random());
    const a = new Float64Array(y.length), b = new Float64Array(y.length);
    loops.system.rhs(0, y, a);
    written.system.rhs(0, y, b);
    expect(relativeError(a, b, 1e-12)).toBeLessThan(1e-12);
    checkDerivatives(loops, y, random);
    checkDerivatives(written, y, random);
    // The fixed point's difference of rails is the product W x.
    for (const unrollLimit of [0, Infinity]) {
      const result = fixedPoint(network, { rtol: 1e-8 }, { unrollLimit });
      expect(result.outcome.kind).toBe('steady');
      for (let i = 0; i < rows; i++) {
        let product = 0;
        for (let j = 0; j < columns; j++) product += weights[i * columns + j]! * result.fixedPoint.get(`X[${j + 1}]`)!;
        expect(Math.abs(result.fixedPoint.get(`Y^+[${i + 1}]`)! - result.fixedPoint.get(`Y^-[${i + 1}]`)! - product)).toBeLessThan(unrollLimit === 0 ? 1e-5 : 1e-9);
      }
    }
  });

  // Every shape of loop: weighted sums, outer products, two rails annihilating, decay, sources, and odd ones out (strides,
  // reversed order, third order, constants of their own), long and short, even and odd; each reaction again one by one.
  for (const [rows, columns] of [[1, 1], [2, 3], [5, 8], [9, 17], [16, 4]] as const) {
    it(`runs every shape of family right, ${rows} × ${columns}`, () => {
      const random = seeded(rows * 100 + columns), b = new NetworkBuilder();
      const offsets = new Map<string, { readonly offset: number; readonly shape: readonly number[] }>();
      let dimension = 0;
      const declare = (name: string, ...shape: number[]): void => {
        const size = shape.reduce((a, x) => a * x, 1);
        b.species(name, Float64Array.from({ length: size }, () => random()), 'species', shape);
        offsets.set(name, { offset: dimension, shape });
        dimension += size;
      };
      declare('W', rows, columns); declare('V', rows, columns); declare('X', columns); declare('Z', 2 * columns); declare('Y', rows);
      b.parameter('k', Float64Array.from({ length: rows * columns }, () => random()), [rows, columns]);
      /** A species: name and, for each axis, constant + coefficient · variable (0 is i, 1 is j). */
      type Spec = readonly [name: string, ...axes: (readonly [constant: number, variable: 0 | 1, coefficient: number])[]];
      const reactions: { readonly left: number[]; readonly right: number[]; readonly k: number }[] = [];
      const own = Float64Array.from({ length: rows * columns }, () => random());
      const add = (left: readonly Spec[], right: readonly Spec[], constant: number | 'own'): void => {
        const term = ([name, ...axes]: Spec) => b.term(name, 1, ...axes.map(([c, variable, a]) => affine(c, [variable, a])));
        b.family([index('i', rows), index('j', columns)], left.map(term), right.map(term), constant === 'own' ? b.k('k', affine(0, [0, 1]), affine(0, [1, 1])) : number(constant));
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++) {
            const component = ([name, ...axes]: Spec): number => {
              const { offset, shape } = offsets.get(name)!;
              return offset + axes.reduce((at, [c, variable, a], axis) => at * shape[axis]! + c + a * [i, j][variable]!, 0);
            };
            reactions.push({ left: left.map(component), right: right.map(component), k: constant === 'own' ? own[i * columns + j]! : constant });
          }
        }
      };
      const W: Spec = ['W', [0, 0, 1], [0, 1, 1]], V: Spec = ['V', [0, 0, 1], [0, 1, 1]], X: Spec = ['X', [0, 1, 1]], Y: Spec = ['Y', [0, 0, 1]];
      const back: Spec = ['X', [columns - 1, 1, -1]], every: Spec = ['Z', [1, 1, 2]];
      for (const k of [1.5, 'own'] as const) {
        add([W, X], [W, X, Y], k);
        add([Y, X], [Y, X, W], k);
        add([X, Y], [X, Y, V], k);
        add([W, Y], [W, Y, X], k);
        add([W, V], [], k);
        add([W, V], [W, X], k);
        add([W], [], k);
        add([W], [W, Y], k);
        add([], [V], k);
        add([], [Y], k);
        add([W, back], [W, back, every], k);
        add([every, X], [back], k);
        add([W, V, X], [Y, Y, V], k);
        add([W, W], [W, X], k);
        add([every, every], [every, Y], k);
      }
      const network = b.build(), values = parameterValues(network);
      values.values.set(own);
      const compiled = compileNetwork(network, values, { unrollLimit: 0 });
      const y = Float64Array.from({ length: dimension }, () => random()), dy = new Float64Array(dimension), expected = new Float64Array(dimension);
      for (const { left, right, k } of reactions) {
        const rate = left.reduce((product, component) => product * y[component]!, k);
        for (const component of left) expected[component]! -= rate;
        for (const component of right) expected[component]! += rate;
      }
      compiled.system.rhs(0, y, dy);
      for (let x = 0; x < dimension; x++) expect(Math.abs(dy[x]! - expected[x]!)).toBeLessThan(1e-11 * (1 + Math.abs(expected[x]!)));
      checkDerivatives(compiled, y, random);
    });
  }

  it('leaves groups out when told to', () => {
    const b = new NetworkBuilder().species('A', 1).species('B', 0);
    b.family([], [b.term('A')], [b.term('B')], number(1), 'mass action', ['update']);
    const network = b.reaction('B -> 0', 1).build();
    const dy = new Float64Array(2);
    compileNetwork(network, undefined, { without: ['update'] }).system.rhs(0, Float64Array.of(1, 1), dy);
    expect([...dy]).toEqual([0, -1]);
  });
});

describe('rate laws', () => {
  const call = (name: Extract<Scalar, { kind: 'call' }>['function'], ...args: Scalar[]): Scalar => ({ kind: 'call', function: name, arguments: args });

  it('and their derivatives are right, for every function', () => {
    const random = seeded(4);
    const make = (law: (x: Scalar, y: Scalar, k: Scalar) => Scalar) => {
      const b = new NetworkBuilder().species('X', 0.7).species('Y', 1.3).parameter('k', 0.9);
      return b.reaction('X -> Y', law(b.x('X'), b.x('Y'), b.k('k')), 'law').build();
    };
    const cases: [(x: Scalar, y: Scalar, k: Scalar) => Scalar, (x: number, y: number, k: number, t: number) => number][] = [
      [(x, y, k) => binary(binary(k, '*', x), '/', binary(y, '+', x)), (x, y, k) => (k * x) / (y + x)],
      [(x, y) => binary(x, '^', y), (x, y) => x ** y],
      [(x, _y, k) => binary(x, '^', k), (x, _y, k) => x ** k],
      [(x, y) => binary(call('exp', { kind: 'negate', of: x }), '-', y), (x, y) => Math.exp(-x) - y],
      [(x, y) => binary(call('ln', x), '*', call('log10', y)), (x, y) => Math.log(x) * Math.log10(y)],
      [(x, y) => binary(call('sqrt', x), '+', call('abs', binary(x, '-', y))), (x, y) => Math.sqrt(x) + Math.abs(x - y)],
      [(x, y) => binary(call('min', x, y), '*', call('max', x, y, number(0.1))), (x, y) => Math.min(x, y) * Math.max(x, y, 0.1)],
      [(x, y) => binary(call('sin', x), '*', call('cos', y)), (x, y) => Math.sin(x) * Math.cos(y)],
      [(x, y) => binary(call('tan', x), '*', call('tanh', y)), (x, y) => Math.tan(x) * Math.tanh(y)],
      [(x, y) => call('if', call('less', x, y), binary(x, '*', y), number(3)), (x, y) => (x < y ? x * y : 3)],
      [(x) => binary(x, '*', binary(number(1), '+', call('sin', time))), (x, _y, _k, t) => x * (1 + Math.sin(t))],
      [(x, y) => binary(call('floor', binary(x, '*', number(10))), '*', call('not', call('and', call('lessEqual', x, y), call('equal', x, y)))), (x) => Math.floor(10 * x)],
    ];
    for (const [law, value] of cases) {
      for (const unrollLimit of [Infinity, 0]) {
        const compiled = compileNetwork(make(law), undefined, { unrollLimit });
        for (let round = 0; round < 5; round++) {
          const y = Float64Array.of(0.2 + 0.5 * random(), 0.75 + random()), dy = new Float64Array(2), t = random();
          compiled.system.rhs(t, y, dy);
          const expected = value(y[0]!, y[1]!, 0.9, t);
          expect(Math.abs(dy[1]! - expected)).toBeLessThan(1e-12 * (1 + Math.abs(expected)));
          expect(dy[0]).toBe(-dy[1]!);
          checkDerivatives(compiled, y, random, t);
        }
      }
    }
  });

  it('add to mass action of the same net change', () => {
    const b = new NetworkBuilder().species('X', 0.7).species('Y', 1.3).species('Z', 0.4);
    const squared = binary(b.x('X'), '^', number(2)), rooted = binary(b.x('Y'), '^', number(0.5));
    const compiled = compileNetwork(b.reaction('X -> Y', 0.3).reaction('X -> Y', squared, 'law').reaction('X + Y -> Z', 1.7).reaction('X + Y -> Z', rooted, 'law').reaction('Z -> X', 0.6).build());
    const [x, y, z] = [0.7, 1.3, 0.4], turned = 0.3 * x + x ** 2, bound = 1.7 * x * y + y ** 0.5, state = Float64Array.of(x, y, z), dy = new Float64Array(3);
    compiled.system.rhs(0, state, dy);
    for (const [i, expected] of [0.6 * z - turned - bound, turned - bound, bound - 0.6 * z].entries()) expect(dy[i]).toBeCloseTo(expected, 12);
    checkDerivatives(compiled, state, seeded(5));
  });

  it('may depend on time: a pulse and a sinusoidal inflow', () => {
    const b = new NetworkBuilder().species('X', 0);
    const network = b.reaction('0 -> X', binary(number(1), '+', call('cos', time))).build();
    const compiled = compileNetwork(network);
    expect(compiled.autonomous).toBe(false);
    const result = integrate(compiled.system, { t0: 0, t1: 10, y0: Float64Array.of(0), rtol: 1e-9, atol: 1e-12 });
    expect(Math.abs(result.y[0]! - (10 + Math.sin(10)))).toBeLessThan(1e-7);
    expect(() => fixedPoint(network)).toThrow(RangeError);
  });

  it('read counters and array parameters', () => {
    const b = new NetworkBuilder().species('X', Float64Array.of(1, 2, 3), 'species', [3]).parameter('k', Float64Array.of(5, 7, 11), [3]);
    const at = affine(0, [0, 1]);
    b.family([index('i', 3)], [b.term('X', 1, at)], [], binary(binary(b.k('k', at), '*', { kind: 'counter', variable: 0 }), '*', b.x('X', at)), 'law');
    b.family([index('i', 3)], [], [b.term('X', 1, affine(2, [0, -1]))], b.k('k', at));
    for (const unrollLimit of [Infinity, 0]) {
      const compiled = compileNetwork(b.build(), undefined, { unrollLimit }), dy = new Float64Array(3);
      compiled.system.rhs(0, compiled.initialState(), dy);
      expect([...dy]).toEqual([-5 + 11, -7 * 2 * 2 + 7, -11 * 3 * 3 + 5]);
    }
  });

  it('are trusted to keep species non-negative only where they show it', () => {
    const make = (law: (b: NetworkBuilder) => Scalar): boolean | undefined => {
      const b = new NetworkBuilder().species('X', 1).parameter('k', 1);
      return compileNetwork(b.reaction('X -> 0', law(b), 'law').build()).system.nonNegative;
    };
    expect(make((b) => binary(binary(b.k('k'), '*', b.x('X')), '/', binary(b.k('k'), '+', b.x('X'))))).toBe(true);
    expect(make((b) => b.k('k'))).toBe(false);
    expect(make((b) => binary(b.x('X'), '-', number(1)))).toBe(false);
  });
});
