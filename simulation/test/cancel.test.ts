/** Nothing goes on for long after `cancel` has said so: everything that takes long asks, and is left at once. */
import { describe, expect, it } from 'vitest';
import { unroll } from '../../chemistry/index.ts';
import { Cancelled, pollOf } from '../cancel.ts';
import {
  fixedPoints, integrate, Simulator, StochasticSimulator, type IntegrationRequest, type OdeSystem,
  PotTrainer, SilicoTrainer, silicoTask, trainPot, type NoiseSettings, type SilicoSettings, type TrainingSettings,
} from '../index.ts';
import { eigenvalues } from '../linear/eigenvalues.ts';
import { minimumDegree } from '../linear/order.ts';
import { forecastFill, SparseLU } from '../linear/sparse-lu.ts';
import { compileNetwork } from '../network/compile.ts';
import { conservedTotals } from '../network/conserved.ts';
import type { Fluxes } from '../network/fluxes.ts';
import type { Network } from '../../chemistry/index.ts';
import { affine, index, NetworkBuilder, number } from './networks.ts';
import { potPlan, XOR } from './pots.ts';

/** A chain of n species that exchange, and pairs that bind: 4(n − 1) reactions, as families. */
function chain(n: number): Network {
  const builder = new NetworkBuilder().species('X', Float64Array.from({ length: n }, (_, k) => 1 + Math.sin(k)), 'species', [n]).species('C', 0, 'species', [n]);
  const i = index('i', n - 1), at = (k: number) => affine(k, [0, 1]), X = (k: number) => builder.term('X', 1, at(k));
  return builder.family([i], [X(0)], [X(1)], number(1)).family([i], [X(1)], [X(0)], number(200))
    .family([i], [X(0), X(1)], [builder.term('C', 1, at(0))], number(2)).family([i], [builder.term('C', 1, at(0))], [X(0), X(1)], number(20)).build();
}

/** True from the k-th question on. */
function after(k: number): { readonly cancel: () => boolean; asked: number } {
  const counter = { asked: 0, cancel: (): boolean => ++counter.asked >= k };
  return counter;
}

/** How often a piece of work asks; and it must be left by the throw of its first, last and a middle question. */
function questions(work: (cancel: () => boolean) => void): number {
  const whole = after(Infinity);
  work(whole.cancel);
  for (const k of [1, Math.ceil(whole.asked / 2), whole.asked]) {
    const some = after(k);
    expect(() => { work(some.cancel); }).toThrow(Cancelled);
    expect(some.asked).toBe(k);
  }
  return whole.asked;
}

describe('work that throws Cancelled', () => {
  const network = chain(3000), compiled = compileNetwork(network), { pattern } = compiled.system.jacobian!, order = minimumDegree(pattern);

  it('asks every few thousand reactions while a network is compiled', () => {
    expect(questions((cancel) => compileNetwork(network, undefined, { cancel }))).toBeGreaterThan(20);
    expect(questions((cancel) => compileNetwork(network, undefined, { cancel, unrollLimit: 0 }))).toBeGreaterThanOrEqual(4);
    expect(questions((cancel) => unroll(network, { poll: pollOf(cancel) }))).toBe(3);
    expect(questions((cancel) => new Simulator(network, { cancel }))).toBeGreaterThan(20);
    expect(questions((cancel) => new StochasticSimulator(network, { cancel }))).toBeGreaterThan(5);
  });

  it('asks while an elimination order and its fill are found', () => {
    expect(questions((cancel) => minimumDegree(pattern, pollOf(cancel)))).toBeGreaterThan(50);
    expect(questions((cancel) => forecastFill(pattern, order, Infinity, pollOf(cancel)))).toBeGreaterThan(50);
  });

  it('asks while eigenvalues are found', () => {
    const n = 60, matrix = (): Float64Array => Float64Array.from({ length: n * n }, (_, k) => Math.sin(k * k));
    expect(questions((cancel) => eigenvalues(n, matrix(), pollOf(cancel)))).toBeGreaterThan(n);
  });

  it('asks while totals are found', () => {
    const { fluxes } = compiled.system as unknown as { readonly fluxes: Fluxes };
    const asked = questions((cancel) => conservedTotals(fluxes, pollOf(cancel)));
    expect(asked).toBeGreaterThan(50);
    // One in a hundred rounds asks: their number grows with the chain, not with its square.
    expect(asked).toBeLessThan(10 * 6000 / 100);
    const { pivots, component, coefficient } = conservedTotals(fluxes);
    // Σ X + 2 Σ C, and the last C, which takes part in nothing.
    expect(pivots).toHaveLength(2);
    expect(component).toHaveLength(6000);
    expect(new Set(coefficient.slice(0, -1))).toEqual(new Set([1, 2]));
  });

  it('asks while a matrix is factorised, the first time and again, and leaves it usable', () => {
    const system = compiled.system, y = compiled.initialState(), values = new Float64Array(pattern.rowIndex.length);
    system.jacobian!.fill(0, y, values);
    const matrix = values.map((value) => -0.01 * value);
    for (let j = 0; j < pattern.n; j++) for (let p = pattern.columnStart[j]!; p < pattern.columnStart[j + 1]!; p++) if (pattern.rowIndex[p] === j) matrix[p]! += 1;
    let limit = after(Infinity);
    const lu = new SparseLU(pattern, pollOf(() => limit.cancel()), order);
    const attempt = (at: number): void => {
      limit = after(at);
      expect(() => lu.factorise(matrix)).toThrow(Cancelled);
      expect(limit.asked).toBe(at);
    };
    attempt(40);
    limit = after(Infinity);
    expect(lu.factorise(matrix)).toBe(true);
    // What was worked out before is thrown away with the second attempt, not half of it kept.
    attempt(40);
    limit = after(Infinity);
    expect(lu.factorise(matrix)).toBe(true);
    const x = Float64Array.from(y);
    lu.solve(x);
    const image = new Float64Array(y.length);
    for (let j = 0; j < pattern.n; j++) for (let p = pattern.columnStart[j]!; p < pattern.columnStart[j + 1]!; p++) image[pattern.rowIndex[p]!]! += matrix[p]! * x[j]!;
    expect(Math.max(...image.map((value, i) => Math.abs(value - y[i]!)))).toBeLessThan(1e-10);
  });
});

