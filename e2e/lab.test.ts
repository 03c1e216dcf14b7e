/** The lab in real VS Code: from the command to a curve, a slider that moves it, the fixed point, the exported numbers. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { expect, test } from 'vitest';
import { answerFileDialog, difference, eventually, ink, labFrame, openTab, pictureOf, runCommand, screenshot, setText, useWorkbench } from './harness/index.ts';

const vscode = useWorkbench({ file: 'smoothed-relu-neuron.crn' });
const golden = (1 + Math.sqrt(5)) / 2;

/** The lab, once a run has ended. */
async function lab(): Promise<Frame> {
  const frame = await labFrame(vscode(), '#lab');
  await eventually('the end of the run', () => frame.locator('#lab').getAttribute('data-running'), (running) => running === 'false');
  return frame;
}

/** The plotted numbers of one species, as the plot's own data table gives them. */
async function plotted(frame: Frame, column = 1): Promise<{ t: number[]; values: number[] }> {
  const rows = await frame.locator('#plot-data tbody tr').evaluateAll(
    (list, at) => list.map((row) => [row.children[0], row.children[at]].map((cell) => Number(cell?.getAttribute('data-value')))),
    column,
  );
  return { t: rows.map((row) => row[0]!), values: rows.map((row) => row[1]!) };
}

test('the command Simulate draws the trajectory of the file', async () => {
  await runCommand(vscode(), 'Onepot: Simulate');
  const frame = await lab();
  await eventually('a curve in pixels', async () => ink(await pictureOf(frame.locator('#trajectory-plot'))), (share) => share > 0.005);
  const { t, values } = await plotted(frame);
  expect(t[0]).toBe(0);
  expect(values[0]).toBe(0.2);
  expect(values.at(-1)).toBeCloseTo(golden, 4);
  expect(await frame.locator('body').innerText()).toContain('Reached a fixed point');
  await screenshot(vscode(), 'lab');
});

test('the fixed point is listed with its residual', async () => {
  const frame = await lab();
  await openTab(frame, 'fixed-point');
  const value = await eventually('the value', () => frame.locator('#panel-fixed-point tr[data-species="X"] td[data-value]').getAttribute('data-value', { timeout: 3000 }), (text) => text !== null);
  expect(Number(value)).toBeCloseTo(golden, 9);
  await eventually('the residual curve', async () => ink(await pictureOf(frame.locator('#panel-fixed-point canvas').first())), (share) => share > 0.002);
  await screenshot(vscode(), 'lab-fixed-point');
  await openTab(frame, 'trajectories');
});

test('a slider changes the curve', async () => {
  const frame = await lab();
  const plot = frame.locator('#trajectory-plot');
  const before = await pictureOf(plot);
  const slider = frame.locator('[data-parameter="y"] input[type="range"]');
  await slider.focus();
  for (let press = 0; press < 10; press++) await slider.press('ArrowRight');
  const value = async () => Number(await frame.locator('[data-parameter="y"]').getAttribute('data-value'));
  await eventually('the moved slider', value, (y) => y > 1);
  await eventually(
    'the curve that ends where the closed form says for the slider’s value, (y + √(y² + 4))/2 at h = 1',
    async () => ({ y: await value(), end: (await plotted(frame)).values.at(-1)! }),
    ({ y, end }) => Math.abs(end - (y + Math.sqrt(y * y + 4)) / 2) < 1e-4,
  );
  await eventually('other pixels', async () => difference(before, await pictureOf(plot)), (share) => share > 0.002);
});

test('a plot is drawn once when it is made anew, and when another part of it is shown', async () => {
  const frame = await lab();
  // Each drawing begins by clearing all of the canvas.
  await frame.evaluate(() => {
    const counted = { drawings: 0 };
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the canvas's own context below
    const { clearRect } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.clearRect = function clear(x, y, width, height) {
      if (this.canvas.closest('#trajectory-plot') !== null && width === this.canvas.width && height === this.canvas.height) counted.drawings++;
      clearRect.call(this, x, y, width, height);
    };
    Object.assign(window, { counted });
  });
  const drawings = (): Promise<number> => frame.evaluate(() => (window as unknown as { counted: { drawings: number } }).counted.drawings);
  const logarithmic = (): Promise<void> => frame.locator('#log-time').click(), plot = frame.locator('#trajectory-plot');
  for (const [k, change] of [logarithmic, logarithmic, () => plot.press('+'), () => plot.press('0')].entries()) {
    await change();
    await eventually('the drawing', drawings, (found) => found > k);
    // What would be drawn again would be by now: that takes two frames.
    await frame.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
    expect(await drawings()).toBe(k + 1);
  }
  expect(await plot.getAttribute('data-zoomed')).toBe('false');
});

test('the exported CSV holds the plotted numbers', async () => {
  const frame = await lab();
  await frame.locator('#save-csv').click();
  const path = join(vscode().folder, 'curves.csv');
  await answerFileDialog(vscode(), path);
  const text = await eventually('the file', () => readFile(path, 'utf8').catch(() => ''), (content) => content.length > 0);
  const lines = text.trim().split(/\r?\n/).filter((line) => !line.startsWith('#'));
  expect(lines[0]).toBe('t,X');
  const last = lines.at(-1)!.split(',').map(Number);
  expect(lines[1]!.split(',').map(Number)).toEqual([0, 0.2]);
  const { t, values } = await plotted(frame);
  expect(last[0]).toBeCloseTo(t.at(-1)!, 6);
  expect(last[1]).toBeCloseTo(values.at(-1)!, 6);
});

