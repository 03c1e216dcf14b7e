/**
 * `npm run playground`: the playground on this machine, until Ctrl-C; `npm run build:playground`: its files for a web host.
 *   node scripts/playground.ts [--port N] [--no-open]
 *   node scripts/playground.ts --build        into dist/playground, with a list of what a visitor downloads
 */
import { parseArgs } from 'node:util';
import { relative } from 'node:path';
import { runMain, say, step, StepError } from './lib/console.ts';
import { openAddress } from './lib/open-address.ts';
import { root } from './lib/paths.ts';
import { buildPlayground, playgroundFolder, type BuiltPlayground } from './lib/playground.ts';
import { serve } from './lib/serve.ts';
import { endSignal, exitCodeOf } from './lib/until-ended.ts';

const usage = 'usage: npm run playground -- [--port N] [--no-open]';
/** Always the same port where it is free: the browser keeps texts by address. */
const PORT = 4820;

/** What a visitor downloads, in the order of need; sizes as gzip -9. */
function downloads({ files }: BuiltPlayground): string {
  const groups: readonly (readonly [name: string, paths: RegExp])[] = [
    ['When something needs it', /^(typeset|editor\.worker|lab\/layout)\.js$|^l10n\//],
    ['The lab, after the editor', /^lab[-./]/],
    ['Editor and language server', /./],
  ];
  const row = (name: string, bytes: number): string => `${name.padEnd(34)} ${(bytes / 1000).toFixed(1).padStart(8)} kB`;
  const left = new Set(files);
  const parts = groups.map(([name, paths]) => {
    const group = [...left].filter(({ path }) => paths.test(path)).sort((a, b) => b.gzip - a.gzip);
    for (const file of group) left.delete(file);
    const size = group.reduce((sum, { gzip }) => sum + gzip, 0);
    return [row(name, size), ...group.map(({ path, gzip }) => row(`  ${path}`, gzip))].join('\n');
  });
  return parts.reverse().join('\n');
}

await runMain(async () => {
  let parsed;
  try {
    parsed = parseArgs({ options: { port: { type: 'string' }, 'no-open': { type: 'boolean', default: false }, build: { type: 'boolean', default: false } } });
  } catch (error) {
    throw new StepError(`${(error as Error).message}\n${usage}`);
  }
  const { values } = parsed;
  const port = Number(values.port ?? PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new StepError(usage);
  const built = await step('Built the playground', () => buildPlayground());
  if (values.build) {
    say(downloads(built));
    say(`\nThe folder ${relative(root, playgroundFolder)} can be put on any web host, at any path.`);
    return;
  }
  const asked = endSignal();
  const served = await serve(playgroundFolder, port, values.port !== undefined);
  say(`\nThe playground is ready: ${served.url}`);
  if (!values['no-open'] && openAddress(served.url)) say('Opened it in your browser.');
  say('Ctrl-C ends it.');
  const ending = await asked;
  await served.stop();
  say('Ended.');
  process.exit(exitCodeOf(ending));
});
