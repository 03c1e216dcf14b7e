/** The rules about one rate law. Findings are kept with the text they are about: an edit elsewhere does not compute them again. */
import { t } from '../../l10n/index.ts';
import { lawDoesNotVanish } from '../diagnostics/crn503-law-does-not-vanish.ts';
import { lawIgnoresCatalyst } from '../diagnostics/crn511-law-ignores-catalyst.ts';
import { lawIsNegative } from '../diagnostics/crn516-law-is-negative.ts';
import { lawIsMassAction } from '../diagnostics/crn501-law-is-mass-action.ts';
import { lawIsNotMassAction } from '../diagnostics/crn502-law-is-not-mass-action.ts';
import type { Diagnostic, Fix } from '../diagnostic.ts';
import { netChanges, operandText, scalarText } from '../equations/index.ts';
import { complexText } from '../naming.ts';
import type { Operand, Scalar } from '../network.ts';
import { operandKey, some } from '../polynomial/index.ts';
import { massActionConstant, mentions, powerLaw, reversibleConstants, vanishesWith } from './law.ts';
import { negativeConstantCase, negativeLaw } from './negative.ts';
import type { NegativeLaw } from './negative.ts';
import { inBrackets, placeIn, rateExpression, sliceOf } from './text.ts';
import type { FamilyText } from './text.ts';

export function checkLaw(text: FamilyText, law: Scalar, found: Diagnostic[]): void {
  const { network, family, source } = text;
  const scope = { variables: family.variables };
  const expression = rateExpression(text);
  const lawPlace = placeIn(source, expression ?? family.origin);
  const oneWay = source.reaction?.arrow.reversible === false;
  const constant = massActionConstant(law, family.reactants);
  if (constant !== undefined) {
    const negative = negativeConstantCase(network, family, constant);
    if (negative !== undefined) {
      found.push(lawIsNegative(lawPlace, 'always', negative.where));
      return;
    }
    const rate = source.reaction?.rate;
    const place = oneWay && rate !== undefined ? placeIn(source, rate) : lawPlace;
    found.push(lawIsMassAction(place, scalarText(network, constant, scope), oneWay));
    return;
  }
  const changes = netChanges(family);
  const alive = changes
    .filter(({ net, operand }) => net < 0 && network.blocks[operand.block]?.kind !== 'fixed' && !vanishesWith(network, family, law, operandKey(operand)))
    .map(({ operand }) => operand);
  if (alive.length > 0) {
    found.push(lawDoesNotVanish(lawPlace, alive.map((operand) => operandText(network, operand, scope)), fixesOf(text, law, alive)));
    return;
  }
  const negative = negativeLaw(network, family, law, new Set(changes.filter(({ net }) => net > 0).map(({ operand }) => operandKey(operand))));
  if (negative !== undefined) {
    found.push(lawIsNegative(lawPlace, negative.always ? 'always' : negative.signed ? 'signed' : 'somewhere', negative.always ? '' : pointText(text, law, negative)));
    return;
  }
  const ignored = family.reactants.find((term) => !mentions(law, operandKey(term)));
  if (ignored !== undefined) {
    const name = operandText(network, ignored, scope);
    found.push(lawIgnoresCatalyst(lawPlace, name, expression === undefined ? name : `${productText(sliceOf(source.unit, expression))}*${name}`));
    return;
  }
  const molecules = family.reactants.reduce((total, term) => total + term.stoichiometry, 0);
  const takes = family.reactants.length === 0 ? undefined : complexText(network, family.reactants, scope).split(' + ').map(asPower).join('·');
  found.push(lawIsNotMassAction(lawPlace, takes, powerLaw(law)?.order, molecules));
}

/** The species of a law at a point: `W^+ = 0, W^- = 1`. */
function pointText({ network, family }: FamilyText, law: Scalar, { at }: NegativeLaw): string {
  const parts = new Map<string, string>();
  some(law, (leaf) => {
    const value = leaf.kind === 'species' ? at.get(operandKey(leaf.operand)) : undefined;
    if (leaf.kind === 'species' && value !== undefined) {
      const name = operandText(network, leaf.operand, { variables: family.variables });
      parts.set(name, `${name} = ${Number(value.toPrecision(3))}`);
    }
    return parts.size > MOST_NAMED;
  });
  const list = [...parts.values()];
  return list.length > MOST_NAMED ? `${list.slice(0, MOST_NAMED).join(', ')}, …` : list.join(', ');
}
const MOST_NAMED = 4;

/** `2 X` → `X^2` */
function asPower(term: string): string {
  const match = /^(\d+) (.*)$/.exec(term);
  return match === null ? term : `${match[2] ?? ''}^${match[1] ?? ''}`;
}

/** A law's text as the first factor of a product. */
function productText(text: string): string {
  return /^[\p{L}\p{N}_.*^[\]]+$/u.test(text) ? text : inBrackets(text);
}

function fixesOf(text: FamilyText, law: Scalar, alive: readonly Operand[]): Fix[] {
  const { network, family, source } = text;
  const { reaction } = source;
  const expression = rateExpression(text);
  if (reaction?.rate === undefined || expression === undefined) return [];
  const scope = { variables: family.variables };
  const both = reaction.arrow.reversible ? undefined : reversibleConstants(law, family.reactants, family.products);
  if (both !== undefined) {
    const rate = `@ ${scalarText(network, both.forward, scope)}, ${scalarText(network, both.backward, scope)}`;
    return [{
      title: t('Write it as a reversible reaction'),
      preferred: true,
      edits: [{ ...placeIn(source, reaction.arrow), text: '<->' }, { ...placeIn(source, reaction.rate), text: rate }],
    }];
  }
  const names = alive.map((operand) => operandText(network, operand, scope));
  return [{ title: t('Multiply the law by {0}', names.join('·')), edits: [{ ...placeIn(source, expression), text: [productText(sliceOf(source.unit, expression)), ...names].join('*') }] }];
}
