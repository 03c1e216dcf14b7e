/** From families to numbers: parameter values, initial state, expressions, single reactions. */
export * from './condition.ts';
export * from './evaluate.ts';
export * from './parameters.ts';
export * from './random.ts';
export * from './unroll.ts';
