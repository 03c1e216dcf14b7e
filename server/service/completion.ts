/**
 * What may be written at the cursor. Every item carries a textEdit: clients disagree about what a word is, above all
 * next to `^`, `@` and Greek letters.
 */
import { CompletionItemKind, InsertTextFormat, MarkupKind } from 'vscode-languageserver';
import type { CompletionItem, CompletionList, Position } from 'vscode-languageserver';
import {
  closedForm, COMMON_UNITS, CONSTANTS, DATA_SETTINGS, DISTRIBUTIONS, FUNCTIONS, libraryActivations, libraryNames, modelNamed, NETWORK_SETTINGS, SIMULATE_SETTINGS,
  SPECIAL_ACTIVATIONS, TRAIN_SETTINGS,
} from '../../chemistry/index.ts';
import type { CrnSymbol } from '../../chemistry/index.ts';
import { blockAround, cursorContext } from './context.ts';
import type { CursorContext, Opened, Token } from './context.ts';
import { rangeOf } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';
import { moduleOf, moduleSignature } from './modules.ts';
import { DATA_STEPS, VALUE_HELP } from './neural-words.ts';
import { LINE_WORDS, STATEMENT_WORDS, WORDS } from './words.ts';

/** More than a person scrolls through; with more names typing narrows the list. */
const MOST = 300;

/** Characters after which clients should ask by themselves. */
export const TRIGGERS: readonly string[] = ['@', '^', ':', '"', '['];

export function completion(snapshot: Snapshot, position: Position): CompletionList {
  const context = cursorContext(snapshot, position);
  const list = new Items(snapshot, context);
  if (context.place === 'string') importPaths(list);
  else if (context.place === 'text') inText(list, context);
  return list.finish();
}

class Items {
  readonly snapshot: Snapshot;
  readonly context: CursorContext;
  readonly #items = new Map<string, CompletionItem>();
  readonly #typed: string;
  #more = false;
  #symbols: readonly CrnSymbol[] | undefined;

  constructor(snapshot: Snapshot, context: CursorContext) {
    this.snapshot = snapshot;
    this.context = context;
    this.#typed = context.prefix.toLowerCase();
  }

  /** Symbols in scope at the cursor, innermost first. */
  get symbols(): readonly CrnSymbol[] {
    this.#symbols ??= this.snapshot.analysis.visibleAt(this.context.spot.unit, this.context.spot.inUnit);
    return this.#symbols;
  }

  /** `order` puts kinds of items below each other; the first item of a name stays. */
  add(label: string, kind: CompletionItemKind, order: number, more: { text?: string; snippet?: boolean; detail?: string; help?: string; start?: number } = {}): void {
    if (this.#items.has(label) || !isSubsequence(this.#typed, label.toLowerCase())) return;
    if (this.#items.size >= MOST) {
      this.#more = true;
      return;
    }
    const range = rangeOf(this.snapshot.document, { start: more.start ?? this.context.prefixStart, end: this.context.spot.offset });
    this.#items.set(label, {
      label,
      kind,
      sortText: `${order}${String(this.#items.size).padStart(4, '0')}`,
      filterText: label,
      textEdit: { range, newText: more.text ?? label },
      ...(more.snippet === true ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
      ...(more.detail === undefined ? {} : { detail: more.detail }),
      ...(more.help === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: more.help } }),
    });
  }

  symbol(symbol: CrnSymbol, order: number, text?: string): void {
    const label = text ?? symbol.name;
    this.add(label, KIND[kindOf(symbol)], order, { detail: describe(symbol), ...(symbol.doc === undefined ? {} : { help: symbol.doc }) });
  }

  finish(): CompletionList {
    return { isIncomplete: this.#more, items: [...this.#items.values()] };
  }
}

type Kind = Exclude<CrnSymbol['kind'], 'module parameter'>;
const KIND: Readonly<Record<Kind, CompletionItemKind>> = {
  param: CompletionItemKind.Constant,
  'module constant': CompletionItemKind.Constant,
  species: CompletionItemKind.Variable,
  fixed: CompletionItemKind.Variable,
  dual: CompletionItemKind.Variable,
  index: CompletionItemKind.TypeParameter,
  sign: CompletionItemKind.TypeParameter,
  module: CompletionItemKind.Module,
  group: CompletionItemKind.Folder,
  reaction: CompletionItemKind.Event,
  experiment: CompletionItemKind.Method,
  activation: CompletionItemKind.Function,
  network: CompletionItemKind.Class,
  data: CompletionItemKind.Struct,
  noise: CompletionItemKind.Value,
};

