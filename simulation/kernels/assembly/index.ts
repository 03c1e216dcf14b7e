/**
 * The loops that integration spends its time in, compiled to WebAssembly by AssemblyScript (`scripts/lib/kernels.ts`).
 * Every array is an address in the one imported memory; nothing here allocates. Addresses are multiples of 16.
 * `@inline` above a function is AssemblyScript's; TypeScript's own checker knows no decorators there, hence the line before it.
 */
export * from './vectors';
export * from './krylov';
export * from './ilu';
export * from './fluxes';
export * from './flux-jacobian';
export * from './totals';
export * from './families';
export * from './runge-kutta';
export * from './bordered';
