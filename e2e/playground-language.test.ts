/** The playground in a language of dots (scripts/lib/dots.ts): the page and every tab of its lab show no word that is no name or code. */
import type { Frame, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { dottedTexts } from '../scripts/lib/dots.ts';
import { eventually, until, usePlayground } from './harness/index.ts';
import { SWITCH } from './harness/models.ts';

const playground = usePlayground({ width: 1600, height: 1000 });
const TAG = 'de';

/** Visits the playground as one that has this language, with a browser that asks for it. */
async function visitInDots(): Promise<void> {
  const { page, url } = playground();
  await page.addInitScript((tag) => Object.defineProperty(navigator, 'languages', { get: () => [tag] }), TAG);
  await page.route(url, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace('name="onepot-languages" content="', `name="onepot-languages" content="${TAG} `) });
  });
  await page.route('**/l10n/*.json', (route) => route.fulfill({ contentType: 'application/json', body: JSON.stringify(dottedTexts()) }));
  // It would answer in our place.
  await page.route('**/sw.js', (route) => route.abort());
  await playground().visit();
}

/** All words that are read or heard in a document, outside what `except` selects, whose children are the user's or a program's own. */
function words(document: Page | Frame, except: string): Promise<string[]> {
  return document.evaluate((outside) => {
    const texts: string[] = [], skipped = `script, style, noscript, kbd, ${outside}`;
    const visit = (element: Element): void => {
      if (element.matches(skipped)) return;
      for (const name of ['title', 'aria-label', 'aria-roledescription', 'aria-valuetext', 'placeholder', 'alt']) texts.push(element.getAttribute(name) ?? '');
      for (const node of element.childNodes) {
        if (node instanceof Element) visit(node);
        else if (node.nodeType === Node.TEXT_NODE) texts.push(node.nodeValue ?? '');
      }
    };
    visit(window.document.body);
    return [...new Set(texts)].filter((text) => /\p{L}{2,}/u.test(text));
  }, except);
}

const code = new Set(SWITCH.match(/\p{L}{2,}/gu));
/** Names of programs, of formats and of methods; `and` and `or` come with lists; what stands in an equation. */
for (const name of 'Onepot crn switch concentration time and or CSV JSON PNG SVG LaTeX SSA ssa tau langevin Langevin auto tsit rkc bdf Ctrl Alt Shift Delete max Re Im rate ms'.split(' ')) code.add(name);
const strange = (texts: readonly string[]): string[] => texts.filter((text) => (text.match(/\p{L}{2,}/gu) ?? []).some((word) => !code.has(word)));

test('the page around the text speaks it', async () => {
  await visitInDots();
  const { page } = playground();
  await page.locator('#file').setInputFiles([{ name: 'switch.crn', mimeType: 'text/plain', buffer: Buffer.from(SWITCH) }]);
  await eventually('the findings', () => page.locator('#findings').innerText(), (text) => text.includes('·'));
  expect(await page.locator('html').getAttribute('lang')).toBe(TAG);
  // The editor's own words are Monaco's; samples are told of as in the manual, in English, and other texts are open.
  expect(strange(await words(page, '#editor, .monaco-aria-container, .context-view, #sample-list, #tabs, #labs'))).toEqual([]);
});

test('every tab of the lab speaks it', async () => {
  const { page } = playground();
  const frame = await until('the lab', async () => (await page.locator('.lab-frame:not([hidden])[title*="switch.crn"]').elementHandle())?.contentFrame());
  const state = () => frame.locator('#lab').evaluate((element) => ({ ...(element as HTMLElement).dataset }));
  await eventually('the end of a run', state, ({ phase, running, runs }) => phase === 'ready' && running === 'false' && Number(runs) > 0);
  const tabs = await frame.locator('[role="tab"]:visible').count();
  expect(tabs).toBeGreaterThan(4);
  for (let at = 0; at < tabs; at++) {
    const tab = frame.locator('[role="tab"]:visible').nth(at);
    await tab.click();
    const panel = frame.locator(`#${await tab.getAttribute('aria-controls')}`);
    await eventually('something said', () => panel.innerText(), (text) => text.includes('·') || !/\p{L}{2,}/u.test(text), 20_000);
    expect({ at, words: strange(await words(frame, '.equation, [role="option"] .text')) }).toEqual({ at, words: [] });
  }
});
