/**
 * Where the plan of a projection onto conserved totals keeps its counts and addresses (`assembly/totals.ts`); plain
 * constants, read by TypeScript and by AssemblyScript.
 */
export const ROWS = 0;
/** Ends of the totals in the streams of byte offsets of components and of coefficients. */
export const ROW_END = 1, COMPONENT = 2, COEFFICIENT = 3;
/** The same coefficients times the metric of their component; a scale a total; the Cholesky factor, row by row; room for one number a total. */
export const MEASURED = 4, SCALE = 5, CHOLESKY = 6, MISSING = 7;
export const FIELDS = 8;
