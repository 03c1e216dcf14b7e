/** What the playground looks like, light, dark and in high contrast: axe-core finds no serious fault, and every picture is that of its golden. */
import type { Frame } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { differsFromGolden, eventually, faults, until, usePlayground } from './harness/index.ts';

const playground = usePlayground({ width: 1240, height: 720 });

/** The lab's page, once a run has ended. */
async function lab(): Promise<Frame> {
  const frame = await until('the lab’s frame', async () => (await playground().page.locator('.lab-frame:not([hidden])').elementHandle())?.contentFrame());
  await eventually('the end of a run', () => frame.locator('#lab[data-running="false"]:not([data-outcome=""])').count(), (count) => count === 1);
  return frame;
}

beforeAll(() => playground().visit('#sample=brusselator'));

describe.each(['light', 'dark', 'hc-dark', 'hc-light'] as const)('%s', (theme) => {
  test('axe-core finds no serious fault: page, menus and lab', async () => {
    const { page } = playground();
    await page.locator('#theme').selectOption(theme);
    await eventually('the theme', () => page.evaluate(() => document.documentElement.dataset['theme']), (worn) => worn === theme);
    expect(await faults(page.mainFrame()), 'the page').toEqual([]);
    expect(await faults(await lab()), 'the lab').toEqual([]);
    for (const menu of ['samples', 'help']) {
      await page.locator(`#${menu}`).click();
      expect(await faults(page.mainFrame()), menu).toEqual([]);
      await page.keyboard.press('Escape');
    }
  });

  test('it looks like its golden', async (context) => {
    const { page } = playground();
    const frame = await lab();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.mouse.move(300, 700);
    expect(await differsFromGolden(context, { name: `playground-${theme}`, element: page.locator('body'), without: [frame.locator('.toolbar .status')] })).toBeUndefined();
  });
});
