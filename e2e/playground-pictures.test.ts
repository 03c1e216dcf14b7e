/** The picture of the playground for README and manual (`npm run pictures` keeps it in docs/pictures). */
import { expect, test } from 'vitest';
import { documentPicture, eventually, until, usePlayground } from './harness/index.ts';

const playground = usePlayground({ width: 1400, height: 860 });

test('XOR is learnt on the page', async () => {
  const { page } = playground();
  await playground().visit('#sample=xor');
  // A little more room for the lab.
  await page.locator('#split').focus();
  for (let press = 0; press < 4; press++) await page.keyboard.press('ArrowLeft');
  await page.locator('.codelens-decoration a', { hasText: 'Train' }).first().click();
  const frame = await until('the lab’s frame', async () => (await page.locator('.lab-frame').elementHandle())?.contentFrame());
  const text = await eventually('the target', () => frame.locator('#lab').innerText(), (shown) => /Reached the target/.test(shown), 60_000);
  expect(text).toContain('100 % right');
  await page.mouse.move(300, 700);
  await documentPicture(playground(), 'playground');
});
