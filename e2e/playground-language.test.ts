/** The playground in a language of dots (scripts/lib/dots.ts): the page and every tab of its lab show no word that is no name or code. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
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

/** Names of programs, of formats and of methods; `and` and `or` come with lists; what stands in equations and for the dimensions of a unit. */
const NAMES = 'Onepot crn concentration time Tsit RKC BDF and or CSV JSON PNG SVG LaTeX ssa tau langevin Langevin auto tsit rkc bdf Ctrl Alt Shift Delete max Re Im ms'.split(' ');
/** Words of the language that are words for a reader too. */
const KEYWORDS = new Set('species param for in group simulate until points plot expect rate fixed network data train layer input weights where stop seed loss accuracy'.split(' '));

/** The names that a model may show. */
function namesIn(model: string): ReadonlySet<string> {
  return new Set([...NAMES, ...model.replaceAll(/\/\/.*$/gm, '').match(/\p{L}{2,}/gu) ?? []].filter((word) => !KEYWORDS.has(word)));
}
const strange = (texts: readonly string[], names: ReadonlySet<string>): string[] => texts.filter((text) => (text.match(/\p{L}{2,}/gu) ?? []).some((word) => !names.has(word)));

/** Opens every tab of a lab; what of them is English, by the tab's id. */
async function english(frame: Frame, names: ReadonlySet<string>): Promise<Record<string, readonly string[]>> {
  const tabs = await frame.locator('[role="tab"]:visible').count();
  expect(tabs).toBeGreaterThan(3);
  const found: Record<string, readonly string[]> = {};
  for (let at = 0; at < tabs; at++) {
    const tab = frame.locator('[role="tab"]:visible').nth(at);
    await tab.click();
    const panel = frame.locator(`#${await tab.getAttribute('aria-controls')}`);
    await eventually('something said', () => panel.innerText(), (text) => text.includes('·') || !/\p{L}{2,}/u.test(text), 20_000);
    // Equations and reactions are code.
    const rest = strange(await words(frame, '.equation, [role="option"] .text'), names);
    if (rest.length > 0) found[await tab.getAttribute('id') ?? ''] = rest;
  }
  return found;
}

async function labOf(name: string): Promise<Frame> {
  return until(`the lab of ${name}`, async () => (await playground().page.locator(`.lab-frame:not([hidden])[title*="${name}"]`).elementHandle())?.contentFrame());
}

test('the page around the text speaks it', async () => {
  await visitInDots();
  const { page } = playground();
  await page.locator('#file').setInputFiles([{ name: 'switch.crn', mimeType: 'text/plain', buffer: Buffer.from(SWITCH) }]);
  await eventually('the findings', () => page.locator('#findings').innerText(), (text) => text.includes('·'));
  expect(await page.locator('html').getAttribute('lang')).toBe(TAG);
  // The editor's own words are Monaco's; samples are told of as in the manual, in English, and other texts are open.
  expect(strange(await words(page, '#editor, .monaco-aria-container, .context-view, #sample-list, #tabs, #labs'), namesIn(''))).toEqual([]);
});

test('every tab of the lab speaks it', async () => {
  const frame = await labOf('switch.crn');
  const state = () => frame.locator('#lab').evaluate((element) => ({ ...(element as HTMLElement).dataset }));
  await eventually('the end of a run', state, ({ phase, running, runs }) => phase === 'ready' && running === 'false' && Number(runs) > 0);
  // One of its reactions has this name.
  expect(await english(frame, new Set([...namesIn(`${SWITCH} switch`), 'loss']))).toEqual({});
});

test('every tab of the lab of a network that was trained speaks it', async () => {
  const { page } = playground();
  await page.locator('#samples').click();
  await page.locator('[data-sample="xor.crn"]').click();
  await page.locator('.codelens-decoration a', { hasText: '▶' }).first().click();
  const frame = await labOf('xor.crn');
  await eventually('the end', () => frame.locator('#lab').getAttribute('data-training'), (phase) => phase === 'ended', 90_000);
  const model = await readFile(path.join(import.meta.dirname, '../samples/xor.crn'), 'utf8');
  // Sliders are named after the settings of a training.
  expect(await english(frame, new Set([...namesIn(model), 'rate', 'decay', 'noise', 'seed', 'error']))).toEqual({});
});
