/**
 * Coefficients of the variable-step BDF in Nordsieck form with fixed leading coefficient.
 * Source: Jackson & Sacks-Davis, "An alternative implementation of variable step-size multistep formulas for stiff ODEs"
 * (ACM TOMS 6, 1980), and the mathematical considerations of the CVODE user guide.
 */

export const MAX_ORDER = 5;
/** Fraction of the error tolerance that the corrector iteration may leave. */
const NEWTON_FRACTION = 0.1;

export interface BdfCoefficients {
  /** Corrector polynomial: the Nordsieck column j moves by l[j]·correction. */
  readonly l: Float64Array;
  /** Error constant for order q: local error ≈ this·‖correction‖. */
  error: number;
  /** Error constant for order q − 1 (times the q-th column) and q + 1 (times the change of corrections). */
  errorBelow: number;
  errorAbove: number;
  /** Ratio that compares the corrections of two steps when order q + 1 is considered. */
  above: number;
  /** Weighted norm of the correction at which the corrector has converged. */
  newton: number;
}

export function newCoefficients(): BdfCoefficients {
  return { l: new Float64Array(MAX_ORDER + 2), error: 0, errorBelow: 1, errorAbove: 0, above: 0, newton: 0 };
}

/**
 * @param tau tau[1], tau[2], … the last step sizes, newest first; entries 1 … q are read
 * @param orderChange also the constants needed to compare orders q − 1 and q + 1
 */
export function setCoefficients(c: BdfCoefficients, q: number, h: number, tau: Float64Array, orderChange: boolean): void {
  const l = c.l;
  l.fill(0);
  l[0] = l[1] = 1;
  let inverse = 1, fixedInverse = 1;
  let alpha = -1, alphaHat = -1, sum = h;
  if (q > 1) {
    for (let j = 2; j < q; j++) {
      sum += tau[j - 1]!;
      inverse = h / sum;
      alpha -= 1 / j;
      for (let i = j; i >= 1; i--) l[i] = l[i]! + l[i - 1]! * inverse;
    }
    // The last factor is chosen so that the leading coefficient does not depend on the step sizes.
    alpha -= 1 / q;
    fixedInverse = -l[1] - alpha;
    sum += tau[q - 1]!;
    inverse = h / sum;
    alphaHat = -l[1] - inverse;
    for (let i = q; i >= 1; i--) l[i] = l[i]! + l[i - 1]! * fixedInverse;
  }
  const a1 = 1 - alphaHat + alpha;
  const a2 = 1 + q * a1;
  c.error = Math.abs(a1 / (alpha * a2));
  c.above = Math.abs((a2 * fixedInverse) / (l[q]! * inverse));
  if (orderChange) {
    if (q > 1) {
      const a3 = alpha + 1 / q;
      const a4 = alphaHat + inverse;
      c.errorBelow = Math.abs(((fixedInverse / l[q]!) * (1 - a4 + a3)) / a3);
    } else {
      c.errorBelow = 1;
    }
    sum += tau[q]!;
    inverse = h / sum;
    const a5 = alpha - 1 / (q + 1);
    const a6 = alphaHat - inverse;
    c.errorAbove = Math.abs((1 - a6 + a5) / a2 / (inverse * (q + 2) * a5));
  }
  c.newton = NEWTON_FRACTION / c.error;
}

/**
 * Coefficients that give the Nordsieck array of order q + 1 from that of order q: column q + 1 is scale·(last correction),
 * and columns 2 … q gain l[j] times it.
 */
export function raiseOrder(q: number, h: number, tau: Float64Array, l: Float64Array): number {
  l.fill(0);
  l[2] = 1;
  let alpha0 = -1, alpha1 = 1, product = 1, last = 1, sum = h;
  for (let j = 1; j < q; j++) {
    sum += tau[j + 1]!;
    const xi = sum / h;
    product *= xi;
    alpha0 -= 1 / (j + 1);
    alpha1 += 1 / xi;
    for (let i = j + 2; i >= 2; i--) l[i] = l[i]! * last + l[i - 1]!;
    last = xi;
  }
  return (-alpha0 - alpha1) / product;
}

/** Coefficients that give order q − 1 from q: columns 2 … q − 1 lose l[j] times column q. */
export function lowerOrder(q: number, h: number, tau: Float64Array, l: Float64Array): void {
  l.fill(0);
  l[2] = 1;
  let sum = 0;
  for (let j = 1; j <= q - 2; j++) {
    sum += tau[j]!;
    const xi = sum / h;
    for (let i = j + 2; i >= 2; i--) l[i] = l[i]! * xi + l[i - 1]!;
  }
}
