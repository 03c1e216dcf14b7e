/** The same reaction twice: families with equal complexes over equal loops, in the same groups. */
import { t } from '../../l10n/index.ts';
import { duplicateReaction } from '../diagnostics/crn510-duplicate-reaction.ts';
import type { Diagnostic, Fix } from '../diagnostic.ts';
import type { FamilySource, MassActionInput } from '../elaborated.ts';
import { scalarText } from '../equations/index.ts';
import type { Network, ReactionFamily, Term } from '../network.ts';
import { operandKey } from '../polynomial/index.ts';
import { complexesSpan, inBrackets, placeIn, sliceOf } from './text.ts';

/**
 * Reports every later one of two equal reactions. What an `ode` gave is left out (its terms may meet), and so is text that the
 * network holds several times (the body of a module).
 */
export function checkDuplicates(input: MassActionInput): Diagnostic[] {
  const { network } = input;
  // Most families differ in their sums; only those that do not are told apart by their keys.
  const bySum = new Map<number, ReactionFamily>(), byKey = new Map<string, ReactionFamily>();
  const found: Diagnostic[] = [];
  for (const family of network.families) {
    if (family.from === 'ode') continue;
    const sum = checksum(family), alike = bySum.get(sum);
    if (alike === undefined) {
      bySum.set(sum, family);
      continue;
    }
    byKey.set(familyKey(alike), alike);
    const key = familyKey(family), before = byKey.get(key);
    if (before === undefined) {
      byKey.set(key, family);
      continue;
    }
    const here = input.sourceOf(family);
    const there = input.sourceOf(before);
    if (here.reaction === undefined || here.reaction === there.reaction) continue;
    const same = rateKey(network, family) === rateKey(network, before);
    const place = placeIn(here, complexesSpan({ network, family, source: here }));
    const other = placeIn(there, complexesSpan({ network, family: before, source: there }));
    found.push(duplicateReaction(place, other, same, fixesOf(here, there, same)));
  }
  return found;
}

/** The same for equal reactions, and seldom for others, unless they differ in their indices alone. */
function checksum({ reactants, products }: ReactionFamily): number {
  return Math.imul(checksumOf(reactants), 31) + checksumOf(products) | 0;
}

function checksumOf(terms: readonly Term[]): number {
  let sum = 0;
  for (const { block, stoichiometry } of terms) {
    const mixed = Math.imul(block + 1, 0x9e3779b1) + Math.imul(stoichiometry, 0x85ebca6b);
    sum = sum + Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) | 0;
  }
  return sum;
}

/** An analysis after an edit holds most families of the one before: their keys are kept. */
const keys = new WeakMap<ReactionFamily, string>();

/** A text that two families share exactly when they are the same reactions. */
export function familyKey(family: ReactionFamily): string {
  let key = keys.get(family);
  if (key === undefined) keys.set(family, (key = makeKey(family)));
  return key;
}

function makeKey(family: ReactionFamily): string {
  const loops = family.variables.length === 0 ? '' : family.variables.map((v) => `${v.kind}${v.from}:${v.extent}`).join(',');
  return `${side(family.reactants)}>${side(family.products)}|${loops}|${family.groups.join('.')}`;
}

function side(terms: readonly Term[]): string {
  const [only] = terms;
  if (only === undefined) return '';
  if (terms.length === 1) return termKey(only);
  return terms.map(termKey).sort().join('+');
}

function termKey(term: Term): string {
  return term.index.length === 0 ? `${term.stoichiometry}s${term.block}` : `${term.stoichiometry}${operandKey(term)}`;
}

/** Equal for rates that are written alike over their loop variables. */
export function rateKey(network: Network, family: ReactionFamily): string {
  const scope = { variables: family.variables.map((variable, v) => ({ ...variable, name: `v${v}` })) };
  return `${family.rate.kind} ${scalarText(network, family.rate.kind === 'law' ? family.rate.law : family.rate.constant, scope)}`;
}

function fixesOf(here: FamilySource, there: FamilySource, same: boolean): Fix[] {
  const [mine, other] = [here.reaction, there.reaction];
  if (mine === undefined || other === undefined || mine.arrow.reversible) return [];
  const removal = { ...placeIn(here, mine), text: '' };
  if (same) return [{ title: t('Remove this reaction'), edits: [removal], preferred: true }];
  if (mine.rate?.kind !== 'constant' || other.rate?.kind !== 'constant' || other.arrow.reversible || here.file !== there.file) return [];
  const constant = sumText(sliceOf(there.unit, other.rate.forward), sliceOf(here.unit, mine.rate.forward));
  return [{ title: t('Make one reaction with the constant {0}', constant), edits: [{ ...placeIn(there, other.rate.forward), text: constant }, removal] }];
}

function sumText(left: string, right: string): string {
  return `${left} + ${right.startsWith('-') ? inBrackets(right) : right}`;
}
