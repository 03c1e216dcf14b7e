/**
 * What may be written at the cursor. Every item carries a textEdit: clients disagree about what a word is, above all
 * next to `^`, `@` and Greek letters.
 */
import { said, t } from '../../l10n/index.ts';
import { CompletionItemKind } from 'vscode-languageserver';
import type { CompletionList, Position } from 'vscode-languageserver';
import { COMMON_UNITS, DISTRIBUTIONS, libraryNames, SIMULATE_SETTINGS } from '../../chemistry/index.ts';
import { isSpecies, Items, kindOf, quantities, species, values } from './completion-items.ts';
import { activationConstants, activations, lineOf, steps, trainLine } from './completion-lines.ts';
import { blockAround, cursorContext } from './context.ts';
import type { CursorContext, Opened, Token } from './context.ts';
import type { Snapshot } from './snapshot.ts';
import { moduleOf, moduleSignature } from './modules.ts';
import { helpOn, STATEMENT_WORDS, WORDS } from './words.ts';

/** Characters after which clients should ask by themselves. */
export const TRIGGERS: readonly string[] = ['@', '^', ':', '"', '['];

export function completion(snapshot: Snapshot, position: Position): CompletionList {
  const context = cursorContext(snapshot, position);
  const list = new Items(snapshot, context);
  if (context.place === 'string') importPaths(list);
  else if (context.place === 'text') inText(list, context);
  return list.finish();
}

function importPaths(list: Items): void {
  const inside = list.context.opened.at(-1)!.inside;
  const string = inside.at(-1);
  if (inside.at(-2)?.text !== 'import' || string === undefined) return;
  for (const path of list.snapshot.importable()) list.add(path, CompletionItemKind.File, 1, { start: string.start + 1 });
  for (const name of libraryNames) list.add(`onepot:${name}`, CompletionItemKind.Module, 2, { start: string.start + 1, detail: t('library of constructions') });
}

function inText(list: Items, context: CursorContext): void {
  const innermost = context.opened.at(-1)!;
  const last = innermost.inside.at(-1);
  if (last?.kind === 'number' && context.prefix === '' && last.start + last.text.length === context.spot.offset) return;
  if (last?.text === '^' || (innermost.bracket === '(' && innermost.head.at(-1)?.text === '^')) return rails(list, innermost.bracket === '(');
  const statement = blockAround(context);
  const at = context.opened.indexOf(statement);
  const bracket = context.opened[at + 1];
  if (bracket !== undefined) inBracket(list, bracket, innermost);
  else if (isExperiment(statement)) setting(list, innermost.inside);
  else if (isLinesBlock(statement)) lineOf(list, statement.head[0]!.text, innermost.inside);
  else if (statement.head[0]?.text === 'ode' && innermost.inside.length === 0) quantities(list, 1);
  else inStatement(list, innermost.inside);
}

function isExperiment(block: Opened): boolean {
  return block.head[0]?.text === 'simulate';
}

const LINES_BLOCKS = new Set(['activation', 'network', 'data', 'train', 'noise', 'sweep']);
function isLinesBlock(block: Opened): boolean {
  return LINES_BLOCKS.has(block.head[0]?.text ?? '');
}

/** Behind `^`: a rail, or a sign of a loop. */
function rails(list: Items, bracketed: boolean): void {
  for (const symbol of list.symbols) {
    if (symbol.kind !== 'sign') continue;
    list.symbol(symbol, 1);
    list.add(`-${symbol.name}`, CompletionItemKind.TypeParameter, 3, { text: bracketed ? `-${symbol.name}` : `(-${symbol.name})`, detail: t('the other rail') });
  }
  if (bracketed) return;
  list.add('+', CompletionItemKind.Operator, 2, { detail: t('the positive rail') });
  list.add('-', CompletionItemKind.Operator, 2, { detail: t('the negative rail') });
}

