/** Keeps texts for each document in the workspace's own storage, which are too large for a page's state: checkpoints of trainings, pinned runs. */
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { KeptPart } from '../../webview/index.ts';

export class Keeper {
  readonly #folder: vscode.Uri;
  /** One is written after the other: what is kept in the end is what came last. */
  #writing: Promise<void> = Promise.resolve();

  /** @param folder of the extension's own; made when it is needed */
  constructor(folder: vscode.Uri) {
    this.#folder = folder;
  }

  #file(document: vscode.Uri, part: KeptPart): vscode.Uri {
    return vscode.Uri.joinPath(this.#folder, `${createHash('sha256').update(document.toString()).digest('hex').slice(0, 32)}${part === 'training' ? '' : `-${part}`}.json`);
  }

  /** @param text an empty one: nothing is kept any more */
  keep(document: vscode.Uri, part: KeptPart, text: string): Promise<void> {
    const written = this.#writing.then(() => this.#write(document, part, text));
    this.#writing = written.catch(() => undefined);
    return written;
  }

  async #write(document: vscode.Uri, part: KeptPart, text: string): Promise<void> {
    const file = this.#file(document, part);
    if (text === '') {
      await vscode.workspace.fs.delete(file).then(undefined, () => undefined);
      return;
    }
    await vscode.workspace.fs.createDirectory(this.#folder);
    // Written beside it and renamed over it: what is kept is whole or of before.
    const beside = file.with({ path: `${file.path}.new` });
    await vscode.workspace.fs.writeFile(beside, new TextEncoder().encode(text));
    await vscode.workspace.fs.rename(beside, file, { overwrite: true });
  }

  /** Undefined when there is nothing. */
  async kept(document: vscode.Uri, part: KeptPart): Promise<string | undefined> {
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(this.#file(document, part)));
    } catch {
      return undefined;
    }
  }
}
