/** The webview room's facade, for the host of the lab: the messages and their guards, the first run that the host may do for a page, and where species stand in a text. */
export * from './protocol.ts';
export { placesOf } from './places-of-names.ts';
export { firstRun, type Opening } from './first-run/first-run.ts';
export { isFirstRun } from './first-run/guard.ts';
export type { FromWorker, ToWorker } from './worker-protocol.ts';
