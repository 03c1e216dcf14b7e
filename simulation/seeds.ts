/**
 * Absolute tolerances for seeds. A species that starts with very little, or is made very slowly, may grow until it is all there is: an infection, a
 * product that makes itself. Errors as large as itself would grow along with it, so they are held to a small part of what there is of it at first.
 */
import type { OdeSystem } from './system.ts';

/** As a part of the start, or of what is made from nothing. */
const OF_SEED = 1e-6;

/**
 * One tolerance a component: `atol`, or less where a component starts below a million times that, or at 0 and makes less of itself within `span` at
 * its first rate. Components that neither are there at first nor are being made keep `atol`.
 * @param span length of the run, possibly Infinity
 */
export function seedTolerances(system: OdeSystem, y0: Float64Array, span: number, atol: number): Float64Array {
  const rates = new Float64Array(y0.length);
  system.rhs(0, y0, rates);
  return Float64Array.from(y0, (start, i) => {
    const seed = start > 0 ? start : rates[i]! > 0 ? rates[i]! * span : Infinity;
    return Math.min(atol, OF_SEED * seed);
  });
}
