/** The order of the Rosenbrock method that trainings use, from its coefficients as they stand in the source, also with a Jacobian that is not exact. */
import { describe, expect, it } from 'vitest';
import { A, C, E, M, NODES, STAGES, TIME, γ } from '../training/rosenbrock.ts';

/** Steps of size h for y' = −y² + cos t (one species), J = −2y·inexactness. @returns the solution at t = 2 and Σ|estimate| */
function solve(h: number, inexactness: number): { readonly y: number; readonly estimate: number } {
  const f = (t: number, y: number): number => -y * y + Math.cos(t);
  let y = 1, estimate = 0;
  for (let step = 0; step < Math.round(2 / h); step++) {
    const t = step * h, J = -2 * y * inexactness, ft = -Math.sin(t), u: number[] = [];
    for (let i = 0; i < STAGES; i++) {
      let stage = y, coupling = 0;
      for (let j = 0; j < i; j++) { stage += A[i]![j]! * u[j]!; coupling += C[i]![j]! * u[j]!; }
      const right = h * γ * f(t + NODES[i]! * h, stage) + γ * coupling + h * h * γ * TIME[i]! * ft * (inexactness === 1 ? 1 : 0);
      u.push(right / (1 - h * γ * J));
    }
    y += u.reduce((sum, value, i) => sum + M[i]! * value, 0);
    estimate += Math.abs(u.reduce((sum, value, i) => sum + E[i]! * value, 0));
  }
  return { y, estimate };
}

/** The same by the classical Runge–Kutta method with 20,000 steps: an error below 1e-15. */
function reference(): number {
  const f = (t: number, y: number): number => -y * y + Math.cos(t), n = 20_000, h = 2 / n;
  let y = 1;
  for (let k = 0; k < n; k++) {
    const t = k * h, a = f(t, y), b = f(t + h / 2, y + (h / 2) * a), c = f(t + h / 2, y + (h / 2) * b), d = f(t + h, y + h * c);
    y += (h / 6) * (a + 2 * b + 2 * c + d);
  }
  return y;
}

describe('ROS34PW2', () => {
  const exact = reference(), sizes = [0.1, 0.05, 0.025, 0.0125];
  const slope = (values: readonly number[]): number => Math.log(values[0]! / values.at(-1)!) / Math.log(8);

  it.each([1, 0.6, 0])('is of order 3, its estimate of order 2, with %d times the Jacobian', (inexactness) => {
    const runs = sizes.map((h) => solve(h, inexactness));
    const measured = slope(runs.map(({ y }) => Math.abs(y - exact)));
    expect(measured).toBeGreaterThan(2.75);
    expect(measured).toBeLessThan(4.2);
    // A local error of order 3, added up over the steps.
    expect(slope(runs.map(({ estimate }) => estimate))).toBeGreaterThan(1.7);
    expect(slope(runs.map(({ estimate }) => estimate))).toBeLessThan(2.6);
  });
});
