/** The lab without a mouse: every control can be reached in reading order, has a name, and does its work by keys. */
import type { Frame } from 'playwright-core';
import { expect, test } from 'vitest';
import { eventually, labFrame, runCommand, useWorkbench } from './harness/index.ts';

const model = `param k = 0.5
param inflow = 2
species A = 1, B
A -> B      @ k
0 -> A      @ inflow
B -> 0      @ 1
simulate short { t = 10 }
`;
const vscode = useWorkbench({ file: 'keys.crn', files: { 'keys.crn': model } });

async function lab(): Promise<Frame> {
  const frame = await labFrame(vscode(), '#lab');
  const state = () => frame.locator('#lab').evaluate((element) => ({ ...(element as HTMLElement).dataset }));
  await eventually('the end of a run', state, ({ phase, running, runs }) => phase === 'ready' && running === 'false' && Number(runs) > 0);
  return frame;
}
const press = (key: string): Promise<void> => vscode().page.keyboard.press(key);
const value = (frame: Frame, name: string): Promise<number> => frame.locator(`[data-parameter="${name}"]`).getAttribute('data-value').then(Number);
/** The last number of a species in the plot's data table. */
const lastOf = (frame: Frame, column: number): Promise<number> => frame.locator(`#plot-data tbody tr:last-child > :nth-child(${column})`).getAttribute('data-value').then(Number);
/** A(10) of A′ = inflow − k·A from A(0) = 1. */
const closed = (k: number, inflow: number, t: number): number => inflow / k + (1 - inflow / k) * Math.exp(-k * t);

/** What has the focus: its id, or what the legend calls it. */
function focused(frame: Frame): Promise<string> {
  return frame.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    if (element === null || element === document.body) return '';
    return element.id || element.dataset['key'] || element.textContent || element.tagName;
  });
}

test('Tab goes through all controls in reading order', async () => {
  await runCommand(vscode(), 'Onepot: Simulate');
  const frame = await lab();
  await frame.locator('#run').focus();
  const order: string[] = [await focused(frame)];
  for (let presses = 0; presses < 40; presses++) {
    await press('Tab');
    const now = await focused(frame);
    if (now === '' || now === order[0]) break;
    if (now !== order.at(-1)) order.push(now);
    else break;
  }
  expect(order).toEqual([
    'run', 'method', 'until', 'end', 'tab-trajectories', 'pin', 'log-time', 'log-values', 'show-all', 'save-csv', 'save-json', 'save-png', 'save-svg',
    // The plot and its grips, the parameters, the folded initial values, the legend.
    'trajectory-plot', 'A', 'B', 'parameter-0', 'parameter-0-value', 'parameter-1', 'parameter-1-value', 'Initial values', 'A', 'B',
  ]);
});

test('every control has a name for those who hear it', async () => {
  const frame = await lab();
  const controls = (await frame.locator('body').ariaSnapshot()).split('\n').filter((line) => /^\s*- (button|slider|textbox|searchbox|combobox|tab|application|progressbar|table)\b/.test(line));
  expect(controls.length).toBeGreaterThan(15);
  expect(controls.filter((line) => !/^\s*- \w+ "[^"]/.test(line))).toEqual([]);
});

test('Enter on Run runs', async () => {
  const frame = await lab();
  const runs = async () => Number(await frame.locator('#lab').getAttribute('data-runs'));
  const before = await runs();
  await frame.locator('#run').focus();
  await press('Enter');
  await eventually('another run', runs, (count) => count === before + 1);
});

test('arrows move a slider, and a value can be typed beside it', async () => {
  const frame = await lab();
  await frame.locator('#parameter-0').focus();
  for (let i = 0; i < 8; i++) await press('ArrowRight');
  // Eight of 400 steps over four decades, to three digits.
  const k = await eventually('the moved slider', () => value(frame, 'k'), (now) => now === 0.601);
  await eventually('the curve of the new k', () => lastOf(frame, 2), (end) => Math.abs(end - closed(k, 2, 10)) < 1e-4);
  await press('Tab');
  expect(await focused(frame)).toBe('parameter-0-value');
  await vscode().page.keyboard.type('0.25');
  await press('Enter');
  await eventually('the typed value', () => value(frame, 'k'), (now) => now === 0.25);
  await eventually('the curve of the typed k', () => lastOf(frame, 2), (end) => Math.abs(end - closed(0.25, 2, 10)) < 1e-4);
  await press('Tab');
  await press('Enter');
  await eventually('the value of the text', () => value(frame, 'k'), (now) => now === 0.5);
  await eventually('a focus that is not lost', () => focused(frame), (id) => id === 'parameter-0');
});

test('the end is typed', async () => {
  const frame = await lab();
  await frame.locator('#end').focus();
  await press('Control+A');
  await vscode().page.keyboard.type('3');
  await press('Enter');
  await eventually('the curve until 3', () => lastOf(frame, 2), (end) => Math.abs(end - closed(0.5, 2, 3)) < 1e-4);
});

test('arrows, Home and End choose a tab', async () => {
  const frame = await lab();
  const selected = () => frame.locator('[role="tab"][aria-selected="true"]').getAttribute('id');
  await frame.locator('#tab-trajectories').focus();
  for (const [key, id] of [['ArrowRight', 'tab-fixed-point'], ['ArrowRight', 'tab-network'], ['End', 'tab-reactions'], ['ArrowRight', 'tab-trajectories'], ['ArrowLeft', 'tab-reactions'], ['Home', 'tab-trajectories'], ['ArrowRight', 'tab-fixed-point']] as const) {
    await press(key);
    expect(await focused(frame)).toBe(id);
    await eventually('the tab', selected, (now) => now === id);
  }
  await eventually('its panel', () => frame.locator('#panel-fixed-point').isVisible(), (shown) => shown);
  await press('ArrowLeft');
  await eventually('the first panel', () => frame.locator('#panel-trajectories').isVisible(), (shown) => shown);
});

test('in the plot arrows move the cursor, which is read out, and plus, minus and 0 zoom', async () => {
  const frame = await lab();
  const plot = frame.locator('#trajectory-plot');
  await plot.focus();
  await press('ArrowLeft');
  const heard = await eventually('the values at the cursor', () => frame.locator('#plot-reading').textContent(), (text) => /^t = .*, A .*, B /.test(text ?? ''));
  expect(await frame.locator('#legend-time').textContent()).toMatch(/^at t = /);
  await press('Home');
  await eventually('the values at the start', () => frame.locator('#plot-reading').textContent(), (text) => text !== heard && /^t = 0, A 1, B 0$/.test(text ?? ''));
  await press('End');
  await press('+');
  await eventually('a zoomed plot', () => plot.getAttribute('data-zoomed'), (zoomed) => zoomed === 'true');
  await press('0');
  await eventually('the whole plot', () => plot.getAttribute('data-zoomed'), (zoomed) => zoomed === 'false');
});

test('Space in the legend hides a curve', async () => {
  const frame = await lab();
  const toggle = frame.locator('#legend [data-species="B"] .toggle');
  await toggle.focus();
  await press('Space');
  await eventually('a hidden curve', () => toggle.getAttribute('aria-pressed'), (pressed) => pressed === 'false');
  await eventually('a table without it', () => frame.locator('#plot-data thead').innerText(), (text) => !text.includes('B'));
  await press('Space');
  await eventually('the curve', () => toggle.getAttribute('aria-pressed'), (pressed) => pressed === 'true');
});
