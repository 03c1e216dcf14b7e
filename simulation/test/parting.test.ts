/** What fixed zeros leave to itself is not integrated: against the same network written out, which is integrated whole. */
import { describe, expect, it } from 'vitest';
import { parameterValues, type Network, type ParameterValues } from '../../chemistry/index.ts';
import { compileNetwork, integrate, type IntegrationRequest, type IntegrationResult } from '../index.ts';
import { drawFactors, withFactors } from '../training/noise.ts';
import { streamOf } from '../training/streams.ts';
import { networkOf, potText } from './pots.ts';
import { seeded } from './problems.ts';

const block = (network: Network, name: string) => network.blocks.find((candidate) => candidate.name === name)!;

/** All amounts positive, the fixed X of every third index alone. */
function startOf(network: Network, values: ParameterValues, random: () => number): Float64Array {
  const y0 = compileNetwork(network, values).initialState().map((y) => y + 0.2 * random());
  const { offset, size } = block(network, 'X');
  for (let j = 0; j < size; j++) y0[offset + j] = j % 3 === 0 ? random() : 0;
  return y0;
}

function both(network: Network, y0: Float64Array, request: Partial<IntegrationRequest>, values = parameterValues(network)): { parted: IntegrationResult; whole: IntegrationResult } {
  const run = (unrollLimit: number): IntegrationResult => integrate(compileNetwork(network, values, { unrollLimit }).system, { t0: 0, t1: 5, y0, rtol: 1e-9, atol: 1e-12, ...request });
  return { parted: run(0), whole: run(Infinity) };
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let worst = 0;
  for (let i = 0; i < a.length; i++) worst = Math.max(worst, Math.abs(a[i]! - b[i]!) / (1e-3 + Math.abs(b[i]!)));
  return a.length === b.length ? worst : NaN;
}

