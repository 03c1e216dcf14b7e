/** Exact fractions, for exponents of units. Small by nature; what leaves the exact integers becomes `undefined`. */
export interface Rational {
  readonly n: number;
  /** Positive; the fraction is in lowest terms. */
  readonly d: number;
}

export const ZERO: Rational = { n: 0, d: 1 };
export const ONE: Rational = { n: 1, d: 1 };

function gcd(a: number, b: number): number {
  let x = Math.abs(a);
  let y = Math.abs(b);
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/** n/d in lowest terms; zero when the numbers leave the safe integers (the exponent is then meaningless anyway). */
export function rational(n: number, d = 1): Rational {
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d) || d === 0) return ZERO;
  const g = gcd(n, d) || 1;
  const sign = d < 0 ? -1 : 1;
  return { n: (sign * n) / g + 0, d: (sign * d) / g };
}

export function add(a: Rational, b: Rational): Rational {
  return a.d === 1 && b.d === 1 ? { n: a.n + b.n, d: 1 } : rational(a.n * b.d + b.n * a.d, a.d * b.d);
}
export function multiply(a: Rational, b: Rational): Rational {
  return a.d === 1 && b.d === 1 ? { n: a.n * b.n + 0, d: 1 } : rational(a.n * b.n, a.d * b.d);
}
export function negate(a: Rational): Rational {
  return { n: -a.n + 0, d: a.d };
}
export function divide(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d, a.d * b.n);
}
export function equals(a: Rational, b: Rational): boolean {
  return a.n === b.n && a.d === b.d;
}
export function toNumber(a: Rational): number {
  return a.n / a.d;
}

/** The fraction with denominator up to 60 that a number stands for: 2.5 → 5/2; undefined for π or 0.123456. */
export function fromNumber(value: number): Rational | undefined {
  if (!Number.isFinite(value) || Math.abs(value) > 1e6) return undefined;
  for (let d = 1; d <= 60; d++) {
    const n = Math.round(value * d);
    if (Math.abs(value * d - n) < 1e-12 * Math.max(1, Math.abs(n))) return rational(n, d);
  }
  return undefined;
}

/** `2`, `-1`, `1/2` */
export function text(a: Rational): string {
  return a.d === 1 ? String(a.n) : `${a.n}/${a.d}`;
}
