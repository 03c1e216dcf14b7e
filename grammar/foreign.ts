/** Recognises statements written for other programs and says how to write them here. Asked only after a statement failed. */
import { t } from '../l10n/index.ts';
import type { IToken } from 'chevrotain';
import type { Span, SyntaxProblem } from './ast.ts';
import { foreignSyntax } from './diagnostics/index.ts';
import * as T from './tokens.ts';

const MICROSOFT = "Microsoft's CRN engine";
const isArrow = (token: IToken | undefined): boolean => token?.tokenType.CATEGORIES?.includes(T.AnyArrow) ?? false;

/** @param text of the statement @param tokens of the lexer, unrepaired @param base added to offsets */
export function foreign(text: string, tokens: readonly IToken[], base: number): SyntaxProblem | undefined {
  if (tokens.length === 0 || tokens.length > 2000) return undefined;
  const first = tokens[0]!;
  const span = (from: IToken, to: IToken = from): Span => ({ start: from.startOffset + base, end: T.endOf(to) + base });
  const whole: Span = span(first, tokens.at(-1));
  const cut = (from: number, to: number): string => (from >= to ? '' : text.slice(tokens[from]!.startOffset, T.endOf(tokens[to - 1]!)));
  const arrow = tokens.findIndex(isArrow);

  if (arrow >= 0) {
    const start = first.tokenType === T.Pipe ? 1 : 0;
    // A ->{k} B, A <->{k}{l} B
    if (tokens[arrow + 1]?.tokenType === T.LeftBrace) {
      const rates: string[] = [];
      let at = arrow + 1;
      while (tokens[at]?.tokenType === T.LeftBrace) {
        const close = tokens.findIndex((token, index) => index > at && token.tokenType === T.RightBrace);
        if (close < 0) break;
        rates.push(cut(at + 1, close));
        at = close + 1;
      }
      if (rates.length > 0) {
        const sign = rates.length > 1 || tokens[arrow]!.image.startsWith('<') ? '<->' : '->';
        const written = `${cut(start, arrow) || '0'} ${sign} ${cut(at, tokens.length) || '0'} @ ${rates.join(', ')}`;
        return foreignSyntax(start === 1 ? span(first) : span(tokens[arrow]!, tokens[at - 1]), MICROSOFT, t('the rate constants stand at the end, after `@`'), { span: whole, text: written });
      }
    }
    // A + B -> C [k = 1]
    const open = tokens.findLastIndex((token) => token.tokenType === T.LeftBracket);
    if (open > arrow && tokens.at(-1)!.tokenType === T.RightBracket && /\s/.test(text.charAt(tokens[open]!.startOffset - 1))) {
      const named = tokens[open + 1]?.tokenType === T.Identifier && tokens[open + 2]?.tokenType === T.Equals;
      const rate = cut(open + (named ? 3 : 1), tokens.length - 1);
      const sign = tokens[arrow]!.image.startsWith('<') ? '<->' : '->';
      if (named || /^[\d.eE+-]+$/.test(rate)) {
        return foreignSyntax(span(tokens[open]!, tokens.at(-1)), 'crnsimulator', t('the rate constant stands at the end, after `@`'), {
          span: whole, text: `${cut(start, arrow)} ${sign} ${cut(arrow + 1, open)} @ ${rate}`,
        });
      }
    }
    // J0: A -> B; k*A
    const semicolon = tokens.findIndex((token) => token.tokenType === T.Semicolon);
    const at = tokens.findIndex((token) => token.tokenType === T.At || token.tokenType === T.keyword('rate'));
    if (semicolon > arrow && semicolon + 1 < tokens.length && at < 0 && !tokens.some((token, index) => index > semicolon && isArrow(token))) {
      const end = tokens.at(-1)!.tokenType === T.Semicolon ? tokens.length - 1 : tokens.length;
      const law = cut(semicolon + 1, end);
      if (law !== '') {
        return foreignSyntax(span(tokens[semicolon]!, tokens[end - 1]), 'Antimony', t('a rate law follows the word `rate`, and a mass-action constant follows `@`'), {
          span: whole, text: `${cut(0, arrow)} -> ${cut(arrow + 1, semicolon)} rate ${law}`,
        });
      }
    }
    // k, A + B --> C
    const comma = tokens.findIndex((token) => token.tokenType === T.Comma);
    if (comma > 0 && comma < arrow && tokens[arrow]!.tokenType === T.WrongArrow && (first.tokenType === T.Identifier || first.tokenType === T.NumberText || first.tokenType === T.LeftParen)) {
      const inner = first.tokenType === T.LeftParen;
      const close = inner ? tokens.findIndex((token) => token.tokenType === T.RightParen) : -1;
      const [rate, from] = inner && close > comma ? [cut(1, close), close + 2] : [cut(0, comma), comma + 1];
      const sign = tokens[arrow]!.image.startsWith('<') ? '<->' : '->';
      if (from < arrow) {
        return foreignSyntax(span(first, tokens[from - 1]), 'Catalyst', t('the rate constant stands at the end, after `@`'), {
          span: whole, text: `${cut(from, arrow)} ${sign} ${cut(arrow + 1, tokens.length)} @ ${rate}`,
        });
      }
    }
    // A(b) + B(a) -> A(b!1).B(a!1) k
    if (tokens[1]?.tokenType === T.LeftParen && first.tokenType === T.Identifier && /[A-Za-z0-9_]\([^()]*\)\s*(\.|\+|<?->)/.test(text)) {
      return foreignSyntax(span(first, tokens[Math.max(arrow - 1, 0)]), 'BioNetGen', t('species have no sites; generate the network and import its `.net` file with `onepot import`'));
    }
  }
  if (first.tokenType === T.Pipe) {
    return foreignSyntax(span(first), MICROSOFT, t('a line begins with the reaction itself'));
  }
  if (first.image === 'directive') {
    return foreignSyntax(whole, MICROSOFT, t('a simulation is described by `simulate name { t = 100 }`'));
  }
  const second = tokens[1];
  if (first.image === 'init' && second?.tokenType === T.Identifier) {
    const value = cut(2, tokens.length);
    return foreignSyntax(whole, MICROSOFT, t('an initial value is given where the species is declared'), { span: whole, text: `species ${second.image} = ${value === '' ? '0' : value}` });
  }
  if ((first.image === 'model' || first.image === 'compartment' || first.image === 'end') && arrow < 0) {
    return foreignSyntax(whole, first.image === 'end' ? t('Antimony or BioNetGen') : 'Antimony', t('a file is the model, without beginning, end or compartments'));
  }
  if (first.image === 'begin' && second?.tokenType === T.Identifier) {
    return foreignSyntax(whole, 'BioNetGen', t('there are no sections; import its `.net` file with `onepot import`'));
  }
  return undefined;
}
