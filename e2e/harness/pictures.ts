/** Pictures of the page, for people and for tests that look at pixels. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { root } from '../../scripts/lib/paths.ts';
import type { Workbench } from './workbench.ts';

/** Where pictures go: e2e/out, which git ignores. */
export const pictureFolder = join(root, 'e2e/out');

/** A file name made of the words of `name`. */
function fileName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 100);
}

/** Saves the whole page, or one element of it, as e2e/out/NAME.png and returns the path. */
export async function screenshot({ page }: Workbench, name: string, element?: Locator): Promise<string> {
  await mkdir(pictureFolder, { recursive: true });
  const path = join(pictureFolder, `${fileName(name)}.png`);
  if (element === undefined) await page.screenshot({ path });
  else await element.screenshot({ path });
  return path;
}

/** Where the pictures of README and manual stand. */
const documentFolder = join(root, 'docs/pictures');

/**
 * A picture for README or manual: `npm run pictures` writes docs/pictures/NAME.png, any other run only e2e/out/NAME.png, so that a test run
 * changes nothing that git watches.
 */
export async function documentPicture(workbench: Workbench, name: string, element?: Locator): Promise<string> {
  const path = await screenshot(workbench, name, element);
  if (process.env['ONEPOT_PICTURES'] === undefined) return path;
  await mkdir(documentFolder, { recursive: true });
  const kept = join(documentFolder, `${fileName(name)}.png`);
  await copyFile(path, kept);
  return kept;
}

/** Saves the page and its console as e2e/out/failure-NAME.png and .log, and says where. Never throws. */
export async function saveFailure(workbench: Workbench, name: string): Promise<void> {
  try {
    const path = await screenshot(workbench, `failure-${name}`);
    await writeFile(path.replace(/png$/, 'log'), workbench.console.join('\n'));
    process.stderr.write(`The page at the failure: ${path}\n`);
  } catch (error) {
    process.stderr.write(`No picture of the failure: ${(error as Error).message}\n`);
  }
}
