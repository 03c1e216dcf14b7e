/** The playground in a real browser: the text, the lab beside it, links, and no network. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';
import { expect, test } from 'vitest';
import { acceptSuggestion, applyQuickFix, drawn, drawnLines, eventually, find, focusEditor, hideHover, hover, ink, openTab, pictureOf, placeCursor, rename, runCommand, screenshot, setText, squiggles, suggestions, typeText, until, usePlayground, visibleText } from './harness/index.ts';
import { playgroundReady } from './harness/playground.ts';

const playground = usePlayground();
const neuron = 'smoothed-relu-neuron.crn';
const golden = (1 + Math.sqrt(5)) / 2;

/** The lab's page, once a run has ended. */
async function lab(): Promise<Frame> {
  const frame = await until('the lab’s frame', async () => (await playground().page.locator('.lab-frame:not([hidden])').elementHandle())?.contentFrame());
  await eventually('the end of a run', () => frame.locator('#lab').getAttribute('data-running'), (running) => running === 'false');
  return frame;
}

/** The last plotted value of the first curve, as the plot's own data table gives it. */
async function lastValue(frame: Frame): Promise<number> {
  return Number(await frame.locator('#plot-data tbody tr').last().locator('td, th').nth(1).getAttribute('data-value', { timeout: 3000 }));
}

const tabNames = (): Promise<string[]> => playground().page.locator('#tabs .tab-name').allTextContents();
const shownTab = async (): Promise<string> => (await playground().page.locator('#tabs [aria-current="true"]').textContent()) ?? '';
const noticeText = async (): Promise<string> => (await playground().page.locator('#notice.shown #notice-text').textContent({ timeout: 5000 })) ?? '';

/** Makes a new text with this content and waits until the checker has seen it. */
async function write(text: string): Promise<string> {
  const { page } = playground();
  await page.locator('#new').click();
  const name = await shownTab();
  await setText(playground(), text, name);
  return name;
}

test('the first visit shows a model, coloured, and its curve', async () => {
  await playground().visit();
  expect(await tabNames()).toEqual([neuron]);
  expect(await visibleText(playground(), neuron)).toContain('species X = 0.2');
  const colours = await playground().page.locator('#editor .view-line span[class*="mtk"]').evaluateAll((spans) => new Set(spans.map((span) => getComputedStyle(span).color)).size);
  expect(colours).toBeGreaterThan(4);
  const frame = await lab();
  await eventually('a curve in pixels', async () => ink(await pictureOf(frame.locator('#trajectory-plot'))), (share) => share > 0.005);
  expect(await lastValue(frame)).toBeCloseTo(golden, 4);
  await screenshot(playground(), 'playground');
});

test('a typing mistake is underlined, says what is wrong, and is repaired', async () => {
  const file = await write('species Substrate = 1, Product\nSubstrat -> Product @ 1\n');
  const marks = await eventually('the wavy line', () => squiggles(playground(), file), (list) => list.length > 0);
  expect(marks).toEqual([{ severity: 'error', line: 2, text: 'Substrat' }]);
  const told = await hover(playground(), { text: 'Substrat ', line: 2 }, /not declared/, file);
  expect(told.text).toContain('Did you mean Substrate?');
  await hideHover(playground());
  expect(await playground().page.locator('#findings').textContent()).toMatch(/^1 error/);
  const frame = await lab();
  await eventually('the lab’s word on it', () => frame.locator('#messages').innerText(), (text) => text.includes('CRN201'));
  await applyQuickFix(playground(), { text: 'Substrat ', line: 2 }, /Substrate/, file);
  await eventually('the repaired text', () => visibleText(playground(), file), (text) => text.includes('Substrate -> Product'));
  await eventually('no wavy line', () => squiggles(playground(), file), (list) => list.length === 0);
});

