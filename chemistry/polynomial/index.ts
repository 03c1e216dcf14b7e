/** Polynomials and rational functions over species and parameters: canonical form, identity, printing. */
export * from './convert.ts';
export * from './identity.ts';
export * from './keys.ts';
export * from './polynomial.ts';
export * from './to-scalar.ts';
