/** One lab: a webview panel that belongs to one document and follows its edits. */
import * as vscode from 'vscode';
import { isLabMessage, type HostMessage, type ImportedFile, type ImportRequest, type LabMessage } from '../../webview/index.ts';
import { languageInForce } from '../language.ts';
import { settings } from '../names.ts';
import { labSettings } from '../settings.ts';
import type { Ahead, FirstRuns } from './first-runs.ts';
import { Pointer } from './pointer.ts';
import { readData, readImport } from './imports.ts';
import type { Keeper } from './keeper.ts';
import { labPage, type PageParts } from './page.ts';
import { saveBytes } from './save.ts';

/** Milliseconds that a page waits for a first run that is on its way. */
const PATIENCE = 150;
/** How long typing must pause before the lab follows. */
const PAUSE = 120;

export interface LabContext {
  readonly extension: vscode.Uri;
  readonly page: PageParts;
  /** Of the product, for what is saved. */
  readonly version: string;
  readonly output: vscode.LogOutputChannel;
  readonly theme: (foreground: string) => void;
  /** Keeps checkpoints of trainings that are too large for a page's own state. */
  readonly keeper: Keeper;
  readonly firstRuns: FirstRuns;
}

/** What is to be run. */
export type Wish = Extract<HostMessage, { readonly type: 'run' | 'train' }>;

/** What a command asks of a lab. */
export interface Opened {
  readonly wish: Wish;
  /** When the command began, in milliseconds since 1970. */
  readonly asked: number;
}

export function fileName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

/** What a lab's page may do. A panel that is made has it from the beginning: VS Code would take a change as one of the page. */
export function pageOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extension, 'dist/webview')] };
}

export class LabPanel implements vscode.Disposable {
  readonly panel: vscode.WebviewPanel;
  #document: vscode.TextDocument;
  readonly #context: LabContext;
  readonly #disposables: vscode.Disposable[] = [];
  readonly #pointer: Pointer;
  /** Imported files by URI, to know which edits concern this lab. */
  readonly #imported = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #gone = false;
  /** When all that a page must know has been said. */
  #told: Promise<void>;
  /** Of the document as the page has it; -1 before it has one. */
  #version = -1;
  /** No page has come up yet: the first one has been told everything before. */
  #fresh = true;
  /** What waits for that. */
  #pageIsUp: (() => void) | undefined;
  /** What the first run comes to, and of which version of the document. */
  #ahead: { readonly version: number; readonly messages: Promise<Ahead | undefined> } | undefined;

