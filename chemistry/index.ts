/** The chemistry room's facade: syntax tree → checked network, ODEs, structure. Knows no numbers over time. */
export type * from './network.ts';
export type * from './diagnostic.ts';
export type * from './analysis.ts';
