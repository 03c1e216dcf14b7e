/** Frequent slips, told from the tokens around the place where the parser stopped, and said as what they are. */
import { t } from '../l10n/index.ts';
import type { IToken } from 'chevrotain';
import type { Span, SyntaxProblem } from './ast.ts';
import { commaBetweenSettings, missingSeparator, sameLine, signWithoutBrackets, unexpectedText } from './diagnostics/index.ts';
import * as T from './tokens.ts';

/** Where the parser stopped: before `tokens[at]`, or at the end. */
export interface Stop {
  readonly rule: string;
  readonly tokens: readonly IToken[];
  readonly at: number;
  /** The token before `tokens`. */
  readonly lead: IToken | undefined;
  readonly spanOf: (token: IToken) => Span;
}

const DECLARING = new Set((['param', 'species', 'fixed', 'dual'] as const).map((word) => T.keyword(word)));
const OPENING = new Set((['param', 'species', 'fixed', 'dual', 'units', 'ode', 'for', 'module', 'use', 'group', 'import', 'simulate', 'expect'] as const).map((word) => T.keyword(word)));

export function frequentMistake(stop: Stop): SyntaxProblem | undefined {
  const { rule, tokens, at, lead, spanOf } = stop;
  const found = tokens[at];
  const previous = tokens[at - 1];
  if (previous === undefined) return undefined;
  if (found === undefined) return rule === 'binder' ? listAsRange(stop) : undefined;
  const before = tokens[at - 2];
  if (found.tokenType === T.Identifier && /^[+-]$/.test(previous.image) && before?.image === '^') {
    return signWithoutBrackets({ start: spanOf(previous).start, end: spanOf(found).end }, previous.image + found.image);
  }
  if (rule !== '') return undefined;
  if (OPENING.has(found.tokenType) && previous.tokenType !== T.Comma) return sameLine(spanOf(found));
  const next = tokens[at + 1]?.tokenType;
  if (found.tokenType === T.Identifier && lead !== undefined && DECLARING.has(lead.tokenType)) {
    // `param k = 2 x` may as well lack an operator.
    const declares = lead.tokenType !== T.keyword('param') || next === T.Equals || next === T.Colon || next === T.LeftBracket;
    return declares ? missingSeparator(spanOf(found), spanOf(previous).end, ',', found.image) : undefined;
  }
  if (found.tokenType.CATEGORIES?.includes(T.ComparisonOperator) === true && found.tokenType !== T.Equals && tokens[1]?.tokenType === T.Equals && tokens[0]?.tokenType === T.Identifier) return comparisonHere(stop, found);
  if (/^(?:and|or)$/u.test(found.image) && tokens[0]?.image === 'until') return twoConditions(stop, found);
  const setting = lead === undefined && tokens[1]?.tokenType === T.Equals && tokens[0]?.tokenType === T.Identifier;
  if (!setting) return previous.tokenType === T.NumberText && found.tokenType === T.LeftParen ? bracketsInComplex(stop, found) : undefined;
  if (found.tokenType === T.Comma && tokens[at + 2]?.tokenType === T.Equals) return commaBetweenSettings(spanOf(found));
  if (found.tokenType === T.Equals && previous.tokenType === T.Identifier && before?.tokenType === T.Comma) return commaBetweenSettings(spanOf(before));
  if (next === T.Equals && /^\p{L}+$/u.test(found.image)) return missingSeparator(spanOf(found), spanOf(previous).end, ';', found.image);
  return undefined;
}

/** `for i in [1, 3, 5]` */
function listAsRange({ tokens, spanOf }: Stop): SyntaxProblem | undefined {
  const open = tokens.findIndex((token, index) => token.tokenType === T.LeftBracket && tokens[index - 1]?.tokenType === T.keyword('in'));
  const last = tokens.at(-1);
  if (open < 0 || last === undefined) return undefined;
  const span = { start: spanOf(tokens[open]!).start, end: spanOf(last).end };
  return unexpectedText(span, undefined, t('A loop goes over a range such as `1..5` or over `signs`, not over a list. For steps, loop over `1..3` and write the index as `2*i-1`.'));
}

/** `t = X > 0.5`, `until = 0 < X < 1` */
function comparisonHere({ tokens, spanOf }: Stop, found: IToken): SyntaxProblem {
  const advice = tokens[0]?.image === 'until'
    ? t('A condition compares two quantities, with one sign between them: `X > 0.5`.')
    : t('A comparison can only stand after `until`, where it ends a simulation: `until = X > 0.5`.');
  return unexpectedText(spanOf(found), undefined, advice);
}

/** `until = X > 1 and Y > 1` */
function twoConditions({ spanOf }: Stop, found: IToken): SyntaxProblem {
  const advice = found.image === 'and'
    ? t('A condition compares two quantities. That two conditions hold is one condition on the smaller of two differences: `min(X - 1, Y - 2) > 0`.')
    : t('A condition compares two quantities. That one of two conditions holds is one condition on the larger of two differences: `max(X - 1, Y - 2) > 0`.');
  return unexpectedText(spanOf(found), undefined, advice);
}

/** `2(B)` */
function bracketsInComplex({ spanOf }: Stop, found: IToken): SyntaxProblem {
  return unexpectedText(spanOf(found), undefined, t('Brackets cannot stand here. A coefficient is followed by its species, `2 B`; in a formula the product is written, `2*(B + C)`.'));
}
