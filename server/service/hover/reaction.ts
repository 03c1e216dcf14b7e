/** Hover of a reaction (or of an ODE that stands for reactions): order, constant, molecularity, net change, rate law. */
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
  if (families.length > shown.length) parts.push(`… and ${families.length - shown.length} more reactions from this statement.`);
  if (shown.some((family) => family.rate.kind === 'mass action')) parts.push("Rates have no factorials: `2 X -> X @ 1` gives X′ = −X².");
  if (statement.doc !== undefined) parts.unshift(statement.doc);
  return parts;
}

function familyParts(network: Network, family: ReactionFamily): string[] {
  const loops = loopsText(family);
  const scope = { variables: family.variables };
  const label = family.label === undefined ? '' : `${family.label}: `;
  const parts = [`\`\`\`crn\n${label}${familyText(network, family)}${loops === '' ? '' : `   // ${loops}`}\n\`\`\``];
  parts.push(`Rate: ${code(shorten(unicodeScalar(network, rateScalar(family), scope), 300))}`);
  const list: string[] = [];
  const order = orderOf(family.reactants);
  if (family.rate.kind === 'mass action') list.push(`order ${order}, constant in ${constantUnit(network, order)}`);
  else list.push(`a rate law of its own, in ${constantUnit(network, 0)}`);
  list.push(molecularity(order));
  const changes = netChanges(family).map(({ operand, net }) => `${operandText(network, operand, scope)} ${net > 0 ? '+' : '−'}${Math.abs(net)}`);
  list.push(changes.length === 0 ? 'changes nothing' : `net change: ${shorten(changes.join(', '), 300)}`);
  if (family.variables.length > 0) list.push(countText(family));
  if (family.groups.length > 0) list.push(`group ${family.groups.join(' › ')}`);
  if (family.from === 'ode') list.push('made from an ODE');
  if (family.from === 'backward') list.push('the backward half');
  parts.push(list.map((item) => `- ${item}`).join('\n'));
  return parts;
}

/** Number of molecules that come together: the sum of the coefficients on the left. */
export function orderOf(reactants: readonly Term[]): number {
  return reactants.reduce((sum, term) => sum + term.stoichiometry, 0);
}

function molecularity(order: number): string {
  const words = ['zeroth order: nothing is consumed to start it', 'unimolecular', 'bimolecular', 'termolecular: three molecules rarely meet at once'];
  return words[order] ?? `${order} molecules at once, which does not happen in one step`;
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
  const total = familyCount(family).toLocaleString('en-US');
  return extents.length === 1 ? `${total} reactions` : `${extents.join(' × ')} = ${total} reactions`;
}

function describeText(statement: Reaction): string {
  const order = statement.left.terms.reduce((sum, term) => sum + term.coefficient, 0);
  return `A reaction of order ${order}. It has an error, or stands in a module that is not used, and so is in no network.`;
}

export function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

export function code(text: string): string {
  return text.includes('`') ? text : `\`${text}\``;
}
