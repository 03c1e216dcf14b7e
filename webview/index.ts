/** The webview room's facade, for the host of the lab: the messages and their guards. */
export * from './protocol.ts';
