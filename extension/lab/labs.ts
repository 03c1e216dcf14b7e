/** All open labs, one for each document, and their return after a reload of the window. */
import * as vscode from 'vscode';
import { isSavedLab } from '../../webview/index.ts';
import { labView } from '../names.ts';
import { fileName, LabPanel, pageOptions, type LabContext, type Opened } from './panel.ts';

export class Labs implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #context: LabContext;
  readonly #labs = new Map<string, LabPanel>();
  readonly #registration: vscode.Disposable;
  readonly #activeChanged = new vscode.EventEmitter<void>();
  /** The focus came to a lab or left one. */
  readonly onDidChangeActive = this.#activeChanged.event;

  constructor(context: LabContext) {
    this.#context = context;
    this.#registration = vscode.window.registerWebviewPanelSerializer(labView, this);
  }

  /** The model of the lab that has the focus. */
  get active(): vscode.Uri | undefined {
    return [...this.#labs.values()].find((lab) => lab.panel.active)?.uri;
  }

  /**
   * Opens the lab of a document beside it, or brings it back, and runs the experiment if one is named.
   * @param asked when the command began, in milliseconds since 1970
   */
  open(document: vscode.TextDocument, experiment: string | undefined, asked: number): void {
    this.#show(document, { wish: { type: 'run', ...(experiment === undefined ? {} : { experiment }) }, asked });
  }

  /** The same, for a training: that of this name, or the one of the network of this name, or the first. */
  train(document: vscode.TextDocument, training: string | undefined, asked: number): void {
    this.#show(document, { wish: { type: 'train', ...(training === undefined ? {} : { training }) }, asked });
  }

  #show(document: vscode.TextDocument, opened: Opened): void {
    const lab = this.#labs.get(document.uri.toString());
    if (lab !== undefined) {
      lab.show();
      lab.run(opened);
      return;
    }
    // The lab goes on computing while another tab covers it.
    const panel = vscode.window.createWebviewPanel(labView, `${fileName(document.uri)} ─ Onepot`, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, { retainContextWhenHidden: true, ...pageOptions(this.#context.extension) });
    this.#adopt(panel, document, opened);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    try {
      if (!isSavedLab(state)) throw new Error('The lab did not say which model it showed.');
      panel.webview.options = pageOptions(this.#context.extension);
      this.#adopt(panel, await vscode.workspace.openTextDocument(vscode.Uri.parse(state.uri)));
    } catch (error) {
      this.#context.output.info(`A lab was not restored: ${error instanceof Error ? error.message : String(error)}`);
      panel.dispose();
    }
  }

  dispose(): void {
    this.#registration.dispose();
    this.#activeChanged.dispose();
    for (const lab of this.#labs.values()) lab.panel.dispose();
  }

  #adopt(panel: vscode.WebviewPanel, document: vscode.TextDocument, opened?: Opened): void {
    const key = document.uri.toString();
    this.#labs.get(key)?.panel.dispose();
    const lab = new LabPanel(panel, document, this.#context, () => {
      if (this.#labs.get(key) === lab) this.#labs.delete(key);
    }, opened);
    this.#labs.set(key, lab);
    panel.onDidChangeViewState(() => this.#activeChanged.fire());
  }
}
