/** The lab in the playground: what its tabs show, in numbers and pixels, and that every view of them is saved in every format. */
import type { Frame } from 'playwright-core';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { eventually, ink, openTab, pictureOf, until, usePlayground, visibleText } from './harness/index.ts';
import { SWITCH } from './harness/models.ts';

const playground = usePlayground({ width: 1600, height: 1000 });

/** The lab of a text, once a run has ended. */
async function lab(name = 'switch.crn'): Promise<Frame> {
  const frame = await until(`the lab of ${name}`, async () => (await playground().page.locator(`.lab-frame:not([hidden])[title="Lab of ${name}"]`).elementHandle())?.contentFrame());
  const state = () => frame.locator('#lab').evaluate((element) => ({ ...(element as HTMLElement).dataset }));
  await eventually('the end of a run', state, ({ phase, running, runs, training }) => phase === 'ready' && running === 'false' && (Number(runs) > 0 || training !== 'idle'));
  return frame;
}

/** The numbers of a table of the lab, as it gives them to those who do not see the plot. */
function numbers(frame: Frame, rows: string): Promise<number[]> {
  return frame.locator(`${rows} td`).evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-value'))));
}

const parameter = async (frame: Frame, name: string): Promise<number> => Number(await frame.locator(`[data-parameter="${name}"]`).getAttribute('data-value'));

test('a model brings its tabs, and the curve goes to the fixed point at 1', async () => {
  const { page } = playground();
  await playground().visit();
  await page.locator('#file').setInputFiles([{ name: 'switch.crn', mimeType: 'text/plain', buffer: Buffer.from(SWITCH) }]);
  const frame = await lab();
  expect(await frame.locator('[role="tab"]:visible').allInnerTexts()).toEqual(['Trajectories', 'Fixed point', 'Noise', 'Network', 'ODEs', 'Reactions']);
  const [a, b] = await eventually('the last values', () => numbers(frame, '#plot-data tbody tr:last-child'), (values) => values.length > 1);
  expect(a).toBeCloseTo(1, 4);
  expect(b).toBeCloseTo(0.5, 4);
});

test('Fixed point: the three points with their slopes, and the unstable one when it is chosen', async () => {
  const frame = await lab();
  await openTab(frame, 'fixed-point');
  await eventually('the three points', () => frame.locator('#starts-told').innerText(), (text) => text.startsWith('3 fixed points were found from 20 starts'));
  expect((await numbers(frame, '#eigenvalues-data tbody tr')).map((value) => Math.round(value * 1e4) / 1e4 + 0)).toEqual([-2, 0, -2, 0]);
  for (const id of ['phase-plane', 'eigenvalue-plot', 'residual-plot']) {
    await eventually(`${id} in pixels`, async () => ink(await pictureOf(frame.locator(`#${id}`))), (share) => share > 0.01);
  }
  const options = await frame.locator('#fixed-point-which option').allInnerTexts();
  await frame.locator('#fixed-point-which').selectOption({ index: options.findIndex((text) => text.includes('unstable')) });
  await eventually('its value', () => numbers(frame, '#panel-fixed-point tr[data-species="A"]'), ([value]) => Math.abs(value! - 2) < 1e-6);
  await eventually('the verdict', () => frame.locator('#stability').innerText(), (text) => text.startsWith('Unstable: small disturbances grow at 1'));
});

test('Noise: the sweep fills in, and its mean is that of the molecules', async () => {
  const frame = await lab();
  await openTab(frame, 'noise');
  await frame.locator('#run-sweeps').click();
  await eventually('all runs', () => frame.locator('#noise-cards .hint').innerText(), (text) => text.startsWith('24 runs.'), 60_000);
  await eventually('the curve in pixels', async () => ink(await pictureOf(frame.locator('#noise-plot-0'))), (share) => share > 0.02);
  expect(await frame.locator('#noise-0-data tbody tr').count()).toBe(3);
});

