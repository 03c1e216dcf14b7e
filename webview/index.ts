/** The webview room's facade, for the host of the lab: the messages and their guards, and where species stand in a text. */
export * from './protocol.ts';
export { placesOf } from './places-of-names.ts';
