/** Runs the command as a process of its own, bundled as it is released, on files in a temporary folder. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';
import { bundles, esbuildOptions } from '../../scripts/lib/bundles.ts';
import { root } from '../../scripts/lib/paths.ts';

const built = mkdtempSync(join(tmpdir(), 'onepot-bundle-'));
/** The bundle that the tests of a file run. */
export const main = join(built, 'dist/cli/onepot.mjs');

beforeAll(async () => {
  const ours = bundles.filter((bundle) => bundle.output.startsWith('dist/cli/'));
  await Promise.all(ours.map((bundle) => build({ ...esbuildOptions(bundle, root, false), sourcemap: false, outdir: built })));
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Ends after a minute whatever happens: a command that hangs fails its test. */
export function start(args: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {}) {
  const child = spawn(process.execPath, [main, ...args], { cwd: options.cwd, env: { ...process.env, FORCE_COLOR: undefined, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'], timeout: 55_000 });
  let out = '';
  let error = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
  const ended = new Promise<Ended>((done, failed) => child.on('error', failed).on('close', (code) => done({ code, out, error })));
  return { child, ended };
}
export async function onepot(...args: string[]): Promise<Ended> {
  return start(args).ended;
}

/** A folder that is removed after the file's tests. */
export function temporaryFolder(): { readonly path: string; file(name: string, content: string | Uint8Array): string; folder(name: string): string } {
  const path = mkdtempSync(join(tmpdir(), 'onepot-cli-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    folder(name) {
      mkdirSync(join(path, name), { recursive: true });
      return join(path, name);
    },
    file(name, content) {
      const file = join(path, name);
      writeFileSync(file, content);
      return file;
    },
  };
}
