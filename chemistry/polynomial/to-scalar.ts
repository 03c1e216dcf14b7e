/** Polynomials back to expressions, in the order people write: number, then atoms, negative exponents as a quotient. */
import type { Scalar } from '../network.ts';
import type { Monomial, Polynomial, PolynomialTerm } from './polynomial.ts';

const number = (value: number): Scalar => ({ kind: 'number', value });

/** A product with a non-negative coefficient. */
export function termScalar(coefficient: number, monomial: Monomial): Scalar {
  let upper: Scalar | undefined;
  let lower: Scalar | undefined;
  const times = (left: Scalar | undefined, right: Scalar): Scalar => (left === undefined ? right : { kind: 'binary', operator: '*', left, right });
  if (coefficient !== 1) upper = number(coefficient);
  for (const { atom, exponent } of monomial.powers) {
    const size = Math.abs(exponent);
    const factor: Scalar = size === 1 ? atom.scalar : { kind: 'binary', operator: '^', left: atom.scalar, right: number(size) };
    if (exponent > 0) upper = times(upper, factor);
    else lower = times(lower, factor);
  }
  upper ??= number(1);
  return lower === undefined ? upper : { kind: 'binary', operator: '/', left: upper, right: lower };
}

/** An expression equal to the polynomial; terms in their order, the first positive one first. */
export function toScalar(polynomial: Polynomial): Scalar {
  const first = polynomial.findIndex((term) => term.coefficient > 0);
  const ordered = first > 0 ? [polynomial[first] as PolynomialTerm, ...polynomial.slice(0, first), ...polynomial.slice(first + 1)] : polynomial;
  let result: Scalar | undefined;
  for (const { coefficient, monomial } of ordered) {
    const term = termScalar(Math.abs(coefficient), monomial);
    if (result === undefined) result = coefficient < 0 ? { kind: 'negate', of: term } : term;
    else result = { kind: 'binary', operator: coefficient < 0 ? '-' : '+', left: result, right: term };
  }
  return result ?? number(0);
}
