/**
 * Between lexer and parser: everything wrong with single tokens and with brackets is reported here and repaired in the
 * token list, so that the parser sees the statement that was meant and still yields its tree.
 */
import type { IToken, TokenType } from 'chevrotain';
import type { SyntaxProblem } from './ast.ts';
import {
  badNumber, nestedTooDeep, strayBrace, strayCloser, unclosedBracket, unknownCharacter, unterminatedComment, unterminatedString,
  wrongArrow, wrongEquals,
} from './diagnostics/index.ts';
import { isReversible } from './parser.ts';
import * as T from './tokens.ts';

/** Brackets within brackets deeper than this are not read: the parser, and whoever walks the tree, is recursive. */
export const DEEPEST_BRACKET = 100;
/** More bad characters in one statement are not listed. */
const MOST_PROBLEMS = 20;

const PLAIN: Readonly<Record<string, string>> = {
  '\u2212': '-', '\u2013': '-', '\u2014': '-', '\u00d7': '*', '\u00b7': '*', '\u22c5': '*', '\u2219': '*', '\u2217': '*', '\u00f7': '/',
  '\u2205': '0', '\u2265': '>=', '\u2264': '<=', '\u00b2': '^2', '\u00b3': '^3', '\u207a': '^+', '\u207b': '^-', '#': '//',
  '\u201c': '"', '\u201d': '"', '\u2032': "'",
};
const SUBSTITUTE: Readonly<Record<string, TokenType>> = {
  '-': T.Minus, '*': T.Star, '/': T.Slash, '0': T.NumberText, '>=': T.GreaterEqual, '<=': T.LessEqual,
};

const watched = new Uint8Array(1024);
for (const type of [
  T.Unknown, T.BadNumber, T.UnterminatedString, T.UnterminatedComment, T.WrongArrow, T.WrongEquals, T.LeftParen, T.RightParen,
  T.LeftBracket, T.RightBracket, T.LeftBrace, T.RightBrace, T.NumberText, T.Arrow, T.At, T.keyword('rate'), T.Colon, T.Equals, T.Semicolon,
]) {
  watched[type.tokenTypeIdx! & 1023] = 1;
}

function convert(token: IToken, type: TokenType, image = token.image): IToken {
  return { image, startOffset: token.startOffset, tokenType: type, tokenTypeIdx: type.tokenTypeIdx! };
}

/** `2E` in a complex is two molecules of E, not a number without its exponent. */
function isCoefficient(tokens: readonly IToken[], index: number): boolean {
  const isArrow = (token: IToken): boolean => token.tokenType.CATEGORIES?.includes(T.AnyArrow) ?? false;
  const isRate = (token: IToken): boolean => token.tokenType === T.At || token.tokenType === T.keyword('rate');
  return tokens.some(isArrow) && !tokens.some((token, at) => at < index && isRate(token));
}

