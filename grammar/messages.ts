/**
 * Chevrotain's complaints in the user's words: what was expected, by the rule that stopped. `diagnose.ts` turns them into
 * numbered diagnostics; the text here is the general sentence when no more special one fits.
 */
import { marked, said, t, type Text } from '../l10n/index.ts';
import type { IParserErrorMessageProvider, TokenType } from 'chevrotain';

const BY_RULE: Readonly<Record<string, Text>> = {
  expression: marked('a number, a name or a formula'),
  operand: marked('a number, a name or a formula'),
  atom: marked('a number, a name or a formula'),
  callArguments: marked('an argument, `,` or `)`'),
  indices: marked('an index, `,` or `]`'),
  rail: marked('a rail: `^+`, `^-`, or `^` and the name of a sign'),
  unitOfMeasure: marked('a unit such as `uM` or `1/(uM*s)`'),
  unitPower: marked('a unit such as `uM` or `1/(uM*s)`'),
  exponent: marked('a whole number as exponent of a unit'),
  signedInteger: marked('a whole number as exponent of a unit'),
  complex: marked('species such as `A + 2 B`, or `0` for nothing'),
  term: marked('species such as `A + 2 B`, or `0` for nothing'),
  speciesReference: marked('the name of a species'),
  rate: marked('a rate constant after `@`, or a rate law after `rate`'),
  reaction: marked('a reaction such as `A + B -> C @ k`'),
  declaration: marked('a name'),
  declarationItem: marked('a name, then if wanted `[size]`, `: unit` and `= value`'),
  unitsEntry: marked('`time` or `concentration` and a unit'),
  units: marked('`time` or `concentration` and a unit'),
  equation: marked("an equation such as `X' = a - b*X`"),
  odeStatement: marked("an equation such as `X' = a - b*X`"),
  forHead: marked('a range such as `i in 1..3` or `s in signs`'),
  binder: marked('a range such as `i in 1..3` or `s in signs`'),
  moduleHead: marked('the head of a module such as `module name(a, b: dual; k = 1)`'),
  moduleParameter: marked('the name of a parameter, then if wanted `: species`, `: fixed`, `: dual` or `: param`'),
  moduleConstant: marked('a constant such as `k = 1`'),
  use: marked('`use` and a module with its arguments, such as `use multiply(P, Q, R)`'),
  namedConstant: marked('a constant such as `k = 1`'),
  groupHead: marked('the name of the group'),
  importStatement: marked('the file in quotes, such as `import "motifs.crn"`'),
  stringText: marked('a text in quotes'),
  value: marked('a number, a name or a formula'),
  list: marked('a value, `,` or `]`'),
  activationHead: marked('the head of an activation such as `activation smooth_relu(h)`'),
  total: marked('a conserved sum such as `x + x̄ = 1`'),
  neuron: marked('a neuron such as `neuron H = smooth_relu(2*X1 - X2; h = 0.1)`'),
  sized: marked('a name and its size, such as `x[2]`'),
  layer: marked('a layer such as `layer hidden[4] = smooth_relu(h = 0.1)`'),
  activationUse: marked('the name of an activation, with its constants: `smooth_relu(h = 0.1)`'),
  tableHead: marked('the names of the columns, such as `x[2] -> y[1]`'),
  dataHead: marked('a table in braces, or a file such as `data iris = csv("iris.csv")`'),
  sweepRange: marked('a range such as `0..0.3 steps 7` or a list such as `[0.1, 0.2]`'),
  namedHead: marked('a name'),
  simulateHead: marked('the name of the simulation'),
  setting: marked('a setting such as `t = 100`'),
  simulateSetting: marked('a setting such as `t = 100`'),
  expect: marked('an expectation such as `expect H ~ 1.618 within 1e-6`'),
  relation: marked('a comparison: `~`, `=`, `<`, `<=`, `>` or `>=`'),
};
const BY_TOKEN: Readonly<Record<string, Text>> = {
  Identifier: marked('a name'), NumberText: marked('a number'), StringText: marked('a text in quotes'), AnyArrow: marked('an arrow `->` or `<->`'),
};
/** Tokens that are named by themselves. */
const SIGNS: Readonly<Record<string, string>> = {
  Equals: '`=`', Prime: "`'`",
  LeftParen: '`(`', RightParen: '`)`', LeftBracket: '`[`', RightBracket: '`]`', Comma: '`,`', Colon: '`:`', DotDot: '`..`',
  Word_in: '`in`',
};

/** What the user could have written where a rule stopped. */
export function expectedIn(ruleName: string, expected?: TokenType): string {
  const sign = expected === undefined ? undefined : SIGNS[expected.name];
  if (sign !== undefined) return sign;
  const text = (expected === undefined ? undefined : BY_TOKEN[expected.name]) ?? BY_RULE[ruleName];
  return text === undefined ? t('something else') : said(text);
}

export const messages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, ruleName }) => expectedIn(ruleName, expected),
  buildNotAllInputParsedMessage: () => '',
  buildNoViableAltMessage: ({ ruleName }) => expectedIn(ruleName),
  buildEarlyExitMessage: ({ ruleName }) => expectedIn(ruleName),
};
