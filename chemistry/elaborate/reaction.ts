/** Reactions and ODE statements as families. */
import { fitted } from '../../grammar/index.ts';
import { t } from '../../l10n/index.ts';
import type { Complex, ComplexTerm, Expression, OdeStatement, Reaction, Span } from '../../grammar/index.ts';
import { fixedChanged } from '../diagnostics/crn305-fixed-changed.ts';
import { negativeConstant } from '../diagnostics/crn521-negative-constant.ts';
import { notFinite } from '../diagnostics/crn522-not-finite.ts';
import { constantUnit, RATE } from '../dimensions/term.ts';
import type { UnitTerm } from '../dimensions/term.ts';
import type { ResolvedEquation } from '../elaborated.ts';
import type { FamilyRate, Operand, Origin, Scalar, Term } from '../network.ts';
import { constrain, placeOf, report, spanOf } from './context.ts';
import type { Context } from './context.ts';
import { elaborate, elaborateLaw } from './expression.ts';
import { declaredValue } from './fold.ts';
import { operandOf, sameIndex } from './operand.ts';

export function originOf(context: Context, span: Span): Origin {
  const origin = { unit: context.unit, start: span.start, end: span.end };
  return context.file === undefined ? origin : { ...origin, file: context.file };
}

const NO_TERMS: readonly Term[] = [];

/** The terms of one side, equal species collected; undefined when some species could not be resolved. */
function complex(side: Complex, context: Context): readonly Term[] | undefined {
  if (side.terms.length === 0) return NO_TERMS;
  const terms: Term[] = [];
  let fine = true;
  for (let i = 0; i < side.terms.length; i++) {
    const term = side.terms[i]!, operand = operandOf(term.species, context, 'reaction');
    if (operand === undefined || !coefficientFine(term, context)) {
      fine = false;
      continue;
    }
    const { block, index } = operand, same = positionOf(operand, terms);
    if (same < 0) terms.push(term.coefficient === 1 ? single(operand) : { block, index, stoichiometry: term.coefficient });
    else terms[same] = { block, index, stoichiometry: terms[same]!.stoichiometry + term.coefficient };
  }
  return fine ? fitted(terms) : undefined;
}

const singles = new WeakMap<Operand, Term>();
/** One molecule of a species; the same object for the same operand, of which a network of thousands of reactions has a few hundred. */
function single(operand: Operand): Term {
  const { block, index } = operand;
  if (index.length > 0) return { block, index, stoichiometry: 1 };
  let term = singles.get(operand);
  if (term === undefined) singles.set(operand, (term = { block, index, stoichiometry: 1 }));
  return term;
}

/** Where a species stands among terms; -1 where it does not. */
function positionOf(species: Operand, terms: readonly Term[]): number {
  for (let i = 0; i < terms.length; i++) {
    const other = terms[i]!;
    if (other.block === species.block && sameIndex(other.index, species.index)) return i;
  }
  return -1;
}

function coefficientFine(term: ComplexTerm, context: Context): boolean {
  if (Number.isFinite(term.coefficient) && term.coefficient > 0) return true;
  report(context, notFinite(placeOf(context, term.coefficientSpan ?? term), t('A coefficient has to be a positive number'), t('write how many molecules take part')));
  return false;
}

/** Molecules on a side as written: known even where a species is not. */
function order(side: Complex): number {
  let sum = 0;
  for (const term of side.terms) sum += term.coefficient;
  return sum;
}

const units: UnitTerm[] = [];
function unitOfOrder(n: number): UnitTerm {
  if (!Number.isInteger(n) || n > 100) return constantUnit(n);
  return (units[n] ??= constantUnit(n));
}

/** The families of a reaction: one, or two for `<->`. Nothing when it has an error. */
export function elaborateReaction(statement: Reaction, context: Context): void {
  const left = complex(statement.left, context);
  const right = complex(statement.right, context);
  const { rate } = statement;
  if (rate === undefined) return;
  const forwardText = rate.kind === 'constant' ? rate.forward : rate.law;
  const forward = rateOf(forwardText, rate.kind, statement.left, context);
  const backward = rate.backward === undefined ? undefined : rateOf(rate.backward, rate.kind, statement.right, context);
  if (left === undefined || right === undefined) return;
  reportFixed(statement, left, right, context);
  const origin = originOf(context, statement);
  const label = statement.label === undefined ? undefined : context.prefix + statement.label.text;
  const { groups, variables, sink: { families } } = context;
  if (forward !== undefined) {
    families.push(label === undefined ? { groups, variables, reactants: left, products: right, rate: forward, origin } : { label, groups, variables, reactants: left, products: right, rate: forward, origin });
  }
  if (backward !== undefined && statement.arrow.reversible) {
    families.push({ ...(label === undefined ? {} : { label }), groups, variables, reactants: right, products: left, rate: backward, origin, from: 'backward' });
  }
}

