/**
 * How one loop of a reaction family stands in the kernels' memory: 32-bit words, read by TypeScript and by AssemblyScript
 * (`assembly/families.ts`), so this holds plain constants only. Bases and strides are in bytes; those of species count from the
 * beginning of a state.
 */
/** Loop variables (the innermost last), reactants (one with stoichiometry 2 stands twice) and species that change. */
export const RANK = 0, REACTANTS = 1, CHANGES = 2;
/**
 * Address of the changes' coefficients; address of scratch: a counter a variable, an address a place, and (written once) the
 * step of each place along the innermost variable.
 */
export const BY = 3, SCRATCH = 4;
/** From here on: extents of the variables; then places, each a base and a stride a variable: the constant, reactants, changes. */
export const EXTENTS = 5;
