/**
 * One statement without braces, or the head of a block: text → tree and problems. The whole statement is tried first;
 * when that fails it is read in parts (items of a list, sides of a reaction), each with its own error, so that what can
 * be read is in the tree.
 */
import type { IToken, TokenType } from 'chevrotain';
import type {
  BadStatement, Binder, Complex, Declaration, DeclarationItem, ExpectStatement, Expression, ForStatement, GroupStatement, ImportStatement,
  ModuleDeclaration, Name, OdeEquation, OdeStatement, Rate, Reaction, Setting, SimulateStatement, Span, Statement, SyntaxProblem,
  UnitExpression, UnitsStatement, UseStatement,
} from './ast.ts';
import { diagnose, isWord } from './diagnose.ts';
import {
  emptySide, missingArrow, missingBackwardRate, missingBlock, missingKeyword, missingRate, misspelledWord,
  needlessBackwardRate, notSupportedYet, reservedWord, unexpectedText,
} from './diagnostics/index.ts';
import { foreign } from './foreign.ts';
import { parser } from './parser.ts';
import { prepare } from './prepare.ts';
import { nearestWord } from './spelling.ts';
import * as T from './tokens.ts';
import { unreadNames } from './walk.ts';

export type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** A text being read. `base` is added to its token offsets: where it begins in its unit. */
interface Reading {
  readonly text: string;
  readonly base: number;
  /** As the lexer gave them. */
  readonly raw: readonly IToken[];
  readonly tokens: IToken[];
  readonly problems: SyntaxProblem[];
}

export interface Parsed<Tree> {
  readonly tree: Tree;
  readonly problems: readonly SyntaxProblem[];
}

const NONE: readonly SyntaxProblem[] = [];

function read(text: string, base: number, settingKey = false): Reading {
  const raw = T.lex(text).tokens;
  const first = raw[0];
  if (settingKey && first !== undefined && isWord(first)) {
    first.tokenType = T.Identifier;
    first.tokenTypeIdx = T.Identifier.tokenTypeIdx!;
  }
  const problems: SyntaxProblem[] = [];
  return { text, base, raw, tokens: prepare(raw, base, problems), problems };
}

/** Runs an entry over tokens. Returns undefined after an error, which is reported in the user's words. */
function run<Result>(entry: () => Result, tokens: IToken[], base: number, problems: SyntaxProblem[], lead?: IToken): Result | undefined {
  parser.input = tokens;
  parser.base = base;
  parser.problems = problems;
  parser.partialTerms = [];
  parser.partialName = undefined;
  parser.partialShape = undefined;
  parser.partialUnit = undefined;
  const result = entry();
  const error = parser.errors[0];
  if (error === undefined) return result;
  problems.push(diagnose(error, tokens, base, lead));
  return undefined;
}

/** Tries a whole statement; on failure forgets what was found, for the reading in parts finds it again. */
function attempt<Result>(entry: () => Result, reading: Reading): Result | undefined {
  const found: SyntaxProblem[] = [];
  const result = run(entry, reading.tokens, reading.base, found);
  if (result === undefined) return undefined;
  reading.problems.push(...found);
  return result;
}

function spanOf(token: IToken, base: number): Span {
  return { start: token.startOffset + base, end: T.endOf(token) + base };
}
function whole(reading: Reading): Span {
  const tokens = reading.raw;
  if (tokens.length === 0) return { start: reading.base, end: reading.base + reading.text.length };
  return { start: tokens[0]!.startOffset + reading.base, end: reading.base + Math.max(reading.text.length, T.endOf(tokens.at(-1)!)) };
}
function namesOf(reading: Reading): Name[] {
  const names: Name[] = [];
  for (const token of reading.raw) if (token.tokenType === T.Identifier) names.push({ ...spanOf(token, reading.base), text: token.image });
  return names;
}
function bad(reading: Reading): BadStatement {
  return { kind: 'Bad', ...whole(reading), names: namesOf(reading) };
}
/** Statement span: from its first to its last character, repaired tokens or not. */
function span(reading: Reading): Span {
  return whole(reading);
}

