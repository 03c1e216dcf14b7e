/** One VS Code page: its own browser, and a folder of its own with a copy of the samples. */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { root } from '../../scripts/lib/paths.ts';
import { workbenchUrl } from '../../scripts/vscode/server.ts';
import { until } from './waiting.ts';
import { saveFailure } from './pictures.ts';

/** An open VS Code page. */
export interface Workbench {
  readonly page: Page;
  /** The open folder on disk: a temporary copy of samples/ and the files given. */
  readonly folder: string;
  /** What the page has written to the browser's console. */
  readonly console: readonly string[];
  /** Closes the page and its browser and removes the folder. */
  close(): Promise<void>;
}

export interface WorkbenchOptions {
  /** A file to open, relative to the folder. */
  file?: string;
  /** Files to write into the folder before it is opened: relative path to text or bytes. */
  files?: Readonly<Record<string, string | Uint8Array>>;
  /** Size of the window in pixels; 1400 × 900 by default. */
  size?: { width: number; height: number };
}

/** How Chromium is started: quiet, and as root in a container. */
export const chromiumFlags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

/** Reads what `npm run e2e` has prepared. */
export function prepared(name: 'ONEPOT_E2E_URL' | 'ONEPOT_E2E_CHROMIUM' | 'ONEPOT_E2E_FOLDER'): string {
  const value = process.env[name];
  if (value === undefined) throw new Error('The end-to-end tests need a running VS Code: start them with npm run e2e.');
  return value;
}

/** Makes a temporary folder with a copy of samples/ and `files`. */
async function makeFolder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = join(await mkdtemp(join(prepared('ONEPOT_E2E_FOLDER'), 'page-')), 'models');
  await mkdir(folder);
  const samples = join(root, 'samples');
  if (existsSync(samples)) await cp(samples, folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

/** Opens VS Code on a fresh folder and waits until the workbench, and the file if one is asked for, is shown. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const url = prepared('ONEPOT_E2E_URL');
  const folder = await makeFolder(options.files ?? {});
  const browser = await chromium.launch({ executablePath: prepared('ONEPOT_E2E_CHROMIUM'), args: chromiumFlags });
  const close = async (): Promise<void> => {
    await browser.close();
    await rm(dirname(folder), { recursive: true, force: true });
  };
  try {
    const lines: string[] = [];
    const page = await openPage(browser, options.size ?? { width: 1400, height: 900 }, lines);
    const workbench: Workbench = { page, folder, console: lines, close };
    await page.goto(workbenchUrl(url, folder, options.file === undefined ? undefined : join(folder, options.file)), { waitUntil: 'commit', timeout: 60_000 });
    try {
      await workbenchReady(workbench);
      if (options.file !== undefined) await fileShown(workbench, basename(options.file));
    } catch (error) {
      await saveFailure(workbench, `opening ${options.file ?? 'a folder'}`);
      throw error;
    }
    return workbench;
  } catch (error) {
    await close();
    throw error;
  }
}

export async function openPage(browser: Browser, viewport: { width: number; height: number }, lines: string[]): Promise<Page> {
  const context = await browser.newContext({ viewport, acceptDownloads: true, permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  page.on('console', (message) => lines.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => lines.push(`uncaught: ${error.message}`));
  return page;
}

async function workbenchReady({ page, folder }: Workbench): Promise<void> {
  await until('the workbench to show its explorer', () => page.locator('.explorer-folders-view .monaco-list').first().isVisible(), { timeout: 60_000 });
  await until(`the folder ${folder} in the window's title`, async () => (await page.title()).includes(basename(folder)));
}

/** Waits until the file with this name is the active tab and its text editor is drawn. */
export async function fileShown({ page }: Workbench, name: string): Promise<void> {
  const tab = page.locator('.editor-group-container.active .tab.active');
  let label = '';
  await until(
    `an editor with ${name}`,
    async () => {
      label = (await tab.first().textContent({ timeout: 1000 })) ?? '';
      return label.includes(name) && (await page.locator('.editor-group-container.active .monaco-editor .view-line').count()) > 0;
    },
    { timeout: 30_000, seen: () => ({ activeTab: label }) },
  );
}
