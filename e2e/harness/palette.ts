/** The command palette, and the lists and boxes that commands ask with. */
import type { Locator } from 'playwright-core';
import { eventually, until } from './waiting.ts';
import { fileShown, type Workbench } from './workbench.ts';

/** The widget at the top: palette, quick pick, input box and file dialog are all this one. */
function quickInput({ page }: Workbench): Locator {
  return page.locator('.quick-input-widget');
}

/** The labels of the quick pick or palette that is open, as far as they are scrolled into view. */
export async function quickPickLabels(workbench: Workbench): Promise<string[]> {
  // An item's detail below it is a label, too.
  const labels = await quickInput(workbench).locator('.quick-input-list .monaco-list-row').evaluateAll((rows) => rows.map((row) => row.querySelector('.label-name')?.textContent ?? ''));
  return labels.map((label) => label.replaceAll('\u00a0', ' ').trim());
}

/** Waits until no quick input is open. */
export async function quickInputClosed(workbench: Workbench): Promise<void> {
  await until('the quick input to close', async () => !(await quickInput(workbench).isVisible()));
}

/**
 * Runs a command through the palette, as `Onepot: Simulate`: the full title with its category.
 * @throws if no command has exactly this title within the harness's patience; the error lists those offered.
 */
export async function runCommand(workbench: Workbench, title: string): Promise<void> {
  const { page } = workbench;
  const input = quickInput(workbench).locator('input.input');
  let offered: string[] = [];
  await until(
    `the command “${title}” in the palette`,
    async () => {
      // An open palette lists the commands of its opening moment: a try that finds nothing opens it anew.
      if (!(await input.isVisible())) await page.keyboard.press('F1');
      await input.waitFor({ state: 'visible', timeout: 2000 });
      await input.fill(`>${title}`, { timeout: 2000 });
      offered = await eventually('a list', () => quickPickLabels(workbench), (labels) => labels.includes(title), 1500).catch(() => quickPickLabels(workbench));
      if (offered.includes(title)) return true;
      await page.keyboard.press('Escape');
      return false;
    },
    { seen: () => offered },
  );
  await pickItem(workbench, title);
}

/** Opens a file of the folder by its name, in the first group. */
export async function openFile(workbench: Workbench, name: string): Promise<void> {
  const { page } = workbench, widget = quickInput(workbench), input = widget.locator('input.input');
  const first = widget.locator('.quick-input-list .monaco-list-row .label-name').first();
  await until(`${name} in the list of files`, async () => {
    if (!(await input.isVisible())) {
      // Where a webview has the keyboard, keys do not reach VS Code at once.
      const away = await page.evaluate(() => document.activeElement instanceof HTMLIFrameElement);
      const tab = page.locator('.editor-group-container').first().locator('.tab.active');
      if (away && (await tab.count()) > 0) await tab.click({ timeout: 2000 });
      await page.keyboard.press('Control+P');
    }
    await input.waitFor({ state: 'visible', timeout: 2000 });
    await input.fill(name, { timeout: 2000 });
    return eventually('the file', () => first.textContent({ timeout: 1000 }), (text) => text === name, 2000);
  });
  await page.keyboard.press('Enter');
  await fileShown(workbench, name);
}

/** Picks the item with this label from the open quick pick or palette. */
export async function pickItem(workbench: Workbench, label: string): Promise<void> {
  let offered: string[] = [];
  const index = await until(
    `the item “${label}” in the list`,
    async () => {
      offered = await quickPickLabels(workbench);
      const at = offered.indexOf(label);
      return at < 0 ? undefined : { at };
    },
    { seen: () => offered },
  );
  await quickInput(workbench).locator('.quick-input-list .monaco-list-row').nth(index.at).click();
}

/** Writes `text` into the open input box and confirms it. */
export async function answerInput(workbench: Workbench, text: string, timeout = 30_000): Promise<void> {
  const input = quickInput(workbench).locator('input.input');
  await input.waitFor({ state: 'visible', timeout });
  await input.fill(text, { timeout });
  await workbench.page.keyboard.press('Enter');
}

/**
 * Answers VS Code's file dialog (open or save), which on the web is a quick input with a path.
 * @param path an absolute path, for example `join(workbench.folder, 'curves.csv')`
 */
export async function answerFileDialog(workbench: Workbench, path: string): Promise<void> {
  const widget = quickInput(workbench);
  const input = widget.locator('input.input');
  await input.waitFor({ state: 'visible' });
  // The dialog looks up folders while it opens and writes into the box; an answer counts when it stays.
  let shown = '';
  await until(
    `the file dialog to take ${path}`,
    async () => {
      await eventually('a folder', () => input.inputValue(), (value) => value.startsWith('/'));
      await input.fill(path);
      const overwritten = await eventually('another path', async () => (shown = await input.inputValue()), (value) => value !== path, 500).catch(() => undefined);
      return overwritten === undefined;
    },
    { seen: () => shown },
  );
  await widget.getByRole('button', { name: /^(OK|Save|Open|Import|Export)/ }).first().click();
  await quickInputClosed(workbench);
}
