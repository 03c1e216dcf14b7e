/**
 * Where the plan of a flux system keeps its addresses: field numbers of a table of 32-bit words. Read by TypeScript and by
 * AssemblyScript (`assembly/fluxes.ts`, `assembly/gather.ts`), so it holds plain constants only. Operands of the streams are addresses in the
 * kernels' memory, not indices.
 */
/** The extended state w (species, 1, products of entries) and the sums u that vary; tangents lie `TANGENT` bytes on from both. */
export const TANGENT = 0;
/** Products of entries of w: pairs of addresses, their end, and the entry of w the first goes to. */
export const MONOMIALS = 1, MONOMIALS_END = 2, MONOMIAL_TARGET = 3;
/** Sums that vary: end of each in the stream of addresses; the end of those that are not of fluxes k·x·y; the stream; the constants beside it; the first u they go to. */
export const SUMS = 4, SUMS_END = 5, SHARED_END = 6, SUM_ENTRIES = 7, SUM_CONSTANTS = 8, SUM_TARGET = 9;
/** Products of all fluxes as pairs of addresses (factor in w, sum in u), and their signs: what the derivatives are made from. */
export const PRODUCTS = 10, PRODUCTS_END = 11, PRODUCT_SIGNS = 12;
/** Fluxes k·x, the first of all: addresses of x, and the constants beside them; fluxes k·x·y: pairs of addresses, and theirs. */
export const LINEAR = 13, LINEAR_CONSTANTS = 14, INLINE = 15, INLINE_CONSTANTS = 16;
/** Derivatives of fluxes: their store, and for each product where ∂flux/∂factor and ∂flux/∂entry of its sum are added. */
export const DERIVATIVES = 17, DERIVATIVES_END = 18, FACTOR_TARGETS = 19, ENTRY_TARGETS = 20;
/** Chain rule through products of entries: triples (from, factor in w, to). */
export const CHAIN = 21, CHAIN_END = 22;
/** Non-zeros of the Jacobian: pairs (to a non-zero, from a derivative) with coefficient +1, then −1, then any; those coefficients. */
export const ENTRIES = 23, ENTRIES_END = 24, ADDITIONS = 25, ADDITIONS_PLUS_END = 26, ADDITIONS_MINUS_END = 27, ADDITIONS_END = 28, ADDITIONS_BY = 29;
/**
 * Fluxes and rows are gone through by stretches of species, so that fluxes are still in a near cache when they are added up. A flux stands with the first
 * species that it changes: when a stretch and those before it have their fluxes, its rows have all they need. Records of `RECORD` words say where each
 * stretch begins, and one more where the last ends.
 */
export const RECORDS = 30, RECORDS_END = 31;
export const FIELDS = 32;

/** In a record, for each shape of fluxes the next one in its stream: k·x, one product, k·x·y, a product less one with a constant sum, any other. */
export const NEXT_LINEAR = 0, NEXT_SINGLE = 1, NEXT_INLINE = 2, NEXT_PAIR = 3, NEXT_COUNT = 4;
/** Where its value goes. */
export const TO_LINEAR = 5, TO_SINGLE = 6, TO_INLINE = 7, TO_PAIR = 8, TO_COUNT = 9;
/** Fluxes of any other shape are told by their numbers of products: these, and their signs. */
export const NEXT_PRODUCT = 10, NEXT_SIGN = 11;
/**
 * Rows of species: for each window, how many bytes of targets there are of each of `ROW_KINDS` (with 0, 1, … 7 and more fluxes of coefficient +1,
 * with 1, … 7 and more of −1, with any of another); the fluxes in a stream of addresses; those other coefficients; where the rows go, one by one; and of
 * those of more than seven or of other coefficients how many bytes of addresses they have.
 */
export const NEXT_ROWS = 12, NEXT_SOURCE = 13, NEXT_BY = 14, NEXT_TARGET = 15, NEXT_LENGTH = 16;
export const RECORD = 17;
export const ROW_KINDS = 18;
