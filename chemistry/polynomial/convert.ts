/**
 * Expressions to polynomials.
 *
 * `expand` multiplies products and whole powers of sums out: the form for deciding identities. Without it, sums inside
 * products stay whole: the form that reads like what was written. In both forms a sum in a denominator, a function call and
 * a power with a symbolic or fractional exponent of more than one atom become atoms whose key is made from the canonical
 * forms of their parts, so that f(x + y) and f(y + x) are the same atom.
 */
import type { Scalar } from '../network.ts';
import { applyFunction } from '../unroll/evaluate.ts';
import { leafKey } from './keys.ts';
import { PolynomialTooLargeError, ZERO, constant, constantValue, monomial, multiply, ofAtom, polynomialKey, power, scale, sum } from './polynomial.ts';
import type { Atom, Polynomial, PolynomialTerm } from './polynomial.ts';
import { toScalar } from './to-scalar.ts';

export interface ConvertOptions {
  readonly expand: boolean;
}

/** One term of a sum as written. */
export interface Addend {
  readonly negative: boolean;
  readonly scalar: Scalar;
}

/** The terms that a sum consists of, in reading order; signs are collected. Iterative: sums may be very long. */
export function addends(scalar: Scalar): Addend[] {
  const result: Addend[] = [];
  const stack: Addend[] = [{ negative: false, scalar }];
  for (;;) {
    const top = stack.pop();
    if (top === undefined) return result;
    const { scalar: node, negative } = top;
    if (node.kind === 'negate') stack.push({ negative: !negative, scalar: node.of });
    else if (node.kind === 'binary' && (node.operator === '+' || node.operator === '-')) {
      stack.push({ negative: negative !== (node.operator === '-'), scalar: node.right }, { negative, scalar: node.left });
    } else result.push(top);
  }
}

interface Factor {
  readonly inverse: boolean;
  readonly scalar: Scalar;
}

/** The factors that a product consists of, in reading order; a minus sign is a factor −1. */
function factors(scalar: Scalar): { sign: number; list: Factor[] } {
  const list: Factor[] = [];
  let sign = 1;
  const stack: Factor[] = [{ inverse: false, scalar }];
  for (;;) {
    const top = stack.pop();
    if (top === undefined) return { sign, list };
    const { scalar: node, inverse } = top;
    if (node.kind === 'negate') {
      sign = -sign;
      stack.push({ inverse, scalar: node.of });
    } else if (node.kind === 'binary' && (node.operator === '*' || node.operator === '/')) {
      stack.push({ inverse: inverse !== (node.operator === '/'), scalar: node.right }, { inverse, scalar: node.left });
    } else list.push(top);
  }
}

/**
 * Polynomial that equals the expression.
 * @throws PolynomialTooLargeError when multiplying out would give more than MAX_TERMS terms.
 */
export function toPolynomial(scalar: Scalar, options: ConvertOptions = { expand: true }): Polynomial {
  const parts: PolynomialTerm[] = [];
  for (const addend of addends(scalar)) {
    const product = productOf(addend.scalar, options);
    for (const term of product) parts.push(addend.negative ? { coefficient: -term.coefficient, monomial: term.monomial } : term);
  }
  return sum(parts);
}

/** As `toPolynomial`, but undefined instead of an error. */
export function tryPolynomial(scalar: Scalar, options?: ConvertOptions): Polynomial | undefined {
  try {
    return toPolynomial(scalar, options);
  } catch (error) {
    if (error instanceof PolynomialTooLargeError) return undefined;
    throw error;
  }
}

function productOf(scalar: Scalar, options: ConvertOptions): Polynomial {
  const { sign, list } = factors(scalar);
  let result = constant(sign);
  for (const factor of list) {
    const value = factorOf(factor.scalar, options);
    const next = factor.inverse ? inversePower(value, 1, factor.scalar, options) : whole(value, factor.scalar, options, list.length > 1);
    result = multiply(result, next);
  }
  return result;
}

/** Keeps a sum in a product together unless it is to be multiplied out. */
function whole(value: Polynomial, scalar: Scalar, options: ConvertOptions, inProduct: boolean): Polynomial {
  return options.expand || value.length < 2 || !inProduct ? value : ofAtom(sumAtom(value, scalar));
}

