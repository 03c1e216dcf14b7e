/** The lab, a page within the page. */
import type { Frame } from 'playwright-core';
import { until } from './waiting.ts';
import type { Workbench } from './workbench.ts';

/**
 * The document of the webview that is shown. It has all of Playwright's ways: `getByRole`, `locator`, `evaluate`.
 * @param holds a selector that must match in it: tells one webview from another and waits until it has come up
 */
export async function labFrame({ page }: Workbench, holds = 'body > *', timeout = 30_000): Promise<Frame> {
  let seen: string[] = [];
  return until(
    `a webview with ${holds}`,
    async () => {
      seen = [];
      for (const outer of await page.locator('iframe.webview.ready').filter({ visible: true }).elementHandles()) {
        const inner = await (await outer.contentFrame())?.$('iframe#active-frame');
        const frame = await inner?.contentFrame();
        // A handle would keep alive what it is of.
        await Promise.all([outer.dispose(), inner?.dispose()]);
        if (!frame) continue;
        if ((await frame.locator(holds).count()) > 0) return frame;
        seen.push((await frame.locator('body').innerText()).slice(0, 300));
      }
      return undefined;
    },
    { timeout, seen: () => seen },
  );
}

/** Waits until what was done in a page, such as a key pressed on a slider, has been drawn: the lab draws with the browser's next frame. */
export function drawn(frame: Frame): Promise<void> {
  return frame.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(() => resolve())); }));
}

/** Shows a tab of the lab, and waits until it has been drawn: its buttons were those of another one before. */
export async function openTab(frame: Frame, tab: string): Promise<void> {
  await frame.locator(`#tab-${tab}`).click();
  await drawn(frame);
}
