/** The server as a Node process, over stdio or Node's own channel between processes. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createServer } from './adapter/server.ts';
import { NodeHost } from './adapter/node-host.ts';

const connection = createConnection(ProposedFeatures.all);
// Nothing a text makes us do may end the server; what slips through is told and survived.
process.on('uncaughtException', (error) => connection.console.error(`Unexpected: ${error.stack ?? error.message}`));
process.on('unhandledRejection', (reason) => connection.console.error(`Unexpected: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`));
createServer(connection, new NodeHost());
