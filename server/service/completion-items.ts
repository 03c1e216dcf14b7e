/** The list that completion fills, and the names that may go into it. Every item carries a textEdit: clients disagree about what a word is. */
import { said } from '../../l10n/index.ts';
import { CompletionItemKind, InsertTextFormat, MarkupKind } from 'vscode-languageserver';
import type { CompletionItem, CompletionList } from 'vscode-languageserver';
import { CONSTANTS, DISTRIBUTIONS, FUNCTIONS } from '../../chemistry/index.ts';
import type { CrnSymbol } from '../../chemistry/index.ts';
import type { CursorContext } from './context.ts';
import { kindName } from './kind-name.ts';
import { rangeOf } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';

/** More than a person scrolls through; with more names typing narrows the list. */
const MOST = 300;

export class Items {
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

export function describe(symbol: CrnSymbol): string {
  const shape = symbol.shape.length === 0 ? '' : `[${symbol.shape.join(', ')}]`;
  const unit = symbol.unit === undefined ? '' : `: ${symbol.unit.text}`;
  return `${kindName(symbol.kind)}${shape}${unit}`;
}

function isSubsequence(short: string, long: string): boolean {
  let at = 0;
  for (const character of short) {
    at = long.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

export function isSpecies(symbol: CrnSymbol): boolean {
  const kind = kindOf(symbol);
  return kind === 'species' || kind === 'fixed' || kind === 'dual';
}

/** Species as they stand in a complex: duals by their rails. */
export function species(list: Items, order: number): void {
  const signs = list.symbols.filter((symbol) => symbol.kind === 'sign');
  for (const symbol of list.symbols) {
    if (!isSpecies(symbol)) continue;
    if (kindOf(symbol) !== 'dual') list.symbol(symbol, order);
    else for (const rail of [...signs.map((sign) => sign.name), '+', '-']) list.symbol(symbol, order, `${symbol.name}^${rail}`);
  }
}

/** What a rate law may be made of. */
export function quantities(list: Items, order: number): void {
  for (const symbol of list.symbols) if (isSpecies(symbol)) list.symbol(symbol, order);
  values(list, order);
}

/** What a constant may be made of. */
export function values(list: Items, order: number, initial = false): void {
  for (const symbol of list.symbols) if (['param', 'module constant', 'index', 'sign'].includes(kindOf(symbol))) list.symbol(symbol, order);
  if (initial) {
    for (const [name, { about }] of DISTRIBUTIONS) list.add(name, CompletionItemKind.Function, order + 1, { text: `${name}(\${1:-1}, \${2:1}, seed: \${3:7})`, snippet: true, help: said(about) });
  }
  for (const [name, { about, most }] of FUNCTIONS) list.add(name, CompletionItemKind.Function, order + 2, { text: `${name}(${most === 0 ? '' : '$1'})`, snippet: true, help: said(about) });
  for (const [name, { about }] of CONSTANTS) list.add(name, CompletionItemKind.Constant, order + 2, { help: said(about) });
}
