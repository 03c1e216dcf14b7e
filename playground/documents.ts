/** The open texts, one tab each, and the files beside them that they may import. */
import * as monaco from 'monaco-editor/editor';
import { addressOf, pathOf } from './addresses.ts';
import { LANGUAGE } from './language/server.ts';
import { fileName } from './permalink.ts';
import type { KeptText } from './state.ts';

export interface OpenText {
  readonly model: monaco.editor.ITextModel;
  readonly name: string;
  /** Nobody can change it: the library's, or what a network is compiled to. */
  readonly readOnly: boolean;
  /** The user has changed it since it was opened. */
  changed: boolean;
  viewState: monaco.editor.ICodeEditorViewState | null;
}

export interface DocumentEvents {
  /** Another text is shown, or the list of texts is another one. */
  readonly shown: () => void;
  readonly edited: (text: OpenText) => void;
  /** The text of a file that others may read; null when there is none any more. */
  readonly file: (address: string, text: string | null) => void;
}

/** Language of a file's text by its name. */
const languageOf = (name: string): string => (/\.crn$/i.test(name) ? LANGUAGE : 'plaintext');

export class Documents {
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  readonly #files: Readonly<Record<string, string>>;
  readonly #events: DocumentEvents;
  readonly #virtual: (uri: string) => Promise<string | undefined>;
  #texts: OpenText[] = [];
  /** Files that are no texts, by name: data for this visit. */
  readonly #data = new Map<string, Uint8Array<ArrayBuffer>>();
  /** Texts that the editor has without a tab. */
  readonly #behind = new Set<monaco.editor.ITextModel>();
  #active: OpenText | undefined;

  /**
   * @param files the samples and their data, by path: what imports find besides open texts
   * @param virtual the text behind an address that is no file's, from the language server
   */
  constructor(editor: monaco.editor.IStandaloneCodeEditor, files: Readonly<Record<string, string>>, virtual: (uri: string) => Promise<string | undefined>, events: DocumentEvents) {
    this.#editor = editor;
    this.#files = files;
    this.#virtual = virtual;
    this.#events = events;
  }

  get texts(): readonly OpenText[] {
    return this.#texts;
  }
  get active(): OpenText | undefined {
    return this.#active;
  }

  /** Shows a text in a tab of its own; one that stands in a tab already is shown there. Its name is changed if another text has it. */
  open(wanted: string, text: string, changed = false): OpenText {
    const name = fileName(wanted);
    const same = this.#texts.find((other) => other.name === name && !other.readOnly);
    if (same !== undefined && same.model.getValue() === text) {
      this.show(same);
      return same;
    }
    const opened = this.#add(this.#freeName(name), text, changed);
    this.show(opened);
    return opened;
  }

  /** Opens the texts of an earlier visit. */
  restore(kept: readonly KeptText[], active: number): void {
    for (const { name, text, changed } of kept) this.#add(this.#freeName(fileName(name)), text, changed);
    const shown = this.#texts[active] ?? this.#texts[0];
    if (shown !== undefined) this.show(shown);
  }