test('pointing at a species shows its typeset equation and its text form', async () => {
  const file = await write('species A = 1, B\nA -> 2 B @ 0.5\n');
  const shown = await hover(playground(), { text: 'B ', line: 2 }, /B′|B'/, file);
  expect(shown.images).toHaveLength(1);
  expect(shown.images[0]!.src).toMatch(/^data:image\/svg\+xml/);
  expect(shown.images[0]!.width).toBeGreaterThan(40);
  await screenshot(playground(), 'playground-hover');
  await hideHover(playground());
});

test('completion offers the names that fit, and puts them where they belong', async () => {
  const file = await write('species Substrate = 1, Product\nSub');
  await placeCursor(playground(), 'Sub', 'after', file);
  await placeCursor(playground(), { text: 'Sub', line: 2 }, 'after', file);
  const offered = await suggestions(playground());
  expect(offered.map(({ label }) => label)).toContain('Substrate');
  await acceptSuggestion(playground(), 'Substrate');
  await typeText(playground(), ' -> Product @ 1');
  await eventually('the completed line', async () => (await drawnLines(playground(), file)).at(1)?.text, (text) => text?.startsWith('Substrate -> Product @ 1') === true);
});

test('a new name goes everywhere, and a bad one is refused with its reason', async () => {
  const file = await write('species A = 1, B\nA -> B @ 1\nsimulate s { t = 2; plot = A }\n');
  await rename(playground(), { text: 'A ', line: 2 }, 'Fuel', file);
  await eventually('the new name', () => visibleText(playground(), file), (text) => text.includes('species Fuel = 1') && text.includes('Fuel -> B') && text.includes('plot = Fuel'));
  await rename(playground(), { text: 'Fuel', line: 2 }, 'B', file);
  await eventually('the reason', noticeText, (text) => text.includes('There is already a species B'));
  expect(await visibleText(playground(), file)).toContain('Fuel -> B');
});

test('formatting lines the text up', async () => {
  const file = await write('species   A=1,B\nA->B@1\n');
  await focusEditor(playground(), file);
  await playground().page.keyboard.press('Shift+Alt+F');
  await eventually('the tidy text', () => visibleText(playground(), file), (text) => text.includes('species A = 1, B') && /A -> B\s+@ 1/.test(text));
});

test('a definition in an imported file opens that file', async () => {
  const { page } = playground();
  await page.locator('#samples').click();
  await page.locator('#sample-filter').fill('arithmetic');
  await page.locator('[data-sample="signed-arithmetic.crn"]').click();
  const file = 'signed-arithmetic.crn';
  await eventually('the sample', () => visibleText(playground(), file), (text) => text.includes('import'));
  await placeCursor(playground(), 'motifs.crn', 'after', file);
  await page.keyboard.press('F12');
  await eventually('the imported file', tabNames, (names) => names.includes('motifs.crn'));
  await eventually('its text', () => visibleText(playground(), 'motifs.crn'), (text) => text.includes('module'));
  expect(await squiggles(playground(), 'motifs.crn')).toEqual([]);
});

test('a definition in the library opens its text, which nobody can change', async () => {
  const { page } = playground();
  const file = await write('import "onepot:forward"\nspecies Y = 1, X\nuse smooth_relu(Y, X; h = 1)\n');
  await placeCursor(playground(), { text: 'onepot:forward', line: 1 }, 'after', file);
  await page.keyboard.press('F12');
  await eventually('the library', tabNames, (names) => names.includes('forward.crn'));
  const before = await visibleText(playground(), 'forward.crn');
  expect(before).toContain('module');
  await focusEditor(playground(), 'forward.crn');
  await typeText(playground(), 'x');
  expect(await visibleText(playground(), 'forward.crn')).toBe(before);
});

test('every sample is in the menu, and opens with its curve', async () => {
  const { page } = playground();
  await page.locator('#samples').click();
  expect(await page.locator('#sample-list .sample').count()).toBeGreaterThan(25);
  await page.locator('#sample-filter').fill('epidemic');
  expect(await page.locator('#sample-list .sample:visible .sample-name').allTextContents()).toEqual(['sir']);
  await screenshot(playground(), 'playground-samples');
  await page.keyboard.press('Enter');
  await eventually('the sample', tabNames, (names) => names.includes('sir.crn'));
  const frame = await lab();
  await eventually('its curves', () => frame.locator('#lab').getAttribute('data-outcome'), (outcome) => outcome !== null && outcome !== '');
  await eventually('pixels', async () => ink(await pictureOf(frame.locator('#trajectory-plot'))), (share) => share > 0.005);
});

test('running from the palette draws what the text says', async () => {
  await write('species A = 3\nA -> 0 @ 1\nsimulate decay { t = 2 }\n');
  await runCommand(playground(), 'Onepot: Simulate');
  const frame = await lab();
  await eventually('the decay 3·e⁻²', () => lastValue(frame), (value) => Math.abs(value - 3 * Math.exp(-2)) < 1e-4);
});

test('each model has a lab of its own, which stays as it was left', async () => {
  const { page } = playground();
  await playground().visit(`#sample=${neuron}`);
  let frame = await lab();
  const slider = frame.locator('[data-parameter="y"] input[type="range"]');
  await slider.focus();
  for (let press = 0; press < 10; press++) await slider.press('ArrowRight');
  await lab();
  await drawn(frame);
  const moved = Number(await frame.locator('[data-parameter="y"]').getAttribute('data-value'));
  expect(moved).toBeGreaterThan(1);
  await page.locator('#samples').click();
  await page.locator('[data-sample="lotka-volterra.crn"]').click();
  frame = await lab();
  expect(await frame.locator('[data-parameter="y"]').count()).toBe(0);
  await page.locator('#tabs .tab-name', { hasText: neuron }).click();
  frame = await lab();
  expect(Number(await frame.locator('[data-parameter="y"]').getAttribute('data-value'))).toBe(moved);
  await playground().visit(`#sample=${neuron}`);
  frame = await lab();
  expect(Number(await frame.locator('[data-parameter="y"]').getAttribute('data-value'))).toBe(moved);
});

test('a network learns from a table beside the samples', async () => {
  await playground().visit('#sample=iris');
  await playground().page.locator('.codelens-decoration a', { hasText: 'Train' }).first().click();
  const frame = await until('the lab’s frame', async () => (await playground().page.locator('.lab-frame:not([hidden])').elementHandle())?.contentFrame());
  const epochs = async (): Promise<number> => Number(/epoch\s+(\d+)/.exec(await frame.locator('#lab').innerText())?.[1] ?? 0);
  await eventually('the third epoch', epochs, (epoch) => epoch >= 3, 30_000);
  expect(await frame.locator('#lab').innerText()).toContain('held out');
  await screenshot(playground(), 'playground-training');
  await playground().page.getByRole('button', { name: 'Close iris.crn' }).click();
});

test('a link carries the text to another visit', async () => {
  const { page } = playground();
  const text = '// ein Gruß, μ₁ ✓\nspecies Gift = 1\nGift -> 0 @ 1\n';
  const written = await write(text);
  await page.locator('#share').click();
  await eventually('the notice', noticeText, (notice) => notice.includes('The link is copied'));
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(page.url());
  expect(new URL(copied).hash).toMatch(/^#text=[\w-]+$/);
  await page.getByRole('button', { name: `Close ${written}` }).click();
  expect(await tabNames()).not.toContain(written);
  await playground().visit(new URL(copied).hash);
  const name = await shownTab();
  expect(name).toBe(written);
  expect((await drawnLines(playground(), name)).map((line) => line.text).join('\n').trim()).toBe(text.trim());
  // Changed, it is no longer what the link says.
  await focusEditor(playground(), name);
  await page.keyboard.press('Control+End');
  await typeText(playground(), 'Gift -> 0 @ 2');
  await eventually('an address without the text', () => new URL(page.url()).hash, (hash) => hash === '');
});

test('texts and layout are there again after a reload', async () => {
  const { page } = playground();
  const [before, shown] = [await tabNames(), await shownTab()];
  await page.locator('#split').focus();
  for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowLeft');
  const width = (await page.locator('section.text').boundingBox())!.width;
  await page.reload();
  await playgroundReady(playground());
  expect(await tabNames()).toEqual(before);
  expect(await shownTab()).toBe(shown);
  expect(await visibleText(playground(), shown)).toContain('Gift -> 0 @ 2');
  expect(Math.abs((await page.locator('section.text').boundingBox())!.width - width)).toBeLessThan(2);
});

test('a closed text can be brought back, and there is always one', async () => {
  const { page } = playground();
  const name = await shownTab();
  for (const tab of (await tabNames()).filter((other) => other !== name)) await page.getByRole('button', { name: `Close ${tab}` }).click();
  await page.getByRole('button', { name: `Close ${name}` }).click();
  await eventually('an empty text', tabNames, (names) => names.length === 1 && names[0] === 'untitled.crn');
  await page.locator('#notice-action').click();
  await eventually('the text again', shownTab, (shown) => shown === name || shown === 'untitled-2.crn');
  expect(await visibleText(playground(), await shownTab())).toContain('Gift -> 0 @ 2');
});

test('a file from the disk opens in a tab of its own, and a download gives it back', async () => {
  const { page } = playground();
  await page.locator('#file').setInputFiles([
    { name: 'mine.crn', mimeType: 'text/plain', buffer: Buffer.from('species Z = 2\nZ -> 0 @ 1\n') }, { name: 'picture.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0, 0]) },
  ]);
  await eventually('the notice', noticeText, (notice) => notice.includes('picture.png is no text that can be shown'));
  await eventually('the file', shownTab, (name) => name === 'mine.crn');
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#download').click()]);
  expect(download.suggestedFilename()).toBe('mine.crn');
  expect(await readFile(await download.path(), 'utf8')).toBe('species Z = 2\nZ -> 0 @ 1\n');
});

test('the lab’s numbers are saved as a download', async () => {
  const frame = await lab();
  const [download] = await Promise.all([playground().page.waitForEvent('download'), frame.locator('#save-csv').click()]);
  expect(download.suggestedFilename()).toBe('mine.csv');
  expect(await readFile(await download.path(), 'utf8')).toContain('t,Z');
});

test('dark and high contrast reach editor and lab', async () => {
  const { page } = playground();
  const grounds = async (): Promise<string[]> => {
    const frame = await lab();
    const inEditor = await page.locator('#editor .monaco-editor-background').first().evaluate((element) => getComputedStyle(element).backgroundColor);
    return [inEditor, await frame.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)];
  };
  for (const [theme, colour] of [['dark', 'rgb(31, 31, 31)'], ['hc-dark', 'rgb(0, 0, 0)'], ['light', 'rgb(255, 255, 255)']] as const) {
    await page.locator('#theme').selectOption(theme);
    await eventually(`the ground of ${theme}`, grounds, (list) => list.every((ground) => ground === colour));
    await screenshot(playground(), `playground-${theme}`);
  }
});

/** Serious and critical faults that axe-core finds in a page as it is now, with the elements that have them. */
async function faults(frame: Frame): Promise<{ id: string; nodes: string[] }[]> {
  await frame.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return frame.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(context: unknown, options: unknown): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } };
    // Frames are looked at by themselves; the lines of text are drawn by the editor, which reads them out in its own way.
    const { violations } = await axe.run({ exclude: [['iframe'], ['.view-lines']] }, { resultTypes: ['violations'], iframes: false });
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)) }));
  });
}

