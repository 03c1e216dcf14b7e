/** Saves what the lab exports where the user says. */
import * as vscode from 'vscode';
import type { SaveFormat } from '../../webview/index.ts';

const filters: Readonly<Record<SaveFormat, () => string>> = {
  csv: () => vscode.l10n.t('Comma-separated values'), json: () => 'JSON', png: () => vscode.l10n.t('PNG pictures'), svg: () => 'SVG',
};

/** Only a plain file name is taken from the page; the folder is the model's, or the workspace's first. */
function suggestion(document: vscode.Uri, name: string): vscode.Uri | undefined {
  const plain = name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(0, 120) || 'lab';
  if (document.scheme !== 'untitled') return vscode.Uri.joinPath(document, '..', plain);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder === undefined ? undefined : vscode.Uri.joinPath(folder, plain);
}

export async function saveBytes(document: vscode.Uri, name: string, format: SaveFormat, bytes: Uint8Array): Promise<void> {
  const defaultUri = suggestion(document, name);
  const target = await vscode.window.showSaveDialog({ filters: { [filters[format]()]: [format] }, title: format === 'png' || format === 'svg' ? vscode.l10n.t('Save the picture') : vscode.l10n.t('Save the numbers'), ...(defaultUri === undefined ? {} : { defaultUri }) });
  if (target === undefined) return;
  await vscode.workspace.fs.writeFile(target, bytes);
  const open = vscode.l10n.t('Open');
  // Not awaited: the message may stay for long, and the lab goes on.
  void vscode.window.showInformationMessage(vscode.l10n.t('Saved {0}.', target.path.slice(target.path.lastIndexOf('/') + 1)), open).then((choice) => {
    if (choice === open) void vscode.commands.executeCommand('vscode.open', target);
  });
}
