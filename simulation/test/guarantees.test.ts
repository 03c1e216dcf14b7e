/** What holds of every result, whatever the network: finite numbers, an honest outcome, nothing that depends on the output. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileNetwork, integrate, type IntegrationRequest, type MethodName, type OdeSystem } from '../index.ts';
import { NetworkBuilder } from './networks.ts';

const METHODS: readonly MethodName[] = ['auto', 'tsit5', 'rkc', 'bdf'];

interface Reaction {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly constant: number;
}

const SPECIES = 4, RUNS = 150;
const side = fc.array(fc.nat(SPECIES - 1), { maxLength: 3 });
const power = (low: number, high: number): fc.Arbitrary<number> => fc.double({ min: low, max: high, noNaN: true }).map((e) => 10 ** e);
/** Constants of all sizes, some of them out of all scale. */
const constant = fc.oneof({ weight: 6, arbitrary: power(-3, 3) }, { weight: 2, arbitrary: power(-12, 12) }, { weight: 1, arbitrary: power(-300, 300) }, { weight: 1, arbitrary: fc.constantFrom(0, 5e-324, 1.7e308) });
const concentration = fc.oneof({ weight: 6, arbitrary: power(-2, 2) }, { weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: power(-200, 140) });
const reactions: fc.Arbitrary<Reaction[]> = fc.array(fc.record({ left: side, right: side, constant }), { minLength: 1, maxLength: 6 });

function compiled(list: readonly Reaction[], start: readonly number[], families: boolean): { system: OdeSystem; y0: Float64Array } {
  const builder = new NetworkBuilder();
  start.forEach((value, i) => builder.species(`X${i}`, value));
  const text = (of: readonly number[]): string => of.map((i) => `X${i}`).join(' + ');
  for (const { left, right, constant: k } of list) builder.reaction(`${text(left)} -> ${text(right)}`, k);
  const network = compileNetwork(builder.build(), undefined, families ? { unrollLimit: 0 } : {});
  return { system: network.system, y0: network.initialState() };
}

describe('random networks, with blow-ups, overflow and constants out of scale', () => {
  for (const method of METHODS) {
    it(`${method}: every number of every step is finite and not negative, the outcome is told, and output changes nothing`, () => {
      fc.assert(fc.property(reactions, fc.array(concentration, { minLength: SPECIES, maxLength: SPECIES }), power(-3, 6), fc.boolean(), fc.boolean(), (list, start, t1, families, toFixedPoint) => {
        const { system, y0 } = compiled(list, start, families);
        const request: IntegrationRequest = { t0: 0, t1: toFixedPoint ? Infinity : t1, y0, method, maxSteps: method === 'rkc' ? 200 : 2000, ...(toFixedPoint ? { steady: { tolerance: 1e-6 } } : {}) };
        const bare = integrate(system, request), between = new Float64Array(y0.length);
        const bad = (v: Float64Array): boolean => !v.every((x) => Number.isFinite(x) && x >= 0);
        let before = 0, wrong = '';
        const watched = integrate(system, { ...request, onStep: (step) => {
          if (!(step.t1 > step.t0) || step.t0 !== before) wrong ||= `step from ${step.t0} to ${step.t1} after ${before}`;
          before = step.t1;
          if (bad(step.y)) wrong ||= `${step.y.join()} at ${step.t1}`;
          for (const theta of [0.25, 0.5, 0.9]) {
            step.at(step.t0 + theta * (step.t1 - step.t0), between);
            if (bad(between)) wrong ||= `${between.join()} within the step to ${step.t1}`;
          }
        } });
        expect(wrong).toBe('');
        expect(bad(bare.y)).toBe(false);
        expect(watched).toEqual(bare);
        const { outcome } = bare;
        expect(Number.isFinite(outcome.t)).toBe(true);
        if (outcome.kind === 'reached') expect(outcome.t).toBe(t1);
        if (outcome.kind === 'steady') expect(Number.isFinite(outcome.residual)).toBe(true);
        if (outcome.kind === 'diverged') expect(outcome.component).toBeLessThan(SPECIES);
        if (outcome.kind === 'stuck' && outcome.reason === 'step underflow') expect(outcome.component).toBeGreaterThanOrEqual(0);
      }), { numRuns: RUNS, seed: 20 });
    });
  }
});
