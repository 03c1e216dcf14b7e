/**
 * An activation as polynomials: x′ = a(x) + y·b(x), affine in the pre-activation y, with coefficients in its own parameters.
 * With a conserved total x + x̄ = T there are two species, and x̄′ = −x′.
 */
import { monomial as product } from '../polynomial/index.ts';
import type { Polynomial } from '../polynomial/index.ts';
import type { Names } from '../equations/style.ts';

export interface ActivationParameter {
  readonly name: string;
  readonly default?: number;
}

export interface ActivationModel {
  readonly name: string;
  readonly parameters: readonly ActivationParameter[];
  /** One, or the two that share a total; the first is the one of the equation. */
  readonly species: readonly string[];
  /** Blocks 0, 1 are the species, parameter 0 is y and k + 1 the k-th parameter: what the polynomials' atoms refer to. */
  readonly names: Names;
  readonly a: Polynomial;
  readonly b: Polynomial;
  /** T, over the parameters. */
  readonly total?: Polynomial;
  /** What is read out: the first species, or the difference x − x̄, whose rails the two species are. */
  readonly output: 'species' | 'difference';
  readonly doc?: string;
}

/** Values of the parameters, by name. */
export type Constants = ReadonlyMap<string, number>;

export const Y_KEY = 'p0';
export const SPECIES_KEYS = ['s0', 's1'] as const;

/** Exponents of the two species in a monomial, and what is left over parameters. */
export interface SpeciesTerm {
  /** Powers of the first and of the second species. */
  readonly powers: readonly [number, number];
  readonly coefficient: Polynomial;
}

/** A polynomial sorted by its monomials in the species; order as first met. */
export function speciesTerms(polynomial: Polynomial): SpeciesTerm[] {
  const found = new Map<string, { powers: readonly [number, number]; coefficient: Polynomial[number][] }>();
  for (const { coefficient, monomial } of polynomial) {
    const exponent = (key: string): number => monomial.powers.find(({ atom }) => atom.key === key)?.exponent ?? 0;
    const powers = [exponent(SPECIES_KEYS[0]), exponent(SPECIES_KEYS[1])] as const;
    const rest = product(monomial.powers.filter(({ atom }) => atom.key !== SPECIES_KEYS[0] && atom.key !== SPECIES_KEYS[1]));
    const key = powers.join();
    const entry = found.get(key) ?? { powers, coefficient: [] };
    found.set(key, entry);
    entry.coefficient.push({ coefficient, monomial: rest });
  }
  return [...found.values()];
}