function factorOf(scalar: Scalar, options: ConvertOptions): Polynomial {
  switch (scalar.kind) {
    case 'number':
      return constant(scalar.value);
    case 'binary':
      return scalar.operator === '^' ? powerOf(scalar.left, scalar.right, options) : toPolynomial(scalar, options);
    case 'negate':
      return toPolynomial(scalar, options);
    case 'call':
      return callOf(scalar, options);
    default:
      return ofAtom({ key: leafKey(scalar) ?? '', scalar });
  }
}

function powerOf(left: Scalar, right: Scalar, options: ConvertOptions): Polynomial {
  const base = toPolynomial(left, options);
  const exponentPolynomial = toPolynomial(right, options);
  const exponent = constantValue(exponentPolynomial);
  if (exponent === undefined) {
    const key = `pow(${polynomialKey(base)};${polynomialKey(exponentPolynomial)})`;
    return ofAtom({ key, scalar: { kind: 'binary', operator: '^', left, right } });
  }
  return numericPower(base, exponent, left, options);
}

function numericPower(base: Polynomial, exponent: number, scalar: Scalar, options: ConvertOptions): Polynomial {
  const value = constantValue(base);
  if (value !== undefined) return constant(value ** exponent);
  if (exponent < 0) return inversePower(base, -exponent, scalar, options);
  const [only] = base;
  if (base.length === 1 && only !== undefined && Number.isInteger(exponent)) {
    const powers = only.monomial.powers.map((p) => ({ atom: p.atom, exponent: p.exponent * exponent }));
    return [{ coefficient: only.coefficient ** exponent, monomial: monomial(powers) }];
  }
  if (Number.isInteger(exponent)) return options.expand ? power(base, exponent) : ofAtom(sumAtom(base, scalar), exponent);
  return fractionalPower(base, exponent, scalar);
}

/** √X is X^0.5; √(X·Y) is kept whole, because √(X²) is |X|, not X. */
function fractionalPower(base: Polynomial, exponent: number, scalar: Scalar): Polynomial {
  const [only] = base;
  const [atom] = only?.monomial.powers ?? [];
  if (base.length === 1 && only?.coefficient === 1 && only.monomial.powers.length === 1 && atom?.exponent === 1) return ofAtom(atom.atom, exponent);
  return ofAtom({ key: `pow(${polynomialKey(base)};${exponent})`, scalar: { kind: 'binary', operator: '^', left: scalar, right: { kind: 'number', value: exponent } } });
}

function inversePower(base: Polynomial, exponent: number, scalar: Scalar, options: ConvertOptions): Polynomial {
  const value = constantValue(base);
  if (value !== undefined) return constant(value ** -exponent);
  const [first] = base;
  if (first === undefined || !Number.isInteger(exponent)) return fractionalPower(base, -exponent, scalar);
  if (base.length === 1) {
    const powers = first.monomial.powers.map((p) => ({ atom: p.atom, exponent: -p.exponent * exponent }));
    return [{ coefficient: first.coefficient ** -exponent, monomial: monomial(powers) }];
  }
  if (!options.expand) return ofAtom(sumAtom(base, scalar), -exponent);
  // 1/(2a + 2b) and 1/(a + b) share an atom: the coefficient of the first term in key order is taken out.
  const leading = base.reduce((best, term) => (term.monomial.key < best.monomial.key ? term : best), first).coefficient;
  const normal = scale(base, 1 / leading);
  return scale(ofAtom(sumAtom(normal, toScalar(normal)), -exponent), leading ** -exponent);
}

/** A sum as one atom: `scalar` is how it reads, `sum` what it is. */
function sumAtom(value: Polynomial, scalar: Scalar): Atom {
  return { key: `(${polynomialKey(value)})`, scalar, sum: value };
}

function callOf(scalar: Extract<Scalar, { kind: 'call' }>, options: ConvertOptions): Polynomial {
  const values = scalar.arguments.map((argument) => toPolynomial(argument, options));
  const numbers = values.map(constantValue);
  if (numbers.every((value) => value !== undefined)) return constant(applyFunction(scalar.function, numbers));
  if (scalar.function === 'if' && numbers[0] !== undefined) return (numbers[0] !== 0 ? values[1] : values[2]) ?? ZERO;
  const [first] = scalar.arguments;
  if (scalar.function === 'sqrt' && first !== undefined && values[0] !== undefined) return fractionalPower(values[0], 0.5, first);
  return ofAtom({ key: `${scalar.function}(${values.map(polynomialKey).join(';')})`, scalar });
}
