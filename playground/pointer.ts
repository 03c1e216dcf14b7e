/** What is pointed at in a text is told to its lab, and what is pointed at in the lab stands out in the text: extension/lab/pointer.ts for this page. */
import * as monaco from 'monaco-editor/editor';
import { placesOf } from '../webview/index.ts';

/** Milliseconds that the mouse must rest on a word: on its way to another it passes many. */
const REST = 60;

export class Pointer {
  readonly #model: monaco.editor.ITextModel;
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  readonly #tell: (word: string | undefined) => void;
  readonly #listeners: readonly monaco.IDisposable[];
  #marks: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #word: string | undefined;

  /** @param tell what is pointed at now, by the mouse or else by the cursor; called when it changes */
  constructor(editor: monaco.editor.IStandaloneCodeEditor, model: monaco.editor.ITextModel, tell: (word: string | undefined) => void) {
    this.#editor = editor;
    this.#model = model;
    this.#tell = tell;
    this.#listeners = [
      editor.onDidChangeCursorPosition(({ position }) => this.#at(position, 0)),
      editor.onMouseMove(({ target }) => this.#at(target.type === monaco.editor.MouseTargetType.CONTENT_TEXT ? target.position : null, REST)),
      editor.onMouseLeave(() => this.#at(null, REST)),
    ];
  }

  /** For a lab that has just come up. */
  tellAgain(): void {
    if (this.#word !== undefined) this.#tell(this.#word);
  }

  /** Makes species stand out; none: no more. */
  highlight(species: readonly string[]): void {
    const model = this.#model;
    if (model.isDisposed()) return;
    this.#marks = model.deltaDecorations(this.#marks, placesOf(model.getValue(), species).map(([start, end]) => ({
      range: monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end)),
      options: { className: 'pointed-species', overviewRuler: { color: { id: 'editorOverviewRuler.wordHighlightStrongForeground' }, position: monaco.editor.OverviewRulerLane.Center } },
    })));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const listener of this.#listeners) listener.dispose();
    this.highlight([]);
  }

  /** @param place of the mouse; null: it is at no word, so the cursor counts */
  #at(place: monaco.IPosition | null, rest: number): void {
    if (this.#editor.getModel() !== this.#model) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const at = place ?? this.#editor.getPosition();
      if (this.#model.isDisposed() || this.#editor.getModel() !== this.#model || at === null) return;
      const word = this.#model.getWordAtPosition(at)?.word;
      if (word === this.#word || (word?.length ?? 0) > 200) return;
      this.#word = word;
      this.#tell(word);
    }, rest);
  }
}
