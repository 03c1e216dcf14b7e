/** ODEs derived from families, and everything that is written: Unicode, LaTeX, the language itself. */
export * from './component-text.ts';
export { changesOf, componentOfOperand, netChanges, odeOfBlock, odeOfComponent, rateScalar } from './derive.ts';
export type { Change } from './derive.ts';
export { EquationTooLongError, evaluateOde, expandOde } from './evaluate.ts';
export { indexText, operandText, railText, scalarText } from './expression-text.ts';
export { latexScalar } from './latex.ts';
export * from './ode.ts';
export * from './reaction-lines.ts';
export * from './render.ts';
export { NO_LOOPS } from './style.ts';
export type { LoopScope, Names } from './style.ts';
export { unicodeScalar } from './unicode.ts';