function inBracket(list: Items, outer: Opened, innermost: Opened): void {
  const { head } = outer;
  const word = statementWord(head);
  if (word === 'module' && outer.bracket === '(') {
    const inside = outer.inside;
    if (inside.at(-1)?.text === ':') for (const type of ['species', 'dual', 'fixed', 'param']) list.add(type, CompletionItemKind.Keyword, 1, { help: helpOn(WORDS.get(type)) ?? '' });
    return;
  }
  if (innermost.bracket === '[') {
    for (const symbol of list.symbols) if (symbol.kind === 'index') list.symbol(symbol, 1);
    for (const symbol of list.symbols) if (kindOf(symbol) === 'param' && symbol.shape.length === 0) list.symbol(symbol, 2);
    return;
  }
  if (word === 'use' && outer === innermost && outer.bracket === '(') {
    const module = moduleOf(list.snapshot, head.at(-1)?.text ?? '');
    const semicolon = outer.inside.findLastIndex((token) => token.text === ';');
    if (semicolon < 0) {
      const position = outer.inside.filter((token) => token.text === ',').length;
      const type = module?.parameters[position]?.type?.text ?? 'species';
      for (const symbol of list.symbols) if (kindOf(symbol) === type) list.symbol(symbol, 1);
      for (const symbol of list.symbols) if (isSpecies(symbol) || kindOf(symbol) === 'param') list.symbol(symbol, 2);
    } else if (outer.inside.at(-1)?.text === '=') values(list, 1);
    else for (const constant of module?.constants ?? []) list.add(constant.name.text, CompletionItemKind.Property, 1, { text: `${constant.name.text} = ` });
    return;
  }
  const block = blockAround(list.context).head[0]?.text ?? '';
  if (block === 'network' && word === 'layer' && outer.bracket === '(') return activationConstants(list, head.at(-1)?.text ?? '', outer.inside);
  if (word === 'neuron') {
    const semicolon = outer.inside.some((token) => token.text === ';');
    if (semicolon && outer === innermost) return activationConstants(list, head.at(-1)?.text ?? '', outer.inside);
  }
  if (block === 'data' && (word === 'x' || word === 'y' || word === 'test')) return steps(list, word);
  if (head.some((token) => token.text === ':') && !head.some((token) => token.text === '=') && isDeclaration(word)) return units(list);
  quantities(list, 1);
  if (DISTRIBUTIONS.has(head.at(-1)?.text ?? '')) list.add('seed', CompletionItemKind.Property, 0, { text: 'seed: ' });
}

function isDeclaration(word: string): boolean {
  return word === 'param' || word === 'species' || word === 'fixed' || word === 'dual';
}

/** The word that begins a statement, behind a label where there is one. */
function statementWord(tokens: readonly Token[]): string {
  const labelled = tokens[1]?.text === ':' && tokens[0]?.kind === 'name' && !isDeclaration(tokens[0].text);
  return tokens[labelled ? 2 : 0]?.text ?? '';
}

function inStatement(list: Items, tokens: readonly Token[]): void {
  const word = statementWord(tokens);
  const last = tokens.at(-1);
  if (tokens.length === 0 || (tokens.length === 2 && tokens[1]?.text === ':' && !isDeclaration(word))) return startOfStatement(list);
  switch (word) {
    case 'units':
      return last?.text === 'units' || last?.text === ',' ? ['time', 'concentration'].forEach((name) => list.add(name, CompletionItemKind.Keyword, 1)) : units(list);
    case 'param':
    case 'species':
    case 'fixed':
    case 'dual':
      return declaration(list, tokens);
    case 'use':
      return last?.text === 'use' ? modules(list) : undefined;
    case 'import':
      if (last?.text === 'import') for (const path of list.snapshot.importable()) list.add(`"${path}"`, CompletionItemKind.File, 1);
      return;
    case 'for':
      if (last?.text === 'in') list.add('signs', CompletionItemKind.Keyword, 1, { help: helpOn(WORDS.get('signs')) ?? '' });
      else if (last?.kind === 'name' && last.text !== 'for') list.add('in', CompletionItemKind.Keyword, 1);
      else if (last?.text === '..' || last?.kind === 'sign') for (const symbol of list.symbols) if (symbol.kind === 'index' || kindOf(symbol) === 'param') list.symbol(symbol, 2);
      return;
    case 'module':
    case 'group':
    case 'simulate':
    case 'activation':
    case 'network':
    case 'noise':
    case 'sweep':
      return;
    case 'data':
      return last?.text === '=' ? steps(list, '') : undefined;
    case 'train':
      return trainLine(list, tokens);
    case 'neuron':
      return last?.text === '=' ? activations(list, 'neuron') : undefined;
    case 'expect':
      return expectation(list, tokens);
    case 'ode':
      return quantities(list, 1);
    default:
      return reaction(list, tokens);
  }
}

/** `>` and `<`, also before `=`. */
const COMPARISON = /^[<>]=?$/;

function startOfStatement(list: Items): void {
  for (const word of STATEMENT_WORDS) {
    const entry = WORDS.get(word);
    if (entry === undefined) continue;
    list.add(word, entry.snippet === undefined ? CompletionItemKind.Keyword : CompletionItemKind.Snippet, 2, { ...(entry.snippet === undefined ? {} : { text: entry.snippet, snippet: true }), help: said(entry.help) });
  }
  list.add('reaction', CompletionItemKind.Snippet, 3, { text: '${1:A} -> ${2:B} @ ${3:1}', snippet: true, help: t('A reaction with a mass-action constant: `A + B -> C @ k`.') });
  species(list, 1);
}

function declaration(list: Items, tokens: readonly Token[]): void {
  const item = tokens.slice(tokens.findLastIndex((token) => token.text === ',') + 1);
  if (item.some((token) => token.text === '=')) return values(list, 1, true);
  if (item.some((token) => token.text === ':')) units(list);
}

