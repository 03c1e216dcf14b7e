/**
 * The Test Explorer: every `expect` of the workspace's .crn files. They are run by `onepot test` in a process of its own, one file
 * after the other, so that nothing waits for a long simulation and Cancel ends it at once. Files run as they are saved.
 */
import { spawn } from 'node:child_process';
import * as vscode from 'vscode';
import { EXPECTATIONS_REQUEST, type ExpectationsAnswer } from '../server/index.ts';
import type { ModelClient } from './client.ts';
import { language } from './names.ts';
import { isExpectation, verdictsIn, type Verdict } from './test-verdicts.ts';

/** Larger texts are not searched for expectations until they are opened. */
const LARGEST = 2 * 1024 * 1024;

export class TestExplorer implements vscode.Disposable {
  readonly #client: ModelClient;
  readonly #program: string;
  readonly #controller = vscode.tests.createTestController('onepot', vscode.l10n.t('Reaction networks'));
  readonly #disposables: vscode.Disposable[];
  /** Files to run whenever they are saved, by the run that asked for it. */
  readonly #continuous = new Map<vscode.TestRunRequest, ReadonlySet<string> | undefined>();

  constructor(client: ModelClient, extension: vscode.Uri) {
    this.#client = client;
    this.#program = vscode.Uri.joinPath(extension, 'dist/cli/onepot.mjs').fsPath;
    this.#controller.resolveHandler = (item) => (item === undefined ? this.#findFiles() : this.#readFile(item));
    this.#controller.refreshHandler = () => this.#findFiles();
    this.#controller.createRunProfile(vscode.l10n.t('Run'), vscode.TestRunProfileKind.Run, (request, token) => this.#start(request, token), true, undefined, true);
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.crn');
    this.#disposables = [
      this.#controller,
      watcher,
      watcher.onDidCreate((uri) => void this.#addFile(uri)),
      watcher.onDidChange((uri) => void this.#addFile(uri)),
      watcher.onDidDelete((uri) => this.#controller.items.delete(uri.toString())),
      vscode.workspace.onDidOpenTextDocument((document) => void this.#follow(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => void this.#follow(document)),
      vscode.workspace.onDidSaveTextDocument((document) => this.#saved(document)),
    ];
    for (const document of vscode.workspace.textDocuments) void this.#follow(document);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #findFiles(): Promise<void> {
    const uris = await vscode.workspace.findFiles('**/*.crn', '**/{node_modules,.git}/**');
    await Promise.all(uris.map((uri) => this.#addFile(uri)));
  }

  /** An item for the file if it expects anything, without opening it. */
  async #addFile(uri: vscode.Uri): Promise<void> {
    try {
      if ((await vscode.workspace.fs.stat(uri)).size > LARGEST) return;
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      if (isExpectation(text)) this.#itemOf(uri);
      else this.#controller.items.delete(uri.toString());
    } catch {
      // Gone between being listed and being read.
      this.#controller.items.delete(uri.toString());
    }
  }

  #itemOf(uri: vscode.Uri): vscode.TestItem {
    const known = this.#controller.items.get(uri.toString());
    if (known !== undefined) return known;
    const item = this.#controller.createTestItem(uri.toString(), vscode.workspace.asRelativePath(uri), uri);
    item.canResolveChildren = true;
    this.#controller.items.add(item);
    return item;
  }

  async #readFile(item: vscode.TestItem): Promise<void> {
    if (item.uri === undefined || item.parent !== undefined) return;
    await this.#fill(await vscode.workspace.openTextDocument(item.uri));
  }

  /** Keeps the expectations of a text that is being edited where they are. */
  async #follow(document: vscode.TextDocument): Promise<void> {
    if (document.languageId !== language || document.uri.scheme !== 'file') return;
    if (!isExpectation(document.getText())) this.#controller.items.delete(document.uri.toString());
    else await this.#fill(document);
  }

  async #fill(document: vscode.TextDocument): Promise<void> {
    const { uri, version } = document;
    const answer = await this.#client.ask<ExpectationsAnswer>(EXPECTATIONS_REQUEST, { uri: uri.toString() });
    if (answer === null || document.version !== version) return;
    const item = this.#itemOf(uri);
    const seen = new Map<string, number>();
    item.children.replace(answer.expectations.map(({ text, range }) => {
      // The same expectation may stand in a text twice.
      const nth = (seen.get(text) ?? 0) + 1;
      seen.set(text, nth);
      const id = nth === 1 ? text : `${text} #${nth}`;
      const child = item.children.get(id) ?? this.#controller.createTestItem(id, text.replace(/^expect\s+/, ''), uri);
      child.range = new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
      return child;
    }));
  }

  async #start(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    if (request.continuous === true) {
      this.#continuous.set(request, request.include === undefined ? undefined : new Set(request.include.map(({ uri }) => uri?.toString() ?? '')));
      token.onCancellationRequested(() => this.#continuous.delete(request));
      return;
    }
    await this.#run(request, token, filesOf(request.include ?? [...this.#controller.items].map(([, item]) => item)));
  }

