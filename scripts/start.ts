/**
 * `npm start`: VS Code in the browser with the extension and the samples, until Ctrl-C.
 *   npm start -- [FOLDER or FILE] [--port N] [--no-open]
 */
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.ts';
import { runMain, say, StepError } from './lib/console.ts';
import { openAddress } from './lib/open-address.ts';
import { root } from './lib/paths.ts';
import { endSignal, exitCodeOf } from './lib/until-ended.ts';
import { ensureVSCode } from './vscode/install.ts';
import { startVSCode, workbenchUrl } from './vscode/server.ts';
import { packageExtension } from './vscode/vsix.ts';

const usage = 'usage: npm start -- [FOLDER or FILE] [--port N] [--no-open]';

interface Options {
  folder: string;
  file?: string;
  port: number;
  open: boolean;
}

/** Reads the arguments; throws StepError with the usage if they cannot be used. */
function readOptions(): Options {
  let parsed;
  try {
    parsed = parseArgs({ allowPositionals: true, options: { port: { type: 'string', default: '0' }, 'no-open': { type: 'boolean', default: false } } });
  } catch (error) {
    throw new StepError(`${(error as Error).message}\n${usage}`);
  }
  const { values, positionals } = parsed;
  const port = Number(values.port);
  if (positionals.length > 1 || !Number.isInteger(port) || port < 0 || port > 65_535) throw new StepError(usage);
  const common = { port, open: !values['no-open'] };
  if (positionals[0] === undefined) return { folder: join(root, 'samples'), ...common };
  // npm runs us in the root of the repository; INIT_CWD is where the user is.
  const path = resolve(process.env['INIT_CWD'] ?? '.', positionals[0]);
  if (!existsSync(path)) throw new StepError(`${path} does not exist.`);
  return statSync(path).isDirectory() ? { folder: path, ...common } : { folder: dirname(path), file: path, ...common };
}

await runMain(async () => {
  const options = readOptions();
  await build();
  const install = await ensureVSCode();
  const vsix = await packageExtension();
  const asked = endSignal();
  const server = await startVSCode(install, { vsix, port: options.port });
  const address = workbenchUrl(server.url, options.folder, options.file);
  say(`\nVS Code is ready: ${address}`);
  if (options.open && openAddress(address)) say('Opened it in your browser.');
  say('Ctrl-C ends it.');
  const ending = await Promise.race([asked, server.ended]);
  await server.stop();
  if (ending === 'SIGINT' || ending === 'SIGTERM' || ending === 'SIGHUP') {
    say('Ended.');
    process.exit(exitCodeOf(ending));
  }
  throw new StepError(`VS Code ended by itself. The end of its log:\n${ending}`);
});
