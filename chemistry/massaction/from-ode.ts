/**
 * Reactions from ODEs. A polynomial system is a mass-action system if and only if no negative monomial of X′ lacks X
 * (Hárs & Tóth, "On the inverse problem of reaction kinetics", 1981); then every monomial c·Π x^a of X′ becomes its canonical
 * reaction: the monomial's species react at the constant |c|, one X is added (c > 0) or taken (c < 0), all else is a catalyst.
 *
 * The sign of a symbolic coefficient is that of its value at the declared parameters; the reaction is chosen by it and stays that
 * reaction when a slider moves the parameter through zero (its constant is then negative). Monomials of one sign that share
 * their species share a reaction; when a negative one lacks X, the sign of all of them together decides.
 */
import type { Expression, Span } from '../../grammar/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { NewFamily, OdeOutcome, ResolvedEquation, ResolvedOde } from '../elaborated.ts';
import type { Operand, Origin, Scalar, Term } from '../network.ts';
import { crossEffect } from '../diagnostics/crn504-negative-cross-effect.ts';
import { odeNotPolynomial } from '../diagnostics/crn505-ode-not-polynomial.ts';
import { odeSignUnknown } from '../diagnostics/crn506-ode-sign-unknown.ts';
import { operandText, scalarText } from '../equations/index.ts';
import { addends, hasSpecies, hasTime, monomial, operandKey, scale, sum, toScalar, tryPolynomial } from '../polynomial/index.ts';
import type { Monomial, Polynomial, PolynomialTerm } from '../polynomial/index.ts';
import { boundsScope, signOf } from './bounds.ts';
import type { BoundsScope } from './bounds.ts';
import { placeIn, writtenAddends } from './text.ts';

/** Everything that multiplies one monomial of species. */
interface Group {
  readonly species: Monomial;
  readonly parts: { readonly term: PolynomialTerm; readonly span: Span; sign: 1 | -1 | 0 }[];
}

/** The canonical reactions of an `ode` statement, or diagnostics at the terms that no reaction gives. */
export function reactionsOfOde(ode: ResolvedOde): OdeOutcome {
  const families: NewFamily[] = [];
  const diagnostics: Diagnostic[] = [];
  const scope = boundsScope(ode.network, ode.variables);
  for (const equation of ode.equations) {
    const outcome = reactionsOfEquation(ode, equation, scope);
    families.push(...outcome.families);
    diagnostics.push(...outcome.diagnostics);
  }
  // A system with a term that is no reaction is left out as a whole: half of its equations would be another system.
  return diagnostics.length > 0 ? { families: [], diagnostics } : { families, diagnostics };
}

function reactionsOfEquation(ode: ResolvedOde, equation: ResolvedEquation, scope: BoundsScope): OdeOutcome {
  const { groups, diagnostics } = groupsOf(ode, equation);
  const families: NewFamily[] = [];
  const targetKey = operandKey(equation.target);
  const name = operandText(ode.network, equation.target, { variables: ode.variables });
  for (const group of groups.values()) {
    for (const part of group.parts) part.sign = coefficientSign(part.term, scope);
    const has = group.species.powers.some(({ atom }) => atom.key === targetKey);
    const negative = group.parts.filter((part) => part.sign < 0);
    const unknown = group.parts.filter((part) => part.sign === 0);
    const place = (span: Span): ReturnType<typeof placeIn> => placeIn(ode.origin, span);
    const text = (part: Group['parts'][number]): string => scalarText(ode.network, toScalar([part.term]), { variables: ode.variables });
    if (unknown.length > 0 || (negative.length > 0 && !has)) {
      // Together they may still have a sign of their own: (a − b)·Y with a > b.
      const all = group.parts.map((part) => part.term);
      const total = coefficientOf(all);
      const sign = signOf(total, scope);
      if (sign > 0 || (sign < 0 && has)) {
        families.push(family(ode, equation, group.species, sign < 0 ? { kind: 'negate', of: total } : total, sign, timed(group.parts)?.span ?? equation.node.right));
        continue;
      }
      for (const part of sign < 0 || unknown.length === 0 ? negative : unknown) {
        if (part.sign === 0) diagnostics.push(odeSignUnknown(place(part.span), name, text(part)));
        else diagnostics.push(crossEffect(place(part.span), name, text(part)));
      }
      continue;
    }
    for (const sign of [1, -1] as const) {
      const parts = group.parts.filter((part) => part.sign === sign);
      const first = timed(parts);
      if (first === undefined) continue;
      const constant = coefficientOf(scale(parts.map((part) => part.term), sign));
      families.push(family(ode, equation, group.species, constant, sign, first.span));
    }
  }
  return { families, diagnostics };
}

