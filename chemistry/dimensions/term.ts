/**
 * The unit of an expression while some units are still unknown: a product of powers of base symbols and of the units of
 * parameters, i.e. an element of the free abelian group on both (Kennedy, "Types for units-of-measure", 2010).
 */
import { add, fromNumber, multiply, negate, ONE, rational, ZERO } from './rational.ts';
import type { Rational } from './rational.ts';

/** A parameter whose unit takes part in the inference. Compared by identity. */
export interface UnitVariable {
  readonly name: string;
}

/** Base symbols: `T` and `C` are the file's time and concentration; others are names of base units (mol, m, g, K, own ones). */
export type BaseSymbol = string;
export type Factors = ReadonlyMap<BaseSymbol | UnitVariable, Rational>;

export interface UnitTerm {
  readonly factors: Factors;
  /** A number written in the text stands in the product: it takes whatever unit is needed. */
  readonly literal: boolean;
  /** A parameter stands in it; without one, a coefficient 1 of the right unit is understood. */
  readonly parameter: boolean;
}
/** `any`: fits everywhere (a lone number, zero, or something already reported). */
export type Unit = UnitTerm | 'any';

const NO_FACTORS: Factors = new Map();
const make = (symbol: BaseSymbol, exponent: Rational): UnitTerm => ({ factors: new Map([[symbol, exponent]]), literal: false, parameter: false });

export const DIMENSIONLESS: UnitTerm = { factors: NO_FACTORS, literal: false, parameter: false };
export const CONCENTRATION: UnitTerm = make('C', ONE);
export const TIME: UnitTerm = make('T', ONE);
/** A number that may carry a unit: written in the text, a loop variable's value, π. */
export const LITERAL: UnitTerm = { factors: NO_FACTORS, literal: true, parameter: false };

/** C/T, what every rate law and every right-hand side has. */
export const RATE: UnitTerm = { factors: new Map([['C', ONE], ['T', rational(-1)]]), literal: false, parameter: false };

export function variableUnit(variable: UnitVariable): UnitTerm {
  return { factors: new Map([[variable, ONE]]), literal: false, parameter: true };
}

/** C^(1 − order)·T^(−1): the constant of a reaction of that order. */
export function constantUnit(order: number): UnitTerm {
  const exponent = fromNumber(1 - order) ?? ZERO;
  const factors = new Map<BaseSymbol | UnitVariable, Rational>([['T', rational(-1)]]);
  if (exponent.n !== 0) factors.set('C', exponent);
  return { factors, literal: false, parameter: false };
}

/** a·b^exponent. A lone number in a product is a number that may carry a unit. */
export function product(a: Unit, b: Unit, exponent: 1 | -1 = 1): Unit {
  if (a === 'any' && b === 'any') return 'any';
  const left = a === 'any' ? LITERAL : a;
  const right = b === 'any' ? LITERAL : b;
  return {
    factors: combine(left.factors, right.factors, exponent === 1 ? ONE : rational(-1)),
    literal: left.literal || right.literal,
    parameter: left.parameter || right.parameter,
  };
}

/** a^exponent for a known exponent. */
export function power(a: Unit, exponent: Rational): Unit {
  if (a === 'any') return 'any';
  return { factors: combine(NO_FACTORS, a.factors, exponent), literal: a.literal, parameter: a.parameter };
}

/** Factors of a·b^k, without zero exponents. */
export function combine(a: Factors, b: Factors, k: Rational): Factors {
  if (b.size === 0 || k.n === 0) return a;
  const result = new Map(a);
  for (const [symbol, exponent] of b) {
    const sum = add(result.get(symbol) ?? ZERO, multiply(exponent, k));
    if (sum.n === 0) result.delete(symbol);
    else result.set(symbol, sum);
  }
  return result;
}

export function inverse(factors: Factors): Factors {
  const result = new Map<BaseSymbol | UnitVariable, Rational>();
  for (const [symbol, exponent] of factors) result.set(symbol, negate(exponent));
  return result;
}
