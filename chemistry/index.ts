/** The chemistry room's facade: syntax tree → checked network, ODEs, structure. Knows no numbers over time. */
export type * from './network.ts';
export type * from './diagnostic.ts';
export type * from './analysis.ts';

// Names, numbers, single reactions.
export * from './naming.ts';
export * from './unroll/index.ts';
export type * from './elaborated.ts';

// Equations, polynomials, structure.
export * from './equations/index.ts';
export * from './structure/index.ts';
export { hasSpecies, identical, toPolynomial, toScalar } from './polynomial/index.ts';