test('axe-core finds no serious fault: page, menus and lab, light, dark and high contrast', async () => {
  const { page } = playground();
  for (const theme of ['light', 'dark', 'hc-light', 'hc-dark']) {
    await page.locator('#theme').selectOption(theme);
    expect(await faults(page.mainFrame()), `the page, ${theme}`).toEqual([]);
    expect(await faults(await lab()), `the lab, ${theme}`).toEqual([]);
    for (const menu of ['samples', 'help']) {
      await page.locator(`#${menu}`).click();
      expect(await faults(page.mainFrame()), `${menu}, ${theme}`).toEqual([]);
      await page.keyboard.press('Escape');
    }
  }
  await page.locator('#theme').selectOption('system');
});

test('the keyboard reaches everything', async () => {
  const { page } = playground();
  await page.locator('#samples').focus();
  const reached: string[] = [];
  for (let press = 0; press < 14; press++) {
    reached.push(await page.evaluate(() => document.activeElement?.id || document.activeElement?.className || ''));
    await page.keyboard.press('Tab');
  }
  expect(reached).toEqual(expect.arrayContaining(['samples', 'new', 'open', 'download', 'share', 'view-text', 'view-both', 'view-lab', 'theme', 'help']));
  expect(reached).toContain('tab-name');
  // Control M lets the Tab key leave the text: on to the status line, the divider and the lab.
  const file = await shownTab();
  await focusEditor(playground(), file);
  await page.keyboard.press('Control+M');
  await page.keyboard.press('Tab');
  await eventually('the divider', async () => {
    const id = await page.evaluate(() => document.activeElement?.id);
    if (id !== 'split') await page.keyboard.press('Tab');
    return id;
  }, (id) => id === 'split');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('lab-frame');
  await focusEditor(playground(), file);
  await page.keyboard.press('Control+M');
});