/** Token ranges between separators that stand in no bracket. */
function split(tokens: readonly IToken[], separator: TokenType): { tokens: IToken[]; comma: IToken | undefined }[] {
  const parts: { tokens: IToken[]; comma: IToken | undefined }[] = [];
  let depth = 0;
  let current: IToken[] = [];
  let comma: IToken | undefined;
  for (const token of tokens) {
    const type = token.tokenType;
    if (type === T.LeftParen || type === T.LeftBracket) depth++;
    else if (type === T.RightParen || type === T.RightBracket) depth--;
    if (type === separator && depth <= 0) {
      parts.push({ tokens: current, comma });
      current = [];
      comma = token;
    } else current.push(token);
  }
  parts.push({ tokens: current, comma });
  return parts;
}

/** Reads the items of a list one by one and keeps the good ones. `before` is the token the list follows. */
function list<Item>(
  tokens: readonly IToken[], before: IToken | undefined, entry: () => Item, reading: Reading, partial: () => Item | undefined = () => undefined,
): Item[] {
  const items: Item[] = [];
  for (const part of split(tokens, T.Comma)) {
    const found: SyntaxProblem[] = [];
    const item = run(entry, part.tokens, reading.base, found, part.comma ?? before);
    const rest = item ?? (parser.partialName === undefined ? undefined : partial());
    if (rest !== undefined) items.push(rest);
    reading.problems.push(...found);
  }
  return items;
}

// ---------------------------------------------------------------- statements

const DECLARATIONS = new Set(['param', 'species', 'fixed', 'dual']);
const RESERVED = new Set(['activation', 'neuron', 'network', 'data', 'train', 'noise', 'sweep']);
const isArrow = (token: IToken | undefined): boolean => token?.tokenType.CATEGORIES?.includes(T.AnyArrow) ?? false;

/**
 * Reads a statement that has no block. The word decides what it is; without one it is a reaction.
 * @param base where the text begins in its unit
 */
export function parseStatement(text: string, base: number): Parsed<Statement> {
  const reading = read(text, base);
  const repairs = reading.problems.length;
  const statement = dispatch(reading);
  // A bracket too many or too few explains whatever else fails.
  if (reading.problems.slice(0, repairs).some((found) => found.code === 'CRN105' || found.code === 'CRN106')) reading.problems.length = repairs;
  if (reading.problems.length === 0) return { tree: statement, problems: NONE };
  const told = foreign(reading.text, reading.raw, base);
  if (told !== undefined) return { tree: bad(reading), problems: [told] };
  return { tree: withUnread(statement, reading), problems: reading.problems };
}

function withUnread<Tree extends Statement>(statement: Tree, reading: Reading): Tree {
  if (statement.kind === 'Bad') return statement;
  const unread = unreadNames(statement, namesOf(reading));
  return unread.length === 0 ? statement : { ...statement, unread };
}

function dispatch(reading: Reading): Statement {
  const { tokens } = reading;
  const first = tokens[0];
  if (first === undefined) {
    if (reading.problems.length === 0) reading.problems.push(unexpectedText(whole(reading), 'a statement'));
    return bad(reading);
  }
  const second = tokens[1];
  if (isWord(first)) {
    const asName = isArrow(second) || second?.tokenType === T.Plus || second?.tokenType === T.Caret;
    if (asName && tokens.some(isArrow)) return reaction(reading);
    const word = first.image;
    if (DECLARATIONS.has(word)) return declaration(reading, word as Declaration['declares']);
    if (RESERVED.has(word)) {
      // The place where the statements of "Neurons and networks" are added.
      reading.problems.length = 0;
      reading.problems.push(notSupportedYet(spanOf(first, reading.base), word));
      return bad(reading);
    }
    switch (word) {
      case 'units':
        return units(reading);
      case 'ode':
        return ode(reading);
      case 'use':
        return use(reading);
      case 'import':
        return importStatement(reading);
      case 'expect':
        return expect(reading);
      case 'for':
      case 'module':
      case 'group':
      case 'simulate': {
        const head = blockHead(reading, word, []);
        reading.problems.push(missingBlock(spanOf(first, reading.base), word, whole(reading).end, false));
        return head;
      }
      default:
        if (tokens.some(isArrow)) return reaction(reading);
        reading.problems.push(reservedWord(spanOf(first, reading.base), word));
        return bad(reading);
    }
  }
  if (second?.tokenType === T.Colon && tokens[2]?.tokenType === T.keyword('use')) return use(reading);
  if (tokens.some(isArrow)) return reaction(reading);
  const equation = tokens.some((token) => token.tokenType === T.Prime) ? run(() => parser.equation(), tokens, reading.base, []) : undefined;
  if (reading.problems.length === 0) reading.problems.push(noStatement(reading));
  if (equation === undefined) return bad(reading);
  return { kind: 'Ode', ...span(reading), keyword: { start: equation.start, end: equation.start }, equations: [equation], block: false };
}

