/** The status bar: how many species and reactions the active model has, or how many errors. A click opens the lab. */
import * as vscode from 'vscode';
import { MODEL_REQUEST, type ModelAnswer } from '../server/index.ts';
import { LatestOnly, type ActiveModel } from './active-model.ts';
import type { ModelClient } from './client.ts';
import { commands } from './names.ts';

function count(n: number, one: string, many: string): string {
  return `${n.toLocaleString()} ${n === 1 ? one : many}`;
}

export class StatusItem implements vscode.Disposable {
  readonly #client: ModelClient;
  readonly #model: ActiveModel;
  readonly #item = vscode.window.createStatusBarItem('onepot.model', vscode.StatusBarAlignment.Left, 50);
  readonly #latest = new LatestOnly();
  readonly #following: vscode.Disposable;

  constructor(client: ModelClient, model: ActiveModel) {
    this.#client = client;
    this.#model = model;
    this.#item.name = vscode.l10n.t('Reaction network');
    this.#following = model.onDidChange(() => void this.#show());
    void this.#show();
  }

  dispose(): void {
    this.#latest.dispose();
    this.#following.dispose();
    this.#item.dispose();
  }

  async #show(): Promise<void> {
    const { document } = this.#model;
    if (document === undefined) {
      this.#latest.dispose();
      this.#item.hide();
      return;
    }
    const model = await this.#latest.ask((token) => this.#client.ask<ModelAnswer>(MODEL_REQUEST, { uri: document.uri.toString() }, token));
    if (model === undefined) return;
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
