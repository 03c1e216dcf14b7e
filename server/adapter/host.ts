/** What the language server needs of the process it runs in. */
import type { ImportHost } from '../service/index.ts';

export interface ServerHost extends ImportHost {
  /** Runs something later; the answer takes it back. */
  schedule(milliseconds: number, run: () => void): () => void;
  /** The workspace folders, as addresses; files outside them are not read. */
  setFolders(uris: readonly string[]): void;
  /** Texts the client hands over instead of files; null takes one away. */
  setFiles(files: Readonly<Record<string, string | null>>): void;
}
