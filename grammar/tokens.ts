/**
 * The words of the language: token types and the Chevrotain lexer. The lexer never fails: whatever it cannot read is a
 * token of its own (`Unknown`, `BadNumber`, …) that becomes a located problem in `prepare.ts`.
 */
import { createToken, Lexer, type CustomPatternMatcherReturn, type IToken, type TokenType } from 'chevrotain';

/** Letters beyond ASCII that names may use: Latin, Greek, Cyrillic, subscript and letter-like signs, CJK. */
const LETTER =
  'A-Za-z_\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02c1\\u0370-\\u0374\\u0376-\\u037d\\u037f\\u0386\\u0388-\\u0481' +
  '\\u048a-\\u0556\\u0561-\\u0587\\u05d0-\\u05ea\\u0620-\\u064a\\u1d00-\\u1dbf\\u1e00-\\u1fbc\\u1fc2-\\u1fcc\\u1fd0-\\u1fdb\\u1fe0-\\u1fec' +
  '\\u1ff2-\\u1ffc\\u2090-\\u209c\\u2102-\\u2138\\u3041-\\u3096\\u30a1-\\u30fa\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3';
/** Digits, subscript digits and combining accents may follow. */
const PART = LETTER + '0-9\\u0300-\\u036f\\u2080-\\u2089';
const ONE = `(?:[${LETTER}]|\\ud835[\\udc00-\\udfff])`;
const MORE = `(?:[${PART}]|\\ud835[\\udc00-\\udfff])*`;

const START = new RegExp(`^${ONE}`);
const WHOLE = new RegExp(`^${ONE}${MORE}$`);

/** Whether a text can be a name (keywords aside). */
export function isName(text: string): boolean {
  return WHOLE.test(text);
}
/** Whether a name can begin with this character. */
export function startsName(text: string): boolean {
  return START.test(text);
}

const all: TokenType[] = [];
function define(name: string, pattern: RegExp | string, more: Partial<Parameters<typeof createToken>[0]> = {}): TokenType {
  const type = createToken({ name, pattern, ...more });
  all.push(type);
  return type;
}
function category(name: string): TokenType {
  return createToken({ name, pattern: Lexer.NA });
}
/** Tokens that exist only by conversion: the lexer never makes them itself. */
function virtual(name: string, more: Partial<Parameters<typeof createToken>[0]> = {}): TokenType {
  const type = createToken({ name, pattern: Lexer.NA, ...more });
  all.push(type);
  return type;
}

export const AnyArrow = category('AnyArrow');
export const BinaryOperator = category('BinaryOperator');
export const ComparisonOperator = category('ComparisonOperator');
all.push(AnyArrow, BinaryOperator, ComparisonOperator);

export const WhiteSpace = define('WhiteSpace', /[ \t\r\n\f\v\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+/, {
  group: Lexer.SKIPPED,
  line_breaks: true,
});
export const LineComment = define('LineComment', /\/\/[^\n]*/, { group: 'comments' });

/**
 * Where the block comment at `offset` ends, or -1: a comment that holds another `/*` is taken for one that was never
 * closed, so that a stray `/*` cannot swallow the text up to the next comment.
 */
export function commentEnd(text: string, offset: number): number {
  const end = text.indexOf('*/', offset + 2);
  if (end < 0) return -1;
  const nested = text.indexOf('/*', offset + 2);
  // "/*/" inside "*/": the slash that closes this comment may open nothing.
  return nested >= 0 && nested < end - 1 ? -1 : end + 2;
}
function matchComment(text: string, offset: number): CustomPatternMatcherReturn | null {
  if (text.charCodeAt(offset) !== 47 || text.charCodeAt(offset + 1) !== 42) return null;
  const end = commentEnd(text, offset);
  return end < 0 ? null : [text.slice(offset, end)];
}
export const BlockComment = createToken({
  name: 'BlockComment',
  pattern: { exec: matchComment },
  start_chars_hint: ['/'],
  line_breaks: true,
  group: 'comments',
});
all.push(BlockComment);
export const UnterminatedComment = define('UnterminatedComment', /\/\*[^\n]*/);

/** The words a statement can begin with, and the few others that no name may take. */
export const KEYWORDS = [
  'units', 'param', 'species', 'fixed', 'dual', 'ode', 'for', 'module', 'use', 'group', 'import', 'simulate', 'expect',
  'rate', 'in', 'signs', 'within',
  'activation', 'neuron', 'network', 'data', 'train', 'noise', 'sweep',
] as const;
export type Keyword = (typeof KEYWORDS)[number];

export const Identifier = define('Identifier', new RegExp(`${ONE}${MORE}(?:\\.${ONE}${MORE})*`));
const keywordTypes = new Map<string, TokenType>();
for (const word of KEYWORDS) keywordTypes.set(word, virtual(`Word_${word}`));
export function keyword(word: Keyword): TokenType {
  return keywordTypes.get(word)!;
}
/** The token type of a reserved word, undefined for any other text. */
export function keywordType(image: string): TokenType | undefined {
  return keywordTypes.get(image);
}

export const StringText = define('StringText', /"[^"\n]*"/);
export const UnterminatedString = define('UnterminatedString', /"[^"\n]*/);

