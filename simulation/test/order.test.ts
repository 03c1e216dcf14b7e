/** The order of each method, measured as the slope of error against step size. */
import { describe, expect, it } from 'vitest';
import { Tsit5 } from '../explicit/tsit5.ts';
import { Bdf } from '../stiff/bdf.ts';
import { MAX_ORDER } from '../stiff/coefficients.ts';
import { ode } from './problems.ts';

// y = (cos t, −sin t)·e^(−t/10) turned by a constant rotation: smooth, neither stiff nor trivial.
const damped = ode(2, (_t, [x, y]) => [-0.1 * x! + y!, -x! - 0.1 * y!], () => [[-0.1, 1], [-1, -0.1]]);
const exact = (t: number): [number, number] => [Math.exp(-0.1 * t) * Math.cos(t), -Math.exp(-0.1 * t) * Math.sin(t)];
const never = (): boolean => false;
const counters = () => ({ steps: 0, rejected: 0, evaluations: 0, jacobians: 0, factorisations: 0 });

function slope(sizes: readonly number[], errors: readonly number[]): number {
  const last = sizes.length - 1;
  return Math.log(errors[0]! / errors[last]!) / Math.log(sizes[0]! / sizes[last]!);
}

/** Steps of one size, by a tolerance that never interferes and a longest step that always does. */
function withSteps(h: number, end: number): { end: number; dense: number } {
  const y0 = Float64Array.of(1, 0), f0 = new Float64Array(2);
  damped.rhs(0, y0, f0);
  const tolerance = { rtol: 1e3, atol: new Float64Array(2).fill(1e3) };
  const stepper = new Tsit5({ system: damped, t: 0, y: y0, tolerance, firstStep: h, counters: counters(), cancel: never }, f0);
  stepper.maxStep = h;
  const between = new Float64Array(2);
  let dense = 0;
  while (stepper.t < end) {
    expect(stepper.advance(end)).toBe('accepted');
    for (const theta of [0.3, 0.7]) {
      const t = stepper.previousT + theta * (stepper.t - stepper.previousT);
      stepper.at(t, between);
      dense = Math.max(dense, Math.abs(between[0]! - exact(t)[0]), Math.abs(between[1]! - exact(t)[1]));
    }
  }
  return { end: Math.abs(stepper.y[0]! - exact(end)[0]), dense };
}

describe('Tsit5', () => {
  it('is of order 5, its dense output of order 4 at least', () => {
    const sizes = [0.25, 0.125, 0.0625, 0.03125];
    const errors = sizes.map((h) => withSteps(h, 4));
    expect(slope(sizes, errors.map((e) => e.end))).toBeGreaterThan(4.8);
    expect(slope(sizes, errors.map((e) => e.end))).toBeLessThan(6.1);
    expect(slope(sizes, errors.map((e) => e.dense))).toBeGreaterThan(3.8);
  });

  it('meets its tolerance', () => {
    for (const rtol of [1e-4, 1e-7, 1e-10]) {
      const y0 = Float64Array.of(1, 0), f0 = new Float64Array(2);
      damped.rhs(0, y0, f0);
      const tolerance = { rtol, atol: new Float64Array(2).fill(rtol) };
      const stepper = new Tsit5({ system: damped, t: 0, y: y0, tolerance, firstStep: 0.01, counters: counters(), cancel: never }, f0);
      while (stepper.t < 10) stepper.advance(10);
      expect(Math.abs(stepper.y[0]! - exact(10)[0])).toBeLessThan(20 * rtol);
    }
  });
});

describe('BDF', () => {
  /**
   * Work-precision slope of one order: with N steps on a smooth problem the error falls like N^−q. The step is chosen by the
   * error test, so the tolerance is what varies; a long climb to order q at the beginning is left out of the count.
   */
  function run(order: number, rtol: number): { steps: number; error: number; dense: number; order: number } {
    const y0 = Float64Array.of(1, 0), f0 = new Float64Array(2);
    damped.rhs(0, y0, f0);
    const tolerance = { rtol, atol: new Float64Array(2).fill(rtol) };
    const count = counters();
    const stepper = new Bdf({ system: damped, t: 0, y: y0, tolerance, firstStep: Math.sqrt(rtol), counters: count, cancel: never }, f0, order);
    const between = new Float64Array(2);
    let before = 0, dense = 0;
    while (stepper.t < 20) {
      expect(stepper.advance(20)).toBe('accepted');
      if (stepper.t < 2) before = count.steps;
      const t = (stepper.previousT + stepper.t) / 2;
      stepper.at(t, between);
      dense = Math.max(dense, Math.abs(between[0]! - exact(t)[0]));
    }
    return { steps: count.steps - before, error: Math.abs(stepper.y[0]! - exact(20)[0]) + Math.abs(stepper.y[1]! - exact(20)[1]), dense, order: stepper.order };
  }

  const ranges = [[1e-4, 1e-7], [1e-5, 1e-9], [1e-5, 1e-10], [1e-6, 1e-11], [1e-6, 1e-12]] as const;
  for (let order = 1; order <= MAX_ORDER; order++) {
    it(`of order ${order} has that order, in its steps and between them`, () => {
      const [loose, tight] = ranges[order - 1]!;
      const coarse = run(order, loose), fine = run(order, tight);
      const measured = Math.log(coarse.error / fine.error) / Math.log(fine.steps / coarse.steps);
      expect(measured).toBeGreaterThan(order - 0.45);
      expect(measured).toBeLessThan(order + 1);
      // Between the steps the error is of the same size.
      expect(fine.dense).toBeLessThan(20 * fine.error);
    });
  }

  it('reaches the highest order on a smooth problem', () => {
    expect(run(5, 1e-9).order).toBe(5);
  });
});
