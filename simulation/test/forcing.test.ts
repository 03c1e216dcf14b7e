/** Rates that depend on time: what happens within a moment of a long run is not passed over, and where rates jump, steps end. */
import { describe, expect, it } from 'vitest';
import { boundsOf, evaluateScalar, type Scalar } from '../../chemistry/index.ts';
import { compileNetwork, integrate, Simulator, simulate, type MethodName } from '../index.ts';
import { jumpsOf, turnsOf } from '../forcing/search.ts';
import { binary, number } from './networks.ts';
import { networkOf } from './stochastic-oracles.ts';

const METHODS = ['auto', 'tsit5', 'rkc', 'bdf'] as const satisfies readonly MethodName[];
const time: Scalar = { kind: 'time' };
const call = (name: Extract<Scalar, { kind: 'call' }>['function'], ...list: Scalar[]): Scalar => ({ kind: 'call', function: name, arguments: list });
const final = (text: string, until: number, method: MethodName = 'auto'): number => {
  const { outcome, final: [x] } = simulate(networkOf(text), { until, method });
  expect(outcome).toEqual({ kind: 'reached', t: until });
  return x!;
};

/** x' = a − kx with a = `on` in [from, to) of every period, from x = 0. */
function squareWave(on: number, k: number, from: number, to: number, period: number, until: number): number {
  let x = 0;
  for (let t = 0; t < until; t += period) {
    for (const [start, end, a] of [[0, from, 0], [from, to, on], [to, period, 0]] as const) {
      const span = Math.max(0, Math.min(until, t + end) - (t + start)), left = Math.exp(-k * span);
      x = x * left + (a / k) * (1 - left);
    }
  }
  return x;
}

describe.each(METHODS)('%s', (method) => {
  it('sees a pulse of a hundred-thousandth of the run', () => {
    expect(final('species X\n0 -> X @ if(and(lessEqual(50, time), less(time, 50.001)), 1000, 0)\n', 100, method)).toBeCloseTo(1, 9);
  });

  it('sees one of a billionth', () => {
    expect(final('species X\n0 -> X @ if(and(less(777, time), less(time, 777 + 1e-6)), 1e6, 0)\n', 1000, method)).toBeCloseTo(1, 6);
  });

  it('sees narrow bumps and spikes without jumps', () => {
    expect(final('species X\n0 -> X @ 1000*exp(-((time - 50)/0.001)^2)\n', 100, method)).toBeCloseTo(Math.sqrt(Math.PI), 4);
    expect(final('species X\n0 -> X @ 1000*max(0, 1 - abs(time - 50)/0.001)\n', 100, method)).toBeCloseTo(1, 5);
  });

  it('follows light and dark, told by a sine or by whole days', () => {
    const truth = squareWave(1, 0.1, 0, Math.PI, 2 * Math.PI, 100);
    expect(final('species X\n0 -> X @ if(less(0, sin(time)), 1, 0)\nX -> 0 @ 0.1\n', 100, method)).toBeCloseTo(truth, 4);
    const days = squareWave(2, 0.05, 6, 18, 24, 500), text = 'param day = 24\nspecies X\n0 -> X @ 2*if(and(lessEqual(6, time - day*floor(time/day)), less(time - day*floor(time/day), 18)), 1, 0)\nX -> 0 @ 0.05\n';
    expect(final(text, 500, method)).toBeCloseTo(days, 3);
  });

  it('sees a condition within a law of species', () => {
    // X' = −X in [40, 40.5), else 0.
    expect(final('species X = 1\nX -> 0 rate if(and(lessEqual(40, time), less(time, 40.5)), X, 0)\n', 1000, method)).toBeCloseTo(Math.exp(-0.5), 5);
  });

  it('takes what a parameter says when the run begins', () => {
    const simulator = new Simulator(networkOf('param on = 50\nspecies X\n0 -> X @ if(and(lessEqual(on, time), less(time, on + 0.001)), 1000, 0)\n'));
    const at = (t: number, on: number): number => {
      const { species } = simulator.run({ until: 100, times: [t], method, parameters: new Map([['on', on]]) });
      return species.get('X')![0]!;
    };
    expect([at(60, 50), at(60, 70), at(80, 70)].map((x) => Math.round(1e6 * x) / 1e6)).toEqual([1, 0, 1]);
  });

  it('tells the times of a family’s members apart, written out or not', () => {
    const network = networkOf('param n = 4\nspecies X[n]\nfor i in 1..n { 0 -> X[i] @ if(and(less(10*i, time), less(time, 10*i + 0.001*i)), 1000, 0) }\n');
    for (const unrollLimit of [1000, 0]) {
      const compiled = compileNetwork(network, undefined, { unrollLimit });
      const { outcome, y } = integrate(compiled.system, { t0: 0, t1: 1000, y0: compiled.initialState(), method });
      expect(outcome.kind).toBe('reached');
      [...y].forEach((x, i) => { expect(x).toBeCloseTo(i + 1, 6); });
    }
  });
});

