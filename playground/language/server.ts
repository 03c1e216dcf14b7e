/** The language server in its worker: started, told of every text of the language, and asked on the editor's behalf. */
import { t } from '../../l10n/index.ts';
import * as monaco from 'monaco-editor/editor';
import type * as lsp from 'vscode-languageserver/browser';
import { FILES_NOTIFICATION, TEXT_REQUEST, THEME_NOTIFICATION, type FilesParams, type InitializationOptions, type ThemeParams } from '../../server/index.ts';
import { Connection, type Channel } from './connection.ts';
import { fromRange, toMarker } from './convert.ts';

export const LANGUAGE = 'crn';

export class LanguageServer {
  readonly connection: Connection;
  readonly #worker: Worker;
  /** Ends what follows each text the server was told of. */
  readonly #told = new Map<monaco.editor.ITextModel, monaco.IDisposable>();

  /** @param failed called with a sentence when the worker ends or cannot be started */
  constructor(address: URL, failed: (reason: string) => void) {
    this.#worker = new Worker(address, { name: 'Onepot language server' });
    this.connection = new Connection(this.#worker as unknown as Channel);
    this.#worker.onerror = (event) => {
      const reason = event.message === undefined || event.message === ''
        ? t('The language server has ended: its worker could not be loaded. Reload the page to start it again.')
        : t('The language server has ended: {0}. Reload the page to start it again.', event.message);
      this.connection.fail(reason);
      failed(reason);
    };
    this.connection.on('textDocument/publishDiagnostics', (parameters) => {
      const { uri, diagnostics, version } = parameters as lsp.PublishDiagnosticsParams;
      const model = monaco.editor.getModel(monaco.Uri.parse(uri));
      // Findings about an older text would mark the wrong places; those about the present one are on their way.
      if (model === null || (version !== undefined && version !== model.getVersionId())) return;
      monaco.editor.setModelMarkers(model, LANGUAGE, diagnostics.map(toMarker));
    });
    this.connection.on('window/logMessage', (parameters) => {
      const { type, message } = parameters as lsp.LogMessageParams;
      if (type <= 2) console.warn(message);
    });
  }

  /** Says hello and tells of the texts there are and of those to come. */
  async start(options: InitializationOptions): Promise<lsp.ServerCapabilities> {
    const parameters: lsp.InitializeParams = { processId: null, rootUri: null, workspaceFolders: null, capabilities: {}, initializationOptions: options };
    const { capabilities } = await this.connection.request<lsp.InitializeResult>('initialize', parameters);
    this.connection.notify('initialized', {});
    return capabilities;
  }

  /** From now on the server knows the editor's texts of the language. To be called when it has the files they import. */
  follow(): void {
    for (const model of monaco.editor.getModels()) this.#open(model);
    monaco.editor.onDidCreateModel((model) => this.#open(model));
  }

  /** Texts that may be imported or read as data, by address; null takes one away. */
  giveFiles(files: FilesParams['files']): void {
    this.connection.notify(FILES_NOTIFICATION, { files } satisfies FilesParams);
  }

  tellTheme(foreground: string): void {
    this.connection.notify(THEME_NOTIFICATION, { foreground } satisfies ThemeParams);
  }

  /** A text that is no file: the library's, or what a network of neurons is compiled to. */
  async virtualText(uri: string): Promise<string | undefined> {
    return (await this.connection.ask<{ readonly text: string }>(TEXT_REQUEST, { uri }))?.text;
  }

  #open(model: monaco.editor.ITextModel): void {
    if (model.getLanguageId() !== LANGUAGE || this.#told.has(model)) return;
    const uri = model.uri.toString();
    const { connection } = this;
    connection.notify('textDocument/didOpen', { textDocument: { uri, languageId: LANGUAGE, version: model.getVersionId(), text: model.getValue() } } satisfies lsp.DidOpenTextDocumentParams);
    const following = model.onDidChangeContent(({ changes, versionId }) => {
      const contentChanges = changes.map(({ range, text }) => ({ range: fromRange(range), text }));
      connection.notify('textDocument/didChange', { textDocument: { uri, version: versionId }, contentChanges } satisfies lsp.DidChangeTextDocumentParams);
    });
    const ending = model.onWillDispose(() => {
      connection.notify('textDocument/didClose', { textDocument: { uri } } satisfies lsp.DidCloseTextDocumentParams);
      this.#told.get(model)?.dispose();
      this.#told.delete(model);
    });
    this.#told.set(model, { dispose: () => { following.dispose(); ending.dispose(); } });
  }
}