test('a narrow window puts the lab below the text, and each can be shown alone', async () => {
  const { page } = playground();
  await page.setViewportSize({ width: 740, height: 1000 });
  const text = (await page.locator('section.text').boundingBox())!;
  const below = (await page.locator('section.lab').boundingBox())!;
  expect(below.y).toBeGreaterThanOrEqual(text.y + text.height);
  expect(below.width).toBe(740);
  await screenshot(playground(), 'playground-narrow');
  await page.locator('#view-lab').click();
  expect(await page.locator('section.text').isVisible()).toBe(false);
  await page.locator('#view-both').click();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await page.setViewportSize({ width: 1400, height: 900 });
});

test('what a visitor downloads before anything is asked for is less than 1.5 MB', () => {
  const first = playground().built.files.filter(({ path }) => !['typeset.js', 'editor.worker.js', 'lab/layout.js'].includes(path));
  expect(first.length).toBeGreaterThan(8);
  expect(first.reduce((sum, { gzip }) => sum + gzip, 0)).toBeLessThan(1_500_000);
});

test('nothing was refused by the page’s own rules, and nothing went wrong unseen', () => {
  const bad = playground().console.filter((line) => /Content Security Policy|uncaught|^error:/i.test(line));
  expect(bad).toEqual([]);
});

