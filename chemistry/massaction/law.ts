/** Rate laws against mass action: is it k · Π reactants^ν, does it vanish with what it consumes? */
import type { Network, ReactionFamily, Scalar, Term } from '../network.ts';
import { hasSpecies, identical, leafKey, operandKey, some, toScalar, tryPolynomial } from '../polynomial/index.ts';
import type { Polynomial, PolynomialTerm } from '../polynomial/index.ts';
import { evaluateScalar, parameterValues } from '../unroll/index.ts';
import type { ParameterValues } from '../unroll/index.ts';
import { leftSpine } from '../spine.ts';

/** Exponent of each reactant by key: its stoichiometry, equal species counted together. */
function reactantPowers(reactants: readonly Term[]): Map<string, { readonly term: Term; readonly exponent: number }> {
  const result = new Map<string, { term: Term; exponent: number }>();
  for (const term of reactants) {
    const key = operandKey(term);
    result.set(key, { term, exponent: term.stoichiometry + (result.get(key)?.exponent ?? 0) });
  }
  return result;
}

/**
 * The constant k when the law is identically k · Π reactants^ν with a k that is free of species; undefined otherwise
 * (or when the law is too large to decide).
 */
export function massActionConstant(law: Scalar, reactants: readonly Term[]): Scalar | undefined {
  const powers = reactantPowers(reactants);
  for (const expand of [false, true]) {
    const polynomial = tryPolynomial(law, { expand });
    if (polynomial === undefined || polynomial.length === 0) return undefined;
    const constant = withoutPowers(polynomial, powers);
    if (constant !== undefined) return toScalar(constant);
    if (expand && !polynomial.some(speciesInside)) return undefined;
  }
  // Species stand in sums or functions: they may still cancel, as in k·A·(B + C)/(B + C).
  const candidate = replaceSpecies(law, () => ({ kind: 'number', value: 1 }));
  const constant = tryPolynomial(candidate);
  if (constant === undefined || constant.length === 0 || constant.some((term) => !Number.isFinite(term.coefficient))) return undefined;
  let product = toScalar(constant);
  for (const { term, exponent } of powers.values()) {
    product = { kind: 'binary', operator: '*', left: product, right: { kind: 'binary', operator: '^', left: { kind: 'species', operand: term }, right: { kind: 'number', value: exponent } } };
  }
  return identical(law, product) === true ? toScalar(constant) : undefined;
}

/** The polynomial divided by the reactants' monomial, when what remains is free of species. */
function withoutPowers(polynomial: Polynomial, powers: ReadonlyMap<string, { readonly exponent: number }>): Polynomial | undefined {
  const result: PolynomialTerm[] = [];
  for (const { coefficient, monomial } of polynomial) {
    let met = 0;
    for (const { atom, exponent } of monomial.powers) {
      if (!hasSpecies(atom.scalar)) continue;
      if (atom.scalar.kind !== 'species' || powers.get(atom.key)?.exponent !== exponent) return undefined;
      met++;
    }
    if (met !== powers.size) return undefined;
    const rest = monomial.powers.filter(({ atom }) => !hasSpecies(atom.scalar));
    result.push({ coefficient, monomial: { powers: rest, key: rest.map(({ atom, exponent }) => `${atom.key}^${exponent}`).sort().join('·') } });
  }
  return result;
}

function speciesInside(term: PolynomialTerm): boolean {
  return term.monomial.powers.some(({ atom }) => atom.scalar.kind !== 'species' && hasSpecies(atom.scalar));
}

/** c · Π species^exponent with other exponents than the reactants have: what kind of kinetics the law is. */
export interface PowerLaw {
  readonly order: number;
}

/** The order of a law that is a monomial in species; undefined for any other law. */
export function powerLaw(law: Scalar): PowerLaw | undefined {
  const polynomial = tryPolynomial(law, { expand: true });
  const [only] = polynomial ?? [];
  if (polynomial?.length !== 1 || only === undefined || speciesInside(only)) return undefined;
  return { order: only.monomial.powers.reduce((total, { atom, exponent }) => (atom.scalar.kind === 'species' ? total + exponent : total), 0) };
}

