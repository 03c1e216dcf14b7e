/** The rules of mass action over a network: each looks at one family and its text, in time linear in the families. */
import { append } from '../../grammar/index.ts';
import { constantDependsOnTime } from '../diagnostics/crn514-constant-depends-on-time.ts';
import { negativeConstant } from '../diagnostics/crn521-negative-constant.ts';
import { largeCoefficient } from '../diagnostics/crn513-large-coefficient.ts';
import { manyMolecules } from '../diagnostics/crn508-many-molecules.ts';
import { neverHappens } from '../diagnostics/crn515-never-happens.ts';
import { noEffect } from '../diagnostics/crn509-no-effect.ts';
import { threeMolecules } from '../diagnostics/crn507-three-molecules.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { MassActionInput } from '../elaborated.ts';
import type { Network, ReactionFamily, Scalar } from '../network.ts';
import { hasTime, operandKey } from '../polynomial/index.ts';
import { checkDuplicates } from './check-duplicates.ts';
import { checkLaw } from './check-law.ts';
import { checkOdesAreWhole } from './check-odes.ts';
import { checkRails } from './check-rails.ts';
import { negativeConstantCase } from './negative.ts';
import { complexesSpan, placeIn, rateExpression, reactantsSpan, sliceOf, textOf } from './text.ts';
import type { FamilyText } from './text.ts';

const MANY_MOLECULES_OF_ONE = 100;

/** All findings of mass action (CRN50x, CRN51x) and of rails (CRN70x) for a network. */
export function checkMassAction(input: MassActionInput): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let seen: Set<string> | undefined;
  for (const family of input.network.families) {
    const before = found.length;
    checkFamily(textOf(input, family), found);
    // The body of a module stands in the text once and in the network once a use: say it once.
    for (let n = before; n < found.length; n++) {
      const { code, unit, span } = found[n] as Diagnostic;
      seen ??= new Set();
      const key = `${code}:${unitNumber(unit)}:${span.start}:${span.end}`;
      if (seen.has(key)) found.splice(n--, 1);
      else seen.add(key);
    }
  }
  for (const more of [checkDuplicates(input), checkOdesAreWhole(input), checkRails(input)]) append(found, more);
  return found;
}

const unitNumbers = new WeakMap<object, number>();
let units = 0;
function unitNumber(unit: object): number {
  let number = unitNumbers.get(unit);
  if (number === undefined) unitNumbers.set(unit, (number = ++units));
  return number;
}

function checkFamily(text: FamilyText, found: Diagnostic[]): void {
  const { family } = text;
  let molecules = 0;
  for (const term of family.reactants) molecules += term.stoichiometry;
  if (molecules > 2) {
    const place = placeIn(text.source, reactantsSpan(text));
    if (molecules > 3) found.push(manyMolecules(place, molecules, family.from === 'ode'));
    else found.push(threeMolecules(place, family.from === 'ode'));
  }
  checkCoefficients(text, found);
  if (changesNothing(family)) {
    if (family.from !== 'backward') found.push(noEffect(placeIn(text.source, complexesSpan(text)), placeIn(text.source, text.source.reaction ?? family.origin), text.source.reaction !== undefined));
    return;
  }
  if (family.rate.kind === 'law') checkLaw(text, family.rate.law, found);
  else checkConstant(text, found);
}

/** Same complex on both sides; a family with loops is compared by its index maps. */
function changesNothing({ reactants, products }: ReactionFamily): boolean {
  if (reactants.length !== products.length) return false;
  return reactants.every((term) => products.some((other) => other.block === term.block && other.stoichiometry === term.stoichiometry && (other.index === term.index || operandKey(other) === operandKey(term))));
}

function checkConstant(text: FamilyText, found: Diagnostic[]): void {
  const { family } = text;
  if (family.rate.kind !== 'mass action') return;
  const { constant } = family.rate;
  // A number or a single parameter was looked at when the text was read; a constant from an ODE has the sign its reaction was chosen by.
  if (!isPlain(text.network, constant) && family.from !== 'ode') {
    const negative = negativeConstantCase(text.network, family, constant);
    if (negative !== undefined) {
      found.push(negativeConstant(placeIn(text.source, rateExpression(text) ?? family.origin), negative.value, { where: negative.where }));
      return;
    }
  }
  const zero = constant.kind === 'number' && constant.value === 0 && family.from !== 'ode';
  if (!zero && !hasTime(constant)) return;
  const { source } = text;
  const span = rateExpression(text) ?? family.origin;
  if (zero) {
    const removable = source.reaction !== undefined && !source.reaction.arrow.reversible;
    found.push(neverHappens(placeIn(source, span), removable && source.reaction !== undefined ? placeIn(source, source.reaction) : undefined));
  } else found.push(constantDependsOnTime(placeIn(source, span)));
}

function isPlain(network: Network, constant: Scalar): boolean {
  if (constant.kind === 'number') return true;
  if (constant.kind !== 'parameter' || constant.index.length > 0) return false;
  const value = network.parameters[constant.parameter]?.value;
  return value?.kind === 'expression' && value.expression.kind === 'number';
}

function checkCoefficients(text: FamilyText, found: Diagnostic[]): void {
  const { family } = text;
  if (family.from !== undefined || (!family.reactants.some(isLarge) && !family.products.some(isLarge))) return;
  const { source } = text;
  if (source.reaction === undefined) return;
  for (const term of [...source.reaction.left.terms, ...source.reaction.right.terms]) {
    if (term.coefficient > MANY_MOLECULES_OF_ONE) found.push(largeCoefficient(placeIn(source, term.coefficientSpan ?? term), term.coefficient, sliceOf(source.unit, term.species)));
  }
}

function isLarge(term: { readonly stoichiometry: number }): boolean {
  return term.stoichiometry > MANY_MOLECULES_OF_ONE;
}
