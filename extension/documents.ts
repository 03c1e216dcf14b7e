/**
 * Read-only documents. Made from a model: its ODEs, its reactions written out one by one, and what its networks of neurons are
 * compiled to; they follow every edit. And the library of constructions, which definitions lead to.
 */
import * as vscode from 'vscode';
import { NETWORK_REQUEST, ODES_REQUEST, REACTIONS_REQUEST, TEXT_REQUEST, VIRTUAL_SCHEME, type NetworkParams, type TextAnswer } from '../server/index.ts';
import type { ModelClient } from './client.ts';
import { language, odesScheme, reactionsScheme } from './names.ts';

export type MadeKind = 'odes' | 'reactions';

const kinds: Readonly<Record<MadeKind, { readonly scheme: string; readonly request: string; readonly suffix: string }>> = {
  odes: { scheme: odesScheme, request: ODES_REQUEST, suffix: '.odes' },
  // The suffix .crn gives the document the language's colours.
  reactions: { scheme: reactionsScheme, request: REACTIONS_REQUEST, suffix: '.reactions.crn' },
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

  show(kind: MadeKind, source: vscode.TextDocument): Promise<void> {
    return this.#open(madeUri(kind, source.uri));
  }

  async #open(made: vscode.Uri): Promise<void> {
    const document = await vscode.workspace.openTextDocument(made);
    this.#changed.fire(document.uri);
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true });
  }

  async provideTextDocumentContent(made: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const source = sourceOf(made);
    if (made.scheme === VIRTUAL_SCHEME) return this.#virtual(made, source, token);
    const kind = Object.values(kinds).find(({ scheme }) => scheme === made.scheme);
    if (source === undefined || kind === undefined) return '';
    try {
      // After a reload of the window the source may not be open yet; the server answers for open documents.
      await vscode.workspace.openTextDocument(source);
    } catch {
      return `// ${source.path} could not be opened.\n`;
    }
    const answer = await this.#client.ask<TextAnswer>(kind.request, { uri: source.toString() }, token);
    if (answer === null) return '// The language server gave no answer. Onepot: Show Output says why.\n';
    return answer.text;
  }

  /** A text that the server knows by its address. */
  async #virtual(made: vscode.Uri, source: vscode.Uri | undefined, token: vscode.CancellationToken): Promise<string> {
    // A network of a model that was never saved is known while the model is open.
    if (source !== undefined) await vscode.workspace.openTextDocument(source).then(undefined, () => undefined);
    const answer = await this.#client.ask<{ text: string }>(TEXT_REQUEST, { uri: made.toString() }, token);
    if (answer !== null) return answer.text;
    return source === undefined ? `// There is no such text in the library.\n` : `// ${source.path} has no such network, or the network has an error.\n`;
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
