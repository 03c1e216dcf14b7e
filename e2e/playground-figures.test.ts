/** How quick the playground comes up in a browser that has never seen it. As in figures.test.ts, the figures are printed and written down, not judged. */
import { afterAll, expect, test } from 'vitest';
import { Figures, quantile } from './harness/figures.ts';
import { until, usePlayground } from './harness/index.ts';

const playground = usePlayground();
const figures = new Figures('playground-figures');
afterAll(() => figures.report());

test('a first visit paints, lets itself be worked with, and shows a curve', async () => {
  const browser = playground().page.context().browser()!, paint: number[] = [], ready: number[] = [], curve: number[] = [];
  for (let visit = 0; visit < 5; visit++) {
    // A context of its own has nothing in its caches.
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    try {
      const page = await context.newPage();
      await page.goto(playground().url, { waitUntil: 'commit' });
      const painted = await until('the first paint', () => page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime));
      await page.waitForSelector('html[data-ready="true"]');
      const since = (): Promise<number> => page.evaluate(() => performance.now());
      const worked = await since();
      const lab = await until('the lab', () => Promise.resolve(page.frames().find((frame) => frame.url().includes('lab.html'))));
      await lab.waitForSelector('#lab[data-running="false"]:not([data-outcome=""]) canvas');
      paint.push(painted);
      ready.push(worked);
      curve.push(await since());
    } finally {
      await context.close();
    }
  }
  expect(paint.every((milliseconds) => milliseconds > 0)).toBe(true);
  figures.add('first paint of the playground, nothing in the caches, median of 5 visits', quantile(paint, 0.5), 'ms', '< 1000 ms');
  figures.add('the text can be worked with', quantile(ready, 0.5), 'ms');
  figures.add('the curve of its model is there', quantile(curve, 0.5), 'ms');
}, 120_000);