  #saved(document: vscode.TextDocument): void {
    const item = this.#controller.items.get(document.uri.toString());
    if (item === undefined) return;
    for (const [request, files] of this.#continuous) {
      if (files !== undefined && !files.has(document.uri.toString())) continue;
      void this.#run(new vscode.TestRunRequest([item], request.exclude, request.profile, true), undefined, new Set([item]));
    }
  }

  async #run(request: vscode.TestRunRequest, token: vscode.CancellationToken | undefined, files: ReadonlySet<vscode.TestItem>): Promise<void> {
    const run = this.#controller.createTestRun(request);
    const cancelled = token ?? run.token;
    try {
      for (const file of files) {
        if (cancelled.isCancellationRequested) break;
        await this.#runFile(run, file, request, cancelled);
      }
    } finally {
      run.end();
    }
  }

  async #runFile(run: vscode.TestRun, file: vscode.TestItem, request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const { uri } = file;
    if (uri === undefined) return;
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.isDirty) await document.save();
    await this.#fill(document);
    const wanted = [...file.children].map(([, child]) => child).filter((child) => isAsked(child, file, request));
    for (const child of wanted) run.started(child);
    if (!vscode.workspace.isTrusted) {
      const message = new vscode.TestMessage(vscode.l10n.t('Tests run in trusted workspaces only, as a model may import files from anywhere.'));
      for (const child of wanted) run.errored(child, message);
      return;
    }
    const began = Date.now();
    const { output, error } = await testFile(this.#program, uri.fsPath, token);
    if (token.isCancellationRequested) {
      for (const child of wanted) run.skipped(child);
      return;
    }
    if (error !== '') run.appendOutput(error.replaceAll(/\r?\n/g, '\r\n'));
    const verdicts = verdictsIn(output);
    for (const child of wanted) {
      const verdict = verdicts?.find(({ line }) => line === (child.range?.start.line ?? -1) + 1);
      report(run, child, verdict, error, Date.now() - began);
    }
  }
}

function report(run: vscode.TestRun, item: vscode.TestItem, verdict: Verdict | undefined, error: string, milliseconds: number): void {
  if (verdict?.holds === true) {
    run.passed(item, milliseconds);
    return;
  }
  const message = verdict === undefined
    ? new vscode.TestMessage(error.trim() === '' ? vscode.l10n.t('The expectation was not run; the file may have errors.') : error.trim())
    : verdict.expected === undefined || verdict.actual === undefined
      ? new vscode.TestMessage(verdict.found)
      : vscode.TestMessage.diff(verdict.found, verdict.expected, verdict.actual);
  if (item.uri !== undefined && item.range !== undefined) message.location = new vscode.Location(item.uri, item.range);
  if (verdict === undefined) run.errored(item, message, milliseconds);
  else run.failed(item, message, milliseconds);
}

/** The files of what is to be run. */
function filesOf(items: readonly vscode.TestItem[]): ReadonlySet<vscode.TestItem> {
  return new Set(items.map((item) => item.parent ?? item));
}

function isAsked(child: vscode.TestItem, file: vscode.TestItem, { include, exclude }: vscode.TestRunRequest): boolean {
  if (exclude?.some((item) => item === child || item === file) === true) return false;
  return include === undefined || include.some((item) => item.id === file.id || (item.id === child.id && item.parent?.id === file.id));
}

/** Runs `onepot test FILE --json`. The extension host's own program serves as Node. */
function testFile(program: string, file: string, token: vscode.CancellationToken): Promise<{ readonly output: string; readonly error: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, 'test', '--json', file], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] });
    const stop = token.onCancellationRequested(() => child.kill('SIGKILL'));
    let output = '';
    let error = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
    child.on('error', (cause) => (error += cause.message));
    child.on('close', () => {
      stop.dispose();
      resolve({ output, error });
    });
  });
}