function reaction(list: Items, tokens: readonly Token[]): void {
  if (tokens.some((token) => token.text === '@')) return values(list, 1);
  if (tokens.some((token) => token.text === 'rate')) return quantities(list, 1);
  const last = tokens.at(-1);
  const arrow = tokens.some((token) => /^(->|<->)$/.test(token.text));
  const term = last?.kind === 'name' || last?.text === '[]' || (last?.kind === 'sign' && /^[+-]$/.test(last.text) && tokens.at(-2)?.text === '^');
  if (!term && last?.kind !== 'number') return species(list, 1);
  if (last?.kind === 'number') species(list, 1);
  if (arrow) {
    list.add('@', CompletionItemKind.Operator, 2, { text: '@ ', help: t('The mass-action constant follows.') });
    list.add('rate', CompletionItemKind.Keyword, 3, { text: 'rate ', help: helpOn(WORDS.get('rate')) ?? '' });
  } else if (term) {
    list.add('->', CompletionItemKind.Operator, 2, { text: '-> ' });
    list.add('<->', CompletionItemKind.Operator, 3, { text: '<-> ' });
  }
}

function expectation(list: Items, tokens: readonly Token[]): void {
  if (tokens.at(-1)?.text === 'in') {
    for (const symbol of list.symbols) if (symbol.kind === 'experiment') list.symbol(symbol, 1);
    return;
  }
  if (tokens.length === 1) for (const word of ['conserved', 'ode']) list.add(word, CompletionItemKind.Keyword, 2, { text: `${word} `, help: helpOn(WORDS.get(word)) ?? '' });
  else for (const word of ['within', 'in']) list.add(word, CompletionItemKind.Keyword, 3, { text: `${word} `, help: helpOn(WORDS.get(word)) ?? '' });
  quantities(list, 1);
}

function setting(list: Items, tokens: readonly Token[]): void {
  const equals = tokens.findIndex((token) => token.text === '=');
  if (equals < 0) {
    if (tokens.length > 0) return;
    for (const { name, about } of SIMULATE_SETTINGS) list.add(name, CompletionItemKind.Property, 1, { text: `${name} = `, help: said(about) });
    return;
  }
  const spec = SIMULATE_SETTINGS.find(({ name }) => name === tokens[equals - 1]?.text);
  if (spec?.kind === 'end') return end(list, tokens.slice(equals + 1), spec.words ?? []);
  for (const word of spec?.words ?? []) list.add(word, CompletionItemKind.EnumMember, 1);
  if (spec?.kind === 'quantities') quantities(list, 1);
  if (spec?.kind === 'groups') for (const symbol of list.symbols) if (symbol.kind === 'group') list.symbol(symbol, 1);
  if (spec?.kind === 'number') values(list, 2);
}

/** What ends a run: a time, one of `words`, or a condition. */
function end(list: Items, tokens: readonly Token[], words: readonly string[]): void {
  const last = tokens.at(-1), compared = tokens.some(({ text }) => COMPARISON.test(text)), rail = last?.kind === 'sign' && /^[+-]$/.test(last.text) && tokens.at(-2)?.text === '^';
  if (tokens.length === 0) for (const word of words) list.add(word, CompletionItemKind.EnumMember, 1);
  if (last === undefined || (last.kind === 'sign' && last.text !== '[]' && last.text !== '()' && !rail)) return quantities(list, 2);
  if (compared) return;
  for (const [sign, help] of [['>', t('The run ends where the left side first exceeds the right one.')], ['<', t('The run ends where the left side first falls below the right one.')]] as const) {
    list.add(sign, CompletionItemKind.Operator, 2, { text: `${sign} `, help });
  }
}

function units(list: Items): void {
  const { time, concentration } = list.snapshot.analysis.network.units;
  for (const own of [concentration, time]) if (own !== undefined) list.add(own, CompletionItemKind.Unit, 1);
  if (time !== undefined) {
    list.add(`1/${time}`, CompletionItemKind.Unit, 1, { detail: t('constant of a first-order reaction') });
    if (concentration !== undefined) list.add(`1/(${concentration}*${time})`, CompletionItemKind.Unit, 1, { detail: t('constant of a second-order reaction') });
  }
  for (const name of COMMON_UNITS) list.add(name, CompletionItemKind.Unit, 2);
}

/** Modules with a placeholder for every argument. */
function modules(list: Items): void {
  for (const symbol of list.symbols) {
    if (symbol.kind !== 'module') continue;
    const module = moduleOf(list.snapshot, symbol.name);
    const placeholders = module?.parameters.map((parameter, n) => `\${${n + 1}:${parameter.name.text}}`) ?? [];
    list.add(symbol.name, CompletionItemKind.Module, 1, {
      text: `${symbol.name}(${placeholders.join(', ')})`,
      snippet: true,
      ...(module === undefined ? {} : { detail: moduleSignature(module) }),
      ...(symbol.doc === undefined ? {} : { help: symbol.doc }),
    });
  }
}
