/** Onepot: Import BioNetGen Network. Opens the result as a new, unsaved text; nothing on disk is touched. */
import * as vscode from 'vscode';
import { importNet, NetFormatError } from '../exchange/index.ts';
import { language } from './names.ts';

/** VS Code does not keep larger texts in sync with a language server. */
const LARGEST = 50 * 1024 * 1024;

export async function importNetwork(source: vscode.Uri | undefined): Promise<void> {
  const uri = source ?? (await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Import BioNetGen Network'), openLabel: vscode.l10n.t('Import'), canSelectMany: false,
    filters: { [vscode.l10n.t('BioNetGen networks')]: ['net'] },
  }))?.[0];
  if (uri === undefined) return;
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > LARGEST) throw new Error(vscode.l10n.t('{0} is larger than 50 MB. Import it in a terminal: onepot import {0} -o OUT.crn', name));
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  try {
    const { text: content, notes } = importNet(text, name);
    const document = await vscode.workspace.openTextDocument({ language, content });
    await vscode.window.showTextDocument(document, { preview: false });
    const lost = notes.filter((note) => note.lost).length;
    const said = lost > 0
      ? vscode.l10n.t('{0} was imported, but for {1} of its lines; the comments at the top say which and why.', name, lost)
      : vscode.l10n.t('{0} was imported completely. Save it under a name to keep it.', name);
    void (lost > 0 ? vscode.window.showWarningMessage(said) : vscode.window.showInformationMessage(said));
  } catch (error) {
    if (!(error instanceof NetFormatError)) throw error;
    throw new Error(vscode.l10n.t('{0} is no BioNetGen network: {1}', name, error.message), { cause: error });
  }
}
