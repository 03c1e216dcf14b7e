/**
 * The derivative of an activation at its fixed point as a block of reactions. From y = −a/b: φ′ = b²/(a·b′ − a′·b) = N/M, both
 * polynomials in the species; D′ = N − M·D settles at φ′. Products of species are made by species of their own (S ← 2 x), so
 * that no reaction of the block needs more than two molecules.
 */
import { add, multiply, scale } from '../polynomial/index.ts';
import type { Polynomial } from '../polynomial/index.ts';
import { speciesTerms } from './model.ts';
import type { ActivationModel, SpeciesTerm } from './model.ts';
import { slopeBySpecies } from './numbers.ts';

type Powers = readonly [number, number];

/** φ′ = numerator/denominator at the fixed point, as sums over monomials of the species. */
export interface Slope {
  readonly numerator: readonly SpeciesTerm[];
  readonly denominator: readonly SpeciesTerm[];
}

/** The slope of what is read out: of x, or of x − x̄, which is twice as steep. */
export function slopeOf(model: ActivationModel): Slope {
  const { a, b } = model;
  const numerator = scale(multiply(b, b), model.output === 'difference' ? 2 : 1);
  const denominator = add(multiply(a, slopeBySpecies(b)), scale(multiply(slopeBySpecies(a), b), -1));
  return reduced(speciesTerms(numerator), speciesTerms(denominator));
}

/** Without the powers of species that all terms share. */
function reduced(numerator: readonly SpeciesTerm[], denominator: readonly SpeciesTerm[]): Slope {
  const all = [...numerator, ...denominator];
  const least = [0, 1].map((n) => all.reduce((low, { powers }) => Math.min(low, powers[n as 0 | 1]), Infinity));
  const without = ({ powers: [p, q], coefficient }: SpeciesTerm): SpeciesTerm => ({ powers: [p - (least[0] ?? 0), q - (least[1] ?? 0)], coefficient });
  return { numerator: numerator.map(without), denominator: denominator.map(without) };
}

/** What a reaction of the block reads: the activation's species, or a product made before. */
export type Factor = { readonly kind: 'species'; readonly species: 0 | 1 } | { readonly kind: 'product'; readonly product: number };

export interface SlopeBlock {
  /** Species that hold products of two factors each: `p + q -> p + q + S`, `S -> 0`. */
  readonly products: readonly (readonly [Factor, Factor])[];
  /** D′ gains coefficient · Π factors (at most two). */
  readonly gains: readonly SlopeTerm[];
  /** D′ loses coefficient · factor · D (no factor: at a constant rate); `grows`: gains it instead. */
  readonly losses: readonly (SlopeTerm & { readonly grows: boolean })[];
}
export interface SlopeTerm {
  readonly coefficient: Polynomial;
  readonly factors: readonly Factor[];
}

/** The block's reactions; undefined when a negative term of N would take D away where there is none. */
export function slopeBlock(model: ActivationModel): SlopeBlock | undefined {
  const { numerator, denominator } = slopeOf(model);
  const split = (term: SpeciesTerm): { powers: Powers; coefficient: Polynomial; sign: number }[] => [1, -1].flatMap((sign) => {
    const part = term.coefficient.filter((t) => Math.sign(t.coefficient) === sign);
    return part.length === 0 ? [] : [{ powers: term.powers, coefficient: scale(part, sign), sign }];
  });
  const up = numerator.flatMap(split);
  if (up.some(({ sign }) => sign < 0)) return undefined;
  const made = new Map<string, Factor>();
  const products: [Factor, Factor][] = [];
  const factor = ([p, q]: Powers): Factor => {
    if (p + q === 1) return { kind: 'species', species: p === 1 ? 0 : 1 };
    const key = `${p},${q}`;
    const before = made.get(key);
    if (before !== undefined) return before;
    const [left, right] = halves([p, q]);
    const pair: [Factor, Factor] = [factor(left), factor(right)];
    const result: Factor = { kind: 'product', product: products.length };
    products.push(pair);
    made.set(key, result);
    return result;
  };
  const halves = ([p, q]: Powers): [Powers, Powers] => {
    if (p > 0 && q > 0) return [[p, 0], [0, q]];
    const half = (n: number): [number, number] => [Math.ceil(n / 2), Math.floor(n / 2)];
    const [l, r] = p > 0 ? half(p) : half(q);
    return p > 0 ? [[l, 0], [r, 0]] : [[0, l], [0, r]];
  };
  const losses = denominator.flatMap(split).map(({ powers, coefficient, sign }) => ({
    coefficient, grows: sign < 0, factors: powers[0] + powers[1] === 0 ? [] : [factor(powers)],
  }));
  const gains = up.map(({ powers, coefficient }) => {
    const order = powers[0] + powers[1];
    if (order === 0) return { coefficient, factors: [] };
    if (order === 1 || made.has(powers.join())) return { coefficient, factors: [factor(powers)] };
    const [left, right] = halves(powers);
    return { coefficient, factors: [factor(left), factor(right)] };
  });
  return { products, gains, losses };
}
