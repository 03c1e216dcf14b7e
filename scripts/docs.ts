/**
 * `node scripts/docs.ts`: writes the pages of the manual that are made from their sources (docs/diagnostics.md, docs/cli.md,
 * docs/settings.md). With `--check` it writes nothing and fails when a page is not what its sources say.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runMain, say, StepError } from './lib/console.ts';
import { generatedPages } from './lib/docs-sources.ts';
import { root } from './lib/paths.ts';

await runMain(async () => {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const stale = [...generatedPages()].filter(([path, text]) => {
    const file = join(root, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
  if (values.check && stale.length > 0) throw new StepError(`Not what their sources say: ${stale.map(([path]) => path).join(', ')}. Run: node scripts/docs.ts`);
  for (const [path, text] of stale) {
    writeFileSync(join(root, path), text);
    say(`written: ${path}`);
  }
  if (stale.length === 0) say('All generated pages are up to date.');
  return Promise.resolve();
});
