/**
 * Where the plan of a bordered factorisation keeps its counts and addresses: field numbers of a table of 32-bit words. Read by
 * TypeScript and by AssemblyScript (`assembly/bordered.ts`), so it holds plain constants only. Offsets are in bytes; those of
 * non-zeros count from the beginning of the Jacobian's values, which are followed by one 0 for what is not there.
 */
/** How many pairs; for each the offsets of its two components in a vector, and of its four non-zeros (row by row). */
export const PAIRS = 0, MEMBERS = 1, BLOCKS = 2;
/** Rows of the core that a pair's columns reach: end of each pair's in the stream; triples (row's offset in a vector, two non-zeros). */
export const ROW_END = 3, ROWS = 4;
/** Columns of the core that reach a pair's rows, likewise. */
export const COLUMN_END = 5, COLUMNS = 6;
/** Where in the core's matrix each (row, column) of a pair goes, row by row; the core's own non-zeros: pairs (from, to), and their end. */
export const SLOTS = 7, CORE = 8, CORE_END = 9;
export const JACOBIAN = 10, SCHUR = 11, SCHUR_BYTES = 12;
/** Diagonal of the core's matrix: offsets and their end. */
export const DIAGONAL = 13, DIAGONAL_END = 14;
/** The factors: four numbers a pair; packed rows and columns, where each pair's end, offsets in a vector, two numbers each. */
export const INVERSE = 15, LEFT_END = 16, LEFT = 17, LEFT_VALUE = 18, RIGHT_END = 19, RIGHT = 20, RIGHT_VALUE = 21;
export const FIELDS = 22;
