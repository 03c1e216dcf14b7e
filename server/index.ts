/** The server's facade for clients: names and shapes of the custom messages. The server itself is a bundle of its own. */
export * from './protocol.ts';
