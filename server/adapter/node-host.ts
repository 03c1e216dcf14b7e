/** The host of a Node process: imports are read from files inside the workspace folders and nowhere else. */
import { t } from '../../l10n/index.ts';
import { readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonical, fileName, folderOf } from '../service/uris.ts';
import type { ServerHost } from './host.ts';

/** A model of this size is no model; a device file has no size at all. */
const LARGEST = 64 * 1024 * 1024;

export class NodeHost implements ServerHost {
  #folders: string[] = [];
  readonly #given = new Map<string, string>();

  schedule(milliseconds: number, run: () => void): () => void {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  }

  setFolders(uris: readonly string[]): void {
    this.#folders = uris.flatMap((uri) => {
      try {
        return [realpathSync(fileURLToPath(uri))];
      } catch {
        return [];
      }
    });
  }

  setFiles(files: Readonly<Record<string, string | null>>): void {
    for (const [uri, text] of Object.entries(files)) {
      if (text === null) this.#given.delete(uri);
      else this.#given.set(uri, text);
    }
  }

  read(uri: string): { readonly text: string } | { readonly error: string } {
    const given = this.#given.get(uri);
    if (given !== undefined) return { text: given };
    const name = fileName(uri);
    if (!uri.startsWith('file:')) return { error: t('{0} cannot be read here: only files of the workspace are.', name) };
    try {
      const file = realpathSync(fileURLToPath(uri));
      if (!this.#inside(file)) return { error: t('{0} lies outside the workspace. Open the folder that holds it: files are read only there.', name) };
      const about = statSync(file);
      if (!about.isFile()) return { error: t('{0} is no file.', name) };
      if (about.size > LARGEST) return { error: t('{0} is larger than {1} MB.', name, LARGEST / 1024 / 1024) };
      return { text: readFileSync(file, 'utf8') };
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT' || code === 'ENOTDIR') return { error: t('There is no file {0} in {1}.', name, canonical(folderOf(uri)).replace(/^file:\/\//, '')) };
      return { error: code === undefined ? t('{0} cannot be read.', name) : t('{0} cannot be read ({1}).', name, code) };
    }
  }

  list(folder: string): readonly string[] {
    try {
      const directory = realpathSync(fileURLToPath(folder));
      if (!this.#inside(path.join(directory, 'x'))) return [];
      return readdirSync(directory).filter((name) => name.endsWith('.crn'));
    } catch {
      return [];
    }
  }

  #inside(file: string): boolean {
    return this.#folders.some((folder) => {
      const relative = path.relative(folder, file);
      return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
    });
  }
}
