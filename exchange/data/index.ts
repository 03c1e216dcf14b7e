/** Data sets: tables, images and inline rows → matrices to train on. */
export type * from './types.ts';
export { applyPipeline, buildDataSet, filesOf, type BuiltDataSet } from './build.ts';
export { readTable, type Table, type TableColumn } from './csv.ts';
export { recipeFromStatement, type StatementProblem, type StatementRecipe, type StatementResult } from './from-statement.ts';
export { readIdx, type IdxArray, type IdxType } from './idx.ts';
export { firstNegative, negativeInput, type NegativeValue } from './rails.ts';
export { splitRows } from './split.ts';
