/** What several commands have in common: they work on files one by one, and on all .crn files below a folder. */
import { readdirSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { FailedError, UnusableError } from './errors.ts';
import { sentence } from './files.ts';
import { note } from './terminal.ts';

/** Folders that hold other people's files, or none of anybody's. */
function isPassedOver(name: string): boolean {
  return name === 'node_modules' || name.startsWith('.');
}

/**
 * The .crn files below a folder, by name; without those in node_modules and in hidden folders. Links to folders are not followed.
 * @throws UnusableError for a folder that cannot be read
 */
function filesBelow(folder: string): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new UnusableError(sentence(folder, error));
  }
  const sorted = entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return sorted.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return isPassedOver(entry.name) ? [] : filesBelow(path);
    if (!entry.name.endsWith('.crn')) return [];
    return entry.isFile() || statSync(path, { throwIfNoEntry: false })?.isFile() === true ? [path] : [];
  });
}

/** A path as it is, or for a folder the .crn files below it. */
function filesAt(path: string): string[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [path];
  const files = filesBelow(path);
  if (files.length === 0) throw new UnusableError(`There is no .crn file in ${path} or below.`);
  return files;
}

export interface Passed {
  readonly files: number;
  /** The worst that happened: 0 nothing, 1 a `FailedError`, 2 something that cannot be used. */
  readonly code: 0 | 1 | 2;
}

/** Works on every file; what one of them throws is noted, and the others still have their turn. */
export function eachFile(paths: readonly string[], work: (file: string) => void): Passed {
  let files = 0;
  let code: Passed['code'] = 0;
  const attempt = (action: () => void): void => {
    try {
      action();
    } catch (error) {
      if (!(error instanceof UnusableError) && !(error instanceof FailedError)) throw error;
      note(error.message);
      if (error instanceof UnusableError) code = 2;
      else if (code === 0) code = 1;
    }
  };
  for (const path of paths) {
    attempt(() => {
      for (const file of filesAt(path)) {
        files++;
        attempt(() => work(file));
      }
    });
  }
  return { files, code };
}
