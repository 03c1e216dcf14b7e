/** How disturbances of a fixed point behave: the eigenvalues of the Jacobian within the stoichiometric compatibility class. */
import { go, type Poll } from '../cancel.ts';
import { eigenvalues } from '../linear/eigenvalues.ts';
import type { OdeSystem } from '../system.ts';
import { eigenvaluesNearZero } from './arnoldi.ts';
import { NewtonSystem, NO_TOTALS, withinClass } from './newton-system.ts';

export type Stability = 'stable' | 'unstable' | 'marginal' | 'unknown';

export interface Spectrum {
  /** Largest real part first; a pair of conjugates one after the other. One a degree of freedom: totals that are conserved have none. */
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
  /** All of them; false: of a large network those next to zero, the slowest. */
  readonly complete: boolean;
  /** `stable`: every disturbance within the class dies out; `marginal`: the eigenvalue with the largest real part is zero to rounding. */
  readonly stability: Stability;
}

/** Up to so many degrees of freedom all eigenvalues are computed. */
const ALL = 300;
const LEADING = 20;
/** An eigenvalue this small beside the largest is a zero with rounding. */
const ZERO = 1e-10;

/** Whether an eigenvalue is zero to rounding, where all are known: then the fixed point is one of many, or none to first order. */
export function isSingular({ real, imaginary, complete }: Spectrum): boolean {
  const sizes = Array.from(real, (re, k) => Math.hypot(re, imaginary[k]!));
  return complete && sizes.length > 0 && Math.min(...sizes) <= ZERO * Math.max(...sizes);
}

/** Nothing is known. */
export const UNKNOWN: Spectrum = { real: new Float64Array(0), imaginary: new Float64Array(0), complete: false, stability: 'unknown' };

/** A fixed point is known so well; where its stability depends on more, nothing is said of it. */
const KNOWN = 1e-5;

/**
 * Of systems with a Jacobian, or small enough for one by differences; others have no eigenvalues here.
 * @param scale what counts as small for each component
 * @param poll asked within; what it throws ends the search
 */
export function spectrumAt(system: OdeSystem, y: Float64Array, scale: Float64Array, poll: Poll = go): Spectrum {
  const spectrum = eigenvaluesAt(system, y, poll), growth = spectrum.real[0];
  if (growth === undefined || spectrum.stability === 'marginal') return spectrum;
  // Next to a fixed point that is none to first order (x' = −x²) the eigenvalue is no larger than its error.
  const beside = eigenvaluesAt(system, y.map((value, i) => value + KNOWN * (Math.abs(value) + scale[i]!)), poll).real[0];
  return beside === undefined || Math.abs(beside - growth) <= 0.5 * Math.abs(growth) ? spectrum : { ...spectrum, stability: 'marginal' };
}

function eigenvaluesAt(system: OdeSystem, y: Float64Array, poll: Poll): Spectrum {
  const n = system.dimension, totals = system.conserved ?? NO_TOTALS, free = n - totals.pivots.length;
  if (free === 0) return { ...UNKNOWN, complete: true, stability: 'stable' };
  if (system.jacobian === undefined && n > ALL) return UNKNOWN;
  const linear = new NewtonSystem(system, totals, () => undefined, poll), f = new Float64Array(n);
  system.rhs(0, y, f);
  if (free <= ALL) {
    // n² numbers, of which few are needed where most components are totals of their own.
    if (n > 4000) return leading(system, linear, y, f, poll);
    const { size, matrix } = withinClass(n, linear.jacobian(0, y, f), totals);
    const found = eigenvalues(size, matrix, poll);
    return found === undefined ? UNKNOWN : sorted(found.real, found.imaginary, true);
  }
  return leading(system, linear, y, f, poll);
}

function leading(system: OdeSystem, linear: NewtonSystem, y: Float64Array, f: Float64Array, poll: Poll): Spectrum {
  const n = y.length, totals = system.conserved ?? NO_TOTALS;
  if (!linear.prepare(0, y, f, 0)) return { ...UNKNOWN, stability: 'marginal' };
  const solve = (b: Float64Array): void => {
    poll();
    // The rows that the totals took the place of.
    for (const i of totals.pivots) b[i] = 0;
    linear.solve(b);
  };
  // Any vector will do that has a part of every mode; a fixed one, so that the answer is always the same.
  const start = Float64Array.from({ length: n }, (_, i) => Math.sin(1 + 12.9898 * i));
  solve(start);
  const found = eigenvaluesNearZero(solve, start, LEADING);
  return found.real.length === 0 ? UNKNOWN : sorted(found.real, found.imaginary, false);
}

function sorted(real: Float64Array, imaginary: Float64Array, complete: boolean): Spectrum {
  const order = Array.from(real, (_, k) => k).sort((a, b) => real[b]! - real[a]! || Math.abs(imaginary[a]!) - Math.abs(imaginary[b]!) || imaginary[b]! - imaginary[a]!);
  const re = Float64Array.from(order, (k) => real[k]!), im = Float64Array.from(order, (k) => imaginary[k]!);
  let radius = 0;
  for (let k = 0; k < re.length; k++) radius = Math.max(radius, Math.hypot(re[k]!, im[k]!));
  // Constants out of all scale.
  if (!Number.isFinite(radius)) return UNKNOWN;
  const growth = re[0] ?? 0;
  const zero = Math.abs(growth) <= ZERO * radius || radius === 0;
  return { real: re, imaginary: im, complete, stability: zero ? 'marginal' : growth < 0 ? 'stable' : 'unstable' };
}