/** A line without arrow and without statement word: which of the usual slips it is. */
function noStatement(reading: Reading): SyntaxProblem {
  const { tokens, base } = reading;
  const first = tokens[0]!;
  const second = tokens[1];
  if (first.tokenType === T.Identifier) {
    const word = second?.tokenType === T.Identifier || second === undefined ? nearestWord(first.image) : undefined;
    if (word !== undefined) return misspelledWord(spanOf(first, base), first.image, word);
    if (tokens.some((token) => token.tokenType === T.Prime)) return missingKeyword(spanOf(first, base), 'ode', "An equation begins with `ode`: `ode X' = …`.");
    if (second?.tokenType === T.Equals) {
      return missingKeyword(spanOf(first, base), 'param', `To give \`${first.image}\` a value, declare it: \`param ${first.image} = …\` or \`species ${first.image} = …\`.`);
    }
  }
  const from = second?.tokenType === T.Colon ? tokens[2] ?? first : first;
  const at = tokens.findIndex((token) => token.tokenType === T.At || token.tokenType === T.keyword('rate'));
  const to = at > 0 && tokens[at - 1]!.startOffset >= from.startOffset ? tokens[at - 1]! : tokens.at(-1)!;
  const start = from.startOffset;
  const end = T.endOf(to);
  return missingArrow({ start: start + base, end: end + base }, reading.text.slice(start, end));
}

function reaction(reading: Reading): Statement {
  let tree = attempt<Reaction>(() => parser.reaction(), reading);
  if (tree === undefined) tree = reactionInParts(reading);
  const { arrow, rate } = tree;
  if (rate === undefined) {
    if (reading.problems.length === 0) reading.problems.push(missingRate(arrow, tree.end, arrow.reversible));
  } else if (arrow.reversible && rate.kind === 'constant' && rate.backward === undefined) {
    if (reading.problems.length === 0) reading.problems.push(missingBackwardRate(rate));
  } else if (!arrow.reversible && rate.backward !== undefined) {
    reading.problems.push(needlessBackwardRate(rate.backward, arrow));
  }
  return tree;
}

function reactionInParts(reading: Reading): Reaction {
  const { tokens, base, problems } = reading;
  const labelled = tokens[1]?.tokenType === T.Colon && tokens[0]!.tokenType === T.Identifier;
  const from = labelled ? 2 : 0;
  const arrow = tokens.findIndex(isArrow);
  const isRate = (token: IToken): boolean => token.tokenType === T.At || token.tokenType === T.keyword('rate');
  const at = tokens.findIndex((token, index) => index > arrow && isRate(token));
  const end = at < 0 ? tokens.length : at;
  const token = tokens[arrow]!;
  const side = (part: IToken[], before: boolean): Complex => {
    const edge = before ? token.startOffset + base : T.endOf(token) + base;
    if (part.length === 0) {
      problems.push(emptySide(spanOf(token, base), before));
      return { start: edge, end: edge, terms: [] };
    }
    const complex = run(() => parser.complex(), part, base, problems);
    if (complex !== undefined) return complex;
    return { start: part[0]!.startOffset + base, end: T.endOf(part.at(-1)!) + base, terms: parser.partialTerms };
  };
  const left = side(tokens.slice(from, arrow), true);
  const right = side(tokens.slice(arrow + 1, end), false);
  const rate: Rate | undefined = at < 0 ? undefined : run(() => parser.rate(), tokens.slice(at), base, problems);
  const label = labelled ? { ...spanOf(tokens[0]!, base), text: tokens[0]!.image } : undefined;
  return {
    kind: 'Reaction', ...span(reading),
    ...(label === undefined ? {} : { label }),
    left, arrow: arrowNode(token, base), right,
    ...(rate === undefined ? {} : { rate }),
  };
}