/** What a symbol is to whoever uses it: a module's parameter is what it stands for. */
export function kindOf(symbol: CrnSymbol): Kind {
  return symbol.kind === 'module parameter' ? (symbol.standsFor ?? 'species') : symbol.kind;
}

function describe(symbol: CrnSymbol): string {
  const shape = symbol.shape.length === 0 ? '' : `[${symbol.shape.join(', ')}]`;
  const unit = symbol.unit === undefined ? '' : `: ${symbol.unit.text}`;
  return `${symbol.kind}${shape}${unit}`;
}

function isSubsequence(short: string, long: string): boolean {
  let at = 0;
  for (const character of short) {
    at = long.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function importPaths(list: Items): void {
  const inside = list.context.opened.at(-1)!.inside;
  const string = inside.at(-1);
  if (inside.at(-2)?.text !== 'import' || string === undefined) return;
  for (const path of list.snapshot.importable()) list.add(path, CompletionItemKind.File, 1, { start: string.start + 1 });
  for (const name of libraryNames) list.add(`onepot:${name}`, CompletionItemKind.Module, 2, { start: string.start + 1, detail: 'library of constructions' });
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

/** A setting as far as completion asks about it. */
type Offered = { readonly name: string; readonly kind: string; readonly words?: readonly string[]; readonly about: string };
const SETTINGS: Readonly<Record<string, readonly Offered[]>> = { network: NETWORK_SETTINGS, data: DATA_SETTINGS, train: TRAIN_SETTINGS, sweep: TRAIN_SETTINGS };

/** A line of a network, of data, of a training … */
function lineOf(list: Items, block: string, tokens: readonly Token[]): void {
  const settings = SETTINGS[block] ?? [];
  const [first] = tokens;
  if (first === undefined) {
    for (const { word, help, snippet } of LINE_WORDS[block] ?? []) list.add(word, CompletionItemKind.Keyword, 1, { text: snippet, snippet: true, help });
    for (const { name, about } of settings) list.add(name, CompletionItemKind.Property, 2, { text: `${name} = `, help: about });
    return;
  }
  const last = tokens.at(-1)!;
  if (block === 'sweep' && (first.text === 'train' || first.text === 'vary')) return first.text === 'train' ? trainLine(list, tokens) : varyLine(list, tokens, settings);
  const equals = tokens.findIndex((token) => token.text === '=');
  if (equals < 0) return;
  if (block === 'network' && first.text === 'layer') {
    if (last.text === '=') activations(list, 'layer');
    return;
  }
  if (block === 'data') return dataValue(list, tokens[equals - 1]?.text ?? '', last.text === '=');
  if (block === 'activation') return values(list, 2);
  const spec = settings.find(({ name }) => name === tokens[equals - 1]?.text);
  for (const word of spec?.words ?? []) list.add(word, CompletionItemKind.EnumMember, 1, helpOf(VALUE_HELP[spec?.name ?? '']?.[word]));
  if (spec?.kind === 'start') for (const [name, { about }] of DISTRIBUTIONS) list.add(name, CompletionItemKind.Function, 1, { text: `${name}(\${1:-1}, \${2:1}, seed: \${3:7})`, snippet: true, help: about });
  if (spec?.kind === 'noise') for (const symbol of list.symbols) if (symbol.kind === 'noise') list.symbol(symbol, 1);
  if (spec?.kind === 'number') values(list, 2);
}

/** `train xor on truth_table`, as a statement or in a sweep. */
function trainLine(list: Items, tokens: readonly Token[]): void {
  const last = tokens.at(-1)!.text;
  const wanted = last === 'on' ? 'data' : last === 'train' || last === ':' ? 'network' : undefined;
  for (const symbol of list.symbols) if (symbol.kind === wanted) list.symbol(symbol, 1);
  if (wanted === undefined) list.add('on', CompletionItemKind.Keyword, 1, { text: 'on ' });
}

function varyLine(list: Items, tokens: readonly Token[], settings: readonly Offered[]): void {
  const last = tokens.at(-1)!;
  if (tokens.length === 1) {
    list.add('noise', CompletionItemKind.Property, 1);
    for (const { name, kind, about } of settings) if (kind === 'number') list.add(name, CompletionItemKind.Property, 2, { help: about });
  } else if (!tokens.some((token) => token.text === 'in')) list.add('in', CompletionItemKind.Keyword, 1, { text: 'in ' });
  else if (tokens.some((token) => token.text === '..') && last.kind === 'number') list.add('steps', CompletionItemKind.Keyword, 1, { text: 'steps ' });
}

function helpOf(help: string | undefined): { help?: string } {
  return help === undefined ? {} : { help };
}

/** What a setting of data may be: steps that make columns, a file of held-out rows, a word. */
function dataValue(list: Items, setting: string, first: boolean): void {
  if (first && setting === 'header') for (const [word, help] of Object.entries(VALUE_HELP['header'] ?? {})) list.add(word, CompletionItemKind.EnumMember, 1, { help });
  if (first && setting === 'delimiter') for (const text of ['","', '";"', '"|"', '" "', '"tab"']) list.add(text, CompletionItemKind.EnumMember, 1);
  if (first) steps(list, setting);
}

/** Steps for `x = …`, `y = …` and `test = …`, those that the source of the data has first. */
function steps(list: Items, setting: string): void {
  const { statement } = list.context.spot.unit ?? {};
  const source = statement?.kind !== 'Data' ? undefined : statement.header !== undefined ? 'rows' : statement.source?.callee.text;
  for (const step of DATA_STEPS) {
    if (!step.for.includes(setting)) continue;
    const fits = step.of === undefined || source === undefined || step.of.includes(source);
    list.add(step.name, CompletionItemKind.Function, fits ? 1 : 3, { text: step.snippet, snippet: true, help: step.help });
  }
}

/** Activations of the file and of the library, with their constants: a layer's stand in its brackets, a neuron's behind its input. */
function activations(list: Items, of: 'layer' | 'neuron'): void {
  const snippet = (name: string, constants: readonly string[]): { text: string; snippet: true } => {
    const given = constants.map((constant, n) => `${constant} = \${${n + 1}:0.1}`).join(', ');
    return { text: of === 'layer' ? `${name}${given === '' ? '' : `(${given})`}` : `${name}($0${given === '' ? '' : `; ${given}`})`, snippet: true };
  };
  const constantsOf = (name: string): string[] => modelNamed(list.snapshot.analysis, name)?.parameters.filter((parameter) => parameter.default === undefined).map((parameter) => parameter.name) ?? [];
  for (const symbol of list.symbols) if (symbol.kind === 'activation') list.add(symbol.name, CompletionItemKind.Function, 1, { detail: describe(symbol), ...helpOf(symbol.doc), ...snippet(symbol.name, constantsOf(symbol.name)) });
  for (const [name, { model, certificate }] of libraryActivations()) {
    // Layers may have any pre-activation.
    if (of === 'layer' && certificate.domain !== 'all') continue;
    list.add(name, CompletionItemKind.Function, 2, { detail: closedForm(model)?.fixedPoint ?? 'activation of the library', ...helpOf(model.doc), ...snippet(name, constantsOf(name)) });
  }
  if (of === 'neuron') return;
  for (const [name, { about, parameters }] of SPECIAL_ACTIVATIONS) {
    list.add(name, CompletionItemKind.Function, 3, { help: about, ...snippet(name, parameters.filter((parameter) => parameter.default === undefined).map((parameter) => parameter.name)) });
  }
}

/** Constants of the activation in whose brackets the cursor is. */
function activationConstants(list: Items, name: string, inside: readonly Token[]): void {
  if (inside.at(-1)?.text === '=') return values(list, 1);
  const known = modelNamed(list.snapshot.analysis, name)?.parameters ?? SPECIAL_ACTIVATIONS.get(name)?.parameters ?? [];
  for (const { name: constant } of known) list.add(constant, CompletionItemKind.Property, 1, { text: `${constant} = ` });
}

/** Behind `^`: a rail, or a sign of a loop. */
function rails(list: Items, bracketed: boolean): void {
  for (const symbol of list.symbols) {
    if (symbol.kind !== 'sign') continue;
    list.symbol(symbol, 1);
    list.add(`-${symbol.name}`, CompletionItemKind.TypeParameter, 3, { text: bracketed ? `-${symbol.name}` : `(-${symbol.name})`, detail: 'the other rail' });
  }
  if (bracketed) return;
  list.add('+', CompletionItemKind.Operator, 2, { detail: 'the positive rail' });
  list.add('-', CompletionItemKind.Operator, 2, { detail: 'the negative rail' });
}

function inBracket(list: Items, outer: Opened, innermost: Opened): void {
  const { head } = outer;
  const word = statementWord(head);
  if (word === 'module' && outer.bracket === '(') {
    const inside = outer.inside;
    if (inside.at(-1)?.text === ':') for (const type of ['species', 'dual', 'fixed', 'param']) list.add(type, CompletionItemKind.Keyword, 1, { help: WORDS.get(type)?.help ?? '' });
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
      if (last?.text === 'in') list.add('signs', CompletionItemKind.Keyword, 1, { help: WORDS.get('signs')?.help ?? '' });
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

function startOfStatement(list: Items): void {
  for (const word of STATEMENT_WORDS) {
    const entry = WORDS.get(word);
    if (entry === undefined) continue;
    list.add(word, entry.snippet === undefined ? CompletionItemKind.Keyword : CompletionItemKind.Snippet, 2, { ...(entry.snippet === undefined ? {} : { text: entry.snippet, snippet: true }), help: entry.help });
  }
  list.add('reaction', CompletionItemKind.Snippet, 3, { text: '${1:A} -> ${2:B} @ ${3:1}', snippet: true, help: 'A reaction with a mass-action constant: `A + B -> C @ k`.' });
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
    list.add('@', CompletionItemKind.Operator, 2, { text: '@ ', help: 'The mass-action constant follows.' });
    list.add('rate', CompletionItemKind.Keyword, 3, { text: 'rate ', help: WORDS.get('rate')?.help ?? '' });
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
  if (tokens.length === 1) for (const word of ['conserved', 'ode']) list.add(word, CompletionItemKind.Keyword, 2, { text: `${word} `, help: WORDS.get(word)?.help ?? '' });
  else for (const word of ['within', 'in']) list.add(word, CompletionItemKind.Keyword, 3, { text: `${word} `, help: WORDS.get(word)?.help ?? '' });
  quantities(list, 1);
}

function setting(list: Items, tokens: readonly Token[]): void {
  const equals = tokens.findIndex((token) => token.text === '=');
  if (equals < 0) {
    if (tokens.length > 0) return;
    for (const { name, about } of SIMULATE_SETTINGS) list.add(name, CompletionItemKind.Property, 1, { text: `${name} = `, help: about });
    return;
  }
  const spec = SIMULATE_SETTINGS.find(({ name }) => name === tokens[equals - 1]?.text);
  for (const word of spec?.words ?? []) list.add(word, CompletionItemKind.EnumMember, 1);
  if (spec?.kind === 'quantities') quantities(list, 1);
  if (spec?.kind === 'groups') for (const symbol of list.symbols) if (symbol.kind === 'group') list.symbol(symbol, 1);
  if (spec?.kind === 'number' || spec?.kind === 'end') values(list, 2);
}

function isSpecies(symbol: CrnSymbol): boolean {
  const kind = kindOf(symbol);
  return kind === 'species' || kind === 'fixed' || kind === 'dual';
}

/** Species as they stand in a complex: duals by their rails. */
function species(list: Items, order: number): void {
  const signs = list.symbols.filter((symbol) => symbol.kind === 'sign');
  for (const symbol of list.symbols) {
    if (!isSpecies(symbol)) continue;
    if (kindOf(symbol) !== 'dual') list.symbol(symbol, order);
    else for (const rail of [...signs.map((sign) => sign.name), '+', '-']) list.symbol(symbol, order, `${symbol.name}^${rail}`);
  }
}

/** What a rate law may be made of. */
function quantities(list: Items, order: number): void {
  for (const symbol of list.symbols) if (isSpecies(symbol)) list.symbol(symbol, order);
  values(list, order);
}

/** What a constant may be made of. */
function values(list: Items, order: number, initial = false): void {
  for (const symbol of list.symbols) if (['param', 'module constant', 'index', 'sign'].includes(kindOf(symbol))) list.symbol(symbol, order);
  if (initial) {
    for (const [name, { about }] of DISTRIBUTIONS) list.add(name, CompletionItemKind.Function, order + 1, { text: `${name}(\${1:-1}, \${2:1}, seed: \${3:7})`, snippet: true, help: about });
  }
  for (const [name, { about, most }] of FUNCTIONS) list.add(name, CompletionItemKind.Function, order + 2, { text: `${name}(${most === 0 ? '' : '$1'})`, snippet: true, help: about });
  for (const [name, { about }] of CONSTANTS) list.add(name, CompletionItemKind.Constant, order + 2, { help: about });
}

function units(list: Items): void {
  const { time, concentration } = list.snapshot.analysis.network.units;
  for (const own of [concentration, time]) if (own !== undefined) list.add(own, CompletionItemKind.Unit, 1);
  if (time !== undefined) {
    list.add(`1/${time}`, CompletionItemKind.Unit, 1, { detail: 'constant of a first-order reaction' });
    if (concentration !== undefined) list.add(`1/(${concentration}*${time})`, CompletionItemKind.Unit, 1, { detail: 'constant of a second-order reaction' });
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