test('a pinned run, sliders and the chosen tab survive a reload of the page', async () => {
  const { page } = playground();
  await write('param k = 1\nspecies A = 2, B\nA -> B @ k\nsimulate s { t = 1; plot = A }\n');
  const compared = (frame: Frame): Promise<number[]> => frame.locator('#comparison-table td').evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-value') ?? cell.getAttribute('data-difference'))));
  const before = await lab();
  await eventually('the text’s curve', () => lastValue(before), (value) => Math.abs(value - 2 / Math.E) < 1e-4);
  await before.locator('#pin').click();
  const slider = before.locator('#sliders [data-parameter="k"] input[type="range"]');
  await slider.focus();
  await slider.press('End');
  const table = await eventually('the comparison', () => compared(before), (cells) => cells.length === 3 && cells[0]! < 1e-6);
  expect(table[1]).toBeCloseTo(2 / Math.E, 4);
  await openTab(before, 'odes');
  await eventually('the equations', () => before.locator('#odes-list [role="option"]').count(), (count) => count === 2);
  await page.reload();
  await playgroundReady(playground());
  const frame = await lab();
  await eventually('the chosen tab', () => frame.locator('#tab-odes').getAttribute('aria-selected'), (selected) => selected === 'true');
  await openTab(frame, 'trajectories');
  expect(await eventually('the comparison again', () => compared(frame), (cells) => cells.length === 3)).toEqual(table);
  expect(await frame.locator('#sliders [data-parameter="k"]').getAttribute('data-value')).toBe('100');
});