/** The system with every evaluation, product and Jacobian counted. */
function watched(system: OdeSystem): { readonly system: OdeSystem; work: number } {
  const counter = {
    work: 0,
    system: {
      dimension: system.dimension, ...(system.nonNegative === undefined ? {} : { nonNegative: system.nonNegative }),
      rhs: (t, y, dy) => { counter.work++; system.rhs(t, y, dy); },
      ...(system.jacobian === undefined ? {} : { jacobian: { pattern: system.jacobian.pattern, fill: (t, y, values) => { counter.work++; system.jacobian!.fill(t, y, values); } } }),
      ...(system.jacobianTimes === undefined ? {} : { jacobianTimes: (t, y, v, out) => { counter.work++; system.jacobianTimes!(t, y, v, out); } }),
      ...(system.conserved === undefined ? {} : { conserved: system.conserved }),
    } satisfies OdeSystem as OdeSystem,
  };
  return counter;
}

describe('an integration', () => {
  const small = chain(40), none = (compiled: OdeSystem): OdeSystem => ({ dimension: compiled.dimension, rhs: (t, y, dy) => { compiled.rhs(t, y, dy); }, nonNegative: true });
  const cases: [string, OdeSystem, Partial<IntegrationRequest>][] = [
    ['BDF, sparse LU', compileNetwork(chain(400)).system, { method: 'bdf' }],
    ['BDF, GMRES with products', compileNetwork(small, undefined, { unrollLimit: 0 }).system, { method: 'bdf' }],
    ['BDF, GMRES with differences', none(compileNetwork(chain(120)).system), { method: 'bdf' }],
    ['BDF, differences column by column', none(compileNetwork(small).system), { method: 'bdf' }],
    ['RKC', compileNetwork(small, undefined, { unrollLimit: 0 }).system, { method: 'rkc' }],
    ['Tsit5', compileNetwork(small).system, { method: 'tsit5' }],
    ['automatic', compileNetwork(small, undefined, { unrollLimit: 0 }).system, {}],
    ['to the fixed point', compileNetwork(small).system, { t1: Infinity, steady: { tolerance: 1e-6 } }],
  ];
  for (const [name, system, request] of cases) {
    it(`does nothing more, wherever it is asked (${name})`, () => {
      const counter = watched(system), n = system.dimension, y0 = Float64Array.from({ length: n }, (_, k) => 1 + Math.sin(k));
      const run = (cancel: () => boolean) => integrate(counter.system, { t0: 0, t1: 1, y0, ...request, cancel });
      // Elimination orders are kept with the pattern: the first run asks more.
      run(() => false);
      const whole = after(Infinity), outcome = run(whole.cancel).outcome.kind;
      expect(outcome).toBe(request.steady === undefined ? 'reached' : 'steady');
      // No stretch of work between two questions is longer than a few evaluations.
      let last = 0, longest = 0;
      counter.work = 0;
      run(() => {
        longest = Math.max(longest, counter.work - last);
        last = counter.work;
        return false;
      });
      expect(longest).toBeLessThanOrEqual(name === 'Tsit5' || name === 'automatic' || name === 'to the fixed point' ? 20 : 6);
      for (let part = 0; part <= 40; part++) {
        const limit = after(1 + Math.floor((whole.asked - 1) * (part / 40)));
        let work = -1;
        const { outcome: ended, y } = run(() => {
          const now = limit.cancel();
          if (now && work < 0) work = counter.work;
          return now;
        });
        expect(ended.kind).toBe('cancelled');
        expect(counter.work).toBe(work);
        expect(y.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
      }
    });
  }
});

describe('runs of a network', () => {
  it('tell that they were cancelled while fixed points, stability and saddles are looked for', () => {
    const builder = new NetworkBuilder().species('A', 1).species('B', 0.2);
    builder.reaction('0 -> A', 0.5).reaction('A -> 0', 1).reaction('2 A + B -> 3 A', 1).reaction('A -> B', 0.3).reaction('B -> 0', 0.1);
    const simulator = new Simulator(builder.build()), whole = after(Infinity);
    const all = fixedPoints(simulator, { starts: 4, cancel: whole.cancel });
    expect(all.points[0]!.spectrum.stability).not.toBe('unknown');
    for (let part = 0; part < 20; part++) {
      const limit = after(1 + Math.floor((whole.asked * part) / 20)), found = fixedPoints(simulator, { starts: 4, cancel: limit.cancel });
      expect(found.starts).toBeLessThanOrEqual(4);
      // Left at once: at most one question more by each of the loops around it.
      expect(limit.asked).toBeLessThan(1 + Math.floor((whole.asked * part) / 20) + 60);
    }
  });

  it('molecule by molecule end where the question is asked, in leaps of many reactions too', () => {
    for (const method of ['ssa', 'tau', 'langevin'] as const) {
      const simulator = new StochasticSimulator(chain(200)), limit = after(3);
      const { outcome } = simulator.run({ until: 100, volume: 100, method, cancel: limit.cancel });
      expect(outcome.kind).toBe('cancelled');
      expect(limit.asked).toBe(3);
    }
  });
});

describe('training', () => {
  const plan = potPlan({ widths: [2, 3, 1], seed: 3 }), base: TrainingSettings = { dwell: 20, epochs: 2, seed: 4 };
  const noise = (more: Partial<NoiseSettings>): Partial<TrainingSettings> => ({ noise: { seed: 1, ...more } });
  const cases: [string, Partial<TrainingSettings>][] = [
    ['all rails', { reduction: 'none' }],
    ['all rails, BDF', { reduction: 'none', method: 'bdf' }],
    ['differences', {}],
    ['differences, explicit', { method: 'tsit5' }],
    ['constants redrawn every dwell', noise({ rates: { distribution: 'normal', size: 0.1, when: 'dwell', per: 'reaction' } })],
    ['kicks', noise({ concentrations: { distribution: 'lognormal', size: 0.02, species: 'all' } })],
    ['molecules', { ...noise({ intrinsic: { method: 'tau', volume: 1000 } }), dwell: 2, epochs: 1 }],
  ];
  for (const [name, more] of cases) {
    it(`begins a presentation that was broken off anew, and comes to the same bit for bit (${name})`, () => {
      const settings = { ...base, ...more }, whole = trainPot(plan, XOR, settings), trainer = new PotTrainer(plan, XOR, settings);
      let asked = 0, broken = 0;
      for (let k = 1; trainer.finished === undefined; k = (3 * k) % 1009) {
        // Every step is broken off once, at another question each time, if it asks so many.
        const before = trainer.checkpoint(), row = trainer.nextRow;
        let questions = 0;
        trainer.step({}, undefined, () => { asked++; return ++questions >= 1 + (k % 50); });
        const after = trainer.checkpoint(), advanced = after.presentations > before.presentations || after.epoch > before.epoch;
        if (advanced) continue;
        broken++;
        if (row !== undefined) expect(after).toEqual(before);
        trainer.step();
      }
      expect(broken).toBeGreaterThanOrEqual(3);
      expect(asked).toBeGreaterThan(50);
      const { checkpoint: numbers, ...end } = whole, { reason } = whole;
      expect({ ...trainer.outcome(reason) }).toEqual(end);
      expect(trainer.checkpoint()).toEqual(numbers);
    }, 60_000);
  }

  it('in silico, too', () => {
    const settings: SilicoSettings = { epochs: 3, seed: 2, batch: 2, optimiser: { kind: 'adam', rate: 0.01 } };
    const whole = new SilicoTrainer(silicoTask(plan), XOR, settings), trainer = new SilicoTrainer(silicoTask(plan), XOR, settings);
    while (whole.finished === undefined) whole.step();
    let broken = 0;
    for (let k = 1; trainer.finished === undefined; k = (3 * k) % 1009) {
      const before = trainer.checkpoint(), row = trainer.nextRow;
      let questions = 0;
      trainer.step({}, undefined, () => ++questions >= 1 + (k % 20));
      const after = trainer.checkpoint();
      if (after.presentations > before.presentations || after.epoch > before.epoch) continue;
      broken++;
      if (row !== undefined) expect(after).toEqual(before);
      trainer.step();
    }
    expect(broken).toBeGreaterThan(3);
    expect(trainer.checkpoint()).toEqual(whole.checkpoint());
  });
});
