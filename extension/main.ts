/** Activation: the parts of the extension and how they know each other. */
import * as vscode from 'vscode';
import { ModelClient } from './client.ts';
import { registerCommands } from './commands.ts';
import { MadeDocuments } from './documents.ts';
import { Labs } from './lab/labs.ts';
import { StatusItem } from './status.ts';
import { hexOf } from './theme.ts';

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('Onepot', { log: true });
  const client = new ModelClient(context.extensionUri, output);
  const labs = new Labs({
    extension: context.extensionUri,
    version: String((context.extension.packageJSON as { version?: unknown }).version),
    output,
    theme: (foreground) => {
      const hex = hexOf(foreground);
      if (hex !== undefined) client.setForeground(hex);
    },
  });
  const made = new MadeDocuments(client);
  context.subscriptions.push(output, client, labs, made, ...registerCommands({ client, labs, made, output }));
  try {
    await client.start();
  } catch (error) {
    // The lab and the import work without the server.
    const reason = error instanceof Error ? error.message : String(error);
    output.error(`The language server did not start: ${reason}`);
    void vscode.window.showErrorMessage(vscode.l10n.t('The Onepot language server did not start; checking and hovers are off. {0}', reason));
  }
  context.subscriptions.push(new StatusItem(client, labs));
}
