/** Mass action: the rules about constants, laws and complexes, and the canonical reactions of an ODE. */
export * from './check.ts';
export * from './from-ode.ts';
export { massActionConstant } from './law.ts';
