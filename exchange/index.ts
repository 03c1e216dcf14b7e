/** The room of other formats: their text ↔ .crn. */
export { importNet, type NetImport } from './bionetgen/import.ts';
export type { ImportNote } from './bionetgen/model.ts';
export { NetFormatError } from './bionetgen/read.ts';
export type { ImportedObservable } from './bionetgen/write.ts';
export * from './data/index.ts';
