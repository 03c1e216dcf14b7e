/** Reads what a model imports and what it trains on, through the workspace only: a model must not make the lab read elsewhere. */
import * as vscode from 'vscode';
import type { DataFile, DataRequest, ImportedFile, ImportRequest } from '../../webview/index.ts';

/** Larger texts are not models people write by hand, and would stall the lab. */
const LARGEST = 32 * 1024 * 1024;
/** Larger tables and pictures do not fit into the lab's memory; the command line reads them. */
const LARGEST_DATA = 256 * 1024 * 1024;

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

/** Where a path in a text leads, or why it may not be followed. */
function locate(path: string, from: string | null, document: vscode.Uri): vscode.Uri | string {
  if (path === '' || /^[a-z][a-z0-9+.-]*:/i.test(path) || path.startsWith('/') || path.includes('\0')) return `"${path}" is no relative path.`;
  const base = from === null ? document : vscode.Uri.parse(from);
  const uri = base.scheme === 'untitled'
    ? vscode.workspace.workspaceFolders?.[0] && vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, path)
    : vscode.Uri.joinPath(base, '..', path);
  if (uri === undefined) return `Save this text first: "${path}" is looked for beside it.`;
  return mayRead(uri, document) ? uri : `"${path}" lies outside the workspace and is not read.`;
}

export async function readImport({ path, from }: ImportRequest, document: vscode.Uri): Promise<ImportedFile> {
  const refuse = (error: string): ImportedFile => ({ path, from, error });
  const uri = locate(path, from, document);
  if (typeof uri === 'string') return refuse(uri);
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

/** A file of a data statement, as it is on disk. */
export async function readData({ path, from }: DataRequest, document: vscode.Uri): Promise<DataFile> {
  const refuse = (error: string): DataFile => ({ path, from, error });
  const uri = locate(path, from, document);
  if (typeof uri === 'string') return refuse(uri);
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (type === vscode.FileType.Directory) return refuse(`"${path}" is a folder; name a file in it.`);
    if (size > LARGEST_DATA) return refuse(`"${path}" is larger than 256 MB. Train on it with the command line: onepot train.`);
    // A copy of its own: what is read may be Node's Buffer, which does not reach a page as bytes.
    return { path, from, bytes: Uint8Array.from(await vscode.workspace.fs.readFile(uri)) };
  } catch {
    return refuse(`There is no file "${path}" beside this text.`);
  }
}
