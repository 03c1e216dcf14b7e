/**
 * Where the plans of a flux system keep their addresses: field numbers of tables of 32-bit words. Read by TypeScript and by
 * AssemblyScript (`assembly/fluxes.ts`, `assembly/elementary.ts`, `assembly/gather.ts`, `assembly/flux-jacobian.ts`), so it holds plain constants only.
 * Operands of the streams are addresses in the kernels' memory, not indices.
 */

/** In both plans: products of entries of the state, as pairs of addresses, their end, and where the first goes. */
export const MONOMIALS = 0, MONOMIALS_END = 1, MONOMIAL_TARGET = 2;

/** The plan of rates. The state, what is made of it, and constants; `TANGENT` bytes on lies the same of a direction, `CHANGE` bytes on the change of a species. */
export const TANGENT = 3, CHANGE = 4;
/** The changes in view, and how many bytes of them one stretch is done with. */
export const CHANGES = 5, CHANGES_END = 6, DONE = 7;
/**
 * Fluxes and rows are gone through by stretches of species, so that fluxes are still in a near cache when they are added up. A flux stands with the first
 * species that it changes: when a stretch and those before it have their fluxes, its rows have all they need. Records of `RECORD` words say where each
 * stretch begins, and one more where the last ends.
 */
export const RECORDS = 8, RECORDS_END = 9;
export const RATES_FIELDS = 10;

/** In a record, the next of its sums (the end of each in the stream of entries), the next entry and the constant beside it, and where the sum goes. */
export const NEXT_SUM = 0, NEXT_SUM_ENTRY = 1, SUM_CONSTANT = 2, TO_SUM = 3;
/** The next conversion x → z and binding x + y → z (two and three addresses of 16 bits), and the constants beside them. */
export const NEXT_CONVERSION = 4, CONVERSION_CONSTANT = 5, NEXT_BINDING = 6, BINDING_CONSTANT = 7;
/** For each other shape of fluxes the next one in its stream: k·x and its constant, one product, k·x·y and its constant, a product less one with a constant sum, any other. */
export const NEXT_LINEAR = 8, LINEAR_CONSTANT = 9, NEXT_SINGLE = 10, NEXT_INLINE = 11, INLINE_CONSTANT = 12, NEXT_PAIR = 13, NEXT_COUNT = 14;
/** Where its value goes. */
export const TO_LINEAR = 15, TO_SINGLE = 16, TO_INLINE = 17, TO_PAIR = 18, TO_COUNT = 19;
/** Fluxes of any other shape are told by their numbers of products: these, and their signs. */
export const NEXT_PRODUCT = 20, NEXT_SIGN = 21;
/**
 * Rows of species: for each window, how many bytes of targets there are of each of `ROW_KINDS` (with 1, … 7 and more fluxes of coefficient +1,
 * with 1, … 7 and more of −1, with any of another); the fluxes in a stream of addresses; those other coefficients; where the rows go, one by one; and of
 * those of more than seven or of other coefficients how many bytes of addresses they have.
 */
export const NEXT_ROWS = 22, NEXT_SOURCE = 23, NEXT_BY = 24, NEXT_TARGET = 25, NEXT_LENGTH = 26;
export const RECORD = 27;
export const ROW_KINDS = 17;

/** The plan of the Jacobian. Sums that vary: the end of each in the stream of addresses, the stream, the constants beside it, where the first sum goes. */
export const SUMS = 3, SUMS_END = 4, JACOBIAN_ENTRIES = 5, JACOBIAN_CONSTANTS = 6, SUM_TARGET = 7;
/** Products of all fluxes as pairs of addresses (factor, sum), and their signs. */
export const PRODUCTS = 8, PRODUCTS_END = 9, PRODUCT_SIGNS = 10;
/** Derivatives of fluxes: their store, and for each product where ∂flux/∂factor and ∂flux/∂entry of its sum are added. */
export const DERIVATIVES = 11, DERIVATIVES_END = 12, FACTOR_TARGETS = 13, ENTRY_TARGETS = 14;
/** Chain rule through products of entries: triples (from, factor, to). */
export const CHAIN = 15, CHAIN_END = 16;
/** Non-zeros of the Jacobian: pairs (to a non-zero, from a derivative) with coefficient +1, then −1, then any; those coefficients. */
export const ENTRIES = 17, ENTRIES_END = 18, ADDITIONS = 19, ADDITIONS_PLUS_END = 20, ADDITIONS_MINUS_END = 21, ADDITIONS_END = 22, ADDITIONS_BY = 23;
export const JACOBIAN_FIELDS = 24;
