/** What VS Code offers at the cursor: quick fixes, completions, a new name. */
import { placeCursor, type Place } from './editor.ts';
import { until } from './waiting.ts';
import type { Workbench } from './workbench.ts';

/** The titles of the quick fixes offered at a place; leaves their menu open. */
export async function quickFixes(workbench: Workbench, place: Place, file?: string): Promise<string[]> {
  const { page } = workbench;
  const menu = page.locator('.action-widget').filter({ visible: true });
  await until('an open menu to close', async () => {
    if ((await menu.count()) === 0) return true;
    await page.keyboard.press('Escape');
    return false;
  });
  await placeCursor(workbench, place, 'before', file);
  const rows = page.locator('.action-widget .monaco-list-row.action');
  return until(`quick fixes at ${JSON.stringify(place)}`, async () => {
    // "No code actions available" may only mean that the server has not looked yet: ask again.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+.');
    await rows.first().waitFor({ state: 'visible', timeout: 2000 });
    return (await rows.locator('.title').allTextContents()).map((title) => title.trim());
  });
}

/** Applies the quick fix with this title, or the first whose title matches, at a place. */
export async function applyQuickFix(workbench: Workbench, place: Place, title: string | RegExp, file?: string): Promise<void> {
  let offered: string[] = [];
  const index = await until(
    `the quick fix ${title}`,
    async () => {
      offered = await quickFixes(workbench, place, file);
      const at = offered.findIndex((offer) => (typeof title === 'string' ? offer === title : title.test(offer)));
      return at < 0 ? undefined : { at };
    },
    { seen: () => offered },
  );
  const menu = workbench.page.locator('.action-widget').filter({ visible: true });
  await menu.locator('.monaco-list-row.action').nth(index.at).click();
  await until('the menu of quick fixes to close', async () => (await menu.count()) === 0);
}

/** A completion in the list. */
export interface Suggestion {
  label: string;
  /** What stands to its right in the list, often a type. */
  detail: string;
}

/** Asks for completions at the cursor and returns those on the screen; leaves the list open. */
export async function suggestions(workbench: Workbench): Promise<Suggestion[]> {
  const { page } = workbench;
  const widget = page.locator('.suggest-widget.visible');
  return until('a list of completions', async () => {
    if (!(await widget.isVisible())) await page.keyboard.press('Control+Space');
    await widget.locator('.monaco-list-row').first().waitFor({ state: 'visible', timeout: 2000 });
    const found = await widget.locator('.monaco-list-row').evaluateAll((rows) =>
      rows.map((row) => ({
        label: (row.querySelector('.label-name')?.textContent ?? '').replaceAll('\u00a0', ' ').trim(),
        detail: (row.querySelector('.details-label')?.textContent ?? '').replaceAll('\u00a0', ' ').trim(),
      })),
    );
    return found.length > 0 ? found : undefined;
  });
}

/** Takes the completion with this label; asks for completions if none are shown. */
export async function acceptSuggestion(workbench: Workbench, label: string): Promise<void> {
  let offered: Suggestion[] = [];
  const index = await until(
    `the completion “${label}”`,
    async () => {
      offered = await suggestions(workbench);
      const at = offered.findIndex((suggestion) => suggestion.label === label);
      return at < 0 ? undefined : { at };
    },
    { seen: () => offered },
  );
  const widget = workbench.page.locator('.suggest-widget.visible');
  await widget.locator('.monaco-list-row').nth(index.at).click();
  await until('the list of completions to close', async () => !(await widget.isVisible()));
}

/** Gives the symbol at a place a new name. */
export async function rename(workbench: Workbench, place: Place, newName: string, file?: string): Promise<void> {
  const { page } = workbench;
  await placeCursor(workbench, place, 'before', file);
  const input = page.locator('.rename-box input.rename-input');
  await until('the box for the new name', async () => {
    if (!(await input.isVisible())) await page.keyboard.press('F2');
    await input.waitFor({ state: 'visible', timeout: 2000 });
    return true;
  });
  await input.fill(newName);
  await page.keyboard.press('Enter');
  await until('the box for the new name to close', async () => !(await input.isVisible()));
}
