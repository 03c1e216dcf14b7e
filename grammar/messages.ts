/**
 * Chevrotain's complaints in the user's words: what was expected, by the rule that stopped. `diagnose.ts` turns them into
 * numbered diagnostics; the text here is the general sentence when no more special one fits.
 */
import type { IParserErrorMessageProvider, TokenType } from 'chevrotain';

const BY_RULE: Readonly<Record<string, string>> = {
  expression: 'a number, a name or a formula',
  operand: 'a number, a name or a formula',
  atom: 'a number, a name or a formula',
  callArguments: 'an argument, `,` or `)`',
  indices: 'an index, `,` or `]`',
  rail: 'a rail: `^+`, `^-`, or `^` and the name of a sign',
  unitOfMeasure: 'a unit such as `uM` or `1/(uM*s)`',
  unitPower: 'a unit such as `uM` or `1/(uM*s)`',
  exponent: 'a whole number as exponent of a unit',
  signedInteger: 'a whole number as exponent of a unit',
  complex: 'species such as `A + 2 B`, or `0` for nothing',
  term: 'species such as `A + 2 B`, or `0` for nothing',
  speciesReference: 'the name of a species',
  rate: 'a rate constant after `@`, or a rate law after `rate`',
  reaction: 'a reaction such as `A + B -> C @ k`',
  declaration: 'a name',
  declarationItem: 'a name, then if wanted `[size]`, `: unit` and `= value`',
  unitsEntry: '`time` or `concentration` and a unit',
  units: '`time` or `concentration` and a unit',
  equation: "an equation such as `X' = a - b*X`",
  odeStatement: "an equation such as `X' = a - b*X`",
  forHead: 'a range such as `i in 1..3` or `s in signs`',
  binder: 'a range such as `i in 1..3` or `s in signs`',
  moduleHead: 'the head of a module such as `module name(a, b: dual; k = 1)`',
  moduleParameter: 'the name of a parameter, then if wanted `: species`, `: fixed`, `: dual` or `: param`',
  moduleConstant: 'a constant such as `k = 1`',
  use: '`use` and a module with its arguments, such as `use multiply(P, Q, R)`',
  namedConstant: 'a constant such as `k = 1`',
  groupHead: 'the name of the group',
  importStatement: 'the file in quotes, such as `import "motifs.crn"`',
  stringText: 'a text in quotes',
  value: 'a number, a name or a formula',
  list: 'a value, `,` or `]`',
  activationHead: 'the head of an activation such as `activation smooth_relu(h)`',
  total: 'a conserved sum such as `x + x̄ = 1`',
  neuron: 'a neuron such as `neuron H = smooth_relu(2*X1 - X2; h = 0.1)`',
  sized: 'a name and its size, such as `x[2]`',
  layer: 'a layer such as `layer hidden[4] = smooth_relu(h = 0.1)`',
  activationUse: 'the name of an activation, with its constants: `smooth_relu(h = 0.1)`',
  tableHead: 'the names of the columns, such as `x[2] -> y[1]`',
  dataHead: 'a table in braces, or a file such as `data iris = csv("iris.csv")`',
  sweepRange: 'a range such as `0..0.3 steps 7` or a list such as `[0.1, 0.2]`',
  namedHead: 'a name',
  simulateHead: 'the name of the simulation',
  setting: 'a setting such as `t = 100`',
  expect: 'an expectation such as `expect H ~ 1.618 within 1e-6`',
  relation: 'a comparison: `~`, `=`, `<`, `<=`, `>` or `>=`',
};
const BY_TOKEN: Readonly<Record<string, string>> = {
  Identifier: 'a name', NumberText: 'a number', StringText: 'a text in quotes', AnyArrow: 'an arrow `->` or `<->`', Equals: '`=`', Prime: "`'`",
  LeftParen: '`(`', RightParen: '`)`', LeftBracket: '`[`', RightBracket: '`]`', Comma: '`,`', Colon: '`:`', DotDot: '`..`',
  Word_in: '`in`',
};

/** What the user could have written where a rule stopped. */
export function expectedIn(ruleName: string, expected?: TokenType): string {
  return (expected === undefined ? undefined : BY_TOKEN[expected.name]) ?? BY_RULE[ruleName] ?? 'something else';
}

export const messages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, ruleName }) => expectedIn(ruleName, expected),
  buildNotAllInputParsedMessage: () => '',
  buildNoViableAltMessage: ({ ruleName }) => expectedIn(ruleName),
  buildEarlyExitMessage: ({ ruleName }) => expectedIn(ruleName),
};
