/**
 * Where the plan of an incomplete LU keeps its counts and addresses: field numbers of a table of 32-bit words. Read by
 * TypeScript and by AssemblyScript (`assembly/ilu.ts`), so it holds plain constants only.
 */
export const N = 0;
/** The pattern by rows: row starts, columns, byte offsets into the Jacobian's values, and the diagonal entries. */
export const ROW_START = 1, COLUMN = 2, SOURCE = 3, DIAGONAL = 4;
export const JACOBIAN = 5;
/** One row spread out, and the drop tolerance by column. */
export const WORK = 6, THRESHOLD = 7;
/** Packed factors: where each row ends, byte offsets of the columns, values; the inverse of U's diagonal. */
export const LOWER_END = 8, LOWER_COLUMN = 9, LOWER_VALUE = 10, UPPER_END = 11, UPPER_COLUMN = 12, UPPER_VALUE = 13, INVERSE = 14;
export const FIELDS = 15;
