/**
 * Where the plan of a flux system keeps its addresses: field numbers of a table of 32-bit words. Read by TypeScript and by
 * AssemblyScript (`assembly/fluxes.ts`), so it holds plain constants only. Operands of the streams are addresses in the
 * kernels' memory, not indices.
 */
/** The extended state w (species, 1, products of entries) and the sums u that vary; tangents lie `TANGENT` bytes on from both. */
export const TANGENT = 0;
/** Products of entries of w: pairs of addresses, their end, and the entry of w the first goes to. */
export const MONOMIALS = 1, MONOMIALS_END = 2, MONOMIAL_TARGET = 3;
/** Sums that vary: end of each in the stream of addresses; the stream; the constants beside it; the first u they go to. */
export const SUMS = 4, SUMS_END = 5, SUM_ENTRIES = 6, SUM_CONSTANTS = 7, SUM_TARGET = 8;
/**
 * Products as pairs of addresses (factor in w, sum in u): first fluxes of one product with a constant sum, then (SINGLES) of one
 * product, then of a product less one with a constant sum, then any others, whose signs and numbers of products follow.
 */
export const PRODUCTS = 9, SINGLES = 10, SINGLES_END = 11, PAIRS_END = 12, SIGNS = 13, COUNTS = 14, COUNTS_END = 15;
export const FLUX = 16;
/**
 * Rows of species: for each window, how many bytes of targets there are of each of `ROW_KINDS` (with 0, 1, … 7 and more fluxes of coefficient +1,
 * with 1, … 7 and more of −1, with any of another); the fluxes in a stream of addresses; those other coefficients.
 */
export const GATHER_ROWS = 17, GATHER_ROWS_END = 18, GATHER = 19, GATHER_BY = 20, CHANGE = 21;
/** Derivatives of fluxes: their store, and for each product where ∂flux/∂factor and ∂flux/∂entry of its sum are added. */
export const DERIVATIVES = 22, DERIVATIVES_END = 23, FACTOR_TARGETS = 24, ENTRY_TARGETS = 25;
/** Chain rule through products of entries: triples (from, factor in w, to). */
export const CHAIN = 26, CHAIN_END = 27;
/** Non-zeros of the Jacobian: pairs (to a non-zero, from a derivative) with coefficient +1, then −1, then any; those coefficients. */
export const ENTRIES = 28, ENTRIES_END = 29, ADDITIONS = 30, ADDITIONS_PLUS_END = 31, ADDITIONS_MINUS_END = 32, ADDITIONS_END = 33, ADDITIONS_BY = 34;
/** Signs of all products, for the derivatives. */
export const PRODUCT_SIGNS = 35, PRODUCTS_END = 36;
/**
 * Fluxes k·x·y, which stand between the single products and the pairs: pairs of addresses and their end, the first of their constants; the end of the
 * sums that are not theirs; the products after theirs.
 */
export const INLINE = 37, INLINE_END = 38, INLINE_CONSTANTS = 39, SHARED_END = 40, PAIRS = 41;
/** Where the rows go, one by one; and of those of more than seven or of other coefficients how many bytes of addresses they have. */
export const GATHER_TARGETS = 42, GATHER_LENGTHS = 46;
export const ROW_KINDS = 18;
/** Fluxes k·x, the first of all: addresses of x and their end, the constants beside them. */
export const LINEAR = 43, LINEAR_END = 44, LINEAR_CONSTANTS = 45;
export const FIELDS = 47;