/** @param base added to offsets in problems @returns the tokens to parse: the same list when nothing was wrong */
export function prepare(tokens: IToken[], base: number, problems: SyntaxProblem[]): IToken[] {
  let output: IToken[] | undefined;
  let stack: IToken[] | undefined;
  let openBraces = 0;
  const span = (token: IToken) => ({ start: token.startOffset + base, end: T.endOf(token) + base });
  const report = (found: SyntaxProblem): void => {
    if (problems.length < MOST_PROBLEMS) problems.push(found);
  };
  /** Closes what is open with tokens that are not in the text. */
  const close = (count: number, position: number): void => {
    while (count-- > 0) {
      const opener = stack!.pop()!;
      report(unclosedBracket(span(opener), opener.image, position + base));
      const type = opener.tokenType === T.LeftParen ? T.RightParen : T.RightBracket;
      output!.push({ image: '', startOffset: position, tokenType: type, tokenTypeIdx: type.tokenTypeIdx! });
    }
  };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (watched[token.tokenTypeIdx & 1023] === 0) {
      output?.push(token);
      continue;
    }
    const before = i === 0 ? 0 : T.endOf(tokens[i - 1]!);
    const copy = (): IToken[] => (output ??= tokens.slice(0, i));
    switch (token.tokenType) {
      case T.NumberText:
        if (token.image.length > 3 && Number.parseFloat(token.image) === Infinity) report(badNumber(span(token), token.image));
        output?.push(token);
        break;
      case T.LeftParen:
      case T.LeftBracket:
        (stack ??= []).push(token);
        if (stack.length > DEEPEST_BRACKET) {
          problems.push(nestedTooDeep(span(token)));
          return [];
        }
        output?.push(token);
        break;
      case T.RightParen:
      case T.RightBracket: {
        const opener = token.tokenType === T.RightParen ? T.LeftParen : T.LeftBracket;
        const at = stack === undefined ? -1 : stack.findLastIndex((open) => open.tokenType === opener);
        if (at < 0) {
          copy();
          report(strayCloser(span(token), token.image));
        } else {
          if (at < stack!.length - 1) {
            copy();
            close(stack!.length - 1 - at, before);
          }
          stack!.pop();
          output?.push(token);
        }
        break;
      }
      case T.LeftBrace:
        copy();
        openBraces++;
        report(strayBrace(span(token)));
        break;
      case T.RightBrace:
        copy();
        if (openBraces > 0) openBraces--;
        else report(strayCloser(span(token), '}'));
        break;
      case T.BadNumber: {
        const molecules = /^(\d+)([eE])(\+?)$/.exec(token.image);
        if (molecules !== null && isCoefficient(tokens, i)) {
          const name = token.startOffset + molecules[1]!.length;
          copy().push(convert(token, T.NumberText, molecules[1]), { ...convert(token, T.Identifier, molecules[2]), startOffset: name });
          if (molecules[3] !== '') output!.push({ ...convert(token, T.Plus, '+'), startOffset: name + 1 });
          break;
        }
        report(badNumber(span(token), token.image));
        copy().push(convert(token, T.NumberText));
        break;
      }
      case T.UnterminatedString:
        report(unterminatedString(span(token)));
        copy().push(convert(token, T.StringText));
        break;
      case T.UnterminatedComment: {
        const text = token.image.trimEnd();
        report(unterminatedComment({ start: token.startOffset + base, end: token.startOffset + text.length + base }));
        copy();
        break;
      }
      case T.WrongEquals:
        report(wrongEquals(span(token), token.image));
        copy().push(convert(token, T.Equals, '='));
        break;
      case T.Unknown: {
        copy();
        const plain = PLAIN[token.image];
        if (plain === '//') {
          report(unknownCharacter(span(token), token.image, plain));
          i = tokens.length; // what follows was meant for a comment
          break;
        }
        let last = token;
        while (plain === undefined && i + 1 < tokens.length) {
          const next = tokens[i + 1]!;
          if (next.tokenType !== T.Unknown || next.startOffset !== T.endOf(last) || PLAIN[next.image] !== undefined) break;
          last = next;
          i++;
        }
        const image = last === token ? token.image : tokens.slice(tokens.indexOf(token), i + 1).map((part) => part.image).join('');
        report(unknownCharacter({ start: token.startOffset + base, end: T.endOf(last) + base }, image, plain));
        const type = plain === undefined ? undefined : SUBSTITUTE[plain];
        if (type !== undefined) output!.push(convert(token, type, plain));
        break;
      }
      default: {
        // What no bracket can hold closes it.
        if (stack !== undefined && stack.length > 0) {
          const inParen = stack.at(-1)!.tokenType === T.LeftParen;
          const soft = token.tokenType === T.Colon || token.tokenType === T.Equals || token.tokenType === T.Semicolon;
          if (!soft || !inParen) {
            copy();
            const count = soft ? stack.length - 1 - stack.findLastIndex((open) => open.tokenType === T.LeftParen) : stack.length;
            close(count, before);
          }
        }
        if (token.tokenType === T.WrongArrow) report(wrongArrow(span(token), token.image, isReversible(token.image)));
        output?.push(token);
      }
    }
  }
  if (stack !== undefined && stack.length > 0) {
    output ??= tokens.slice();
    close(stack.length, tokens.length === 0 ? 0 : T.endOf(tokens.at(-1)!));
  }
  return output ?? tokens;
}
