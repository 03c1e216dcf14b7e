/** Keeps a text for each document in the workspace's own storage: checkpoints of trainings that are too large for a page's state. */
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';

export class Keeper {
  readonly #folder: vscode.Uri;

  /** @param folder of the extension's own; made when it is needed */
  constructor(folder: vscode.Uri) {
    this.#folder = folder;
  }

  #file(document: vscode.Uri): vscode.Uri {
    return vscode.Uri.joinPath(this.#folder, `${createHash('sha256').update(document.toString()).digest('hex').slice(0, 32)}.json`);
  }

  async keep(document: vscode.Uri, text: string): Promise<void> {
    await vscode.workspace.fs.createDirectory(this.#folder);
    // Written beside it and renamed over it: what is kept is whole or of before.
    const file = this.#file(document), beside = file.with({ path: `${file.path}.new` });
    await vscode.workspace.fs.writeFile(beside, new TextEncoder().encode(text));
    await vscode.workspace.fs.rename(beside, file, { overwrite: true });
  }

  /** Undefined when there is nothing. */
  async kept(document: vscode.Uri): Promise<string | undefined> {
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(this.#file(document)));
    } catch {
      return undefined;
    }
  }
}