function rateOf(text: Expression, kind: 'constant' | 'law', reactants: Complex, context: Context): FamilyRate | undefined {
  if (kind === 'law') {
    const law = elaborateLaw(text, RATE, context);
    return law === undefined || !finite(law, text, context) ? undefined : { kind: 'law', law };
  }
  const value = elaborate(text, 'constant', context);
  if (value === undefined) return undefined;
  const { scalar, unit } = value;
  if (unit !== 'any') {
    const n = order(reactants);
    const parameter = scalar.kind === 'parameter' ? context.builder.bindings[scalar.parameter] : undefined;
    if (parameter !== undefined) context.sink.orders.push({ parameter, order: n, place: placeOf(context, text) });
    else {
      constrain(context, {
        found: unit.factors, needed: unitOfOrder(n).factors, strength: unit.parameter ? 'firm' : unit.literal ? 'soft' : 'declared',
        place: placeOf(context, text), about: { kind: 'constant', order: n },
      });
    }
  }
  if (!finite(scalar, text, context) || !notNegative(scalar, text, context)) return undefined;
  return { kind: 'mass action', constant: scalar };
}

/** Refuses what can only come out as ∞ or not a number. */
export function finite(scalar: Scalar, text: Span, context: Context): boolean {
  const value = declaredValue(scalar, context.builder.bindings);
  if (value === undefined || Number.isFinite(value)) return true;
  report(context, notFinite(placeOf(context, text), Number.isNaN(value) ? t('This is not a number (0/0 or the like)') : t('This is infinite'), t('check for a division by zero or a number above 1.8e308')));
  return false;
}

/** Of a constant that is one known number; others are looked at over all rounds of their loops, with the other rules of mass action. */
function notNegative(scalar: Scalar, text: Span, context: Context): boolean {
  const known = declaredValue(scalar, context.builder.bindings);
  const parameter = scalar.kind === 'parameter' ? context.builder.bindings[scalar.parameter] : undefined;
  if (known === undefined || !(known < 0)) return true;
  report(context, negativeConstant(placeOf(context, text), known, parameter === undefined ? {} : { name: parameter.name }));
  return false;
}

/** A held species that a reaction would change stays as it is: said only when nothing else changes. */
function reportFixed(statement: Reaction, left: readonly Term[], right: readonly Term[], context: Context): void {
  const consumed = heldOf(left, right, context);
  if (consumed === null) return;
  const made = heldOf(right, left, context);
  if (made === null) return;
  const held = made ?? consumed;
  if (held !== undefined) report(context, fixedChanged(placeOf(context, { start: statement.left.start, end: statement.right.end }), held, 'reaction'));
}

/** The last held species among those that there are more or fewer of on the other side; null where one of them is not held. */
function heldOf(side: readonly Term[], other: readonly Term[], context: Context): string | null | undefined {
  let held: string | undefined;
  for (let i = 0; i < side.length; i++) {
    const term = side[i]!, opposite = positionOf(term, other);
    if (opposite >= 0 && other[opposite]!.stoichiometry === term.stoichiometry) continue;
    const block = context.builder.blocks[term.block];
    if (block?.kind !== 'fixed') return null;
    held = block.name;
  }
  return held;
}

/** An `ode` statement: the reactions come from the mass-action rules. */
export function elaborateOde(statement: OdeStatement, context: Context): void {
  const equations: ResolvedEquation[] = [];
  let fine = true;
  for (const equation of statement.equations) {
    const target = operandOf(equation.species, context, 'ode');
    const right = elaborateLaw(equation.right, RATE, context);
    if (target === undefined || right === undefined || !finite(right, equation.right, context)) {
      fine = false;
      continue;
    }
    const block = context.builder.blocks[target.block];
    if (block?.kind === 'fixed') {
      report(context, fixedChanged(placeOf(context, equation.species), block.name, 'ode'));
      fine = false;
      continue;
    }
    equations.push({ target, right, node: equation });
  }
  if (!fine || context.reactionsOfOde === undefined) return;
  const outcome = context.reactionsOfOde({
    equations, variables: context.variables, groups: context.groups, origin: originOf(context, statement), spanOf, network: context.builder,
  });
  context.sink.families.push(...outcome.families);
  context.sink.diagnostics.push(...outcome.diagnostics);
}
