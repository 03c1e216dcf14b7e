/** The words of a unit with their kinds, for semantic tokens and completion. */
import type { TokenType } from 'chevrotain';
import type { Span, Unit } from './ast.ts';
import { contextualWords } from './contextual.ts';
import { LONGEST_LINE } from './scan.ts';
import * as T from './tokens.ts';

export type WordKind = 'keyword' | 'name' | 'number' | 'string' | 'operator' | 'arrow' | 'bracket' | 'punctuation' | 'comment' | 'doc' | 'unknown';

export interface Word extends Span {
  readonly kind: WordKind;
  readonly text: string;
}

const KINDS = new Map<TokenType, WordKind>([
  [T.Identifier, 'name'], [T.NumberText, 'number'], [T.BadNumber, 'number'], [T.StringText, 'string'], [T.UnterminatedString, 'string'],
  [T.Arrow, 'arrow'], [T.WrongArrow, 'arrow'], [T.UnterminatedComment, 'comment'], [T.Unknown, 'unknown'],
  [T.Comma, 'punctuation'], [T.Colon, 'punctuation'], [T.Semicolon, 'punctuation'],
  ...[T.LeftParen, T.RightParen, T.LeftBracket, T.RightBracket, T.LeftBrace, T.RightBrace].map((type): [TokenType, WordKind] => [type, 'bracket']),
]);

/** All words and comments of the unit in order; positions are relative to it. Empty where the unit is too long to be read. */
export function tokensFor(unit: Unit): Word[] {
  const { text } = unit;
  if (text.length > LONGEST_LINE && unit.statement.kind === 'Bad') return [];
  const { tokens, comments } = T.lex(text);
  const contextual = contextualWords(unit.statement, text);
  const words: Word[] = [];
  let next = 0;
  const addComments = (before: number): void => {
    for (let comment = comments[next]; comment !== undefined && comment.startOffset < before; comment = comments[++next]) {
      const doc = comment.image.startsWith('///') && !comment.image.startsWith('////');
      words.push({ start: comment.startOffset, end: T.endOf(comment), kind: doc ? 'doc' : 'comment', text: comment.image });
    }
  };
  for (const token of tokens) {
    addComments(token.startOffset);
    const kind = contextual.has(token.startOffset) ? 'keyword' : KINDS.get(token.tokenType) ?? (T.keywordType(token.image) === token.tokenType ? 'keyword' : 'operator');
    words.push({ start: token.startOffset, end: T.endOf(token), kind, text: token.image });
  }
  addComments(text.length);
  return words;
}
