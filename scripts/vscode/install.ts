/**
 * VS Code for a browser (code-server), from the npm registry into the cache folder. Nothing is compiled: the parts
 * that would be (the terminal, password hashing) are not used here.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { duration, say } from '../lib/console.ts';
import { cacheFolder } from '../lib/paths.ts';
import { npm } from '../lib/run.ts';

/** The code-server version in use, which contains VS Code 1.139. */
export const codeServerVersion = '4.139.1';

/** A finished install: its folder, and the script that starts the server. */
export interface VSCodeInstall {
  folder: string;
  entry: string;
}

function installAt(folder: string): VSCodeInstall {
  return { folder, entry: join(folder, 'node_modules/code-server/out/node/entry.js') };
}

/**
 * Where this version of VS Code is installed; installs it on the first call (about 600 MB, a quarter of a minute).
 * An install is made in a folder of its own and renamed when it is complete, so a broken-off one is never used and
 * two processes may install at the same time.
 */
export async function ensureVSCode(cache: string = cacheFolder()): Promise<VSCodeInstall> {
  const name = `vscode-${codeServerVersion}`;
  const folder = join(cache, name);
  await removeBrokenOff(cache, name);
  if (existsSync(folder)) return installAt(folder);
  const part = join(cache, `${name}.part-${process.pid}`);
  try {
    await fetchInto(part, folder);
    await rename(part, folder);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // else another process was quicker
  }
  return installAt(folder);
}

async function fetchInto(part: string, folder: string): Promise<void> {
  say(`Setting up VS Code (code-server ${codeServerVersion}) in ${folder}; once, about 600 MB.`);
  await mkdir(part, { recursive: true });
  await writeFile(join(part, 'package.json'), '{ "private": true }\n');
  const start = performance.now();
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  const code = join(part, 'node_modules/code-server/lib/vscode');
  const parts: readonly (readonly [what: string, args: readonly string[], cwd: string])[] = [
    ['code-server', ['install', `code-server@${codeServerVersion}`, '--no-save', ...quiet], part],
    ['the libraries of VS Code', ['install', '--omit=dev', '--no-save', ...quiet], code],
    ['the libraries of its built-in extensions', ['install', '--omit=dev', '--no-save', ...quiet], join(code, 'extensions')],
  ];
  for (const [index, [what, args, cwd]] of parts.entries()) {
    await npm(args, cwd);
    say(`  ${index + 1}/${parts.length} ${what} (${duration(performance.now() - start)})`);
  }
}

/** Removes installs that a process began and, being gone, will not finish. */
async function removeBrokenOff(cache: string, name: string): Promise<void> {
  if (!existsSync(cache)) return;
  for (const entry of await readdir(cache)) {
    if (!entry.startsWith(`${name}.part-`)) continue;
    if (isRunning(Number(entry.slice(entry.lastIndexOf('-') + 1)))) continue;
    say(`Removing a broken-off install, ${entry}.`);
    // Another process may be removing it too; what remains is removed another time.
    await rm(join(cache, entry), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false; // an earlier process that had our number
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