/** The term to point at: of several that share a reaction the one with the time in it. */
function timed(parts: Group['parts']): Group['parts'][number] | undefined {
  return parts.length < 2 ? parts[0] : (parts.find(({ term }) => term.monomial.powers.some(({ atom }) => hasTime(atom.scalar))) ?? parts[0]);
}

/** The right-hand side by species monomial, each part with the text it came from. */
function groupsOf(ode: ResolvedOde, equation: ResolvedEquation): { groups: Map<string, Group>; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const parts = addends(equation.right);
  const written: Expression[] = writtenAddends(equation.node.right);
  const expanded: { term: PolynomialTerm; span: Span }[] = [];
  parts.forEach((part, n) => {
    const span = (written.length === parts.length ? written[n] : undefined) ?? ode.spanOf(part.scalar) ?? equation.node.right;
    const polynomial = tryPolynomial(part.scalar);
    const odd = polynomial === undefined || notPolynomial(polynomial);
    if (odd) {
      diagnostics.push(odeNotPolynomial(placeIn(ode.origin, span), operandText(ode.network, equation.target, { variables: ode.variables }), ode.origin.unit.text.slice(span.start, span.end)));
      return;
    }
    for (const term of scale(polynomial ?? [], part.negative ? -1 : 1)) expanded.push({ term, span });
  });
  if (diagnostics.length > 0) return { groups: new Map(), diagnostics };
  // What cancels over the whole right-hand side is left out.
  const total = new Map(sum(expanded.map(({ term }) => term)).map((term) => [term.monomial.key, term]));
  const groups = new Map<string, Group>();
  const done = new Set<string>();
  for (const { term, span } of expanded) {
    const left = total.get(term.monomial.key);
    if (left === undefined || done.has(term.monomial.key)) continue;
    // Of several terms with the same monomial the one that has the sign of their sum is the one to point at.
    if (Math.sign(left.coefficient) !== Math.sign(term.coefficient)) continue;
    done.add(term.monomial.key);
    const species = monomial(term.monomial.powers.filter(({ atom }) => atom.scalar.kind === 'species'));
    const group = groups.get(species.key) ?? { species, parts: [] };
    groups.set(species.key, group);
    group.parts.push({ term: left, span, sign: 0 });
  }
  return { groups, diagnostics };
}

/** Whether a polynomial in its atoms is none in the species: one stands in a function or a quotient, or has no whole power. */
function notPolynomial(polynomial: Polynomial): boolean {
  return polynomial.some(({ monomial: { powers } }) =>
    powers.some(({ atom, exponent }) => hasSpecies(atom.scalar) && (atom.scalar.kind !== 'species' || !Number.isInteger(exponent) || exponent < 0)));
}

function withoutSpecies(term: PolynomialTerm): PolynomialTerm {
  return { coefficient: term.coefficient, monomial: monomial(term.monomial.powers.filter(({ atom }) => atom.scalar.kind !== 'species')) };
}

function coefficientOf(terms: readonly PolynomialTerm[]): Scalar {
  return toScalar(sum(terms.map(withoutSpecies)));
}

function coefficientSign(term: PolynomialTerm, scope: BoundsScope): 1 | -1 | 0 {
  return signOf(toScalar([withoutSpecies(term)]), scope);
}

/** The canonical reaction: monomial -> monomial ± X. */
function family(ode: ResolvedOde, equation: ResolvedEquation, species: Monomial, constant: Scalar, sign: 1 | -1 | 0, span: Span): NewFamily {
  const reactants: Term[] = species.powers.map(({ atom, exponent }) => ({ ...operandOfAtom(atom.scalar), stoichiometry: exponent }));
  const key = operandKey(equation.target);
  const products: Term[] = [];
  let met = false;
  for (const term of reactants) {
    const here = operandKey(term) === key;
    met ||= here;
    const stoichiometry = term.stoichiometry + (here ? sign : 0);
    if (stoichiometry > 0) products.push({ ...term, stoichiometry });
  }
  if (!met) products.push({ block: equation.target.block, index: equation.target.index, stoichiometry: 1 });
  const origin: Origin = { ...ode.origin, start: span.start, end: span.end };
  return { groups: ode.groups, variables: ode.variables, reactants, products, rate: { kind: 'mass action', constant }, origin, from: 'ode' };
}

function operandOfAtom(scalar: Scalar): Operand {
  if (scalar.kind !== 'species') throw new TypeError('A monomial of species holds species only.');
  return { block: scalar.operand.block, index: scalar.operand.index };
}
