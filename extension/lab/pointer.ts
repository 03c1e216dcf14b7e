/** What is pointed at in the editor is told to the lab, and what is pointed at in the lab stands out in the editor. */
import * as vscode from 'vscode';
import { placesOf } from '../../webview/index.ts';
import { language } from '../names.ts';

/** How long a word that the mouse was over counts, in milliseconds. */
const AWHILE = 2500;

export class Pointer implements vscode.Disposable {
  readonly #document: () => vscode.TextDocument;
  readonly #tell: (word: string | undefined) => void;
  readonly #look = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.wordHighlightStrongBackground'), border: '1px solid', borderColor: new vscode.ThemeColor('editor.wordHighlightStrongBorder'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.wordHighlightStrongForeground'), overviewRulerLane: vscode.OverviewRulerLane.Center,
  });
  readonly #disposables: vscode.Disposable[];
  #word: string | undefined;
  #cursor: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param tell what is pointed at now; called when it changes */
  constructor(document: () => vscode.TextDocument, tell: (word: string | undefined) => void) {
    this.#document = document;
    this.#tell = tell;
    this.#disposables = [
      this.#look,
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        if (textEditor.document !== this.#document() || selections[0] === undefined) return;
        this.#cursor = this.#wordAt(selections[0].active);
        this.#point(this.#cursor);
      }),
      // The mouse is told of to nobody but those who have something to say.
      vscode.languages.registerHoverProvider({ language }, {
        provideHover: (hovered, position) => {
          if (hovered === this.#document()) {
            this.#point(this.#wordAt(position));
            this.#timer = setTimeout(() => this.#point(this.#cursor), AWHILE);
          }
          return undefined;
        },
      }),
    ];
  }

  #wordAt(position: vscode.Position): string | undefined {
    const document = this.#document(), range = document.getWordRangeAtPosition(position);
    const word = range === undefined ? undefined : document.getText(range);
    return word === undefined || word.length > 200 ? undefined : word;
  }

  #point(word: string | undefined): void {
    clearTimeout(this.#timer);
    if (word === this.#word) return;
    this.#word = word;
    this.#tell(word);
  }

  /** For a page that has just come up. */
  tellAgain(): void {
    if (this.#word !== undefined) this.#tell(this.#word);
  }

  /** Makes species stand out in every editor of the document; none: no more. */
  highlight(species: readonly string[]): void {
    const document = this.#document();
    const ranges = placesOf(document.getText(), species).map(([start, end]) => new vscode.Range(document.positionAt(start), document.positionAt(end)));
    for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) editor.setDecorations(this.#look, ranges);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
