/** The labs of the open models: each keeps its sliders, its runs and its training while another one is shown. */
import type * as monaco from 'monaco-editor/editor';
import type { Documents, OpenText } from './documents.ts';
import { Lab, type Wish } from './lab.ts';
import { LANGUAGE } from './language/server.ts';

/** More labs than these are not kept alive: each has workers of its own. What a user has set comes back from the browser's storage. */
const MOST = 6;

export class Labs {
  readonly #place: HTMLElement;
  readonly #page: URL;
  readonly #documents: Documents;
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  /** The one shown last comes last. */
  readonly #labs = new Map<OpenText, Lab>();

  /** @param page the address of the lab's page */
  constructor(place: HTMLElement, page: URL, documents: Documents, editor: monaco.editor.IStandaloneCodeEditor) {
    this.#place = place;
    this.#page = page;
    this.#documents = documents;
    this.#editor = editor;
  }

  /** Another text is shown, or one was closed. For what is no model the lab of the last model stays. */
  update(): void {
    const { active, texts } = this.#documents;
    for (const [text, lab] of this.#labs) if (!texts.includes(text)) this.#end(text, lab);
    if (active === undefined || !isModel(active)) return;
    const lab = this.#labs.get(active) ?? new Lab(this.#page, active, this.#documents, this.#editor);
    this.#labs.delete(active);
    this.#labs.set(active, lab);
    if (lab.frame.parentElement === null) this.#place.append(lab.frame);
    for (const other of this.#labs.values()) other.frame.hidden = other !== lab;
    const [oldest] = this.#labs;
    if (this.#labs.size > MOST && oldest !== undefined) this.#end(...oldest);
  }

  edited(text: OpenText): void {
    for (const lab of this.#labs.values()) lab.edited(text);
  }

  /** There is a file that was not there before: what was not found may be found now. */
  filesChanged(): void {
    for (const lab of this.#labs.values()) lab.filesChanged();
  }

  /** Asks the lab that is shown. */
  run(wish: Wish): void {
    [...this.#labs.values()].at(-1)?.run(wish);
  }

  #end(text: OpenText, lab: Lab): void {
    lab.dispose();
    this.#labs.delete(text);
  }
}

function isModel({ model, readOnly }: OpenText): boolean {
  return !readOnly && model.getLanguageId() === LANGUAGE;
}
