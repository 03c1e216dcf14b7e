/**
 * `npm run e2e`: the end-to-end tests in a real VS Code under headless Chromium. Arguments go to vitest:
 *   npm run e2e -- hover          only files whose name contains "hover"
 *   npm run e2e -- -t 'quick fix' only tests whose name contains it
 *   npm run e2e -- --update-pictures   takes the goldens of e2e/goldens anew, where they differ
 *   npm run e2e -- leaks --all         opens and closes the lab 200 times in VS Code, too
 * `npm run pictures` runs pictures.test.ts and keeps what it draws in docs/pictures.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser.ts';
import { build } from './build.ts';
import { runMain } from './lib/console.ts';
import { root } from './lib/paths.ts';
import { startGuarded } from './lib/run.ts';
import { endSignal, exitCodeOf } from './lib/until-ended.ts';
import { ensureVSCode } from './vscode/install.ts';
import { startVSCode } from './vscode/server.ts';
import { packageExtension } from './vscode/vsix.ts';

/** Words that are for us and not for vitest, each with the variable that tells it to the tests. */
const ours: Readonly<Record<string, string>> = { '--keep-pictures': 'ONEPOT_PICTURES', '--update-pictures': 'ONEPOT_UPDATE_PICTURES', '--all': 'ONEPOT_ALL' };

/** Editors in tests write exactly what is typed, and hovers stay until they are read. */
const settings = {
  'editor.autoClosingBrackets': 'never',
  'editor.autoClosingQuotes': 'never',
  'editor.autoSurround': 'never',
  'editor.autoIndent': 'none',
  'editor.hover.delay': 100,
  'editor.hover.sticky': true,
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'editor.accessibilitySupport': 'off',
  // An editor that takes the keyboard a moment after its tab is clicked would close the palette that has just opened.
  'workbench.quickOpen.closeOnFocusLost': false,
};

await runMain(async () => {
  // As it is released.
  await build({ minify: true });
  const chromium = await ensureBrowser();
  const install = await ensureVSCode();
  const vsix = await packageExtension();
  const asked = endSignal();
  const server = await startVSCode(install, { vsix, settings });
  // The tests' copies of the samples; removed here, as tests that are broken off cannot.
  const folder = await mkdtemp(join(tmpdir(), 'onepot-e2e-'));
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const asks = process.argv.slice(2), words = asks.filter((word) => !Object.hasOwn(ours, word));
  // Goldens are compared in the files of this name.
  if (asks.includes('--update-pictures') && words.every((word) => word.startsWith('-'))) words.push('appearance');
  const args = [vitest, 'run', '--config', join(root, 'e2e/vitest.config.ts'), ...words];
  // What vitest writes passes through us, so it cannot see whether it ends on a terminal.
  const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
  const told = Object.fromEntries(asks.flatMap((word) => (ours[word] === undefined ? [] : [[ours[word], '1']])));
  const env = { ...process.env, ...colours, ONEPOT_E2E_URL: server.url, ONEPOT_E2E_CHROMIUM: chromium, ONEPOT_E2E_FOLDER: folder, ...told };
  const tests = startGuarded(process.execPath, args, { cwd: root, env }, (text) => process.stdout.write(text));
  const ending = await Promise.race([asked, tests.ended]);
  await tests.stop();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
  process.exit(typeof ending === 'number' ? ending : exitCodeOf(ending) || 130);
});