test('the exported PNG is a picture', async () => {
  const frame = await lab();
  await frame.locator('#save-png').click();
  const path = join(vscode().folder, 'curves.png');
  await answerFileDialog(vscode(), path);
  const bytes = await eventually('the file', () => readFile(path).catch(() => Buffer.alloc(0)), (content) => content.length > 1000);
  expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
});

test('editing the text moves the lab along', async () => {
  await setText(vscode(), 'species A = 3\nA -> 0 @ 1\nsimulate decay { t = 2 }\n', 'smoothed-relu-neuron.crn');
  const frame = await lab();
  const expected = 3 * Math.exp(-2);
  await eventually('the decay', async () => (await plotted(frame)).values.at(-1) ?? 0, (value) => Math.abs(value - expected) < 1e-4);
});

test('a condition ends the run, and gives way to an end time', async () => {
  await setText(vscode(), 'units time s\nspecies A = 3, B\nA -> B @ 1\nsimulate fall { until = A < 1.5; t = 20 }\n', 'smoothed-relu-neuron.crn');
  const frame = await lab(), until = frame.locator('#until'), end = frame.locator('#end');
  const outcome = (wanted: string) => eventually(`the outcome: ${wanted}`, () => frame.locator('#outcome').innerText(), (text) => text.startsWith(wanted));
  await outcome('“A < 1.5” at t = 0.6931 s.');
  expect([await until.inputValue(), await until.locator('option:checked').innerText(), await end.inputValue()]).toEqual(['condition', 'A < 1.5', '20']);
  const { t, values } = await eventually('the curve to there', () => plotted(frame), (curve) => Math.abs(curve.t.at(-1)! - Math.log(2)) < 1e-4);
  expect(t[0]).toBe(0);
  expect(values.at(-1)).toBeCloseTo(1.5, 4);
  await screenshot(vscode(), 'lab-condition');
  // The latest end comes first.
  await end.fill('0.5');
  await end.press('Enter');
  await outcome('“A < 1.5” did not come true up to t = 0.5 s.');
  await until.selectOption('time');
  await outcome('Ran to t = 0.5 s');
  await until.selectOption('condition');
  await end.fill('');
  await end.press('Enter');
  await outcome('“A < 1.5” at t = 0.6931 s.');
  expect(await end.getAttribute('placeholder')).toBe('at rest');
  // What holds at the start leaves one point, and a warning.
  await setText(vscode(), 'units time s\nspecies A = 3, B\nA -> B @ 1\nsimulate fall { until = A > 1.5; t = 20 }\n', 'smoothed-relu-neuron.crn');
  await outcome('“A > 1.5” at t = 0 s.');
  await eventually('the one point', () => plotted(frame), (curve) => curve.t.length === 1 && curve.values[0] === 3);
  expect(await frame.locator('#warnings').isVisible()).toBe(true);
});

test('a model with a mistake shows the mistake, with its code, instead of a curve', async () => {
  await setText(vscode(), 'species A = 3\nA -> B @ 1\n', 'smoothed-relu-neuron.crn');
  const frame = await lab();
  await eventually('the message', () => frame.locator('#messages').innerText(), (text) => text.includes('CRN201') && text.includes('B is not declared'));
  await screenshot(vscode(), 'lab-mistake');
});

/** Closes the lab and opens it again: whether its parts were kept ones, each time that they were placed. */
async function reopened(): Promise<{ readonly frame: Frame; readonly kept: boolean[] }> {
  await vscode().page.locator('.tab', { hasText: '─ Onepot' }).first().click({ button: 'middle' });
  await eventually('no lab', () => vscode().page.locator('.tab', { hasText: '─ Onepot' }).count(), (count) => count === 0);
  await runCommand(vscode(), 'Onepot: Simulate');
  const frame = await lab();
  return { frame, kept: await frame.evaluate(() => (performance.getEntriesByName('onepot.parts') as PerformanceMark[]).map(({ detail }) => (detail as { kept: boolean }).kept)) };
}
const keptScript = (frame: Frame): Promise<string> => frame.evaluate(() => (localStorage.getItem('onepot.lab.key') === null ? '' : localStorage.getItem('onepot.lab.script') ?? ''));

test('a lab starts from the parts that the one before has kept, and fetches them where they are not those that the policy names', async () => {
  await setText(vscode(), 'species A = 3\nA -> 0 @ 1\nsimulate decay { t = 2 }\n', 'smoothed-relu-neuron.crn');
  const whole = await eventually('the script to be kept', async () => keptScript(await lab()), (text) => text.length > 100_000);
  const second = await reopened();
  expect(second.kept).toEqual([true]);
  await second.frame.evaluate(() => localStorage.setItem('onepot.lab.script', 'document.body.textContent = "not ours"'));
  const third = await reopened();
  expect(third.kept).toEqual([true, false]);
  await eventually('the decay', async () => (await plotted(third.frame)).values.at(-1) ?? 0, (value) => Math.abs(value - 3 * Math.exp(-2)) < 1e-4);
  expect(await third.frame.locator('body').innerText()).not.toContain('not ours');
  await eventually('what is kept to be right again', () => keptScript(third.frame), (text) => text === whole);
  expect((await reopened()).kept).toEqual([true]);
});