function arrowNode(token: IToken, base: number): Reaction['arrow'] {
  parser.base = base;
  return parser.arrowNode(token);
}

function declaration(reading: Reading, declares: Declaration['declares']): Declaration {
  const first = reading.tokens[0]!;
  const items =
    attempt<DeclarationItem[]>(() => parser.declaration(), reading) ??
    list(reading.tokens.slice(1), first, () => parser.declarationItem(), reading, () => {
      const name = parser.partialName;
      if (name === undefined) return undefined;
      const { partialShape: shape, partialUnit: unit } = parser;
      return {
        start: name.start, end: unit?.end ?? name.end, name,
        ...(shape === undefined ? {} : { shape }),
        ...(unit === undefined ? {} : { unit }),
      };
    });
  return { kind: 'Declaration', ...span(reading), declares, keyword: spanOf(first, reading.base), items: documented(items, reading) };
}

/** Gives items that stand on a line of their own the `///` text above them. */
function documented(items: DeclarationItem[], reading: Reading): DeclarationItem[] {
  if (!reading.text.includes('///')) return items;
  return items.map((item) => {
    const doc = docAbove(reading.text, item.start - reading.base);
    return doc === undefined ? item : { ...item, doc: doc.text };
  });
}

/** The `///` lines directly above an offset that begins a line. */
export function docAbove(text: string, offset: number, from = 0): { readonly start: number; readonly text: string } | undefined {
  let lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  if (lineStart <= from || /[^\s;]/.test(text.slice(lineStart, offset))) return undefined;
  const lines: string[] = [];
  let start = offset;
  while (lineStart > from) {
    const above = Math.max(text.lastIndexOf('\n', lineStart - 2) + 1, from);
    const line = text.slice(above, lineStart - 1);
    const content = /^\s*\/\/\/(?!\/) ?(.*?)\s*$/.exec(line);
    if (content === null) break;
    lines.push(content[1]!);
    start = above + line.indexOf('///');
    lineStart = above;
  }
  return lines.length === 0 ? undefined : { start, text: lines.reverse().join('\n') };
}

function units(reading: Reading): UnitsStatement {
  const entries =
    (attempt(() => parser.units(), reading)) ??
    list(reading.tokens.slice(1), reading.tokens[0], () => parser.unitsEntry(), reading);
  return { kind: 'Units', ...span(reading), entries };
}

function ode(reading: Reading): Statement {
  const keyword = spanOf(reading.tokens[0]!, reading.base);
  const equation = run<OdeEquation>(() => parser.odeStatement(), reading.tokens, reading.base, reading.problems);
  const equations = equation === undefined ? [] : [equation];
  return { kind: 'Ode', ...span(reading), keyword, equations, block: false };
}

