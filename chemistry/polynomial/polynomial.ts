/**
 * Polynomials with real coefficients over atoms: species, parameters, loop counters, time, and whatever cannot be taken
 * apart further (a function of something, a power with a symbolic exponent, a sum in a denominator). Exponents may be
 * negative or fractional (Laurent and Puiseux monomials), so k/X and X^0.5 are monomials too.
 *
 * Canonical form: no two terms with the same monomial, no zero coefficients. Terms and the atoms in a monomial stay in the
 * order in which they were first met, which is what people want to read; keys are sorted, which is what equality needs.
 * Coefficients are doubles: a sum that is smaller than 1e-12 of its larger part counts as zero, so 0.1 + 0.2 − 0.3 is zero.
 */
import { t } from '../../l10n/index.ts';
import type { Scalar } from '../network.ts';

export interface Atom {
  readonly key: string;
  readonly scalar: Scalar;
  /** For a sum kept whole: the polynomial it stands for. */
  readonly sum?: Polynomial;
}
export interface Power {
  readonly atom: Atom;
  /** Not zero. */
  readonly exponent: number;
}
export interface Monomial {
  readonly powers: readonly Power[];
  /** Sorted `atom^exponent` list; empty for 1. */
  readonly key: string;
}
export interface PolynomialTerm {
  readonly coefficient: number;
  readonly monomial: Monomial;
}
export type Polynomial = readonly PolynomialTerm[];

/** Multiplying out would take more terms than anyone reads or a checker should spend time on. */
export class PolynomialTooLargeError extends Error {
  override readonly name = 'PolynomialTooLargeError';
}

export const MAX_TERMS = 20_000;
const CANCELLATION = 1e-12;

export const ONE: Monomial = { powers: [], key: '' };
export const ZERO: Polynomial = [];

export function constant(value: number): Polynomial {
  return value === 0 ? ZERO : [{ coefficient: value, monomial: ONE }];
}

export function monomial(powers: readonly Power[]): Monomial {
  const kept = powers.filter((power) => power.exponent !== 0);
  if (kept.length === 0) return ONE;
  return { powers: kept, key: kept.map((power) => `${power.atom.key}^${power.exponent}`).sort().join('·') };
}

export function ofAtom(atom: Atom, exponent = 1): Polynomial {
  return [{ coefficient: 1, monomial: monomial([{ atom, exponent }]) }];
}

/** The value of a polynomial without atoms; undefined for any other. */
export function constantValue(polynomial: Polynomial): number | undefined {
  const [first] = polynomial;
  if (first === undefined) return 0;
  return polynomial.length === 1 && first.monomial.powers.length === 0 ? first.coefficient : undefined;
}

/** Whether a sum is nothing but rounding of its largest part. Infinity and NaN never cancel. */
export function cancels(total: number, largest: number): boolean {
  return total === 0 || (Number.isFinite(largest) && Math.abs(total) <= CANCELLATION * largest);
}

/** Adds terms up; a running sum may be given away in pieces. */
export function sum(parts: Iterable<PolynomialTerm>): Polynomial {
  const byKey = new Map<string, { coefficient: number; scale: number; monomial: Monomial }>();
  for (const term of parts) {
    const slot = byKey.get(term.monomial.key);
    if (slot === undefined) byKey.set(term.monomial.key, { coefficient: term.coefficient, scale: Math.abs(term.coefficient), monomial: term.monomial });
    else {
      slot.coefficient += term.coefficient;
      slot.scale = Math.max(slot.scale, Math.abs(term.coefficient));
    }
  }
  const result: PolynomialTerm[] = [];
  for (const slot of byKey.values()) {
    if (!cancels(slot.coefficient, slot.scale)) result.push({ coefficient: slot.coefficient, monomial: slot.monomial });
  }
  return result;
}

export function add(...polynomials: readonly Polynomial[]): Polynomial {
  return sum(polynomials.flat());
}

export function scale(polynomial: Polynomial, factor: number): Polynomial {
  if (factor === 0) return ZERO;
  return factor === 1 ? polynomial : polynomial.map((term) => ({ coefficient: term.coefficient * factor, monomial: term.monomial }));
}

export function subtract(left: Polynomial, right: Polynomial): Polynomial {
  return add(left, scale(right, -1));
}

export function multiplyMonomials(left: Monomial, right: Monomial): Monomial {
  if (left.powers.length === 0) return right;
  if (right.powers.length === 0) return left;
  const exponents = new Map<string, Power>();
  for (const power of left.powers) exponents.set(power.atom.key, power);
  for (const power of right.powers) {
    const before = exponents.get(power.atom.key);
    exponents.set(power.atom.key, before === undefined ? power : { atom: power.atom, exponent: before.exponent + power.exponent });
  }
  return monomial([...exponents.values()]);
}

/** @throws PolynomialTooLargeError when more than MAX_TERMS products would be formed. */
export function multiply(left: Polynomial, right: Polynomial): Polynomial {
  if (left.length * right.length > MAX_TERMS) throw new PolynomialTooLargeError(t('The product has up to {0} terms.', left.length * right.length));
  const products: PolynomialTerm[] = [];
  for (const a of left) {
    for (const b of right) products.push({ coefficient: a.coefficient * b.coefficient, monomial: multiplyMonomials(a.monomial, b.monomial) });
  }
  return sum(products);
}

/** A whole power ≥ 0, multiplied out. */
export function power(base: Polynomial, exponent: number): Polynomial {
  let result = constant(1);
  let square = base;
  for (let n = exponent; n > 0; n = Math.floor(n / 2)) {
    if (n % 2 === 1) result = multiply(result, square);
    if (n > 1) square = multiply(square, square);
  }
  return result;
}

/** A sorted text of the whole polynomial: equal polynomials (to 12 digits of their coefficients) have equal keys. */
export function polynomialKey(polynomial: Polynomial): string {
  return polynomial.map((term) => `${Number(term.coefficient.toPrecision(12))}*${term.monomial.key}`).sort().join('+');
}
