/**
 * `node scripts/docs.ts`: writes the pages of the manual that are made from their sources (docs/diagnostics.md, docs/cli.md,
 * docs/library.md, docs/settings.md) and the texts of the extension for translators (l10n/bundle.l10n.json). With `--check` it writes nothing and fails when a page is not what its sources say.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { runMain, say, StepError } from './lib/console.ts';
import { generatedFiles } from './lib/docs-sources.ts';
import { root } from './lib/paths.ts';

await runMain(async () => {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const stale = [...generatedFiles()].filter(([path, text]) => {
    const file = join(root, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
  if (values.check && stale.length > 0) throw new StepError(`Not what their sources say: ${stale.map(([path]) => path).join(', ')}. Run: node scripts/docs.ts`);
  for (const [path, text] of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    say(`written: ${path}`);
  }
  if (stale.length === 0) say('All generated files are up to date.');
  return Promise.resolve();
});