export const BadNumber = define(
  'BadNumber',
  /\d+(?:\.\d+){2,}(?:[eE][+-]?\d+)?|0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?[eE](?:[+-](?![\d>])|(?![+\w]|-(?!>)))/,
);
export const NumberText = define('NumberText', /(?:\d+(?:\.\d+|\.(?![.\w]))?|\.\d+)(?:[eE][+-]?\d+)?/);

/** `->` and `<->`. */
export const Arrow = define('Arrow', /<->|->/, { categories: [AnyArrow] });
/** Arrows of other notations; a rail as in `z^--> 0` is not one. */
export const WrongArrow = define('WrongArrow', /<={1,5}>|<-{2,5}>|(?<!\^)-{2,5}>|={1,5}>|[\u2192\u21c4\u21cb\u21cc\u2194\u27f6\u27f7\u2794\u279c\u21d2\u21d4\u27f9\u21c6]/, {
  categories: [AnyArrow],
});
export const GreaterEqual = define('GreaterEqual', '>=', { categories: [ComparisonOperator] });
export const LessEqual = define('LessEqual', '<=', { categories: [ComparisonOperator] });
export const Greater = define('Greater', '>', { categories: [ComparisonOperator] });
export const Less = define('Less', '<', { categories: [ComparisonOperator] });
/** `:=` and `==`. */
export const WrongEquals = define('WrongEquals', /:=|==+/, { categories: [ComparisonOperator] });
export const Equals = define('Equals', '=', { categories: [ComparisonOperator] });
export const Tilde = define('Tilde', /[~\u2248]/);
export const DotDot = define('DotDot', '..');
export const Plus = define('Plus', '+', { categories: [BinaryOperator] });
export const Minus = define('Minus', '-', { categories: [BinaryOperator] });
export const Star = define('Star', '*', { categories: [BinaryOperator] });
export const Slash = define('Slash', '/', { categories: [BinaryOperator] });
export const Caret = define('Caret', '^', { categories: [BinaryOperator] });
export const LeftParen = define('LeftParen', '(');
export const RightParen = define('RightParen', ')');
export const LeftBracket = define('LeftBracket', '[');
export const RightBracket = define('RightBracket', ']');
export const LeftBrace = define('LeftBrace', '{');
export const RightBrace = define('RightBrace', '}');
export const Comma = define('Comma', ',');
export const Colon = define('Colon', ':');
export const Semicolon = define('Semicolon', ';');
export const At = define('At', '@');
export const Prime = define('Prime', /['\u2032\u2019]/);
export const Percent = define('Percent', '%');
export const Pipe = define('Pipe', '|');
/** A character that means nothing here; must stay the last. */
export const Unknown = define('Unknown', /[\ud800-\udbff][\udc00-\udfff]|[\u0000-\uffff]/);

export const tokenTypes: readonly TokenType[] = all;

/** @param validate whether the patterns themselves are looked at for faults: a test does, every start of a worker would take longer by it */
export function createLexer(validate = false): Lexer {
  return new Lexer(all, { positionTracking: 'onlyOffset', ensureOptimizations: true, skipValidations: !validate });
}
let lexer: Lexer | undefined;

export interface Lexed {
  readonly tokens: IToken[];
  readonly comments: readonly IToken[];
}

/** Names that have been met since `forgetNames`: each is one string, however often it stands in a text. That is quicker to look up, and less to keep. */
const names = new Map<string, string>();

/** To be called when a text has been read: a long name is a piece of it and would keep it whole. */
export function forgetNames(): void {
  names.clear();
}

/** Reads a text without failing; reserved words get their own type. Offsets are relative to `text`. */
export function lex(text: string): Lexed {
  const result = (lexer ??= createLexer()).tokenize(text);
  const tokens = result.tokens;
  for (const token of tokens) {
    if (token.tokenType === Identifier) {
      const { image } = token, known = names.get(image);
      if (known !== undefined) {
        token.image = known;
        continue;
      }
      const type = keywordTypes.get(image);
      if (type === undefined) names.set(image, image);
      else {
        token.tokenType = type;
        token.tokenTypeIdx = type.tokenTypeIdx!;
      }
    }
  }
  return { tokens, comments: result.groups['comments'] ?? [] };
}

/** First offset after a token; Chevrotain leaves ends out (-1 or undefined) with offset tracking. */
export function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}
/** Whether a token stands in the text: the end-of-input token and Chevrotain's placeholders do not. */
export function isLocated(token: IToken | undefined): token is IToken {
  return token !== undefined && token.startOffset >= 0;
}
