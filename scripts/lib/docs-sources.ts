/** Reads what the generated pages of the manual are made from. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { catalog, libraryNames, libraryText } from '../../chemistry/index.ts';
import { cliPage, commandsOf, diagnosticsPage, settingsPage, type Manifest } from './docs.ts';
import { libraryPage } from './docs-library.ts';
import { bundleOf, productTexts } from './l10n.ts';
import { readManifest } from './manifest.ts';
import { root } from './paths.ts';

/** Help of the command line under '', of each of its commands under their names. */
export function cliHelp(): ReadonlyMap<string, string> {
  const ask = (...args: string[]): string => execFileSync(process.execPath, [join(root, 'cli/main.ts'), ...args, '--help'], {
    encoding: 'utf8', env: { ...process.env, COLUMNS: '80', NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  const all = ask();
  return new Map([['', all], ...commandsOf(all).map((name) => [name, ask(name)] as const)]);
}

export function manifest(): Manifest {
  return readManifest() as unknown as Manifest;
}

/** The generated pages by their path in the repository. */
export function generatedPages(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/diagnostics.md', diagnosticsPage(catalog)],
    ['docs/cli.md', cliPage(cliHelp())],
    ['docs/library.md', libraryPage(new Map(libraryNames.map((name) => [name, libraryText(`onepot:${name}`) ?? ''])))],
    ['docs/settings.md', settingsPage(manifest())],
  ]);
}

/** All that `node scripts/docs.ts` writes: the pages, and the texts of the extension for translators. */
export function generatedFiles(): ReadonlyMap<string, string> {
  return new Map([...generatedPages(), ['l10n/bundle.l10n.json', bundleOf(productTexts().texts)]]);
}