/** The law with some species replaced (those for which `by` gives an expression); parts without species stay as they are. */
export function replaceSpecies(scalar: Scalar, by: (key: string) => Scalar | undefined): Scalar {
  switch (scalar.kind) {
    case 'species':
      return by(operandKey(scalar.operand)) ?? scalar;
    case 'negate':
      return { kind: 'negate', of: replaceSpecies(scalar.of, by) };
    case 'binary': {
      const { first, steps } = leftSpine(scalar);
      let left = replaceSpecies(first, by);
      for (const step of steps) left = { kind: 'binary', operator: step.operator, left, right: replaceSpecies(step.right, by) };
      return left;
    }
    case 'call':
      return { ...scalar, arguments: scalar.arguments.map((argument) => replaceSpecies(argument, by)) };
    default:
      return scalar;
  }
}

/**
 * Whether the law is zero whenever the species is: decided for rational laws; for others the law is tried at points with the
 * species at zero and the parameters as declared. A law without a value there (0/0) is given the benefit of the doubt.
 */
export function vanishesWith(network: Network, family: ReactionFamily, law: Scalar, key: string): boolean {
  const zero: Scalar = { kind: 'number', value: 0 };
  const rest = tryPolynomial(replaceSpecies(law, (other) => (other === key ? zero : undefined)));
  if (rest?.length === 0) return true;
  const singular = rest === undefined || rest.some((term) => !Number.isFinite(term.coefficient));
  const opaque = rest?.some((term) => term.monomial.powers.some(({ atom }) => atom.sum === undefined && leafKey(atom.scalar) === undefined)) ?? true;
  if (!singular && !opaque) return false;
  return vanishesAtPoints(network, family, law, key, singular ? 1e-30 : 0);
}

function vanishesAtPoints(network: Network, family: ReactionFamily, law: Scalar, key: string, small: number): boolean {
  const parameters = valuesOf(network);
  const counters = new Int32Array(family.variables.length);
  const value = (species: number, trial: number): number => {
    let draw = 0;
    const points = new Map<string, number>();
    const at = (other: string): Scalar => {
      if (other === key) return { kind: 'number', value: species };
      // Points between 0.2 and 5, the same for both values of the species.
      if (!points.has(other)) points.set(other, 0.2 + 4.8 * (((++draw * 0.754877666 + trial * 0.569840296) % 1)));
      return { kind: 'number', value: points.get(other) ?? 1 };
    };
    return evaluateScalar(replaceSpecies(law, at), { network, parameters, counters, variables: family.variables, time: 0.7 });
  };
  for (let trial = 0; trial < 5; trial++) {
    const there = value(small, trial);
    const usual = value(1, trial);
    if (Number.isFinite(there) && Math.abs(there) > 1e-9 * Math.max(Math.abs(Number.isFinite(usual) ? usual : 1), 1e-30)) return false;
    if (Math.abs(there) === Infinity) return false;
  }
  return true;
}

const values = new WeakMap<Network, ParameterValues>();

/** The parameters' numbers as declared, once a network. */
export function valuesOf(network: Network): ParameterValues {
  let result = values.get(network);
  if (result === undefined) values.set(network, (result = parameterValues(network)));
  return result;
}

/** Whether the law mentions a species. */
export function mentions(law: Scalar, key: string): boolean {
  return some(law, (leaf) => leaf.kind === 'species' && operandKey(leaf.operand) === key);
}

/** The two constants when the law is k1·Π reactants − k2·Π products: a reversible reaction written as one. */
export function reversibleConstants(law: Scalar, reactants: readonly Term[], products: readonly Term[]): { readonly forward: Scalar; readonly backward: Scalar } | undefined {
  const polynomial = tryPolynomial(law);
  if (polynomial === undefined || polynomial.length < 2) return undefined;
  const positive = polynomial.filter((term) => term.coefficient > 0);
  const negative = polynomial.filter((term) => term.coefficient < 0).map((term) => ({ ...term, coefficient: -term.coefficient }));
  const forward = withoutPowers(positive, reactantPowers(reactants));
  const backward = withoutPowers(negative, reactantPowers(products));
  if (forward === undefined || backward === undefined || forward.length === 0 || backward.length === 0) return undefined;
  return { forward: toScalar(forward), backward: toScalar(backward) };
}