describe('where rates jump', () => {
  it('is found to the last digit', () => {
    const first = (step: Scalar, to = 100): number | undefined => jumpsOf(step, 0, to).next().value;
    expect(first(call('lessEqual', number(50), time))).toBe(50);
    expect(first(call('less', number(50), time))).toBe(50 + 2 ** -47);
    expect(first(call('less', number(50), time), Infinity)).toBe(50 + 2 ** -47);
    expect([...jumpsOf(call('floor', binary(time, '/', number(3))), 0, 10)]).toEqual([3, 6, 9]);
    const crossings = [...jumpsOf(call('less', number(0), call('sin', time)), 0, 10)];
    // 0, where the sine begins to be above it, π, 2π, 3π.
    expect(crossings.length).toBe(4);
    crossings.forEach((t, k) => { expect(Math.abs(t - k * Math.PI)).toBeLessThan(1e-14); });
    expect(first(call('less', time, number(-1)))).toBe(undefined);
  });

  it('is nowhere where two curves only touch', () => {
    const square = binary(binary(time, '-', number(5)), '^', number(2));
    expect([...jumpsOf(call('less', square, number(0)), 0, 10)]).toEqual([]);
  });

  it('is no place for the rate after it', () => {
    // Had the steps before t = 1 seen the rate after it, they would have been rejected down to nothing.
    const { outcome, steps, final: [x] } = simulate(networkOf('species X\n0 -> X @ if(lessEqual(1, time), 1e6, 0)\n'), { until: 1 });
    expect([outcome.kind, x]).toEqual(['reached', 0]);
    expect(steps).toBeLessThan(20);
  });
});

describe('where a curve has to be looked at', () => {
  it('is at both ends of a bump and within', () => {
    const bump = call('exp', { kind: 'negate', of: binary(binary(binary(time, '-', number(50)), '/', number(1e-3)), '^', number(2)) });
    const turns = turnsOf(bump, 0, 100);
    expect(turns.some((t) => t > 49.99 && t < 50)).toBe(true);
    expect(turns.some((t) => t > 50 && t < 50.01)).toBe(true);
    expect(turns.length).toBeLessThan(60);
  });

  it('is nowhere in particular for what changes all the time, or never', () => {
    expect(turnsOf(call('sin', binary(number(1000), '*', time)), 0, 100)).toEqual([]);
    expect(turnsOf(binary(number(3), '+', number(4)), 0, 100)).toEqual([]);
  });
});

describe('bounds of an expression between two times', () => {
  const x = binary(time, '-', number(3));
  const cases: readonly [string, Scalar][] = [
    ['sin', call('sin', binary(number(2), '*', x))], ['cos', call('cos', x)], ['tan', call('tan', binary(x, '/', number(4)))],
    ['an odd power', binary(x, '^', number(3))], ['an even power', binary(x, '^', number(2))],
    ['if', call('if', call('less', x, number(0)), call('exp', x), call('tanh', x))],
    ['and', call('and', call('lessEqual', number(1), time), call('not', call('less', number(4), time)))],
    ['or', call('or', call('equal', call('floor', time), number(2)), call('less', time, number(1)))],
    ['min', call('min', x, call('abs', x), number(1))],
  ];
  it.each(cases)('%s holds all its values, and for a moment nothing else', (_, part) => {
    const context = { network: { blocks: [], parameters: [] } };
    for (let k = 0; k < 400; k++) {
      const from = (k % 20) / 3, to = from + 0.01 * 1.4 ** Math.floor(k / 20);
      const [low, high] = boundsOf(part, { network: context.network, variables: [], known: new Map(), time: [from, to] });
      for (let s = 0; s <= 20; s++) {
        const value = evaluateScalar(part, { ...context, time: from + ((to - from) * s) / 20 });
        expect(value).toBeGreaterThanOrEqual(low - 1e-12);
        expect(value).toBeLessThanOrEqual(high + 1e-12);
      }
      const here = boundsOf(part, { network: context.network, variables: [], known: new Map(), time: [from, from] }), value = evaluateScalar(part, { ...context, time: from });
      expect(Math.abs(here[0] - value) + Math.abs(here[1] - value)).toBeLessThan(1e-12 * Math.max(1, Math.abs(value)));
    }
  });
});