function use(reading: Reading): Statement {
  const call = attempt(() => parser.use(), reading);
  if (call !== undefined) {
    const { label, module, arguments: positional, constants } = call;
    return { kind: 'Use', ...span(reading), ...(label === undefined ? {} : { label }), module, arguments: positional, constants } satisfies UseStatement;
  }
  const { tokens, base } = reading;
  const at = tokens.findIndex((token) => token.tokenType === T.keyword('use'));
  const name = tokens[at + 1];
  const open = tokens[at + 2];
  if (name?.tokenType !== T.Identifier || open?.tokenType !== T.LeftParen || tokens.at(-1)!.tokenType !== T.RightParen) {
    run(() => parser.use(), tokens, base, reading.problems);
    if (name?.tokenType !== T.Identifier) return bad(reading);
  }
  const label = at === 2 ? { ...spanOf(tokens[0]!, base), text: tokens[0]!.image } : undefined;
  const inner = open?.tokenType === T.LeftParen ? tokens.slice(at + 3, tokens.at(-1)!.tokenType === T.RightParen ? -1 : undefined) : [];
  const [positional, named] = split(inner, T.Semicolon);
  const quiet = reading.problems.length > 0 ? { ...reading, problems: [] } : reading;
  const empty = positional!.tokens.length === 0;
  return {
    kind: 'Use', ...span(reading),
    ...(label === undefined ? {} : { label }),
    module: { ...spanOf(name, base), text: name.image },
    arguments: empty ? [] : list(positional!.tokens, open, () => parser.argument(), quiet),
    constants: named === undefined ? [] : list(named.tokens, named.comma, () => parser.namedConstant(), quiet),
  };
}

function importStatement(reading: Reading): Statement {
  const path = run(() => parser.importStatement(), reading.tokens, reading.base, reading.problems);
  if (path === undefined) return bad(reading);
  return { kind: 'Import', ...span(reading), path } satisfies ImportStatement;
}

function expect(reading: Reading): Statement {
  const found = run(() => parser.expect(), reading.tokens, reading.base, reading.problems);
  if (found === undefined) return bad(reading);
  return { kind: 'Expect', ...span(reading), ...found } satisfies ExpectStatement;
}

// ---------------------------------------------------------------- blocks

export type BlockStatement = ForStatement | ModuleDeclaration | GroupStatement | SimulateStatement | OdeStatement | BadStatement;

/** Reads the head of a block, without its `{`. The caller fills in body, settings or equations, and the end. */
export function parseHead(text: string, base: number, word: string | undefined): Parsed<BlockStatement> {
  const reading = read(text, base);
  if (word === undefined || RESERVED.has(word)) {
    const first = reading.tokens[0];
    const meant = word === undefined && first?.tokenType === T.Identifier ? nearestWord(first.image, true) : undefined;
    if (meant !== undefined) {
      return { tree: bad(reading), problems: [misspelledWord(spanOf(first!, base), first!.image, meant)] };
    }
    const statement = dispatch(reading);
    if (reading.problems.length === 0) reading.problems.push(unexpectedText(whole(reading), undefined, 'This opens no block: only `for`, `module`, `group`, `ode` and `simulate` do.'));
    return { tree: { kind: 'Bad', start: statement.start, end: statement.end, names: namesOf(reading) }, problems: reading.problems };
  }
  const first = reading.tokens[0];
  if (first === undefined || first.image !== word) {
    // A label stands before the word.
    if (first !== undefined) {
      const labelEnd = reading.tokens.findIndex((token) => token.image === word);
      const label = { start: first.startOffset + base, end: T.endOf(reading.tokens[Math.max(labelEnd - 1, 0)]!) + base };
      if (labelEnd > 0) {
        reading.problems.push(unexpectedText(label, undefined, `A \`${word}\` block takes no label.`));
        return { tree: withUnread(blockHead({ ...reading, tokens: reading.tokens.slice(labelEnd) }, word, []), reading), problems: reading.problems };
      }
    }
    return { tree: bad(reading), problems: reading.problems };
  }
  const head = blockHead(reading, word, []);
  return { tree: reading.problems.length === 0 ? head : withUnread(head, reading), problems: reading.problems };
}

