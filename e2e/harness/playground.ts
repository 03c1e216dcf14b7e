/**
 * The playground, built and served as `npm run playground` does. It has the same editor as VS Code, so most of the harness works on it;
 * functions that take a `file` need it here.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { buildPlayground, playgroundFolder, type BuiltPlayground } from '../../scripts/lib/playground.ts';
import { serve } from '../../scripts/lib/serve.ts';
import { saveFailure } from './pictures.ts';
import { until } from './waiting.ts';
import { chromiumFlags, openPage, prepared, type Workbench } from './workbench.ts';

export interface Playground extends Workbench {
  readonly url: string;
  readonly built: BuiltPlayground;
  /** Opens the page at `#…` as a new visit and waits until it can be worked with. */
  visit(hash?: string): Promise<void>;
  /** Ends the server behind the page: from now on there is no network for it. */
  stopServer(): Promise<void>;
}

/** The playground as it is built now: once for all files of a run. */
async function builtOnce(): Promise<BuiltPlayground> {
  const note = join(prepared('ONEPOT_E2E_FOLDER'), 'playground.json');
  if (existsSync(note)) return JSON.parse(await readFile(note, 'utf8')) as BuiltPlayground;
  const built = await buildPlayground();
  await writeFile(note, JSON.stringify(built));
  return built;
}

async function openPlayground(size: { width: number; height: number }): Promise<Playground> {
  const built = await builtOnce();
  const server = await serve(playgroundFolder, 0);
  const browser = await chromium.launch({ executablePath: prepared('ONEPOT_E2E_CHROMIUM'), args: chromiumFlags });
  const lines: string[] = [];
  const page = await openPage(browser, size, lines);
  let serving = true;
  const stopServer = async (): Promise<void> => {
    if (serving) await server.stop();
    serving = false;
  };
  const playground: Playground = {
    page, folder: '', console: lines, url: server.url, built, stopServer,
    async visit(hash = '') {
      // An address that differs behind the # only is no new visit to a browser.
      await page.goto('about:blank');
      await page.goto(server.url + hash);
      await playgroundReady(playground);
    },
    async close() {
      await browser.close();
      await stopServer();
    },
  };
  return playground;
}

/** Waits until the language server has answered and a text is drawn. */
export async function playgroundReady({ page }: Workbench): Promise<void> {
  await until('the playground to be ready', async () => (await page.locator('html[data-ready="true"]').count()) > 0 && (await page.locator('#editor .view-line').count()) > 0, { timeout: 30_000 });
}

/** Opens one playground for the tests of a file; a failing test leaves a picture of the page and its console in e2e/out. */
export function usePlayground(size = { width: 1400, height: 900 }): () => Playground {
  let playground: Playground | undefined;
  beforeAll(async () => {
    playground = await openPlayground(size);
  }, 120_000);
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(async () => {
      if (playground !== undefined) await saveFailure(playground, `playground ${task.name}`);
    });
  });
  afterAll(() => playground?.close());
  return () => {
    if (playground === undefined) throw new Error('The playground opens before the first test; use it inside tests only.');
    return playground;
  };
}
