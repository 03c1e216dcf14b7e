/** The status bar: how many species and reactions the active model has, or how many errors. A click opens the lab. */
import * as vscode from 'vscode';
import { MODEL_REQUEST, type ModelAnswer } from '../server/index.ts';
import type { ModelClient } from './client.ts';
import type { Labs } from './lab/labs.ts';
import { commands, language } from './names.ts';

const PAUSE = 250;

function count(n: number, one: string, many: string): string {
  return `${n.toLocaleString()} ${n === 1 ? one : many}`;
}

export class StatusItem implements vscode.Disposable {
  readonly #client: ModelClient;
  readonly #labs: Labs;
  readonly #item = vscode.window.createStatusBarItem('onepot.model', vscode.StatusBarAlignment.Left, 50);
  readonly #disposables: vscode.Disposable[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked: vscode.CancellationTokenSource | undefined;

  constructor(client: ModelClient, labs: Labs) {
    this.#client = client;
    this.#labs = labs;
    this.#item.name = vscode.l10n.t('Reaction network');
    this.#disposables = [
      this.#item,
      vscode.window.onDidChangeActiveTextEditor(() => this.refresh(0)),
      labs.onDidChangeActive(() => this.refresh(0)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === this.#document()) this.refresh();
      }),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const active = this.#document()?.uri.toString();
        if (uris.some((uri) => uri.toString() === active)) this.refresh();
      }),
    ];
    this.refresh(0);
  }

  refresh(pause = PAUSE): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#show(), pause);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#asked?.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** The model in use: that of the active editor, or of the lab that has the focus. */
  #document(): vscode.TextDocument | undefined {
    const lab = this.#labs.active?.toString();
    return lab === undefined ? vscode.window.activeTextEditor?.document : vscode.workspace.textDocuments.find((document) => document.uri.toString() === lab);
  }

  async #show(): Promise<void> {
    const document = this.#document();
    if (document === undefined || document.languageId !== language) {
      this.#item.hide();
      return;
    }
    this.#asked?.cancel();
    this.#asked?.dispose();
    const asked = new vscode.CancellationTokenSource();
    this.#asked = asked;
    const model = await this.#client.ask<ModelAnswer>(MODEL_REQUEST, { uri: document.uri.toString() }, asked.token);
    if (asked.token.isCancellationRequested) return;
    if (model === null) {
      this.#item.hide();
      return;
    }
    const diagnostics = vscode.languages.getDiagnostics(document.uri);
    const errors = diagnostics.filter((diagnostic) => diagnostic.severity === vscode.DiagnosticSeverity.Error).length;
    const size = `${count(model.dimension, 'species', 'species')}, ${count(model.reactions, 'reaction', 'reactions')}`;
    this.#item.text = errors > 0 ? `$(error) ${count(errors, 'error', 'errors')}, ${size}` : `$(beaker) ${size}`;
    const tooltip = [
      `${count(model.species.length, 'name', 'names')} for ${count(model.dimension, 'species', 'species')}, ${count(model.parameters.length, 'parameter', 'parameters')}, ${count(model.families, 'reaction statement or family', 'reaction statements and families')}.`,
      errors > 0 ? vscode.l10n.t('Only what could be read is counted.') : '',
      vscode.l10n.t('Click to open the lab.'),
    ];
    this.#item.tooltip = tooltip.filter((line) => line !== '').join('\n');
    this.#item.command = { title: 'Simulate', command: commands.simulate, arguments: [document.uri] };
    this.#item.accessibilityInformation = { label: `Reaction network: ${size}${errors > 0 ? `, ${count(errors, 'error', 'errors')}` : ''}. Opens the lab.`, role: 'button' };
    this.#item.show();
  }
}