function blockHead(reading: Reading, word: string, body: readonly Statement[]): BlockStatement {
  const { tokens, base, problems } = reading;
  const all = span(reading);
  switch (word) {
    case 'for': {
      const binders =
        attempt<Binder[]>(() => parser.forHead(), reading) ?? list(tokens.slice(1), tokens[0], () => parser.binder(), reading);
      return { kind: 'For', ...all, binders, body };
    }
    case 'module':
      return moduleHead(reading, body);
    case 'group': {
      const name = run(() => parser.groupHead(), tokens, base, problems);
      return name === undefined ? bad(reading) : { kind: 'Group', ...all, name, body };
    }
    case 'simulate': {
      const before = problems.length;
      const name = run(() => parser.simulateHead(), tokens, base, problems);
      const kept = name ?? (problems.length > before && tokens[1]?.tokenType === T.Identifier ? { ...spanOf(tokens[1], base), text: tokens[1].image } : undefined);
      return { kind: 'Simulate', ...all, ...(kept === undefined ? {} : { name: kept }), settings: [] };
    }
    default: {
      if (tokens.length > 1) problems.push(unexpectedText({ start: tokens[1]!.startOffset + base, end: T.endOf(tokens.at(-1)!) + base }, '`{` and equations, one a line'));
      return { kind: 'Ode', ...all, keyword: spanOf(tokens[0]!, base), equations: [], block: true };
    }
  }
}

function moduleHead(reading: Reading, body: readonly Statement[]): BlockStatement {
  const { tokens, base, problems } = reading;
  const all = span(reading);
  const head = attempt(() => parser.moduleHead(), reading);
  if (head !== undefined) return { kind: 'Module', ...all, ...head, body };
  const name = tokens[1];
  const open = tokens[2];
  const close = tokens.findLastIndex((token) => token.tokenType === T.RightParen);
  if (name?.tokenType !== T.Identifier || open?.tokenType !== T.LeftParen || close !== tokens.length - 1) {
    run(() => parser.moduleHead(), tokens, base, problems);
    if (name?.tokenType !== T.Identifier) return { ...bad(reading), body };
  }
  const inner = open?.tokenType === T.LeftParen ? tokens.slice(3, close > 2 ? close : undefined) : [];
  const [parameters, constants] = split(inner, T.Semicolon);
  const quiet = problems.length > 0 ? { ...reading, problems: [] } : reading;
  return {
    kind: 'Module', ...all,
    name: { ...spanOf(name, base), text: name.image },
    parameters: parameters!.tokens.length === 0 ? [] : list(parameters!.tokens, open, () => parser.moduleParameter(), quiet, partialParameter),
    constants: constants === undefined ? [] : list(constants.tokens, constants.comma, () => parser.moduleConstant(), quiet, partialParameter),
    body,
  };
}
function partialParameter() {
  const name = parser.partialName;
  return name === undefined ? undefined : { start: name.start, end: name.end, name };
}

/** One line of an `ode` block. */
export function parseEquation(text: string, base: number): Parsed<OdeEquation | undefined> {
  const reading = read(text, base);
  const tree = run(() => parser.equation(), reading.tokens, base, reading.problems);
  return { tree, problems: reading.problems };
}

/** One entry of a `simulate` block. */
export function parseSetting(text: string, base: number): Parsed<Setting | undefined> {
  const reading = read(text, base, true);
  const tree = run(() => parser.setting(), reading.tokens, base, reading.problems);
  return { tree, problems: reading.problems };
}

/** Names in a text that is not read further. */
export function namesIn(text: string, base: number): Name[] {
  return namesOf({ text, base, raw: T.lex(text).tokens, tokens: [], problems: [] });
}


/** Reads a text that is a formula and nothing else; BadExpression when it is none. Positions are relative to the text. */
export function parseExpression(text: string): { readonly expression: Expression; readonly problems: readonly SyntaxProblem[] } {
  const reading = read(text, 0);
  const expression = run(() => parser.expression(), reading.tokens, 0, reading.problems);
  return { expression: expression ?? { kind: 'BadExpression', start: 0, end: text.length }, problems: reading.problems };
}

/** Reads a unit of measure such as `1/(uM*s)`; no factors and a problem when it is none. */
export function parseUnit(text: string): { readonly unit: UnitExpression; readonly problems: readonly SyntaxProblem[] } {
  const reading = read(text, 0);
  const unit = run(() => parser.unitOfMeasure(), reading.tokens, 0, reading.problems);
  return { unit: unit ?? { kind: 'Unit', start: 0, end: text.length, factors: [] }, problems: reading.problems };
}
