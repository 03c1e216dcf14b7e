/** What survives a real reload of the window in VS Code: views, values moved by hand, pinned runs, finished sweeps. */
import type { Frame } from 'playwright-core';
import { expect, test } from 'vitest';
import { drawn, eventually, labFrame, openTab, reloadWindow, runCommand, screenshot, useWorkbench } from './harness/index.ts';

// Two states of rest, and a sweep over molecules. X′ = k·(2 − X): at the end of t = 3 not there yet.
const MODEL = `param k = 0.5
species X = 10, Y
0 -> X @ 2*k
X -> Y @ k
Y -> 0 @ 1
simulate slow { t = 3; plot = X, Y }
simulate grainy { t = 3; method = ssa; volume = 10; seed = 1; plot = X }
sweep sizes {
  simulate grainy
  vary volume in [1, 10]
  replicas = 3
}
`;
const vscode = useWorkbench({ file: 'kept.crn', files: { 'kept.crn': MODEL }, size: { width: 1600, height: 1000 } });

async function lab(): Promise<Frame> {
  const frame = await labFrame(vscode(), '#lab', 120_000);
  await eventually('the end of the run', () => frame.locator('#lab').evaluate((element) => [(element as HTMLElement).dataset['running'], (element as HTMLElement).dataset['runs']]), ([running, runs]) => running === 'false' && Number(runs) > 0, 120_000);
  return frame;
}
const compared = (frame: Frame): Promise<(string | null)[]> => frame.locator('#comparison-table td').evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-value') ?? cell.getAttribute('data-difference')));
const heads = (frame: Frame): Promise<string[]> => frame.locator('#comparison-table .pin-name').allInnerTexts();
const exactX = (k: number): number => 2 + 8 * Math.exp(-3 * k);

test('a reload brings back tab, values, curves and pinned runs', async () => {
  await runCommand(vscode(), 'Onepot: Simulate');
  const before = await lab();
  await before.locator('#pin').click();
  const slider = before.locator('#sliders [data-parameter="k"] input[type="range"]');
  await slider.focus();
  for (let press = 0; press < 20; press++) await slider.press('ArrowRight');
  await drawn(before);
  const k = Number(await before.locator('#sliders [data-parameter="k"]').getAttribute('data-value'));
  // Twenty of 400 steps over four decades, to three digits.
  expect(k).toBe(0.792);
  await before.locator('#initials-fold summary').click();
  const start = before.locator('#initials [data-parameter="Y"] input[type="range"]');
  await start.focus();
  await start.press('ArrowRight');
  await drawn(before);
  await before.locator('#log-values').click();
  await before.locator('#legend .line[data-species="Y"] .toggle').click();
  const end = (frame: Frame): Promise<number> => frame.locator('#plot-data tbody tr').last().locator('td').first().getAttribute('data-value', { timeout: 3000 }).then(Number);
  await eventually('the run with the slider’s value', () => end(before), (value) => Math.abs(value - exactX(k)) < 1e-4);
  const table = await eventually('one species compared', () => compared(before), (cells) => cells.length === 3);
  expect(Number(table[1])).toBeCloseTo(exactX(0.5), 4);
  const starts = await before.locator('#initials [data-parameter="Y"]').getAttribute('data-value');
  expect(Number(starts)).toBeGreaterThan(0);
  const plot = (frame: Frame): Promise<(string | null)[]> => Promise.all(['data-zoomed', 'data-x-min', 'data-x-max'].map((name) => frame.locator('#trajectory-plot').getAttribute(name)));
  await before.locator('#trajectory-plot').press('+');
  const part = await plot(before);
  expect(part[0]).toBe('true');
  expect(Number(part[2]) - Number(part[1])).toBeCloseTo(1.5, 6);

  await reloadWindow(vscode());
  const frame = await lab();
  await eventually('the pinned run', () => heads(frame), (names) => names.join() === '1: as in the text');
  expect(await frame.locator('#sliders [data-parameter="k"]').getAttribute('data-value')).toBe(String(k));
  expect(await frame.locator('#initials [data-parameter="Y"]').getAttribute('data-value')).toBe(starts);
  expect(await plot(frame)).toEqual(part);
  await frame.locator('#show-all').click();
  expect((await plot(frame))[0]).toBe('false');
  await eventually('the run of before', () => end(frame), (value) => Math.abs(value - exactX(k)) < 1e-4);
  expect(await compared(frame)).toEqual(table);
  expect(await frame.locator('#log-values').getAttribute('aria-pressed')).toBe('true');
  expect(await frame.locator('#legend .line[data-species="Y"] .toggle').getAttribute('aria-pressed')).toBe('false');
  await screenshot(vscode(), 'lab-after-reload');
}, 300_000);

test('a pinned run is drawn after a reload, and gone once it is unpinned', async () => {
  const frame = await lab();
  await frame.locator('#comparison-table button').click();
  await eventually('no comparison', () => frame.locator('#comparison').isVisible(), (shown) => !shown);
  await reloadWindow(vscode());
  const again = await lab();
  expect(await again.locator('#comparison').isVisible()).toBe(false);
}, 300_000);

test('a finished sweep and the chosen tab are there again, and nothing is run a second time', async () => {
  const before = await lab();
  await openTab(before, 'noise');
  await before.locator('#run-sweeps').click();
  const cells = (frame: Frame): Promise<(string | null)[]> => frame.locator('#noise-0-data tbody td[data-value]').evaluateAll((all) => all.map((cell) => cell.getAttribute('data-value')));
  await eventually('all runs', () => before.locator('#noise-cards .hint').innerText(), (text) => text.startsWith('6 runs.'));
  const means = await eventually('the table', () => cells(before), (all) => all.length === 4);
  await reloadWindow(vscode());
  const frame = await labFrame(vscode(), '#noise-cards', 120_000);
  await eventually('the tab', () => frame.locator('#tab-noise').getAttribute('aria-selected'), (selected) => selected === 'true');
  await eventually('the runs of before', () => frame.locator('#noise-cards .hint').innerText(), (text) => text.startsWith('6 runs.'));
  await eventually('the table of before', () => cells(frame), (all) => all.join() === means.join());
  expect(await frame.locator('[data-asking="noise"]').isVisible()).toBe(false);
}, 300_000);
