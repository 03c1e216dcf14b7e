/** The text room's facade: text → syntax tree → text. Knows no chemistry. */
export type * from './ast.ts';
export type * from './catalog.ts';