test('what is pointed at in the text stands out in the lab, and the reverse', async () => {
  const { page } = playground(), file = await write('species Aa = 2, Bb\nAa -> Bb @ 1 // Bb\nsimulate s { t = 3 }\n');
  const frame = await lab();
  const pointed = (): Promise<string | null> => frame.locator('#lab').getAttribute('data-pointed');
  await placeCursor(playground(), { text: 'Bb', line: 2 }, 'before', file);
  await eventually('the species at the cursor', pointed, (species) => species === 'Bb');
  expect(await frame.locator('.line.pointed').getAttribute('data-species')).toBe('Bb');
  // The mouse comes before the cursor, for as long as it is there.
  const word = page.locator('#editor .view-line').first().getByText('Aa', { exact: false }).first(), box = (await word.boundingBox())!;
  const line = (await page.locator('#editor .view-line').first().boundingBox())!;
  await page.mouse.move(box.x + (box.width < 60 ? box.width / 2 : 70), line.y + line.height / 2);
  await eventually('the species under the mouse', pointed, (species) => species === 'Aa');
  await page.mouse.move(5, 5);
  await eventually('the species at the cursor again', pointed, (species) => species === 'Bb');
  const marks = (): Promise<number> => page.locator('#editor .pointed-species').count();
  expect(await marks()).toBe(0);
  await frame.locator('#legend .line[data-species="Bb"] .toggle').hover();
  // Not in the comment.
  await eventually('marks in the text', marks, (count) => count === 2);
  await page.mouse.move(5, 5);
  await eventually('no marks', marks, (count) => count === 0);
  // The curve itself: at t = 3 the two are far apart.
  const plot = (await frame.locator('#trajectory-plot .u-over').boundingBox())!, [low, high] = await frame.locator('#trajectory-plot').evaluate((element) => [Number((element as HTMLElement).dataset['yMin']), Number((element as HTMLElement).dataset['yMax'])]);
  const end = 2 * (1 - Math.exp(-2.4));
  await page.mouse.move(plot.x + plot.width * 0.8, plot.y + plot.height * (1 - (end - low) / (high - low)), { steps: 4 });
  await eventually('its marks', marks, (count) => count === 2);
  await eventually('its line', () => frame.locator('.line.pointed').getAttribute('data-species'), (species) => species === 'Bb');
  await screenshot(playground(), 'playground-pointed');
  await page.mouse.move(5, 5);
});

test('without a network, a reload brings back page, checker, equations and lab', async () => {
  const { page } = playground();
  await until('the service worker to keep everything', () => page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const names = await caches.keys();
    const kept = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
    return navigator.serviceWorker.controller !== null && kept.some((count) => count > 10);
  }), { timeout: 30_000 });
  await playground().stopServer();
  await page.goto('about:blank');
  await page.goto(`${playground().url}#sample=lotka-volterra`);
  await playgroundReady(playground());
  const file = 'lotka-volterra.crn';
  await eventually('the sample', tabNames, (names) => names.includes(file));
  expect((await find(playground(), 'species', file)).line).toBeGreaterThan(0);
  const shown = await hover(playground(), { text: 'Prey', line: 6 }, /Prey′|Prey'/, file);
  expect(shown.images).toHaveLength(1);
  await hideHover(playground());
  const frame = await lab();
  await eventually('a curve', async () => ink(await pictureOf(frame.locator('#trajectory-plot'))), (share) => share > 0.005);
});
