/** What Chevrotain stumbled over → the diagnostic that says it in the user's words. */
import { t } from '../l10n/index.ts';
import type { IRecognitionException, IToken, TokenType } from 'chevrotain';
import type { Span, SyntaxProblem } from './ast.ts';
import {
  badUnit, missingPrime, missingUnit, missingValue, nameExpected, needlessSemicolon, reservedWord, unexpectedEnd, unexpectedText,
} from './diagnostics/index.ts';
import { frequentMistake } from './mistakes.ts';
import * as T from './tokens.ts';

type Located = IRecognitionException & { readonly previousToken?: IToken };

const FORMULA = new Set(['expression', 'operand', 'atom', 'value']);
const NAMES = new Set([
  'declaration', 'declarationItem', 'binder', 'forHead', 'moduleHead', 'moduleParameter', 'moduleConstant', 'groupHead', 'use', 'namedConstant',
  'setting', 'simulateSetting', 'speciesReference', 'units', 'unitsEntry', 'expect', 'equation', 'activationHead', 'neuron', 'sized', 'layer', 'activationUse',
  'tableHead', 'dataHead', 'namedHead',
]);
const UNITS = new Set(['unitOfMeasure', 'unitPower', 'exponent', 'signedInteger']);
const CONNECTIVES = new Set(['rate', 'in', 'signs', 'within']);

export function isWord(token: IToken): boolean {
  return T.keywordType(token.image) === token.tokenType;
}

function isOperator(type: TokenType): boolean {
  return (
    type === T.Equals || type === T.At || type === T.Tilde || type === T.keyword('rate') || type === T.keyword('within') || type === T.DotDot ||
    (type.CATEGORIES?.some((category) => category === T.BinaryOperator || category === T.ComparisonOperator) ?? false)
  );
}

/** What tolerances are called elsewhere. */
const TOLERANCES: ReadonlySet<string> = new Set(['tol', 'tolerance', 'rtol', 'atol', 'rel', 'abs', 'eps']);

/** @param base added to offsets @param tokens all tokens the rule was given @param lead the token before them */
export function diagnose(error: IRecognitionException, tokens: readonly IToken[], base: number, lead?: IToken): SyntaxProblem {
  const rule = error.context.ruleStack.at(-1) ?? '';
  const found = T.isLocated(error.token) && error.token.image !== '' ? error.token : undefined;
  const at = found === undefined ? tokens.length : tokens.indexOf(found);
  const previous = ((error as Located).previousToken !== undefined && T.isLocated((error as Located).previousToken) ? (error as Located).previousToken : tokens[at - 1]) ?? lead;
  const spanOf = (token: IToken): Span => ({ start: token.startOffset + base, end: T.endOf(token) + base });
  const here: Span = found !== undefined ? spanOf(found) : previous !== undefined ? spanOf(previous) : { start: base, end: base };
  const before = previous?.tokenType;
  const wanted = (error as { message: string }).message;

  if (found?.tokenType === T.Semicolon) {
    const next = tokens[at + 1];
    return needlessSemicolon(here, { start: here.start, end: next === undefined ? here.end : next.startOffset + base }, next === undefined);
  }
  const mistake = frequentMistake({ rule, tokens, at, lead, spanOf });
  if (mistake !== undefined) return mistake;
  if (UNITS.has(rule)) {
    if (before === T.Colon) return missingUnit(spanOf(previous!));
    return found === undefined ? badUnit(here, previous?.image ?? '') : badUnit(here, found.image);
  }
  const wantsName = NAMES.has(rule) || FORMULA.has(rule) || rule === 'term' || rule === 'complex';
  if (found !== undefined && isWord(found) && wantsName) {
    const connective = CONNECTIVES.has(found.image) && before !== undefined && isOperator(before);
    if (!connective && wanted !== '`in`') return reservedWord(here, found.image);
  }
  if (rule === 'term' || rule === 'complex') {
    if (before === T.Plus) return missingValue(spanOf(previous!), '+');
  }
  if (FORMULA.has(rule) && before !== undefined && isOperator(before)) return missingValue(spanOf(previous!), previous!.image);
  if (before === T.Comma && wantsName) {
    return nameExpected(spanOf(previous!), ',', found === undefined ? spanOf(previous!) : undefined);
  }
  if (rule === 'equation' && wanted === "`'`" && previous !== undefined) {
    return missingPrime(spanOf(previous), previous.image);
  }
  if (NAMES.has(rule) && wanted === t('a name') && previous !== undefined) return nameExpected(here, previous.image);
  if (found === undefined) return unexpectedEnd(here, wanted);
  if (TOLERANCES.has(found.image) && (lead ?? tokens[0])?.image === 'expect') {
    return unexpectedText(here, undefined, t('The tolerance of an expectation is written `within`: `within 1e-3`, or `within 5 %`.'));
  }
  return unexpectedText(here, wanted === '' ? undefined : wanted, undefined, found.image);
}