  /** @param panel with the options of a lab's page @param opening what the lab is opened for */
  constructor(panel: vscode.WebviewPanel, document: vscode.TextDocument, context: LabContext, disposed: () => void, opening?: Opened) {
    this.panel = panel;
    this.#document = document;
    this.#context = context;
    const media = vscode.Uri.joinPath(context.extension, 'extension/media');
    panel.iconPath = { light: vscode.Uri.joinPath(media, 'lab-light.svg'), dark: vscode.Uri.joinPath(media, 'lab-dark.svg') };
    this.#pointer = new Pointer(() => this.#document, (word) => { if (this.#version >= 0) this.#send({ type: 'pointed', ...(word === undefined ? {} : { word }) }); });
    this.#disposables.push(
      this.#pointer,
      panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message)),
      panel.onDidDispose(() => {
        this.dispose();
        disposed();
      }),
      vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event.document)),
      vscode.workspace.onDidOpenTextDocument((opened) => {
        if (opened.uri.toString() === this.#document.uri.toString()) this.#document = opened;
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (Object.values(settings).some((name) => event.affectsConfiguration(name))) this.#send({ type: 'settings', settings: labSettings() });
      }),
    );
    panel.webview.html = labPage(panel.webview, context.extension, panel.title, context.version, languageInForce(), context.page, opening?.wish.type === 'run');
    if (opening?.wish.type === 'run') this.#runAhead(opening.wish.experiment);
    // VS Code keeps for a page what is sent before it is there: waiting to be asked would take as long as the page's own script.
    this.#told = this.#tell(opening);
  }

  get uri(): vscode.Uri {
    return this.#document.uri;
  }

  /** Brings the lab to the front without taking the focus. */
  show(): void {
    this.panel.reveal(undefined, true);
  }

  run(opened: Opened): void {
    void this.#told.then(() => {
      this.#send({ type: 'asked', at: opened.asked });
      this.#send(opened.wish);
    });
  }

  /** The page takes a while to come up. */
  #runAhead(experiment: string | undefined): void {
    const { uri, version } = this.#document, opening = { uri: uri.toString(), text: this.#document.getText(), settings: labSettings(), experiment };
    const messages = this.#context.firstRuns.begin(opening, (requests) => this.#imports(requests)).catch((error: unknown) => {
      this.#context.output.warn(`The first run was left to the lab: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    });
    this.#ahead = { version, messages };
  }

  /** Says all that a page must know when it comes up. */
  async #tell(opened?: Opened): Promise<void> {
    this.#version = -1;
    const ahead = this.#ahead;
    this.#ahead = undefined;
    this.#send({ type: 'settings', settings: labSettings() });
    if (opened !== undefined) this.#send({ type: 'asked', at: opened.asked });
    // A page that comes up runs its first experiment by itself, or that which it knows of when the document comes.
    if (opened?.wish.type === 'run' && opened.wish.experiment !== undefined) this.#send(opened.wish);
    if (ahead !== undefined) {
      // The page's own worker would need longer than what is nearly done.
      const messages = await Promise.race([ahead.messages, new Promise<'late'>((resolve) => { this.#pageIsUp = () => setTimeout(() => resolve('late'), PATIENCE); })]);
      // Only a run that still goes on is given up: another lab's may have taken its place.
      if (messages === 'late') this.#context.firstRuns.giveUp();
      else if (ahead.version === this.#document.version) for (const message of messages ?? []) this.#send(message);
    }
    this.#sendDocument();
    this.#pointer.tellAgain();
    if (opened?.wish.type === 'train') this.#send(opened.wish);
  }

  async #imports(requests: readonly ImportRequest[]): Promise<readonly ImportedFile[]> {
    const files = await Promise.all(requests.map((request) => readImport(request, this.#document.uri)));
    for (const file of files) if ('uri' in file) this.#imported.add(file.uri);
    return files;
  }

  dispose(): void {
    this.#gone = true;
    clearTimeout(this.#timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #send(message: HostMessage): void {
    // Answers may come when the lab has been closed.
    if (!this.#gone) void this.panel.webview.postMessage(message);
  }

  #edited(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    if (key === this.#document.uri.toString()) this.#later(() => { if (this.#version >= 0) this.#sendDocument(); });
    else if (this.#imported.has(key)) this.#later(() => this.#send({ type: 'importsChanged' }));
  }

  #later(action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, PAUSE);
  }

  #sendDocument(): void {
    const { uri, version } = this.#document;
    if (version === this.#version) return;
    this.#version = version;
    this.#send({ type: 'document', uri: uri.toString(), name: fileName(uri), version: Math.max(0, version), text: this.#document.getText() });
  }

  async #receive(message: unknown): Promise<void> {
    if (!isLabMessage(message)) {
      this.#context.output.warn('The lab sent a message that was not understood; it is ignored.');
      return;
    }
    try {
      await this.#act(message);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#context.output.error(reason);
      void vscode.window.showErrorMessage(reason);
    }
  }

  async #act(message: LabMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        if (this.#fresh) this.#pageIsUp?.();
        else this.#told = this.#tell();
        this.#fresh = false;
        return;
      case 'needImports': {
        this.#send({ type: 'imports', files: await this.#imports(message.requests) });
        return;
      }
      case 'needData':
        this.#send({ type: 'data', files: await Promise.all(message.requests.map((request) => readData(request, this.#document.uri))) });
        return;
      case 'keep':
        await this.#context.keeper.keep(this.#document.uri, message.part, message.text);
        return;
      case 'needKept': {
        const { part } = message, text = await this.#context.keeper.kept(this.#document.uri, part);
        this.#send({ type: 'kept', part, ...(text === undefined ? {} : { text }) });
        return;
      }
      case 'reveal':
        await this.#reveal(message.uri, message.start, message.end);
        return;
      case 'highlight':
        this.#pointer.highlight(message.species);
        return;
      case 'save':
        await saveBytes(this.#document.uri, message.name, message.format, message.bytes);
        return;
      case 'theme':
        this.#context.theme(message.foreground);
        return;
      case 'problem':
        this.#context.output.warn(`Lab: ${message.message}`);
        return;
    }
  }

  /** Shows a range in the editor that has the document, or in a new one beside the lab. Only this model's own texts are opened. */
  async #reveal(uri: string | null, start: number, end: number): Promise<void> {
    if (uri !== null && !this.#imported.has(uri)) return;
    const document = uri === null ? this.#document : await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    const open = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === document.uri.toString());
    const viewColumn = open?.viewColumn ?? (this.panel.viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Two : vscode.ViewColumn.One);
    const editor = await vscode.window.showTextDocument(document, { viewColumn });
    editor.selection = new vscode.Selection(range.start, range.end);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}
