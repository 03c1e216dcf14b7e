/** What the readers of statements share: a text with its tokens, one run of the parser, lists read item by item. */
import type { IToken, TokenType } from 'chevrotain';
import type { BadStatement, Name, Span, SyntaxProblem } from './ast.ts';
import { append } from './append.ts';
import { diagnose, isWord } from './diagnose.ts';
import { tooManyMistakes, tooManyMistakesSpec } from './diagnostics/index.ts';
import { parser } from './parser.ts';
import { prepare } from './prepare.ts';
import * as T from './tokens.ts';

/** A tree and what was wrong with its text. */
export interface Parsed<Tree> {
  readonly tree: Tree;
  readonly problems: readonly SyntaxProblem[];
}

export function isArrow(token: IToken | undefined): boolean {
  return token?.tokenType.CATEGORIES?.includes(T.AnyArrow) ?? false;
}

/** A text being read. `base` is added to its token offsets: where it begins in its unit. */
export interface Reading {
  readonly text: string;
  readonly base: number;
  /** As the lexer gave them. */
  readonly raw: readonly IToken[];
  readonly tokens: IToken[];
  readonly problems: SyntaxProblem[];
}

export function read(text: string, base: number, settingKey = false): Reading {
  const raw = T.lex(text).tokens;
  const first = raw[0];
  if (settingKey && first !== undefined && isWord(first)) {
    first.tokenType = T.Identifier;
    first.tokenTypeIdx = T.Identifier.tokenTypeIdx!;
  }
  const problems: SyntaxProblem[] = [];
  return { text, base, raw, tokens: prepare(raw, base, problems), problems };
}

/** How many errors of the grammar one text may cost: each is fifty times as dear as a line without one. */
const MOST_ERRORS = 10_000;
let errorsLeft = Infinity;

/** Reads a text under a bound on its errors; when that is met, nothing more is read and `isGivenUp` tells so. */
export function withPatience<Result>(read: () => Result): Result {
  errorsLeft = MOST_ERRORS;
  try {
    return read();
  } finally {
    errorsLeft = Infinity;
    T.forgetNames();
  }
}
export function isGivenUp(): boolean {
  return errorsLeft <= 0;
}

/** Runs an entry over tokens. Returns undefined after an error, which is reported in the user's words. */
export function run<Result>(entry: () => Result, tokens: IToken[], base: number, problems: SyntaxProblem[], lead?: IToken): Result | undefined {
  if (errorsLeft <= 0) {
    const first = tokens[0];
    const last = tokens.at(-1);
    problems.push(tooManyMistakes({ start: first === undefined ? base : first.startOffset + base, end: last === undefined ? base : T.endOf(last) + base }));
    return undefined;
  }
  const rules = parser();
  rules.input = tokens;
  rules.base = base;
  rules.problems = problems;
  rules.partialTerms = [];
  rules.partialName = undefined;
  rules.partialShape = undefined;
  rules.partialUnit = undefined;
  const result = entry();
  const error = rules.errors[0];
  if (error === undefined) return result;
  errorsLeft--;
  problems.push(diagnose(error, tokens, base, lead));
  return undefined;
}

/** Tries a whole statement; on failure forgets what was found, for the reading in parts finds it again. */
export function attempt<Result>(entry: () => Result, reading: Reading): Result | undefined {
  const found: SyntaxProblem[] = [];
  const result = run(entry, reading.tokens, reading.base, found);
  if (result === undefined) return undefined;
  append(reading.problems, found);
  return result;
}

export function spanOf(token: IToken, base: number): Span {
  return { start: token.startOffset + base, end: T.endOf(token) + base };
}
export function whole(reading: Reading): Span {
  const tokens = reading.raw;
  if (tokens.length === 0) return { start: reading.base, end: reading.base + reading.text.length };
  return { start: tokens[0]!.startOffset + reading.base, end: reading.base + Math.max(reading.text.length, T.endOf(tokens.at(-1)!)) };
}
export function namesOf(reading: Reading): Name[] {
  const names: Name[] = [];
  for (const token of reading.raw) if (token.tokenType === T.Identifier) names.push({ ...spanOf(token, reading.base), text: token.image });
  return names;
}
export function bad(reading: Reading): BadStatement {
  return { kind: 'Bad', ...whole(reading), names: namesOf(reading) };
}
/** Statement span: from its first to its last character, repaired tokens or not. */
export function span(reading: Reading): Span {
  return whole(reading);
}

/** Token ranges between separators that stand in no bracket. */
export function split(tokens: readonly IToken[], separator: TokenType): { tokens: IToken[]; comma: IToken | undefined }[] {
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
export function list<Item>(
  tokens: readonly IToken[], before: IToken | undefined, entry: () => Item, reading: Reading, partial: () => Item | undefined = () => undefined,
): Item[] {
  const items: Item[] = [];
  for (const part of split(tokens, T.Comma)) {
    const found: SyntaxProblem[] = [];
    const item = run(entry, part.tokens, reading.base, found, part.comma ?? before);
    const rest = item ?? (parser().partialName === undefined ? undefined : partial());
    if (rest !== undefined) items.push(rest);
    append(reading.problems, found);
    // From here on nothing is read, and that is said once.
    if (errorsLeft <= 0 && found.some(({ code }) => code === tooManyMistakesSpec.code)) break;
  }
  return items;
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

/** Names in a text that is not read further. */
export function namesIn(text: string, base: number): Name[] {
  return namesOf({ text, base, raw: T.lex(text).tokens, tokens: [], problems: [] });
}
