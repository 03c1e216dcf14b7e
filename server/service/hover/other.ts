/** Hovers of modules, their parameters, loop variables, groups and experiments. */
import { counted, t } from '../../../l10n/index.ts';
import { familyCount } from '../../../chemistry/index.ts';
import type { CrnSymbol, ExperimentValue } from '../../../chemistry/index.ts';
import type { Binder, ModuleDeclaration, Statement } from '../../../grammar/index.ts';
import { kindName } from '../kind-name.ts';
import { linkTo } from '../snapshot.ts';
import type { Snapshot } from '../snapshot.ts';
import { statementAt, shorten } from './reaction.ts';

export function moduleHover(symbol: CrnSymbol): string[] {
  const { unit, span } = symbol.declaration;
  const module = enclosing(unit.statement, span.start).findLast((statement): statement is ModuleDeclaration => statement.kind === 'Module');
  if (module === undefined) return [];
  const brace = unit.text.indexOf('{', module.constants.at(-1)?.end ?? module.parameters.at(-1)?.end ?? module.name.end);
  const head = unit.text.slice(module.name.start, brace < 0 ? module.name.end : brace).trim();
  return [`\`\`\`crn\nmodule ${shorten(head, 400)}\n\`\`\``, ...(symbol.doc === undefined ? [] : [symbol.doc])];
}

export function moduleParameterHover(snapshot: Snapshot, symbol: CrnSymbol): string[] {
  const shape = symbol.shape.length === 0 ? '' : `[${symbol.shape.join(', ')}]`;
  const owner = symbol.module;
  const where = owner === undefined ? t('a module') : linkTo(snapshot, owner.declaration, t('module {0}', owner.name));
  return [t('**{0}** stands for a {1} that {2} is used with', `${symbol.name}${shape}`, kindName(symbol.standsFor ?? 'species'), where), ...(symbol.doc === undefined ? [] : [symbol.doc])];
}

export function loopHover(symbol: CrnSymbol): string[] {
  const { unit, span } = symbol.declaration;
  let binder: Binder | undefined;
  for (const statement of enclosing(unit.statement, span.start)) {
    if (statement.kind === 'For') binder = statement.binders.find((candidate) => candidate.name.start === span.start) ?? binder;
  }
  if (binder === undefined) return [`**${symbol.name}** ${kindName(symbol.kind)}`];
  const range = unit.text.slice(binder.range.start, binder.range.end);
  return [binder.range.kind === 'signs' ? t('**{0}** sign, + or −: the two rails of a dual', symbol.name) : t('**{0}** index in {1}', symbol.name, `\`${range}\``)];
}

export function groupHover(snapshot: Snapshot, symbol: CrnSymbol): string[] {
  const families = snapshot.analysis.network.families.filter((family) => family.groups.includes(symbol.name));
  const reactions = families.reduce((sum, family) => sum + familyCount(family), 0);
  return [counted(reactions, '**{1}** group of 1 reaction; an experiment switches it off with `off = {1}`', '**{1}** group of {0} reactions; an experiment switches it off with `off = {1}`', undefined, symbol.name), ...(symbol.doc === undefined ? [] : [symbol.doc])];
}

export function experimentHover(snapshot: Snapshot, symbol: CrnSymbol): string[] {
  const experiment = snapshot.analysis.network.experiments.find((candidate) => candidate.name === symbol.name);
  const settings = experiment === undefined ? [] : [...experiment.settings].map(([key, value]) => `- ${key} = ${valueText(value)}`);
  return [t('**{0}** experiment', symbol.name), ...(settings.length === 0 ? [] : [settings.join('\n')]), ...(symbol.doc === undefined ? [] : [symbol.doc])];
}

function valueText(value: ExperimentValue): string {
  switch (value.kind) {
    case 'number':
      return String(value.value);
    case 'word':
      return value.text;
    case 'words':
      return shorten(value.items.join(', '), 200);
    case 'string':
      return `"${value.text}"`;
    case 'condition':
      return value.condition.text;
  }
}

/** The statements around an offset, outermost first. */
function enclosing(statement: Statement, offset: number): Statement[] {
  const chain: Statement[] = [];
  let current: Statement | undefined = statement;
  while (current !== undefined && offset >= current.start && offset <= current.end) {
    chain.push(current);
    if (current.kind !== 'For' && current.kind !== 'Group' && current.kind !== 'Module') break;
    current = current.body.find((inner) => statementAt(inner, offset) !== undefined);
  }
  return chain;
}
