/** The BDF coefficients against closed forms for equal steps, and against what defines them for unequal ones. */
import { describe, expect, it } from 'vitest';
import { lowerOrder, MAX_ORDER, newCoefficients, raiseOrder, setCoefficients } from '../stiff/coefficients.ts';
import { seeded } from './problems.ts';

const harmonic = (n: number): number => Array.from({ length: n }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b, 0);
const factorial = (n: number): number => Array.from({ length: n }, (_, i) => i + 1).reduce((a, b) => a * b, 1);
const at = (l: Float64Array, x: number): number => l.reduceRight((value, c) => value * x + c, 0);

describe('BDF coefficients', () => {
  it('for equal steps: Π (1 + x/i), and the local errors h^(k+1) y^(k+1) / ((k+1)(1 + 1/2 + … + 1/k))', () => {
    const c = newCoefficients(), tau = new Float64Array(MAX_ORDER + 2).fill(0.5);
    for (let q = 1; q <= MAX_ORDER; q++) {
      setCoefficients(c, q, 0.5, tau, true);
      for (const x of [-2.5, -0.3, 0.7]) {
        expect(at(c.l, x)).toBeCloseTo(Array.from({ length: q }, (_, i) => 1 + x / (i + 1)).reduce((a, b) => a * b, 1), 12);
      }
      // A correction is h^(q+1) y^(q+1), its change from step to step h^(q+2) y^(q+2), the top column h^q y^(q)/q!.
      expect(c.error).toBeCloseTo(1 / ((q + 1) * harmonic(q)), 12);
      expect(c.errorAbove).toBeCloseTo(1 / ((q + 2) * harmonic(q + 1)), 12);
      if (q > 1) expect(c.errorBelow).toBeCloseTo(factorial(q) / (q * harmonic(q - 1)), 12);
      expect(raiseOrder(q, 0.5, tau, new Float64Array(MAX_ORDER + 2))).toBeCloseTo(0, 12);
    }
  });

  it('for unequal steps: leading coefficient fixed, the past left as it is, orders raised and lowered through the past points', () => {
    const random = seeded(2), c = newCoefficients();
    for (let round = 0; round < 50; round++) {
      const h = 0.5 + random(), past = Array.from({ length: 6 }, () => 0.5 + random());
      // Times of earlier points in units of h, seen from the new point: −1, −1 − past₁/h, …
      const points = past.map((_, i) => -1 - past.slice(0, i).reduce((a, b) => a + b, 0) / h);
      const before = Float64Array.of(0, ...past), after = Float64Array.of(0, h, ...past);
      for (let q = 1; q <= MAX_ORDER; q++) {
        setCoefficients(c, q, h, before, true);
        expect(c.l[0]).toBe(1);
        expect(c.l[1]).toBeCloseTo(harmonic(q), 12);
        for (let i = 0; i < q - 1; i++) expect(at(c.l, points[i]!)).toBeCloseTo(0, 9);
        if (q < MAX_ORDER) {
          const l = new Float64Array(MAX_ORDER + 2), scale = raiseOrder(q, h, after, l);
          expect(l[q + 1]).toBeCloseTo(1, 12);
          for (let i = 0; i < q - 1; i++) expect(at(l, points[i]!)).toBeCloseTo(0, 9);
          // The corrected polynomial left the point q steps back by Λ times the correction; the raise brings it back.
          expect(at(c.l, points[q - 1]!) + scale * at(l, points[q - 1]!)).toBeCloseTo(0, 8);
        }
        if (q > 1) {
          const l = new Float64Array(MAX_ORDER + 2);
          lowerOrder(q, h, after, l);
          expect(l[q]).toBeCloseTo(1, 12);
          expect(l[1]).toBe(0);
          for (let i = 0; i < q - 2; i++) expect(at(l, points[i]!)).toBeCloseTo(0, 9);
        }
      }
    }
  });
});
