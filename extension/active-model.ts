/** The model in use: that of the active editor, or of the lab that has the focus. Tells when it, or what is known of it, changes. */
import * as vscode from 'vscode';
import type { Labs } from './lab/labs.ts';
import { language, trainingContext } from './names.ts';

/** How long typing must pause before what shows the model follows. */
const PAUSE = 250;

export class ActiveModel implements vscode.Disposable {
  readonly #labs: Labs;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #trains: boolean | undefined;
  /** Another document, another text, or other findings. */
  readonly onDidChange = this.#changed.event;

  constructor(labs: Labs) {
    this.#labs = labs;
    this.#disposables = [
      this.#changed,
      vscode.window.onDidChangeActiveTextEditor(() => this.#soon(0)),
      labs.onDidChangeActive(() => this.#soon(0)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === this.document) this.#soon();
      }),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const active = this.document?.uri.toString();
        if (uris.some((uri) => uri.toString() === active)) this.#soon();
      }),
      this.onDidChange(() => this.#tellMenus()),
    ];
    this.#tellMenus();
  }

  get document(): vscode.TextDocument | undefined {
    const lab = this.#labs.active?.toString();
    const document = lab === undefined ? vscode.window.activeTextEditor?.document : vscode.workspace.textDocuments.find((candidate) => candidate.uri.toString() === lab);
    return document?.languageId === language ? document : undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** Menus offer to train where the text has something to train; that it can be read is judged by whoever trains it. */
  #tellMenus(): void {
    const trains = /^[ \t]*train\b/m.test(this.document?.getText() ?? '');
    if (trains === this.#trains) return;
    this.#trains = trains;
    void vscode.commands.executeCommand('setContext', trainingContext, trains);
  }

  #soon(pause = PAUSE): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#changed.fire(), pause);
  }
}

/** Asks one question at a time: a newer one takes back the one under way. */
export class LatestOnly implements vscode.Disposable {
  #asked: vscode.CancellationTokenSource | undefined;

  /** @returns the answer, or undefined when a newer question has been asked meanwhile. */
  async ask<T>(question: (token: vscode.CancellationToken) => Promise<T>): Promise<T | undefined> {
    this.dispose();
    const asked = new vscode.CancellationTokenSource();
    this.#asked = asked;
    const answer = await question(asked.token);
    return asked.token.isCancellationRequested ? undefined : answer;
  }

  dispose(): void {
    this.#asked?.cancel();
    this.#asked?.dispose();
    this.#asked = undefined;
  }
}
