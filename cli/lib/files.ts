/** Reading and writing texts. Every failure is a sentence that names the file. */
import { closeSync, fchmodSync, fsyncSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeSync, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UnusableError } from './errors.ts';

/** Node cannot hold longer strings. */
const LARGEST = 512 * 1024 * 1024 - 1;

/**
 * The text of a file.
 * @throws UnusableError for what is no readable UTF-8 text file; a sentence with the path, and the line where it stops being text.
 */
export function readText(path: string): string {
  let bytes: Uint8Array;
  try {
    const found = statSync(path);
    if (found.isDirectory()) throw new UnusableError(`${path} is a folder; name the files in it.`);
    if (!found.isFile() && !found.isFIFO()) throw new UnusableError(`${path} is not a file.`);
    if (found.size > LARGEST) throw new UnusableError(`${path} is too large to be read as a text.`);
    bytes = readFileSync(path);
  } catch (error) {
    throw error instanceof UnusableError ? error : new UnusableError(sentence(path, error));
  }
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) throw new UnusableError(`${path}: This is UTF-16 text, not UTF-8. Save the file in UTF-8.`);
  const zero = bytes.indexOf(0);
  if (zero >= 0) throw new UnusableError(`${path}:${lineAt(bytes, zero)}: This is a binary file, not a text.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnusableError(`${path}:${lineAt(bytes, firstInvalid(bytes))}: This is not UTF-8 text. Save the file in UTF-8.`);
  }
}

function lineAt(bytes: Uint8Array, end: number): number {
  let line = 1;
  for (let i = 0; i < end; i++) if (bytes[i] === 10) line++;
  return line;
}

/** Offset of the first line that is not valid UTF-8. */
function firstInvalid(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(10, start);
    const stop = end < 0 ? bytes.length : end + 1;
    try {
      decoder.decode(bytes.subarray(start, stop));
    } catch {
      return start;
    }
    start = stop;
  }
  return 0;
}

/** What the system said, in words. */
export function sentence(path: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case 'ENOENT':
      return `There is no file ${path}.`;
    case 'EACCES':
    case 'EPERM':
      return `${path} may not be opened: permission denied.`;
    case 'EISDIR':
      return `${path} is a folder.`;
    case 'ENOTDIR':
      return `${path} leads through something that is no folder.`;
    case 'EEXIST':
      return `${path} is there already.`;
    case 'EROFS':
      return `${path} cannot be written: the disk is read-only.`;
    case 'ENOSPC':
      return `${path} cannot be written: the disk is full.`;
    default:
      return `${path} cannot be used: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/**
 * Puts a text in place of a file's, all or nothing: written beside it, then renamed over it. Keeps the mode; follows links.
 * @throws UnusableError
 */
export function replaceText(path: string, text: string): void {
  let temporary: string | undefined;
  try {
    const target = realpathSync(path);
    temporary = join(dirname(target), `.${basename(target)}.onepot-${process.pid}`);
    writeNew(temporary, text, statSync(target));
    renameSync(temporary, target);
    temporary = undefined;
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    throw new UnusableError(sentence(path, error));
  }
}

/**
 * Writes a file that must not be there yet, unless `overwrite`.
 * @throws UnusableError
 */
export function createText(path: string, text: string, overwrite: boolean): void {
  try {
    if (overwrite && isFile(path)) return replaceText(path, text);
    writeNew(path, text);
  } catch (error) {
    if (error instanceof UnusableError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new UnusableError(`${path} cannot be written: there is no folder ${dirname(path)}.`);
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw new UnusableError(exists && !overwrite ? `${path} is there already; --force writes over it.` : sentence(path, error));
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function writeNew(path: string, text: string, like?: Stats): void {
  const file = openSync(path, 'wx');
  try {
    if (like !== undefined) fchmodSync(file, like.mode & 0o7777);
    let rest = Buffer.from(text, 'utf8');
    while (rest.length > 0) rest = rest.subarray(writeSync(file, rest));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
