/**
 * Read-only documents. Made from a model: its ODEs, its reactions written out one by one, and what its networks of neurons are
 * compiled to; they follow every edit. And the library of constructions, which definitions lead to.
 */
import * as vscode from 'vscode';
import { NETWORK_REQUEST, ODES_REQUEST, REACTIONS_REQUEST, TEXT_REQUEST, VIRTUAL_SCHEME, type NetworkParams, type TextAnswer } from '../server/index.ts';
import type { ModelClient } from './client.ts';
import { language, odesScheme, reactionsScheme } from './names.ts';
import { cancelled, withCancel } from './progress.ts';

export type MadeKind = 'odes' | 'reactions';

interface Kind {
  readonly scheme: string;
  readonly request: string;
  readonly suffix: string;
  /** What is being done while it is made. */
  readonly making: (name: string) => string;
}
const kinds: Readonly<Record<MadeKind, Kind>> = {
  odes: { scheme: odesScheme, request: ODES_REQUEST, suffix: '.odes', making: (name) => vscode.l10n.t('Writing the ODEs of {0}', name) },
  // The suffix .crn gives the document the language's colours.
  reactions: { scheme: reactionsScheme, request: REACTIONS_REQUEST, suffix: '.reactions.crn', making: (name) => vscode.l10n.t('Writing out the reactions of {0}', name) },
};

/** How long typing must pause before a made document follows. */
const PAUSE = 200;

function madeUri(kind: MadeKind, source: vscode.Uri): vscode.Uri {
  const { scheme, suffix } = kinds[kind];
  return vscode.Uri.from({ scheme, path: `${source.path.replace(/\.crn$/i, '')}${suffix}`, query: source.toString() });
}

/** The document a made one was made from. */
export function sourceOf(made: vscode.Uri): vscode.Uri | undefined {
  return (made.scheme === odesScheme || made.scheme === reactionsScheme || made.scheme === VIRTUAL_SCHEME) && made.query !== '' ? vscode.Uri.parse(made.query) : undefined;
}

export class MadeDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #client: ModelClient;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #disposables: vscode.Disposable[];
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Texts that were made before their documents are opened, by address. */
  readonly #ready = new Map<string, string>();
  readonly onDidChange = this.#changed.event;

  constructor(client: ModelClient) {
    this.#client = client;
    this.#disposables = [
      this.#changed,
      ...[...Object.values(kinds).map(({ scheme }) => scheme), VIRTUAL_SCHEME].map((scheme) => vscode.workspace.registerTextDocumentContentProvider(scheme, this)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId === language) this.#follow(document.uri);
      }),
    ];
  }

  /** Shows what the network of neurons at a position stands for. @returns false where there is none */
  async showNetwork(source: vscode.TextDocument, { line, character }: vscode.Position): Promise<boolean> {
    const found = await this.#client.ask<{ uri: string }>(NETWORK_REQUEST, { uri: source.uri.toString(), position: { line, character } } satisfies NetworkParams);
    if (found === null) return false;
    await this.#open(vscode.Uri.parse(found.uri));
    return true;
  }

  /** The text is made first: when that takes long and the user cancels it, no document is opened. */
  async show(kind: MadeKind, source: vscode.TextDocument): Promise<void> {
    const made = madeUri(kind, source.uri);
    const name = source.uri.path.slice(source.uri.path.lastIndexOf('/') + 1);
    const text = await withCancel(kinds[kind].making(name), (token) => this.#text(kinds[kind], source.uri, token));
    if (text === cancelled) return;
    this.#ready.set(made.toString(), text);
    await this.#open(made);
  }

  async #open(made: vscode.Uri): Promise<void> {
    // An open document asks for its text when it is told of a change, a new one by itself.
    if (vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === made.toString())) this.#changed.fire(made);
    const document = await vscode.workspace.openTextDocument(made);
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true });
  }

  async provideTextDocumentContent(made: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const source = sourceOf(made);
    if (made.scheme === VIRTUAL_SCHEME) return this.#virtual(made, source, token);
    const kind = Object.values(kinds).find(({ scheme }) => scheme === made.scheme);
    if (source === undefined || kind === undefined) return '';
    const ready = this.#ready.get(made.toString());
    if (ready !== undefined) {
      this.#ready.delete(made.toString());
      return ready;
    }
    return this.#text(kind, source, token);
  }

  async #text({ request }: Kind, source: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    try {
      // After a reload of the window the source may not be open yet; the server answers for open documents.
      await vscode.workspace.openTextDocument(source);
    } catch {
      return `// ${vscode.l10n.t('{0} could not be opened.', source.path)}\n`;
    }
    const answer = await this.#client.ask<TextAnswer>(request, { uri: source.toString() }, token);
    if (answer === null) return `// ${vscode.l10n.t('The language server gave no answer. Onepot: Show Output says why.')}\n`;
    return answer.text;
  }

  /** A text that the server knows by its address. */
  async #virtual(made: vscode.Uri, source: vscode.Uri | undefined, token: vscode.CancellationToken): Promise<string> {
    // A network of a model that was never saved is known while the model is open.
    if (source !== undefined) await vscode.workspace.openTextDocument(source).then(undefined, () => undefined);
    const answer = await this.#client.ask<{ text: string }>(TEXT_REQUEST, { uri: made.toString() }, token);
    if (answer !== null) return answer.text;
    const none = source === undefined ? vscode.l10n.t('There is no such text in the library.') : vscode.l10n.t('{0} has no such network, or the network has an error.', source.path);
    return `// ${none}\n`;
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #follow(source: vscode.Uri): void {
    const made = vscode.workspace.textDocuments.map((document) => document.uri).filter((uri) => sourceOf(uri)?.toString() === source.toString());
    for (const uri of made) {
      const key = uri.toString();
      clearTimeout(this.#timers.get(key));
      this.#timers.set(key, setTimeout(() => {
        this.#timers.delete(key);
        this.#changed.fire(uri);
      }, PAUSE));
    }
  }
}