  kept(): { readonly texts: readonly KeptText[]; readonly active: number } {
    const own = this.#texts.filter(({ readOnly }) => !readOnly);
    return { texts: own.map(({ name, model, changed }) => ({ name, text: model.getValue(), changed })), active: Math.max(0, own.findIndex((text) => text === this.#active)) };
  }

  show(text: OpenText): void {
    if (this.#active !== text) {
      if (this.#active !== undefined) this.#active.viewState = this.#editor.saveViewState();
      this.#active = text;
      this.#editor.setModel(text.model);
      this.#editor.updateOptions({ readOnly: text.readOnly });
      if (text.viewState !== null) this.#editor.restoreViewState(text.viewState);
    }
    this.#events.shown();
  }

  /** Shows the text at an address, in a new tab if need be. False where there is none. */
  async reveal(uri: monaco.Uri, selection?: monaco.IRange): Promise<boolean> {
    if (!(await this.bring(uri))) return false;
    const address = uri.toString();
    let text = this.#texts.find(({ model }) => model.uri.toString() === address);
    if (text === undefined) {
      const model = monaco.editor.getModel(uri)!;
      this.#behind.delete(model);
      text = { model, name: pathOf(address) ?? decodeURIComponent(uri.path.slice(uri.path.lastIndexOf('/') + 1)), readOnly: pathOf(address) === undefined, changed: false, viewState: null };
      this.#follow(text);
    }
    this.show(text);
    if (selection !== undefined) {
      this.#editor.setSelection(selection);
      this.#editor.revealRangeInCenterIfOutsideViewport(selection);
    }
    this.#editor.focus();
    return true;
  }

  /** Makes sure that the editor has the text at an address: a file beside the open ones, or a text from the language server. */
  async bring(uri: monaco.Uri): Promise<boolean> {
    if (monaco.editor.getModel(uri) !== null) return true;
    const path = pathOf(uri.toString());
    const text = path === undefined ? await this.#virtual(uri.toString()) : this.#files[path];
    if (text === undefined) return false;
    if (monaco.editor.getModel(uri) === null) {
      const model = monaco.editor.createModel(text, languageOf(uri.path), uri);
      this.#behind.add(model);
      // A new name may change a file that is not shown: then it gets a tab, so that the change is seen and kept.
      model.onDidChangeContent(() => {
        if (!this.#behind.delete(model) || path === undefined) return;
        this.#follow({ model, name: path, readOnly: false, changed: true, viewState: null });
        this.#events.shown();
      });
    }
    return true;
  }

  /** The text of a path as it stands now: of an open text, else of a file. */
  textAt(path: string): string | undefined {
    return monaco.editor.getModel(monaco.Uri.parse(addressOf(path)))?.getValue() ?? (Object.hasOwn(this.#files, path) ? this.#files[path] : undefined);
  }

  /** Takes a file that is no text. It is there until the page is closed. */
  addData(name: string, bytes: Uint8Array<ArrayBuffer>): void {
    this.#data.set(name, bytes);
  }

  /** The bytes of a path. What was opened from a disk has left its folder there, so the name alone will do. */
  dataAt(path: string): Uint8Array<ArrayBuffer> | undefined {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const text = this.textAt(path) ?? this.#texts.find((open) => open.name === name && !open.readOnly)?.model.getValue();
    return text === undefined ? this.#data.get(name) : new TextEncoder().encode(text);
  }

  /** Gives a text another name, and with it another address: imports look for it there from now on. */
  rename(text: OpenText, wanted: string): OpenText {
    const name = fileName(wanted);
    if (text.readOnly || name === text.name) return text;
    const at = this.#texts.indexOf(text);
    const state = this.#active === text ? this.#editor.saveViewState() : text.viewState;
    const value = text.model.getValue();
    const wasActive = this.#active === text;
    const renamed = this.#add(this.#freeName(name), value, text.changed);
    renamed.viewState = state;
    this.#texts = this.#texts.filter((other) => other !== renamed && other !== text);
    this.#texts.splice(at, 0, renamed);
    if (wasActive) this.show(renamed);
    this.#forget(text);
    this.#events.shown();
    return renamed;
  }

  /** Closes a tab; the one beside it is shown. There is always one. */
  close(text: OpenText): void {
    const at = this.#texts.indexOf(text);
    if (at < 0) return;
    this.#texts.splice(at, 1);
    const next = this.#texts[at] ?? this.#texts[at - 1];
    if (next !== undefined && this.#active === text) this.show(next);
    if (next === undefined) this.#editor.setModel(null);
    this.#forget(text);
    // Only now: the new text may want the name, and with it the address, of the closed one.
    if (next === undefined) this.open('untitled.crn', '');
    else this.#events.shown();
  }

  #add(name: string, value: string, changed: boolean): OpenText {
    const uri = monaco.Uri.parse(addressOf(name));
    const known = monaco.editor.getModel(uri);
    // A sample that was only looked into (by a definition, say) has a model already.
    if (known !== null) {
      this.#behind.delete(known);
      known.setValue(value);
    }
    const model = known ?? monaco.editor.createModel(value, languageOf(name), uri);
    const text: OpenText = { model, name, readOnly: false, changed, viewState: null };
    this.#follow(text);
    this.#events.file(uri.toString(), value);
    return text;
  }

  #follow(text: OpenText): void {
    this.#texts.push(text);
    text.model.onDidChangeContent(() => {
      text.changed = true;
      // The language server hears of texts of the language by itself; of a table it has to be told.
      if (text.model.getLanguageId() !== LANGUAGE) this.#events.file(text.model.uri.toString(), text.model.getValue());
      this.#events.edited(text);
    });
  }

  #forget(text: OpenText): void {
    const address = text.model.uri.toString();
    text.model.dispose();
    const path = pathOf(address);
    if (path !== undefined) this.#events.file(address, this.#files[path] ?? null);
  }

  #freeName(name: string): string {
    const taken = new Set(this.#texts.map((text) => text.name));
    if (!taken.has(name)) return name;
    const [, stem, end] = /^(.*?)((?:\.[^.]*)?)$/.exec(name)!;
    for (let number = 2; ; number++) if (!taken.has(`${stem}-${number}${end}`)) return `${stem}-${number}${end}`;
  }
}
