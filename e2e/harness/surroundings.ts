/** What VS Code shows around the editor. */
import type { Workbench } from './workbench.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ').trim();

/** The texts of the status bar, from left to right. */
export async function statusBar({ page }: Workbench): Promise<string[]> {
  return (await page.locator('.statusbar-item').allTextContents()).map(plain).filter((text) => text !== '');
}

/** The messages that pop up at the lower right. */
export async function notifications({ page }: Workbench): Promise<string[]> {
  return (await page.locator('.notifications-toasts .notification-list-item-message').allTextContents()).map(plain);
}

/** The titles of the open tabs, in all groups. */
export async function tabs({ page }: Workbench): Promise<string[]> {
  // VS Code draws the extension of a file name as an element of its own.
  const titles = await page.locator('.tabs-container .tab').evaluateAll((elements) =>
    elements.map((tab) => [...tab.querySelectorAll('.label-name, .label-suffix')].map((part) => part.textContent ?? '').join('')),
  );
  return titles.map(plain);
}

/** The entries of the outline or of another tree view, by the view's title, as far as they are in view. */
export async function treeLabels({ page }: Workbench, view: string): Promise<string[]> {
  const pane = page.locator('.pane', { has: page.locator(`.pane-header[aria-label^="${view}"]`) });
  return (await pane.locator('.monaco-list-row .label-name').allTextContents()).map(plain);
}
