/** Reads what a model imports, through the workspace only: a model must not make the lab read elsewhere. */
import * as vscode from 'vscode';
import type { ImportedFile, ImportRequest } from '../../webview/index.ts';

/** Larger texts are not models people write by hand, and would stall the lab. */
const LARGEST = 32 * 1024 * 1024;

function isInside(folder: vscode.Uri, uri: vscode.Uri): boolean {
  const base = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  return uri.scheme === folder.scheme && uri.authority === folder.authority && uri.path.startsWith(base);
}

/**
 * Whether an import may be read: inside a folder of the workspace, or, once the user trusts where they are, inside the folder of the
 * model itself (a file that was opened on its own).
 */
export function mayRead(uri: vscode.Uri, document: vscode.Uri): boolean {
  if (vscode.workspace.workspaceFolders?.some((folder) => isInside(folder.uri, uri)) === true) return true;
  return vscode.workspace.isTrusted && document.scheme !== 'untitled' && isInside(vscode.Uri.joinPath(document, '..'), uri);
}

export async function readImport(request: ImportRequest, document: vscode.Uri): Promise<ImportedFile> {
  const { path, from } = request;
  const refuse = (error: string): ImportedFile => ({ path, from, error });
  if (path === '' || /^[a-z][a-z0-9+.-]*:/i.test(path) || path.startsWith('/') || path.includes('\0')) return refuse(`"${path}" is no relative path.`);
  const base = from === null ? document : vscode.Uri.parse(from);
  const uri = base.scheme === 'untitled'
    ? vscode.workspace.workspaceFolders?.[0] && vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, path)
    : vscode.Uri.joinPath(base, '..', path);
  if (uri === undefined) return refuse(`Save this text first: "${path}" is looked for beside it.`);
  if (!mayRead(uri, document)) return refuse(`"${path}" lies outside the workspace and is not read.`);
  const open = vscode.workspace.textDocuments.find((candidate) => candidate.uri.toString() === uri.toString());
  if (open !== undefined) return { path, from, uri: uri.toString(), text: open.getText() };
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > LARGEST) return refuse(`"${path}" is larger than 32 MB.`);
    const bytes = await vscode.workspace.fs.readFile(uri);
    return { path, from, uri: uri.toString(), text: new TextDecoder().decode(bytes) };
  } catch {
    return refuse(`There is no file "${path}".`);
  }
}
