/**
 * Coefficients of the Runge–Kutta–Chebyshev methods of order 2 with s ≥ 2 stages: Sommeijer, Shampine, Verwer, "RKC: an explicit
 * solver for parabolic PDEs" (J. Comput. Appl. Math. 88, 1998, 315–326), after van der Houwen and Sommeijer (1980).
 *
 * The stability polynomial is a_s + b_s T_s(w0 + w1 z), T_s the Chebyshev polynomial: bounded by 1 on a stretch of the negative
 * real axis that grows with s², and damped by about ε/3 inside it.
 */

/** Damping. */
const EPSILON = 2 / 13;

export interface ChebyshevStages {
  readonly count: number;
  /**
   * Stage j ≥ 2 is (1 − μ_j − ν_j) Y_0 + μ_j Y_{j−1} + ν_j Y_{j−2} + h (μ̃_j F_{j−1} + γ̃_j F_0), and stage 1 is Y_0 + h μ̃_1 F_0.
   * F_j is taken at time t + c_j h, and c_s = 1. Entries 0 are not used.
   */
  readonly mu: Float64Array;
  readonly nu: Float64Array;
  readonly muTilde: Float64Array;
  readonly gammaTilde: Float64Array;
  readonly c: Float64Array;
  /** The method is stable for −limit ≤ hλ ≤ 0. */
  readonly limit: number;
}

/** T_j(w), its first and second derivative for j = 0 … s, by the three-term recurrence. */
function chebyshev(s: number, w: number): { readonly t: Float64Array; readonly d: Float64Array; readonly d2: Float64Array } {
  const t = new Float64Array(s + 1), d = new Float64Array(s + 1), d2 = new Float64Array(s + 1);
  t[0] = 1;
  t[1] = w;
  d[1] = 1;
  for (let j = 2; j <= s; j++) {
    t[j] = 2 * w * t[j - 1]! - t[j - 2]!;
    d[j] = 2 * w * d[j - 1]! - d[j - 2]! + 2 * t[j - 1]!;
    d2[j] = 2 * w * d2[j - 1]! - d2[j - 2]! + 4 * d[j - 1]!;
  }
  return { t, d, d2 };
}

export function chebyshevStages(count: number): ChebyshevStages {
  const s = count, w0 = 1 + EPSILON / (s * s), { t, d, d2 } = chebyshev(s, w0), w1 = d[s]! / d2[s]!;
  const b = Float64Array.from(t, (_, j) => (j < 2 ? 0 : d2[j]! / d[j]! ** 2));
  b[0] = b[2]!;
  b[1] = 1 / w0;
  const mu = new Float64Array(s + 1), nu = new Float64Array(s + 1), muTilde = new Float64Array(s + 1), gammaTilde = new Float64Array(s + 1);
  const c = new Float64Array(s + 1);
  muTilde[1] = c[1] = b[1] * w1;
  for (let j = 2; j <= s; j++) {
    mu[j] = (2 * b[j]! * w0) / b[j - 1]!;
    nu[j] = -b[j]! / b[j - 2]!;
    muTilde[j] = (2 * b[j]! * w1) / b[j - 1]!;
    gammaTilde[j] = -(1 - b[j - 1]! * t[j - 1]!) * muTilde[j]!;
    // The stage's time is its value for y' = 1.
    c[j] = mu[j]! * c[j - 1]! + nu[j]! * c[j - 2]! + muTilde[j]! + gammaTilde[j]!;
  }
  return { count, mu, nu, muTilde, gammaTilde, c, limit: (w0 + 1) / w1 };
}

/**
 * The fewest stages that are stable for a step h where the spectral radius is ρ; `reach` is h·ρ. No less than 3: with 2 the method takes what depends
 * on time alone by the trapezium rule, which is what its error is estimated by, so that the estimate is 0 whatever happens in the step.
 */
export function stagesFor(reach: number): number {
  // limit(s) ≈ 2/3 (s² − 1)(1 − 2ε/15), a little less than what the polynomial really has.
  return Math.max(3, 1 + Math.floor(Math.sqrt(1.54 * reach + 1)));
}
