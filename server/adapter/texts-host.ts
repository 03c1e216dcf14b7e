/** A host without a file system: it knows the texts it was given. */
import { t } from '../../l10n/index.ts';
import { canonical, folderOf, fileName } from '../service/uris.ts';
import type { ServerHost } from './host.ts';

/** Every host has timers, but the compiler is told of no host here. */
declare function setTimeout(run: () => void, milliseconds: number): unknown;
declare function clearTimeout(timer: unknown): void;

export class TextsHost implements ServerHost {
  readonly #texts = new Map<string, { uri: string; text: string }>();

  schedule(milliseconds: number, run: () => void): () => void {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  }

  setFolders(): void {
    // There are no folders to keep to: nothing is read.
  }

  setFiles(files: Readonly<Record<string, string | null>>): void {
    for (const [uri, text] of Object.entries(files)) {
      if (typeof text === 'string') this.#texts.set(canonical(uri), { uri, text });
      else this.#texts.delete(canonical(uri));
    }
  }

  read(uri: string): { readonly text: string } | { readonly error: string } {
    const known = this.#texts.get(canonical(uri));
    return known === undefined ? { error: t('There is no file {0} here.', fileName(uri)) } : { text: known.text };
  }

  list(folder: string): readonly string[] {
    return [...this.#texts.values()].filter(({ uri }) => folderOf(uri) === folder).map(({ uri }) => fileName(uri));
  }
}