describe('parting', () => {
  for (const λ of [0, 0.3]) {
    it(`solves a pot whose inputs are zeros for the most part as the whole network is solved, decay ${λ}`, () => {
      const network = networkOf(potText({ widths: [300, 4, 3], λ, η: 0.05 })), y0 = startOf(network, parameterValues(network), seeded(3));
      // Rails that are equal, and one that is empty, have closed forms of their own.
      const { offset } = block(network, 'W1');
      y0[offset + 1] = y0[offset + 1201] = 0.4;
      y0[offset + 2] = 0;
      const { parted, whole } = both(network, y0, {});
      // Two thirds of 300 inputs, and of their weights to 4 units on two rails.
      expect(parted.closedForm).toBe(200 + 2 * 4 * 200);
      expect(whole.closedForm).toBeUndefined();
      expect(parted.outcome).toEqual({ kind: 'reached', t: 5 });
      expect(distance(parted.y, whole.y)).toBeLessThan(1e-6);
      expect(distance(y0, whole.y)).toBeGreaterThan(0.1);
    });
  }

  it('takes constants of each reaction’s own with it', () => {
    const noise = { distribution: 'lognormal', size: 0.5, per: 'reaction', when: 'frozen' } as const;
    const { network, factors } = withFactors(networkOf(potText({ widths: [300, 4, 2] })), noise), values = parameterValues(network);
    drawFactors(factors, noise, streamOf(5, 'rates'), values);
    const { parted, whole } = both(network, startOf(network, values, seeded(4)), { t1: 2 }, values);
    expect(parted.closedForm).toBe(200 + 2 * 4 * 200);
    expect(distance(parted.y, whole.y)).toBeLessThan(1e-6);
  });

  it('shows whole states at the steps and between them', () => {
    const network = networkOf(potText({ widths: [300, 4, 2] })), y0 = startOf(network, parameterValues(network), seeded(5)), { system } = compileNetwork(network, undefined, { unrollLimit: 0 });
    let steps = 0;
    const between = new Float64Array(y0.length);
    const { y } = integrate(system, { t0: 0, t1: 1, y0, onStep: (step) => {
      if (steps++ % 10 !== 0 && step.t1 < 1) return;
      const t = (step.t0 + step.t1) / 2;
      step.at(t, between);
      for (const [time, state] of [[t, between], [step.t1, step.y]] as const) {
        expect(distance(state, integrate(compileNetwork(network).system, { t0: 0, t1: time, y0, rtol: 1e-8, atol: 1e-11 }).y)).toBeLessThan(1e-3);
      }
      expect(step.integrated!.length).toBe(y0.length - 1800);
      if (step.t1 === 1) expect(step.y.every(Number.isFinite)).toBe(true);
    } });
    expect(steps).toBeGreaterThan(3);
    expect(y.length).toBe(y0.length);
  });

  const text = (more: string): string => `fixed X[1500]\nspecies A[1500] = 1, B[1500] = 0.5, Y = 0\nfor j in 1..1500 {\n  X[j] + A[j] -> X[j] + A[j] + Y @ 1e-3\n  A[j] + B[j] -> 0 @ 2\n}\nY -> 0 @ 1\n${more}`;
  const closedForm = (more: string, request: Partial<IntegrationRequest> = {}): number | undefined => {
    const network = networkOf(text(more)), y0 = startOf(network, parameterValues(network), seeded(6)), { parted, whole } = both(network, y0, request);
    if (request.cancel === undefined) expect(distance(parted.y, whole.y)).toBeLessThan(1e-5);
    return parted.closedForm;
  };

  it('is for what annihilates, decays alike or stays', () => {
    expect(closedForm('')).toBe(3000);
    expect(closedForm('for j in 1..1500 { A[j] -> 0 @ 0.3\n B[j] -> 0 @ 0.3 }')).toBe(3000);
    expect(closedForm('species Z[1500] = 2\nfor j in 1..1500 { Z[j] -> 0 @ 0.3\n X[j] -> X[j] + Z[j] @ 1 }')).toBe(4000);
    expect(closedForm('species Z[1500] = 2\nfor j in 1..1500 { X[j] + Z[j] -> X[j] @ 1 }')).toBe(4000);
  });

  it('leaves alone what has no such closed form or is tied to others', () => {
    // Decays that differ, growth, a third that takes part, a reaction without the fixed species, an index written out or shifted.
    expect(closedForm('for j in 1..1500 { A[j] -> 0 @ 0.3 }')).toBeUndefined();
    expect(closedForm('for j in 1..1500 { A[j] -> 2 A[j] @ 0.01\n B[j] -> 2 B[j] @ 0.01 }')).toBeUndefined();
    expect(closedForm('species Z[1500] = 1\nfor j in 1..1500 { A[j] + Z[j] -> 0 @ 0.1 }')).toBeUndefined();
    expect(closedForm('for j in 1..1500 { A[j] -> A[j] + Y @ 1e-4 }')).toBeUndefined();
    expect(closedForm('A[2] -> Y @ 0.1')).toBeUndefined();
    expect(closedForm('for j in 1..1499 { B[j] -> B[j+1] @ 0.1 }')).toBeUndefined();
    expect(closedForm('Y -> 0 rate 0.1 * Y / (1 + Y)')).toBeUndefined();
  });

  it('takes what is a little below zero for as long as that does not run away', () => {
    const network = networkOf(text('')), compiled = compileNetwork(network, undefined, { unrollLimit: 0 }), y0 = compiled.initialState();
    y0[block(network, 'A').offset] = -1e-9;
    // a' = −2ab with b − a = ½ runs away, from a = −1e-9, in about |a|·k·span.
    expect(compiled.system.part!(y0, 1)).toBeDefined();
    expect(compiled.system.part!(y0, 4e8)).toBeUndefined();
  });

  it('names components as the whole network does, and is cancelled as it is', () => {
    const network = networkOf(text('species Z = 1\n2 Z -> 3 Z @ 1')), y0 = startOf(network, parameterValues(network), seeded(7)), { system } = compileNetwork(network, undefined, { unrollLimit: 0 });
    const { outcome, closedForm: apart } = integrate(system, { t0: 0, t1: 5, y0 });
    expect(apart).toBe(3000);
    expect(outcome).toMatchObject({ kind: 'diverged', component: block(network, 'Z').offset });
    let polls = 0;
    const cancelled = integrate(system, { t0: 0, t1: 5, y0, cancel: () => ++polls > 3 });
    expect(cancelled.outcome.kind).toBe('cancelled');
    expect(cancelled.y.every(Number.isFinite)).toBe(true);
  });
});
