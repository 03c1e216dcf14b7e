/** The window, loaded anew with what it had open. */
import { runCommand } from './palette.ts';
import type { Workbench } from './workbench.ts';

export async function reloadWindow(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  // VS Code writes down what its views keep after a moment.
  await page.waitForTimeout(1500);
  // The address names a file to open; without it the window opens what it had.
  const address = new URL(page.url());
  address.searchParams.delete('payload');
  await page.evaluate((href) => history.replaceState(undefined, '', href), address.href);
  await runCommand(workbench, 'Developer: Reload Window');
  await page.waitForEvent('load', { timeout: 30_000 }).catch(() => undefined);
}
