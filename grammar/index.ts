/** The text room's facade: text → syntax tree → text. Knows no chemistry. */
export type * from './ast.ts';
export type * from './catalog.ts';
export { append, fitted } from './append.ts';
export { parse, reparse } from './document.ts';
export { format } from './format.ts';
export { printCondition } from './print-parts.ts';
export { printComplex, printExpression, printReference, printStatement, printUnit } from './print.ts';
export { parseExpression, parseUnit } from './statements.ts';
export { grammarDiagnostics } from './diagnostics/index.ts';
export { childrenOf, nodeAt, pathAt, referencesIn, statementsOf, unitAt, walk, type Node } from './walk.ts';
export { tokensFor, type Word, type WordKind } from './classify.ts';
export { isName, KEYWORDS as keywords, type Keyword } from './tokens.ts';
