/** Activation: the parts of the extension and how they know each other. */
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { ActiveModel } from './active-model.ts';
import { ModelClient } from './client.ts';
import { registerCommands } from './commands.ts';
import { MadeDocuments } from './documents.ts';
import { FirstRuns } from './lab/first-runs.ts';
import { Keeper } from './lab/keeper.ts';
import { languageInForce } from './language.ts';
import { Labs } from './lab/labs.ts';
import { pageParts } from './lab/page.ts';
import { ModelTree } from './model-tree.ts';
import { StatusItem } from './status.ts';
import { TestExplorer } from './test-explorer.ts';
import { hexOf } from './theme.ts';

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('Onepot', { log: true });
  const client = new ModelClient(context.extensionUri, output);
  const bundle = (path: string): string => vscode.Uri.joinPath(context.extensionUri, 'dist', path).fsPath;
  const firstRuns = new FirstRuns(bundle('extension/lab-thread.cjs'), bundle('webview/worker.js'), languageInForce());
  const labs = new Labs({
    firstRuns,
    page: pageParts((name) => readFileSync(bundle(`webview/${name}`), 'utf8')),
    extension: context.extensionUri,
    version: String((context.extension.packageJSON as { version?: unknown }).version),
    keeper: new Keeper(vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'trainings')),
    output,
    theme: (foreground) => {
      const hex = hexOf(foreground);
      if (hex !== undefined) client.setForeground(hex);
    },
  });
  const made = new MadeDocuments(client);
  const active = new ActiveModel(labs);
  const tree = new ModelTree(client, active);
  context.subscriptions.push(output, client, firstRuns, labs, made, active, tree, ...registerCommands({ extension: context.extension, client, labs, made, tree, output }));
  try {
    await client.start();
  } catch (error) {
    // The lab and the import work without the server.
    const reason = error instanceof Error ? error.message : String(error);
    output.error(`The language server did not start: ${reason}`);
    void vscode.window.showErrorMessage(vscode.l10n.t('The Onepot language server did not start; checking and hovers are off. {0}', reason));
  }
  context.subscriptions.push(new StatusItem(client, active), new TestExplorer(client, context.extensionUri));
}
