/** The language client: starts the server, keeps it told of the theme, and applies the settings that concern what it shows. */
import * as vscode from 'vscode';
import { LanguageClient, TransportKind, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';
import { THEME_NOTIFICATION, VIRTUAL_SCHEME, type InitializationOptions, type ThemeParams } from '../server/index.ts';
import { languageInForce } from './language.ts';
import { commands, language } from './names.ts';
import { showsHoverEquations, showsUnitHints } from './settings.ts';
import { foregroundOf } from './theme.ts';

/** Documents the server is told of: texts people edit, and those that definitions lead to. */
const selector = ['file', 'untitled', 'vscode-vfs', 'vscode-test-web', VIRTUAL_SCHEME].map((scheme) => ({ scheme, language }));

/** The connection takes a missing token for one more parameter. */
const NEVER = new vscode.CancellationTokenSource().token;

export class ModelClient implements vscode.Disposable {
  readonly #output: vscode.LogOutputChannel;
  readonly #client: LanguageClient;
  readonly #disposables: vscode.Disposable[] = [];
  #foreground = foregroundOf(vscode.window.activeColorTheme.kind);

  constructor(extension: vscode.Uri, output: vscode.LogOutputChannel) {
    this.#output = output;
    const module = vscode.Uri.joinPath(extension, 'dist/server/node.cjs').fsPath;
    // What a large model leaves behind while it is read would otherwise land on ever new pages of memory: a sixth of the time, a third of the room.
    const young = '--max-semi-space-size=4';
    const run = { module, transport: TransportKind.ipc, options: { execArgv: [young] } };
    const server: ServerOptions = { run, debug: { ...run, options: { execArgv: [young, '--nolazy', '--inspect=6011'] } } };
    const options: LanguageClientOptions = {
      documentSelector: selector,
      outputChannel: output,
      initializationOptions: { theme: { foreground: this.#foreground }, inlayHints: true, run: { simulate: commands.simulate, train: commands.train }, language: languageInForce() } satisfies InitializationOptions,
      synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher('**/*.crn') },
      middleware: {
        provideHover: async (document, position, token, next) => {
          const hover = await next(document, position, token);
          return hover != null && !showsHoverEquations() ? withoutImages(hover) : hover;
        },
        provideInlayHints: (document, range, token, next) => (showsUnitHints() ? next(document, range, token) : []),
      },
    };
    this.#client = new LanguageClient('onepot', 'Onepot', server, options);
    this.#disposables.push(
      vscode.window.onDidChangeActiveColorTheme((theme) => this.setForeground(foregroundOf(theme.kind))),
    );
  }

  async start(): Promise<void> {
    await this.#client.start();
  }

  async restart(): Promise<void> {
    this.#output.info('Restarting the language server.');
    await this.#client.restart();
    this.#tellTheme();
  }

  /** Colour of typeset equations, `#rrggbb`. */
  setForeground(colour: string): void {
    if (colour === this.#foreground) return;
    this.#foreground = colour;
    this.#tellTheme();
  }

  /** A custom request. Answers null when the server is not running, and when it fails, which the log then says. */
  async ask<T>(method: string, parameters: object, token: vscode.CancellationToken = NEVER): Promise<T | null> {
    try {
      return await this.#client.sendRequest<T | null>(method, parameters, token);
    } catch (error) {
      if (!token.isCancellationRequested) this.#output.warn(`${method}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    // A server that is only starting cannot be stopped; VS Code ends its process with the extension host.
    void this.#client.dispose().catch(() => undefined);
  }

  #tellTheme(): void {
    if (!this.#client.isRunning()) return;
    const parameters: ThemeParams = { foreground: this.#foreground };
    void this.#client.sendNotification(THEME_NOTIFICATION, parameters).catch(() => undefined);
  }
}

/** The hover with its pictures taken out of the Markdown; the text form of each equation stands below its picture. */
function withoutImages(hover: vscode.Hover): vscode.Hover {
  const contents = hover.contents.map((content) => {
    if (!(content instanceof vscode.MarkdownString)) return content;
    const copy = new vscode.MarkdownString(content.value.replaceAll(/!\[[^\]]*\]\(data:[^)]*\)\s*/g, ''), content.supportThemeIcons);
    if (content.isTrusted !== undefined) copy.isTrusted = content.isTrusted;
    return copy;
  });
  return hover.range === undefined ? new vscode.Hover(contents) : new vscode.Hover(contents, hover.range);
}
