/** The commands. Each is registered here under its name; the test of the manifest compares the names. */
import * as vscode from 'vscode';
import type { ModelClient } from './client.ts';
import { sourceOf, type MadeDocuments } from './documents.ts';
import type { Labs } from './lab/labs.ts';
import type { ModelTree } from './model-tree.ts';
import { commands, doneContexts, language, walkthrough, type CommandName } from './names.ts';
import { importNetwork } from './network-import.ts';
import { newNetwork } from './templates.ts';

export interface CommandContext {
  readonly extension: vscode.Extension<unknown>;
  readonly client: ModelClient;
  readonly labs: Labs;
  readonly made: MadeDocuments;
  readonly tree: ModelTree;
  readonly output: vscode.LogOutputChannel;
}

type Handler = (...parameters: readonly unknown[]) => void | Promise<void>;

/** A URI as a menu hands it over, or as text from a code lens. */
function uriOf(value: unknown): vscode.Uri | undefined {
  if (value instanceof vscode.Uri) return value;
  return typeof value === 'string' && value.includes(':') ? vscode.Uri.parse(value) : undefined;
}

/**
 * The model a command is about: the one it was called for, that of the lab or editor in use, or the one a shown reactions or
 * ODE document was made from. Without one the user is told what to do.
 */
async function modelFor(value: unknown, labs: Labs): Promise<vscode.TextDocument | undefined> {
  const given = uriOf(value) ?? labs.active ?? vscode.window.activeTextEditor?.document.uri;
  const uri = given === undefined ? undefined : (sourceOf(given) ?? given);
  const document = uri === undefined ? undefined : await vscode.workspace.openTextDocument(uri);
  if (document?.languageId === language) return document;
  const only = vscode.window.visibleTextEditors.filter((editor) => editor.document.languageId === language && sourceOf(editor.document.uri) === undefined);
  if (only.length === 1) return only[0]!.document;
  void vscode.window.showInformationMessage(vscode.l10n.t('Open a .crn file first, or make one with Onepot: New Reaction Network.'));
  return undefined;
}

/**
 * A step of the tour is done when its context comes true while the tour listens. A context that is true already when the tour is first opened
 * never does: so it is true for a moment each time.
 */
function tellTour(done: keyof typeof doneContexts): void {
  const tell = (value: boolean): unknown => vscode.commands.executeCommand('setContext', doneContexts[done], value);
  void tell(true);
  setTimeout(() => void tell(false), 1000);
}

export function registerCommands({ extension, client, labs, made, tree, output }: CommandContext): vscode.Disposable[] {
  const handlers: Readonly<Record<CommandName, Handler>> = {
    simulate: async (uri, experiment) => {
      const asked = Date.now();
      // From the tree the entry comes, from a lens the address and the experiment's name.
      const entry = tree.runOf(uri);
      const name = entry?.name ?? experiment;
      const document = await modelFor(entry?.uri ?? uri, labs);
      if (document === undefined) return;
      labs.open(document, typeof name === 'string' ? name : undefined, asked);
      tellTour('simulate');
    },
    train: async (uri, training) => {
      const asked = Date.now();
      const entry = tree.runOf(uri);
      const name = entry?.name ?? training;
      const document = await modelFor(entry?.uri ?? uri, labs);
      if (document === undefined) return;
      labs.train(document, typeof name === 'string' ? name : undefined, asked);
      tellTour('train');
    },
    showOdes: async (uri) => {
      const document = await modelFor(uri, labs);
      if (document !== undefined) await made.show('odes', document);
    },
    showReactions: async (uri) => {
      const document = await modelFor(uri, labs);
      if (document === undefined) return;
      // On a network of neurons: what it is compiled to, not its reactions one by one.
      const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
      if (editor === undefined || !(await made.showNetwork(document, editor.selection.active))) await made.show('reactions', document);
    },
    importNetwork: (uri) => importNetwork(extension.extensionUri, uriOf(uri)),
    newNetwork: (template) => newNetwork(extension.extensionUri, typeof template === 'string' ? template : undefined),
    openWalkthrough: async () => {
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extension.id}#${walkthrough}`, false);
    },
    restartServer: () => client.restart(),
    showOutput: () => output.show(),
  };
  return (Object.keys(commands) as CommandName[]).map((name) => vscode.commands.registerCommand(commands[name], async (...parameters: unknown[]) => {
    try {
      await handlers[name](...parameters);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      output.error(`${commands[name]}: ${reason}`);
      void vscode.window.showErrorMessage(reason);
    }
  }));
}
