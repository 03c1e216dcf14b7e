/**
 * Is one expression identically another? Decided for rational functions by clearing denominators; functions and
 * symbolic powers count as independent quantities (equal when their arguments are), so that a "yes" is always right and a
 * "no" is right for everything that is algebraic in its atoms.
 */
import { t } from '../../l10n/index.ts';
import type { Scalar } from '../network.ts';
import { toPolynomial } from './convert.ts';
import { PolynomialTooLargeError, monomial, multiply, power, subtract, sum } from './polynomial.ts';
import type { Polynomial, PolynomialTerm } from './polynomial.ts';

/** Whether a polynomial (with sums in denominators as atoms) is identically zero. */
export function isIdenticallyZero(polynomial: Polynomial): boolean {
  let current = polynomial;
  // Every round takes out one sum; its own parts may hold further ones, so the depth of nesting bounds the rounds.
  for (let round = 0; round < 200; round++) {
    if (current.length === 0) return true;
    const lowest = lowestSum(current);
    if (lowest === undefined) return false;
    current = clear(current, lowest.key, lowest.exponent, lowest.value);
  }
  throw new PolynomialTooLargeError(t('The expression has too many nested fractions.'));
}

interface LowestSum {
  readonly key: string;
  readonly exponent: number;
  readonly value: Polynomial;
}

/** A sum kept as an atom, with its lowest exponent over all terms (0 when some term is without it). */
function lowestSum(polynomial: Polynomial): LowestSum | undefined {
  for (const term of polynomial) {
    for (const { atom } of term.monomial.powers) {
      if (atom.sum === undefined) continue;
      let exponent = 0;
      for (const other of polynomial) {
        const found = other.monomial.powers.find((p) => p.atom.key === atom.key);
        exponent = Math.min(exponent, found?.exponent ?? 0);
      }
      return { key: atom.key, exponent, value: atom.sum };
    }
  }
  return undefined;
}

/** Multiplies by sum^(−exponent) and multiplies the sum out wherever it is left. */
function clear(polynomial: Polynomial, key: string, exponent: number, value: Polynomial): Polynomial {
  const parts: PolynomialTerm[] = [];
  for (const term of polynomial) {
    const found = term.monomial.powers.find((p) => p.atom.key === key);
    const rest: PolynomialTerm = { coefficient: term.coefficient, monomial: monomial(term.monomial.powers.filter((p) => p.atom.key !== key)) };
    const left = (found?.exponent ?? 0) - exponent;
    for (const part of left === 0 ? [rest] : multiply([rest], power(value, left))) parts.push(part);
  }
  return sum(parts);
}

/** Whether two expressions over the same loop variables are identically equal; undefined when too large to decide. */
export function identical(left: Scalar, right: Scalar): boolean | undefined {
  return differ(() => subtract(toPolynomial(left), toPolynomial(right)));
}

/** Whether two polynomials are identically equal; undefined when too large to decide. */
export function identicalPolynomials(left: Polynomial, right: Polynomial): boolean | undefined {
  return differ(() => subtract(left, right));
}

function differ(difference: () => Polynomial): boolean | undefined {
  try {
    return isIdenticallyZero(difference());
  } catch (error) {
    if (error instanceof PolynomialTooLargeError) return undefined;
    throw error;
  }
}
