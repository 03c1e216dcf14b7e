/** The status bar: how many species and reactions the active model has, or how many errors. A click opens the lab. */
import * as vscode from 'vscode';
import { MODEL_REQUEST, type ModelAnswer } from '../server/index.ts';
import { LatestOnly, type ActiveModel } from './active-model.ts';
import type { ModelClient } from './client.ts';
import { commands } from './names.ts';

/** Each as a whole text, one and many: what goes with a number differs from language to language. */
const species = (n: number): string => vscode.l10n.t('{0} species', n.toLocaleString());
const reactions = (n: number): string => (n === 1 ? vscode.l10n.t('1 reaction') : vscode.l10n.t('{0} reactions', n.toLocaleString()));
const errorCount = (n: number): string => (n === 1 ? vscode.l10n.t('1 error') : vscode.l10n.t('{0} errors', n.toLocaleString()));
const names = (n: number): string => (n === 1 ? vscode.l10n.t('1 name') : vscode.l10n.t('{0} names', n.toLocaleString()));
const parameters = (n: number): string => (n === 1 ? vscode.l10n.t('1 parameter') : vscode.l10n.t('{0} parameters', n.toLocaleString()));
const statements = (n: number): string => (n === 1 ? vscode.l10n.t('1 reaction statement or family') : vscode.l10n.t('{0} reaction statements and families', n.toLocaleString()));

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
    const size = vscode.l10n.t('{0}, {1}', species(model.dimension), reactions(model.reactions));
    this.#item.text = errors > 0 ? `$(error) ${vscode.l10n.t('{0}, {1}', errorCount(errors), size)}` : `$(beaker) ${size}`;
    const tooltip = [
      vscode.l10n.t('{0} for {1}, {2}, {3}.', names(model.species.length), species(model.dimension), parameters(model.parameters.length), statements(model.families)),
      errors > 0 ? vscode.l10n.t('Only what could be read is counted.') : '',
      vscode.l10n.t('Click to open the lab.'),
    ];
    this.#item.tooltip = tooltip.filter((line) => line !== '').join('\n');
    this.#item.command = { title: vscode.l10n.t('Simulate'), command: commands.simulate, arguments: [document.uri] };
    const said = errors > 0 ? vscode.l10n.t('{0}, {1}', size, errorCount(errors)) : size;
    this.#item.accessibilityInformation = { label: vscode.l10n.t('Reaction network: {0}. Opens the lab.', said), role: 'button' };
    this.#item.show();
  }
}