test('Network, ODEs and Reactions: what is drawn, what is written, and where it leads', async () => {
  const frame = await lab(), { page } = playground();
  const place = (): Promise<string> => page.locator('#place').innerText();
  await openTab(frame, 'network');
  await eventually('its sentence', () => frame.locator('#network-told').innerText(), (text) => text.startsWith('3 species and 6 reactions.'));
  expect(await frame.locator('#network-graph .edge[data-catalyst="true"]').count()).toBe(1);
  await frame.locator('#network-graph .node[data-title^="loss:"]').click();
  await eventually('the line of the reaction', place, (text) => /\b6\b/.test(text));
  await openTab(frame, 'odes');
  await eventually('the equations', () => frame.locator('#odes-list [role="option"] .text').allInnerTexts(), (texts) => texts.join('; ') === 'A′ = 6·k + 6·k·A² − 11·k·A − k·A³; B′ = A − 2·B; F′ = 0');
  await frame.locator('#copy-all-odes').click();
  expect(await eventually('LaTeX', () => page.evaluate(() => navigator.clipboard.readText()), (text) => text.includes('\\begin'))).toMatch(/\\dot|\\frac\{d|'/);
  await openTab(frame, 'reactions');
  await frame.locator('#find-reactions').fill('STEEP @');
  await eventually('those that are looked for', () => frame.locator('#reactions-list [role="option"]').count(), (count) => count === 2);
  await frame.locator('#reactions-list [role="option"]').last().click();
  await eventually('its line', place, (text) => /\b8\b/.test(text));
  await frame.locator('#find-reactions').fill('');
});

test('a run molecule by molecule has sliders of its own: the volume says in which steps concentrations change', async () => {
  const frame = await lab();
  await openTab(frame, 'trajectories');
  await frame.locator('#experiment').selectOption('simulate:grainy');
  const plotted = () => numbers(frame, '#plot-data tbody tr');
  const stepsOf = (volume: number) => (values: readonly number[]): boolean => values.length > 20 && values.every((value) => Math.abs(value * volume - Math.round(value * volume)) < 1e-9);
  await eventually('tenths', plotted, stepsOf(10));
  await frame.locator('#molecules-volume-value').fill('2');
  await frame.locator('#molecules-volume-value').press('Enter');
  await eventually('halves', plotted, (values) => stepsOf(2)(values) && values.some((value) => Math.abs(value - Math.round(value)) > 0.4));
  await frame.locator('#molecules [data-parameter="volume"] .reset').click();
  await frame.locator('#molecules-replicas-value').fill('20');
  await frame.locator('#molecules-replicas-value').press('Enter');
  // The mean of 20 runs in tenths comes in 200ths.
  await eventually('means', plotted, (values) => stepsOf(200)(values) && !stepsOf(10)(values));
  await frame.locator('#molecules [data-parameter="replicas"] .reset').click();
  await frame.locator('#experiment').selectOption('simulate:settle');
  await eventually('the first experiment again', () => numbers(frame, '#plot-data tbody tr:last-child'), ([a]) => Math.abs(a! - 1) < 1e-4);
});

interface Saved { readonly name: string; readonly base64: string }

/**
 * What one of the save buttons gives to the browser. It is taken from the page and not downloaded: after ten downloads in a row a browser asks whether
 * that is meant. (That downloads arrive is tested in playground.test.ts.)
 */
async function saved(frame: Frame, format: string): Promise<{ name: string; bytes: Buffer }> {
  const { page } = playground();
  await page.evaluate(() => {
    const here = window as unknown as { given?: Saved[] };
    if (here.given !== undefined) return;
    const given: Saved[] = [], create = URL.createObjectURL.bind(URL);
    let last: Blob | undefined;
    here.given = given;
    URL.createObjectURL = (object) => {
      if (object instanceof Blob) last = object;
      return create(object);
    };
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      const reader = new FileReader(), name = this.download;
      reader.onload = () => given.push({ name, base64: (reader.result as string).replace(/^[^,]*,/, '') });
      reader.readAsDataURL(last!);
    };
  });
  await frame.locator(`#save-${format}`).click();
  const { name, base64 } = await until('what is saved', () => page.evaluate(() => (window as unknown as { given: Saved[] }).given.shift()));
  return { name, bytes: Buffer.from(base64, 'base64') };
}

/** Saves what a tab shows, view by view, in each format that it offers, and looks into the files. @returns view and format of each */
async function saveAll(frame: Frame, model: string): Promise<string[]> {
  const made = new RegExp(`${model}\\.crn, .*Onepot \\d+\\.\\d+\\.\\d+`), list: string[] = [];
  const which = frame.locator('#save-what');
  const views = (await which.isVisible()) ? await which.locator('option').evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value)) : [''];
  for (const view of views) {
    if (view !== '') await which.selectOption(view);
    for (const format of ['csv', 'json', 'png', 'svg']) {
      const button = frame.locator(`#save-${format}`);
      if (!(await button.isVisible()) || !(await button.isEnabled())) continue;
      const what = `${view} ${format}`.trim(), { name, bytes } = await saved(frame, format), text = bytes.toString('utf8');
      list.push(what);
      expect(name, what).toMatch(new RegExp(`^${model}.*\\.${format}$`));
      if (format === 'csv') {
        const [origin, head, ...rows] = text.trim().split('\r\n');
        expect(origin, what).toMatch(made);
        expect(rows.length, what).toBeGreaterThan(0);
        // Nothing is quoted over several columns in these models.
        for (const row of rows) expect(row.replaceAll(/"[^"]*"/g, '').split(',').length, `${what}: ${row}`).toBe(head!.replaceAll(/"[^"]*"/g, '').split(',').length);
      } else if (format === 'json') {
        const content = JSON.parse(text) as { madeBy: string; model: string; version: string; data: unknown };
        expect(content.madeBy, what).toMatch(made);
        expect(content, what).toMatchObject({ model: `${model}.crn`, version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string });
        expect(JSON.stringify(content.data).length, what).toBeGreaterThan(20);
      } else if (format === 'png') {
        const { width, height, data } = PNG.sync.read(bytes);
        expect(ink({ width, height, data }), what).toBeGreaterThan(0.003);
      } else {
        const { broken, origin, drawn } = await frame.evaluate((source) => {
          const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
          return { broken: parsed.querySelector('parsererror')?.textContent, origin: parsed.querySelector('desc')?.textContent, drawn: parsed.querySelectorAll('path, line, rect, circle, text, image').length };
        }, text);
        expect(broken, what).toBeUndefined();
        expect(origin, what).toMatch(made);
        expect(drawn, what).toBeGreaterThan(5);
        expect(text, what).not.toMatch(/NaN|undefined|Infinity/);
      }
    }
  }
  return list;
}

