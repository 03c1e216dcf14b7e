/** A lab's host on this page, as extension/lab is in VS Code: gives it its text, and does what it asks. One frame for each text. */
import { t } from '../l10n/index.ts';
import * as monaco from 'monaco-editor/editor';
import { isLabMessage, type DataFile, type DataRequest, type HostMessage, type ImportedFile, type ImportRequest, type LabMessage } from '../webview/index.ts';
import { addressOf, resolve } from './addresses.ts';
import type { Documents, OpenText } from './documents.ts';
import { download } from './download.ts';
import { keepText, keptText } from './keeper.ts';
import { Pointer } from './pointer.ts';

/** How long typing must pause before the lab follows. */
const PAUSE = 120;

/** MIME types by what the lab saves views as. */
const TYPES: Readonly<Record<string, string>> = { csv: 'text/csv', json: 'application/json', png: 'image/png', svg: 'image/svg+xml' };

/** What the lab may be asked to do with its model. */
export type Wish = Extract<HostMessage, { readonly type: 'run' | 'train' }>;

export class Lab {
  readonly frame = document.createElement('iframe');
  readonly #text: OpenText;
  readonly #address: string;
  readonly #documents: Documents;
  readonly #pointer: Pointer;
  readonly #imported = new Set<string>();
  #ready = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What was asked for before the lab was ready. */
  #waiting: Wish | undefined;
  #version = -1;

  /** @param page the address of the lab's page */
  constructor(page: URL, text: OpenText, documents: Documents, editor: monaco.editor.IStandaloneCodeEditor) {
    this.#text = text;
    this.#address = text.model.uri.toString();
    this.#documents = documents;
    const address = new URL(page);
    // Its page keeps its state by this.
    address.searchParams.set('text', this.#address);
    this.frame.className = 'lab-frame';
    this.frame.title = t('Lab of {0}', text.name);
    this.frame.src = address.href;
    this.#pointer = new Pointer(editor, text.model, (word) => this.#send({ type: 'pointed', ...(word === undefined ? {} : { word }) }));
    window.addEventListener('message', this.#hear);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    window.removeEventListener('message', this.#hear);
    this.#pointer.dispose();
    this.frame.remove();
  }

  /** A text was edited: its own, or one that it may import. */
  edited(text: OpenText): void {
    if (text === this.#text) this.#later(() => this.#sendDocument());
    else if (this.#imported.has(text.model.uri.toString())) this.filesChanged();
  }

  run(wish: Wish): void {
    // The text as it is now, not as it was when typing last paused.
    clearTimeout(this.#timer);
    this.#sendDocument();
    if (this.#ready) this.#send(wish);
    else this.#waiting = wish;
  }

  /** What the lab knows of other files is out of date. */
  filesChanged(): void {
    this.#later(() => {
      this.#sendDocument();
      this.#send({ type: 'importsChanged' });
    });
  }

  readonly #hear = (event: MessageEvent<unknown>): void => {
    if (event.source !== this.frame.contentWindow || event.origin !== location.origin) return;
    if (isLabMessage(event.data)) this.#act(event.data);
    else console.warn('The lab sent a message that was not understood; it is ignored.');
  };

  #send(message: HostMessage): void {
    if (this.#ready) this.frame.contentWindow?.postMessage(message, location.origin);
  }

  #later(action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, PAUSE);
  }

  #sendDocument(): void {
    const { model, name } = this.#text;
    if (!this.#ready || model.isDisposed() || model.getVersionId() === this.#version) return;
    this.#version = model.getVersionId();
    this.#send({ type: 'document', uri: this.#address, name, version: this.#version, text: model.getValue() });
  }

  #act(message: LabMessage): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#version = -1;
        this.#sendDocument();
        this.#pointer.tellAgain();
        if (this.#waiting !== undefined) this.#send(this.#waiting);
        this.#waiting = undefined;
        return;
      case 'needImports':
        this.#send({ type: 'imports', files: message.requests.map((request) => this.#import(request)) });
        return;
      case 'needData':
        this.#send({ type: 'data', files: message.requests.map((request) => this.#data(request)) });
        return;
      case 'keep':
        keepText(this.#address, message.part, message.text).catch((error: unknown) => console.warn(`Lab: ${String(error)}`));
        return;
      case 'needKept':
        void keptText(this.#address, message.part).then((text) => this.#send({ type: 'kept', part: message.part, ...(text === undefined ? {} : { text }) }));
        return;
      case 'reveal':
        void this.#reveal(message.uri, message.start, message.end);
        return;
      case 'highlight':
        this.#pointer.highlight(message.species);
        return;
      case 'save':
        download(message.name, message.bytes, TYPES[message.format] ?? 'application/octet-stream');
        return;
      case 'problem':
        console.warn(`Lab: ${message.message}`);
        return;
      default:
        // The theme is the page's own.
        return;
    }
  }

  #import(request: ImportRequest): ImportedFile {
    const { path, from } = request;
    const found = resolve(path, from ?? this.#address);
    const text = found === undefined ? undefined : this.#documents.textAt(found);
    if (found === undefined || text === undefined) return { path, from, error: missing(path) };
    const uri = addressOf(found);
    this.#imported.add(uri);
    return { path, from, uri, text };
  }

  #data(request: DataRequest): DataFile {
    const { path, from } = request;
    const found = resolve(path, from ?? this.#address);
    const bytes = found === undefined ? undefined : this.#documents.dataAt(found);
    return bytes === undefined ? { path, from, error: missing(path) } : { path, from, bytes };
  }

  /** Shows a range of the lab's own text or of one that it imported. */
  async #reveal(uri: string | null, start: number, end: number): Promise<void> {
    if (uri !== null && !this.#imported.has(uri)) return;
    const target = monaco.Uri.parse(uri ?? this.#address);
    if (!(await this.#documents.bring(target))) return;
    const model = monaco.editor.getModel(target)!;
    await this.#documents.reveal(target, monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end)));
  }
}

function missing(path: string): string {
  return t('There is no file "{0}" here. Open it with Open… to bring it along.', path);
}
