/** The lab's host on this page, as extension/lab is in VS Code: gives it the text that is shown, and does what it asks. */
import * as monaco from 'monaco-editor/editor';
import { isLabMessage, type HostMessage, type ImportedFile, type ImportRequest, type LabMessage } from '../webview/index.ts';
import { addressOf, resolve } from './addresses.ts';
import type { Documents, OpenText } from './documents.ts';
import { download } from './download.ts';
import { LANGUAGE } from './language/server.ts';

/** How long typing must pause before the lab follows. */
const PAUSE = 120;

const TYPES = { csv: 'text/csv', json: 'application/json', png: 'image/png', svg: 'image/svg+xml' } as const;

export class Lab {
  readonly #frame: HTMLIFrameElement;
  readonly #documents: Documents;
  /** The text the lab is about: the last model that was shown. */
  #subject: OpenText | undefined;
  readonly #imported = new Set<string>();
  #ready = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** A run asked for before the lab was ready. */
  #waiting: { readonly experiment?: string } | undefined;

  /** @param address the lab's page, loaded when `load` is called */
  constructor(frame: HTMLIFrameElement, documents: Documents) {
    this.#frame = frame;
    this.#documents = documents;
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (event.source !== frame.contentWindow || event.origin !== location.origin) return;
      if (isLabMessage(event.data)) this.#act(event.data);
      else console.warn('The lab sent a message that was not understood; it is ignored.');
    });
  }

  load(address: URL): void {
    this.#frame.src = address.href;
  }

  /** Another text is shown: the lab is about it when it is a model. */
  shown(): void {
    const { active } = this.#documents;
    if (active === undefined || active.model.getLanguageId() !== LANGUAGE || active.readOnly) return;
    const before = this.#subject;
    if (before === active) return;
    this.#subject = active;
    this.#imported.clear();
    if (before?.model.uri.toString() === active.model.uri.toString()) return;
    clearTimeout(this.#timer);
    // What was imported for the other text was looked for beside it.
    this.#send({ type: 'importsChanged' });
    this.#sendDocument();
  }

  edited(text: OpenText): void {
    const address = text.model.uri.toString();
    if (text === this.#subject) this.#later(() => this.#sendDocument());
    else if (this.#imported.has(address)) this.#later(() => this.#send({ type: 'importsChanged' }));
  }

  run(experiment?: string): void {
    const wanted = experiment === undefined ? {} : { experiment };
    if (this.#ready) this.#send({ type: 'run', ...wanted });
    else this.#waiting = wanted;
  }

  #send(message: HostMessage): void {
    if (this.#ready) this.#frame.contentWindow?.postMessage(message, location.origin);
  }

  #later(action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, PAUSE);
  }

  #sendDocument(): void {
    if (this.#subject === undefined || this.#subject.model.isDisposed()) return;
    const { model, name } = this.#subject;
    this.#send({ type: 'document', uri: model.uri.toString(), name, version: model.getVersionId(), text: model.getValue() });
  }

  #act(message: LabMessage): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#sendDocument();
        if (this.#waiting !== undefined) this.#send({ type: 'run', ...this.#waiting });
        this.#waiting = undefined;
        return;
      case 'needImports':
        this.#send({ type: 'imports', files: message.requests.map((request) => this.#import(request)) });
        return;
      case 'reveal':
        void this.#reveal(message.uri, message.start, message.end);
        return;
      case 'save':
        download(message.name, message.bytes, TYPES[message.format]);
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
    const found = resolve(path, from ?? this.#subject?.model.uri.toString() ?? '');
    const text = found === undefined ? undefined : this.#documents.textAt(found);
    if (found === undefined || text === undefined) return { path, from, error: `There is no file "${path}" here. Open it with Open… to bring it along.` };
    const uri = addressOf(found);
    this.#imported.add(uri);
    return { path, from, uri, text };
  }

  /** Shows a range of the lab's own text or of one that it imported. */
  async #reveal(uri: string | null, start: number, end: number): Promise<void> {
    const subject = this.#subject?.model.uri;
    if (subject === undefined || (uri !== null && !this.#imported.has(uri))) return;
    const target = uri === null ? subject : monaco.Uri.parse(uri);
    if (!(await this.#documents.bring(target))) return;
    const model = monaco.editor.getModel(target)!;
    await this.#documents.reveal(target, monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end)));
  }
}
