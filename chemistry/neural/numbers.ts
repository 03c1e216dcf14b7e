/** An activation's polynomials for given values of its parameters, as polynomials in one variable. */
import { evaluateScalar } from '../unroll/index.ts';
import { monomial as monomialOf, sum } from '../polynomial/index.ts';
import type { Polynomial } from '../polynomial/index.ts';
import { speciesTerms, SPECIES_KEYS } from './model.ts';
import type { ActivationModel, Constants } from './model.ts';

/** Value of a polynomial over parameters alone. NaN where a value is missing. */
export function parameterValue(polynomial: Polynomial, model: ActivationModel, constants: Constants): number {
  const values = Float64Array.from([NaN, ...model.parameters.map(({ name, default: usual }) => constants.get(name) ?? usual ?? NaN)]);
  const parameters = { start: Int32Array.from(values.keys()), values };
  let total = 0;
  for (const { coefficient, monomial } of polynomial) {
    let product = coefficient;
    for (const { atom, exponent } of monomial.powers) product *= evaluateScalar(atom.scalar, { network: model.names, parameters }) ** exponent;
    total += product;
  }
  return total;
}

/** Pascal's triangle. */
export function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i;
  return value;
}

/**
 * a and b over the variable in which fixed points are searched on (0, ∞), coefficients ascending: x itself, or with a total T
 * the ratio u = x/x̄, so that x = T·u/(1 + u), both multiplied by (1 + u)^N with the degree N of the whole.
 */
export interface LinePolynomials {
  readonly a: number[];
  readonly b: number[];
  readonly total?: number;
}

export function onLine(model: ActivationModel, constants: Constants): LinePolynomials {
  const degree = degreeOf(model);
  const total = model.total === undefined ? undefined : parameterValue(model.total, model, constants);
  const list = (polynomial: Polynomial): number[] => {
    const coefficients = new Array<number>(degree + 1).fill(0);
    for (const { powers: [p, q], coefficient } of speciesTerms(polynomial)) {
      const value = parameterValue(coefficient, model, constants);
      if (total === undefined) coefficients[p] = (coefficients[p] ?? 0) + value;
      else for (let k = 0; k <= degree - p - q; k++) coefficients[p + k] = (coefficients[p + k] ?? 0) + value * total ** (p + q) * binomial(degree - p - q, k);
    }
    return coefficients;
  };
  return { a: list(model.a), b: list(model.b), ...(total === undefined ? {} : { total }) };
}

/** Highest total power of the species in x′. */
export function degreeOf(model: ActivationModel): number {
  let degree = 0;
  for (const polynomial of [model.a, model.b]) {
    for (const { powers: [p, q] } of speciesTerms(polynomial)) degree = Math.max(degree, p + q);
  }
  return degree;
}

/** ∂/∂x where x̄ = T − x: the derivative by the first species less that by the second. */
export function slopeBySpecies(polynomial: Polynomial): Polynomial {
  return sum(polynomial.flatMap((term) => SPECIES_KEYS.flatMap((key, n) => {
    const power = term.monomial.powers.find(({ atom }) => atom.key === key);
    if (power === undefined) return [];
    const powers = term.monomial.powers.map((other) => (other === power ? { atom: other.atom, exponent: other.exponent - 1 } : other));
    return [{ coefficient: term.coefficient * power.exponent * (n === 0 ? 1 : -1), powers }];
  })).map(({ coefficient, powers }) => ({ coefficient, monomial: monomialOf(powers) })));
}