test('every view of every tab is saved in every format that it offers, with what made it', async () => {
  const frame = await lab(), formats: Record<string, string[]> = {};
  for (const tab of ['trajectories', 'fixed-point', 'noise', 'network', 'odes', 'reactions']) {
    await openTab(frame, tab);
    await eventually('something to save', () => frame.locator('#save-csv').isEnabled(), (enabled) => enabled);
    formats[tab] = await saveAll(frame, 'switch');
  }
  const numbersOnly = ['csv', 'json'], all = [...numbersOnly, 'png', 'svg'];
  expect(formats).toEqual({
    'trajectories': all, 'noise': all, 'network': all, 'odes': numbersOnly, 'reactions': numbersOnly,
    'fixed-point': [...numbersOnly.map((format) => `fixed-point ${format}`), ...['plane', 'residual', 'eigenvalues'].flatMap((view) => all.map((format) => `${view} ${format}`))],
  });
});

test('a run that is pinned is compared with the next, and sliders, tab and text are there after a reload', async () => {
  const { page } = playground();
  let frame = await lab();
  await openTab(frame, 'trajectories');
  await frame.locator('#pin').click();
  const slider = frame.locator('#sliders [data-parameter="k"] input[type="range"]');
  await slider.focus();
  await slider.press('Home');
  const compared = () => frame.locator('#comparison-table tr[data-species="A"]').evaluate((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.getAttribute('data-value') ?? cell.getAttribute('data-difference'))));
  const [now, before, difference] = await eventually('the difference', compared, (found) => found.length === 3 && Math.abs(found[2]!) > 0.01);
  expect(before).toBeCloseTo(1, 4);
  expect(difference).toBeCloseTo(now! - before!, 12);
  const k = await parameter(frame, 'k');
  expect(k).toBeLessThan(0.1);
  await openTab(frame, 'reactions');
  await page.reload();
  frame = await lab();
  expect(await visibleText(playground(), 'switch.crn')).toContain('group steep');
  await eventually('the tab', () => frame.locator('[role="tab"][aria-selected="true"]').getAttribute('id'), (id) => id === 'tab-reactions');
  await openTab(frame, 'trajectories');
  expect(await parameter(frame, 'k')).toBe(k);
  await frame.locator('#sliders [data-parameter="k"] .reset').click();
  await eventually('the value of the text', () => parameter(frame, 'k'), (value) => value === 1);
});

test('Training: XOR is learnt, and all its views are saved', async () => {
  const { page } = playground();
  await page.locator('#samples').click();
  await page.locator('[data-sample="xor.crn"]').click();
  await page.locator('.codelens-decoration a', { hasText: 'Train' }).first().click();
  const frame = await lab('xor.crn');
  await eventually('the end', () => frame.locator('#lab').getAttribute('data-training'), (phase) => phase === 'ended', 90_000);
  expect(await frame.locator('#outcome').innerText()).toMatch(/^Reached the target after \d+ epochs, loss .*100 % right/);
  expect(await frame.locator('#confusion-table td[data-count]').evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-count')))).toEqual(['2', '0', '0', '2']);
  await eventually('the boundary', async () => ink(await pictureOf(frame.locator('#boundary-plot'))), (share) => share > 0.3);
  expect(await saveAll(frame, 'xor')).toEqual(['learning', 'boundary', 'weights', 'lens', 'confusion', 'rails'].flatMap((view) => ['csv', 'json', 'png', 'svg'].map((format) => `${view} ${format}`)));
});

test('in a low, narrow lab what stands beside the curves stands below them, and nothing gives way to anything', async () => {
  const { page } = playground(), size = page.viewportSize()!;
  await page.setViewportSize({ width: 980, height: 560 });
  const frame = await lab('xor.crn');
  for (const tab of ['training', 'trajectories']) {
    await openTab(frame, tab);
    const [narrow, below, sections] = await frame.evaluate(() => {
      const side = document.querySelector('.side')!, shown = [...side.querySelectorAll('.section')].filter((section) => section.getClientRects().length > 0);
      return [innerWidth <= 560, side.getBoundingClientRect().top >= document.querySelector('.stage')!.getBoundingClientRect().bottom - 1, shown.map((section) => section.scrollHeight - section.clientHeight)] as const;
    });
    expect([tab, narrow, below]).toEqual([tab, true, true]);
    expect(sections.length, tab).toBeGreaterThan(1);
    for (const hidden of sections) expect(hidden, tab).toBeLessThanOrEqual(1);
  }
  await page.setViewportSize(size);
});

test('nothing went wrong unseen', () => {
  expect(playground().console.filter((line) => /Content Security Policy|uncaught|^error:/i.test(line))).toEqual([]);
});
