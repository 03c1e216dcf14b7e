/** The server in a Web Worker, for editors in the browser. Imports come from open documents and from texts the client hands over. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection, ProposedFeatures } from 'vscode-languageserver/browser';
import { createServer } from './adapter/server.ts';
import { TextsHost } from './adapter/texts-host.ts';

declare const self: object;
createServer(createConnection(ProposedFeatures.all, new BrowserMessageReader(self), new BrowserMessageWriter(self)), new TextsHost());
