/** Hover of a reaction (or of an ODE that stands for reactions): order, constant, molecularity, net change, rate law. */
import { counted, t } from '../../../l10n/index.ts';
import { familyCount, familyText, loopsText, netChanges, operandText, rateScalar, unicodeScalar } from '../../../chemistry/index.ts';
import type { Network, ReactionFamily, Term } from '../../../chemistry/index.ts';
import type { OdeStatement, Reaction, Statement, Unit } from '../../../grammar/index.ts';
import type { Snapshot } from '../snapshot.ts';

/** The innermost statement at an offset of its unit. */
export function statementAt(statement: Statement, offset: number): Statement | undefined {
  if (offset < statement.start || offset > statement.end) return undefined;
  if (statement.kind === 'For' || statement.kind === 'Group' || statement.kind === 'Module') {
    for (const inner of statement.body) {
      const found = statementAt(inner, offset);
      if (found !== undefined) return found;
    }
  }
  return statement;
}

/** A statement may stand for several families: both directions, every use of its module, the terms of an ODE. */
const MOST_FAMILIES = 6;

export function reactionHover(snapshot: Snapshot, unit: Unit, statement: Reaction | OdeStatement): string[] {
  const { analysis } = snapshot;
  const { network } = analysis;
  const families = analysis.familiesAt(unit, statement).flatMap((id) => network.families[id] ?? []);
  if (families.length === 0) return statement.kind === 'Reaction' ? [describeText(statement)] : [];
  const shown = families.slice(0, MOST_FAMILIES);
  const parts = shown.length === 1 ? familyParts(network, shown[0]!) : shown.flatMap((family, n) => (n === 0 ? familyParts(network, family) : ['---', ...familyParts(network, family)]));
  if (families.length > shown.length) parts.push(counted(families.length - shown.length, '… and 1 more reaction from this statement.', '… and {0} more reactions from this statement.'));
  if (shown.some((family) => family.rate.kind === 'mass action')) parts.push(t('Rates have no factorials: `2 X -> X @ 1` gives X′ = −X².'));
  if (statement.doc !== undefined) parts.unshift(statement.doc);
  return parts;
}

function familyParts(network: Network, family: ReactionFamily): string[] {
  const loops = loopsText(family);
  const scope = { variables: family.variables };
  const label = family.label === undefined ? '' : `${family.label}: `;
  const parts = [`\`\`\`crn\n${label}${familyText(network, family)}${loops === '' ? '' : `   // ${loops}`}\n\`\`\``];
  parts.push(t('Rate: {0}', code(shorten(unicodeScalar(network, rateScalar(family), scope), 300))));
  const list: string[] = [];
  const order = orderOf(family.reactants);
  if (family.rate.kind === 'mass action') list.push(t('order {0}, constant in {1}', order, constantUnit(network, order)));
  else list.push(t('a rate law of its own, in {0}', constantUnit(network, 0)));
  list.push(molecularity(order));
  const changes = netChanges(family).map(({ operand, net }) => `${operandText(network, operand, scope)} ${net > 0 ? '+' : '−'}${Math.abs(net)}`);
  list.push(changes.length === 0 ? t('changes nothing') : t('net change: {0}', shorten(changes.join(', '), 300)));
  if (family.variables.length > 0) list.push(countText(family));
  if (family.groups.length > 0) list.push(t('group {0}', family.groups.join(' › ')));
  if (family.from === 'ode') list.push(t('made from an ODE'));
  if (family.from === 'backward') list.push(t('the backward half'));
  parts.push(list.map((item) => `- ${item}`).join('\n'));
  return parts;
}

/** Number of molecules that come together: the sum of the coefficients on the left. */
export function orderOf(reactants: readonly Term[]): number {
  return reactants.reduce((sum, term) => sum + term.stoichiometry, 0);
}

function molecularity(order: number): string {
  switch (order) {
    case 0: return t('zeroth order: nothing is consumed to start it');
    case 1: return t('unimolecular');
    case 2: return t('bimolecular');
    case 3: return t('termolecular: three molecules rarely meet at once');
    default: return t('{0} molecules at once, which does not happen in one step', order);
  }
}

/** Unit of a constant of a reaction of order n: concentration^(1 − n) / time, in the text's own units where it has any. */
export function constantUnit(network: Network, order: number): string {
  const concentration = network.units.concentration ?? 'concentration';
  const time = network.units.time ?? 'time';
  const power = 1 - order;
  if (power === 0) return `1/${time}`;
  const size = Math.abs(power) === 1 ? concentration : `${concentration}^${Math.abs(power)}`;
  return power > 0 ? `${size}/${time}` : `1/(${size}*${time})`;
}

function countText(family: ReactionFamily): string {
  const extents = family.variables.map((variable) => variable.extent);
  const total = familyCount(family);
  return extents.length === 1 ? counted(total, '1 reaction', '{0} reactions') : counted(total, '{1} = 1 reaction', '{1} = {0} reactions', undefined, extents.join(' × '));
}

function describeText(statement: Reaction): string {
  const order = statement.left.terms.reduce((sum, term) => sum + term.coefficient, 0);
  return t('A reaction of order {0}. It has an error, or stands in a module that is not used, and so is in no network.', order);
}

export function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

export function code(text: string): string {
  return text.includes('`') ? text : `\`${text}\``;
}
