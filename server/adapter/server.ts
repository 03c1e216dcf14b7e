/**
 * The language server over any connection: the protocol on one side, the service on the other. Whatever goes wrong in a
 * request is written to the log and answered with null; no text and no message ends the server.
 */
import { isLanguage, speak } from '../../l10n/index.ts';
import { CodeActionKind, DidChangeWatchedFilesNotification, LSPErrorCodes, ResponseError, TextDocumentSyncKind } from 'vscode-languageserver';
import type { CancellationToken, Connection, InitializeParams, InitializeResult, SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver';
import { CONTENTS_REQUEST, EXPECTATIONS_REQUEST, FILES_NOTIFICATION, MODEL_REQUEST, NETWORK_REQUEST, ODES_REQUEST, REACTIONS_REQUEST, TEXT_REQUEST, THEME_NOTIFICATION } from '../protocol.ts';
import type { DocumentParams, FilesParams, InitializationOptions, NetworkParams, ReactionsParams, RunCommands, ThemeParams } from '../protocol.ts';
import * as service from '../service/index.ts';
import type { Snapshot } from '../service/index.ts';
import { Checks, explain } from './checks.ts';
import type { ServerHost } from './host.ts';

type Cancelled = ResponseError<void>;
interface OnDocument {
  readonly textDocument: { readonly uri: string };
}

/** Wires a connection to the service and starts listening. */
export function createServer(connection: Connection, host: ServerHost): void {
  const workspace = new service.Workspace(host);
  const options: { foreground?: string; manual?: string; inlayHints: boolean; run: RunCommands } = { inlayHints: false, run: {} };
  const checks = new Checks(connection, host, workspace, () => ({ manual: options.manual }));
  /** The last tokens sent, to send differences of. */
  const sentTokens = new Map<string, { id: string; data: number[] }>();
  const folders = new Set<string>();
  let tokenCount = 0;
  let mayWatch = false;

  /** A notification's effect; a malformed one is logged and forgotten. */
  function quietly(what: string, run: () => void): void {
    try {
      run();
    } catch (error) {
      connection.console.error(`${what} failed: ${explain(error)}`);
    }
  }

  /**
   * A request's answer. Edits and cancellations that have arrived meanwhile go first. `exact` answers are meant for
   * the version that was asked about; when that has gone, the client is told to ask again.
   */
  function answer<P, R>(what: string, uriOf: (params: P) => string, compute: (snapshot: Snapshot, params: P) => R | null | Cancelled, exact = false) {
    return async (params: P, token: CancellationToken): Promise<R | null | Cancelled> => {
      try {
        const uri = uriOf(params);
        const version = workspace.version(uri);
        await new Promise<void>((resolve) => host.schedule(0, resolve));
        if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
        if (exact && workspace.version(uri) !== version) return new ResponseError(LSPErrorCodes.ContentModified, 'The text has changed.');
        const snapshot = workspace.snapshot(uri);
        return snapshot === undefined ? null : compute(snapshot, params);
      } catch (error) {
        if (error instanceof ResponseError) return error as Cancelled;
        connection.console.error(`${what} failed: ${explain(error)}`);
        return null;
      }
    };
  }
  function onDocument<P extends OnDocument, R>(what: string, compute: (snapshot: Snapshot, params: P) => R | null | Cancelled, exact = false) {
    return answer<P, R>(what, (params) => params.textDocument.uri, compute, exact);
  }

  function configure(given: unknown): void {
    const { theme, manual, inlayHints, run, language } = (typeof given === 'object' && given !== null ? given : {}) as InitializationOptions;
    if (isLanguage(language)) speak(language);
    if (typeof theme?.foreground === 'string') options.foreground = theme.foreground;
    if (typeof manual === 'string' && /^https?:\/\//.test(manual)) options.manual = manual;
    if (typeof inlayHints === 'boolean') options.inlayHints = inlayHints;
    if (typeof run?.simulate === 'string' || typeof run?.train === 'string') options.run = run;
  }

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    quietly('Reading the options', () => {
      configure(params.initializationOptions);
      for (const folder of params.workspaceFolders ?? []) folders.add(folder.uri);
      // Clients without workspace folders still tell a root.
      if (folders.size === 0 && typeof params.rootUri === 'string') folders.add(params.rootUri);
      host.setFolders([...folders]);
      mayWatch = params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    });
    return {
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        completionProvider: { triggerCharacters: [...service.TRIGGERS] },
        signatureHelpProvider: { triggerCharacters: ['(', ',', ';'] },
        definitionProvider: true,
        referencesProvider: true,
        documentHighlightProvider: true,
        documentSymbolProvider: true,
        documentFormattingProvider: true,
        documentRangeFormattingProvider: true,
        renameProvider: { prepareProvider: true },
        foldingRangeProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, service.FIX_ALL] },
        semanticTokensProvider: { legend: service.LEGEND, full: { delta: true }, range: true },
        inlayHintProvider: true,
        codeLensProvider: {},
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
      serverInfo: { name: 'onepot' },
    };
  });

  connection.onInitialized(() => {
    if (!mayWatch) return;
    connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*.crn' }] }).catch((error: unknown) => {
      connection.console.warn(`Imported files are not watched: ${explain(error)}`);
    });
  });
  connection.onNotification('workspace/didChangeWorkspaceFolders', (params: { event: { added: { uri: string }[]; removed: { uri: string }[] } }) => {
    quietly('A change of folders', () => {
      for (const { uri } of params.event.removed) folders.delete(uri);
      for (const { uri } of params.event.added) folders.add(uri);
      host.setFolders([...folders]);
      recheckAll();
    });
  });

  /** After the outside world changed: every open document may import something of it. */
  function recheckAll(): void {
    for (const uri of workspace.openUris()) {
      workspace.reread(uri);
      checks.soon(uri);
    }
  }

  connection.onDidOpenTextDocument(({ textDocument }) => {
    quietly('Opening a document', () => {
      if (typeof textDocument.uri !== 'string' || typeof textDocument.text !== 'string') throw new TypeError('a document has an address and a text');
      workspace.open(textDocument.uri, textDocument.version, textDocument.text);
      checks.now(textDocument.uri);
      workspace.dependentsOf(textDocument.uri).forEach((uri) => checks.soon(uri));
    });
  });
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    quietly('An edit', () => {
      if (!workspace.change(textDocument.uri, textDocument.version, contentChanges)) return;
      checks.soon(textDocument.uri);
      workspace.dependentsOf(textDocument.uri).forEach((uri) => checks.soon(uri));
    });
  });
  connection.onDidCloseTextDocument(({ textDocument }) => {
    quietly('Closing a document', () => {
      const { uri } = textDocument;
      workspace.close(uri);
      sentTokens.delete(uri);
      checks.clear(uri);
      workspace.dependentsOf(uri).forEach((other) => checks.soon(other));
    });
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    quietly('A change of files', () => {
      for (const { uri } of changes) {
        workspace.fileChanged(uri);
        workspace.dependentsOf(uri).forEach((other) => checks.soon(other));
      }
    });
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    quietly('A change of settings', () => {
      configure((settings as { onepot?: unknown } | null | undefined)?.onepot);
      workspace.openUris().forEach((uri) => checks.soon(uri));
    });
  });
  connection.onNotification(THEME_NOTIFICATION, (theme: ThemeParams) => quietly('A change of theme', () => configure({ theme })));
  connection.onNotification(FILES_NOTIFICATION, ({ files }: FilesParams) => {
    quietly('Taking files', () => {
      host.setFiles(files);
      for (const uri of Object.keys(files)) {
        workspace.fileChanged(uri);
        workspace.dependentsOf(uri).forEach((other) => checks.soon(other));
      }
    });
  });

  connection.onHover(onDocument('Hover', (snapshot, { position }) => service.hover(snapshot, position, { foreground: options.foreground })));
  connection.onCompletion(onDocument('Completion', (snapshot, { position }) => service.completion(snapshot, position)));
  connection.onSignatureHelp(onDocument('Signature help', (snapshot, { position }) => service.signatureHelp(snapshot, position)));
  connection.onDefinition(onDocument('Definition', (snapshot, { position }) => service.definition(snapshot, position)));
  connection.onReferences(onDocument('References', (snapshot, { position, context }) => service.references(snapshot, position, context.includeDeclaration)));
  connection.onDocumentHighlight(onDocument('Highlight', (snapshot, { position }) => service.documentHighlight(snapshot, position)));
  connection.onDocumentSymbol(onDocument('Outline', (snapshot) => service.documentSymbols(snapshot)));
  connection.onFoldingRanges(onDocument('Folding', (snapshot) => service.folding(snapshot)));
  connection.onDocumentFormatting(onDocument('Formatting', (snapshot) => service.formatting(snapshot), true));
  connection.onDocumentRangeFormatting(onDocument('Formatting', (snapshot, { range }) => service.rangeFormatting(snapshot, range), true));
  connection.onPrepareRename(onDocument('Rename', (snapshot, { position }) => service.prepareRename(snapshot, position), true));
  connection.onRenameRequest(onDocument('Rename', (snapshot, { position, newName }) => service.rename(snapshot, position, newName), true));
  connection.onCodeAction(onDocument('Quick fixes', (snapshot, { range, context }) => service.codeActions(snapshot, range, context.only, { manual: options.manual }), true));
  connection.onCodeLens(onDocument('Lenses', (snapshot) => service.codeLenses(snapshot, options.run)));
  connection.languages.inlayHint.on(onDocument('Inlay hints', (snapshot, { range }) => (options.inlayHints ? service.inlayHints(snapshot, range) : []), true));

  const remember = (uri: string, data: number[]): SemanticTokens => {
    const id = String(++tokenCount);
    sentTokens.set(uri, { id, data });
    return { resultId: id, data };
  };
  const wholeTokens = (snapshot: Snapshot): SemanticTokens | null => {
    const data = service.semanticTokens(snapshot);
    return data === null ? null : remember(snapshot.uri, data);
  };
  // Null tells a client to keep to ranges; the library's types know no null, the protocol does.
  const tokens = onDocument('Colours', wholeTokens, true) as Parameters<typeof connection.languages.semanticTokens.on>[0];
  connection.languages.semanticTokens.on(tokens);
  const delta = onDocument('Colours', (snapshot, { previousResultId }: OnDocument & { previousResultId: string }): SemanticTokens | SemanticTokensDelta | null => {
    const last = sentTokens.get(snapshot.uri);
    const whole = wholeTokens(snapshot);
    if (whole === null || last?.id !== previousResultId) return whole;
    return { ...(whole.resultId === undefined ? {} : { resultId: whole.resultId }), edits: service.tokenEdits(last.data, whole.data) };
  }, true) as Parameters<typeof connection.languages.semanticTokens.onDelta>[0];
  connection.languages.semanticTokens.onDelta(delta);
  connection.languages.semanticTokens.onRange(onDocument('Colours', (snapshot, { range }) => ({ data: service.semanticTokensInRange(snapshot, range) }), true));

  const uriOf = (params: DocumentParams): string => params.uri;
  connection.onRequest(ODES_REQUEST, answer('ODEs', uriOf, (snapshot) => service.odes(snapshot)));
  connection.onRequest(REACTIONS_REQUEST, answer('Reactions', uriOf, (snapshot, { most }: ReactionsParams) => service.reactions(snapshot, most)));
  connection.onRequest(NETWORK_REQUEST, answer('Network', uriOf, (snapshot, { position }: NetworkParams) => service.networkReactions(snapshot, position)));
  connection.onRequest(TEXT_REQUEST, ({ uri }: DocumentParams): { text: string } | null => {
    try {
      const text = workspace.virtual(uri);
      return text === undefined ? null : { text };
    } catch (error) {
      connection.console.error(`The text ${uri} failed: ${explain(error)}`);
      return null;
    }
  });
  connection.onRequest(MODEL_REQUEST, answer('Model', uriOf, (snapshot) => service.model(snapshot)));
  connection.onRequest(CONTENTS_REQUEST, answer('Contents', uriOf, (snapshot) => service.contents(snapshot)));
  connection.onRequest(EXPECTATIONS_REQUEST, answer('Expectations', uriOf, (snapshot) => service.expectations(snapshot)));

  connection.listen();
}
