/** Onepot: Import BioNetGen Network. Opens the result as a new, unsaved text; nothing on disk is touched. */
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import { language } from './names.ts';
import { cancelled, withCancel } from './progress.ts';

/** VS Code does not keep larger texts in sync with a language server. */
const LARGEST = 50 * 1024 * 1024;

/** What the thread that imports is given. */
export interface ImportOrder {
  readonly bytes: Uint8Array;
  readonly name: string;
}
/** A text and how many lines of the network are not in it, or why the file is no network. */
export type ImportAnswer = { readonly text: string; readonly lost: number } | { readonly refused: string };

/** A cancelled import opens nothing and says nothing. */
export async function importNetwork(extension: vscode.Uri, source: vscode.Uri | undefined): Promise<void> {
  const uri = source ?? (await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Import BioNetGen Network'), openLabel: vscode.l10n.t('Import'), canSelectMany: false,
    filters: { [vscode.l10n.t('BioNetGen networks')]: ['net'] },
  }))?.[0];
  if (uri === undefined) return;
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > LARGEST) throw new Error(vscode.l10n.t('{0} is larger than 50 MB. Import it in a terminal: onepot import {0} -o OUT.crn', name));
  const program = vscode.Uri.joinPath(extension, 'dist/extension/import-worker.cjs').fsPath;
  const answer = await withCancel(vscode.l10n.t('Importing {0}', name), async (token) => inThread(program, { bytes: await vscode.workspace.fs.readFile(uri), name }, token));
  if (answer === cancelled || answer === undefined) return;
  if ('refused' in answer) throw new Error(vscode.l10n.t('{0} was not imported. {1}', name, answer.refused));
  const document = await vscode.workspace.openTextDocument({ language, content: answer.text });
  await vscode.window.showTextDocument(document, { preview: false });
  if (answer.lost > 0) void vscode.window.showWarningMessage(vscode.l10n.t('{0} was imported, but for {1} of its lines; the comments at the top say which and why.', name, answer.lost));
  else void vscode.window.showInformationMessage(vscode.l10n.t('{0} was imported completely. Save it under a name to keep it.', name));
}

/** @returns what the thread answers, or undefined when it was cancelled */
function inThread(program: string, order: ImportOrder, token: vscode.CancellationToken): Promise<ImportAnswer | undefined> {
  if (token.isCancellationRequested) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: order });
    const stop = token.onCancellationRequested(() => {
      void worker.terminate();
      resolve(undefined);
    });
    worker.once('message', (answer: ImportAnswer) => resolve(answer));
    worker.once('error', reject);
    worker.once('exit', () => {
      stop.dispose();
      // Only a thread that answered nothing gets here first.
      reject(new Error(vscode.l10n.t('The import of {0} ended without a result.', order.name)));
    });
  });
}
