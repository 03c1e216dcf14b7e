/** Compiled networks against rate equations evaluated reaction by reaction, differences, closed forms and conservation. */
import { describe, expect, it } from 'vitest';
import { parameterValues, type Network, type Scalar } from '../../chemistry/index.ts';
import { compileNetwork, fixedPoint, integrate, simulate, Simulator, type CompiledNetwork } from '../index.ts';
import { Arena } from '../kernels/arena.ts';
import { multiply } from '../linear/newton-matrix.ts';
import { affine, binary, index, NetworkBuilder, number, rail, sign, time } from './networks.ts';
import { pollution, relativeError, seeded } from './problems.ts';

/** A random network of plain reactions and the same as (reactants, products, constant). */
function randomNetwork(seed: number, species: number, reactions: number, highest: number) {
  const random = seeded(seed), builder = new NetworkBuilder(), pick = (n: number): number => Math.floor(random() * n);
  for (let i = 0; i < species; i++) builder.species(`X${i}`, random(), random() < 0.1 ? 'fixed' : 'species');
  for (let p = 0; p < 5; p++) builder.parameter(`k${p}`, random());
  const list: { readonly left: number[]; readonly right: number[]; readonly parameter: number; readonly factor: number }[] = [];
  for (let r = 0; r < reactions; r++) {
    const left = Array.from({ length: pick(highest + 1) }, () => pick(species)), right = Array.from({ length: pick(4) }, () => pick(species));
    const parameter = pick(5), factor = 1 + pick(3);
    const text = (side: number[]): string => [...new Set(side)].map((i) => `${side.filter((j) => j === i).length} X${i}`).join(' + ');
    list.push({ left, right, parameter, factor });
    builder.reaction(`${text(left)} -> ${text(right)}`, factor === 1 ? `k${parameter}` : binary(number(factor), '*', builder.k(`k${parameter}`)));
    if (random() < 0.3 && left.length <= highest) {
      // The reverse, so that net changes coincide up to sign.
      list.push({ left: right, right: left, parameter, factor: 1 });
      builder.reaction(`${text(right)} -> ${text(left)}`, `k${parameter}`);
    }
  }
  return { network: builder.build(), list, random };
}

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
  const bindings = (): Network => {
    const random = seeded(8), n = 200, b = new NetworkBuilder();
    for (let i = 0; i < n; i++) b.species(`X${i}`, random());
    for (let r = 0; r < 600; r++) {
      const [i, j, k] = [0, 0, 0].map(() => Math.floor(random() * n)) as [number, number, number];
      if (i === j || j === k || i === k) continue;
      b.reaction(`X${i} + X${j} -> X${k} + X${(k + 1) % n}`, 10 ** (4 * random() - 2)).reaction(`X${k} -> X${(i + 7) % n}`, 10 ** (2 * random() - 1));
    }
    return b.build();
  };

  it('do not hide a fixed point', () => {
    const { outcome, residual, simulation } = fixedPoint(bindings(), { method: 'bdf' });
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
