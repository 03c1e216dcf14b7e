/** Words of one statement → lines with canonical blanks. Line breaks and comments stay where they are. */
import type { IToken, TokenType } from 'chevrotain';
import * as T from './tokens.ts';

export interface SpacedLine {
  readonly text: string;
  /** Spaces before it when it is not the first. */
  readonly indent: number;
  /** Where `@` stands outside brackets, or -1. */
  readonly at: number;
  readonly reaction: boolean;
  /** Holds a comment. */
  readonly comment: boolean;
}

const NO_SPACE_BEFORE = new Set<TokenType>([T.Comma, T.Semicolon, T.RightParen, T.RightBracket, T.Colon, T.Prime]);
const TIGHT = new Set<TokenType>([T.Caret, T.DotDot, T.Star, T.Slash]);
const OPENERS = new Set<TokenType>([T.LeftParen, T.LeftBracket]);
const OPERANDS = new Set<TokenType>([T.Identifier, T.NumberText, T.RightParen, T.RightBracket, T.StringText, T.Prime, T.Percent, T.keyword('signs')]);

interface Word {
  readonly token: IToken;
  readonly type: TokenType;
  readonly comment: boolean;
  /** A sign that belongs to what follows, as in `-x`. */
  readonly unary: boolean;
  /** A `+` or `-` that is the rail of `z^+`. */
  readonly rail: boolean;
}

function classify(tokens: readonly IToken[]): Word[] {
  const words: Word[] = [];
  let before: Word | undefined;
  tokens.forEach((token, index) => {
    const type = token.tokenType;
    const sign = type === T.Plus || type === T.Minus;
    const next = tokens[index + 1]?.tokenType;
    const superscript = sign && before?.type === T.Caret;
    const rail = superscript && !(next === T.NumberText || next === T.Identifier || next === T.LeftParen);
    const afterOperand = before !== undefined && (OPERANDS.has(before.type) || before.rail);
    const word: Word = { token, type, comment: false, rail, unary: sign && !rail && (superscript || !afterOperand) };
    words.push(word);
    before = word;
  });
  return words;
}

function needsSpace(before: Word, word: Word): boolean {
  if (before.comment || word.comment) return true;
  if (NO_SPACE_BEFORE.has(word.type) || OPENERS.has(before.type) || before.unary) return false;
  if (TIGHT.has(before.type) || TIGHT.has(word.type)) return false;
  if (word.type === T.LeftParen) return before.type !== T.Identifier;
  if (word.type === T.LeftBracket) return !(before.type === T.Identifier || before.rail || before.type === T.RightParen);
  return true;
}

/** @param indent of the statement; later lines are indented deeper, closing brackets as deep as what they close */
export function spacedWords(text: string, indent: number): SpacedLine[] {
  const { tokens, comments } = T.lex(text);
  const words: Word[] = classify(tokens);
  const all: Word[] = [...words, ...comments.map((token): Word => ({ token, type: token.tokenType, comment: true, unary: false, rail: false }))];
  all.sort((a, b) => a.token.startOffset - b.token.startOffset);
  const lines: SpacedLine[] = [];
  const reaction = tokens.some((token) => token.tokenType === T.Arrow) && !tokens.some((token) => token.tokenType === T.LeftBrace);
  let line = '';
  let lineIndent = indent;
  let at = -1;
  let comment = false;
  let depth = 0;
  const finish = (): void => {
    lines.push({ text: line, indent: lineIndent, at, reaction, comment });
    line = '';
    at = -1;
    comment = false;
  };
  all.forEach((word, index) => {
    const before = all[index - 1];
    const image = word.comment ? word.token.image.split(/\r?\n/).map((part) => part.trimEnd()).join('\n') : word.token.image;
    const closes = word.type === T.RightParen || word.type === T.RightBracket;
    if (before !== undefined) {
      const between = text.slice(T.endOf(before.token), word.token.startOffset);
      if (between.includes('\n') || before.type === T.LineComment) {
        finish();
        lineIndent = indent + 2 * (closes ? Math.max(depth - 1, 0) : Math.max(depth, 1));
      } else if (needsSpace(before, word)) line += ' ';
    }
    if (OPENERS.has(word.type)) depth++;
    else if (closes) depth = Math.max(depth - 1, 0);
    if (word.type === T.At && depth === 0) at = line.length;
    if (word.comment) comment = true;
    line += image;
  });
  finish();
  return lines;
}
