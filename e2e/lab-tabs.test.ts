/** The lab's tabs beside trajectories and training, in real VS Code: what they show, in text and in pixels, and where they lead. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { expect, test } from 'vitest';
import { answerFileDialog, eventually, ink, labFrame, openTab, pictureOf, placeCursor, runCommand, screenshot, setText, useWorkbench } from './harness/index.ts';
import { SWITCH_REACTIONS } from './harness/models.ts';

const MODEL = `${SWITCH_REACTIONS}simulate s { t = 20 }
`;
const vscode = useWorkbench({ file: 'three.crn', files: { 'three.crn': MODEL }, size: { width: 1600, height: 1000 } });

async function lab(): Promise<Frame> {
  const frame = await labFrame(vscode(), '#lab');
  await eventually('the end of the run', () => frame.locator('#lab').getAttribute('data-running'), (running) => running === 'false');
  return frame;
}

/** The text that is selected in the editor, as VS Code's status bar counts it, and the line of the cursor. */
async function cursorLine(): Promise<number> {
  const text = await vscode().page.locator('.statusbar-item[id="status.editor.selection"]').innerText();
  return Number(/Ln (\d+)/.exec(text)?.[1]);
}

test('all fixed points are found, each with its stability, eigenvalues and the phase plane', async () => {
  await runCommand(vscode(), 'Onepot: Simulate');
  const frame = await lab();
  await openTab(frame, 'fixed-point');
  // A′ = −(A − 1)(A − 2)(A − 3), whose slopes at 1, 2 and 3 are −2, 1 and −2; B dies out at 2.
  await eventually('the three points', () => frame.locator('#starts-told').innerText(), (text) => text.startsWith('3 fixed points were found from 20 starts'));
  await eventually('the verdict', () => frame.locator('#stability').innerText(), (text) => /^Stable: disturbances die out at 2, the slowest of 2 modes; the course came in at \d/.test(text));
  const eigenvalues = await frame.locator('#eigenvalues-data tbody td').evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-value'))));
  expect(eigenvalues.map((value) => Math.round(value * 1e4) / 1e4 + 0)).toEqual([-2, 0, -2, 0]);
  await eventually('the plane in words', () => frame.locator('#plane-summary').innerText(), (text) => /Fixed points: .*stable at A = [13].*unstable at A = 2, B = 1/.test(text));
  for (const id of ['phase-plane', 'eigenvalue-plot', 'residual-plot']) {
    await eventually(`${id} in pixels`, async () => ink(await pictureOf(frame.locator(`#${id}`))), (share) => share > 0.01);
  }
  await screenshot(vscode(), 'lab-fixed-points');
});

test('another of the fixed points is shown when it is chosen, and sliders are followed', async () => {
  const frame = await lab();
  const options = await frame.locator('#fixed-point-which option').allInnerTexts();
  const unstable = options.findIndex((text) => text.includes('unstable'));
  await frame.locator('#fixed-point-which').selectOption({ index: unstable });
  await eventually('its value', () => frame.locator('#panel-fixed-point tr[data-species="A"] td').first().getAttribute('data-value'), (value) => Math.abs(Number(value) - 2) < 1e-6);
  await eventually('the verdict', () => frame.locator('#stability').innerText(), (text) => /^Unstable: small disturbances grow at 1\./.test(text));
  const slider = frame.locator('[data-parameter="k"] input[type="range"]');
  await slider.focus();
  for (let press = 0; press < 5; press++) await slider.press('ArrowRight');
  // Five of 400 steps over four decades, to three digits.
  const k = await eventually('the moved slider', () => frame.locator('[data-parameter="k"]').getAttribute('data-value').then(Number), (value) => value === 1.12);
  await frame.locator('#fixed-point-which').selectOption({ index: unstable });
  // The slope at 2 grows with k.
  await eventually('the growth for the slider’s value', () => frame.locator('#stability').innerText(), (text) => text.startsWith(`Unstable: small disturbances grow at ${Number(k.toPrecision(3))}`));
  await frame.locator('[data-parameter="k"] .reset').click();
});

test('equations are listed, found, and lead to the text', async () => {
  const frame = await lab();
  await openTab(frame, 'odes');
  await eventually('the equations', () => frame.locator('#odes-list [role="option"] .text').allInnerTexts(), (texts) => texts.join('; ') === 'A′ = 6·k + 6·k·A² − 11·k·A − k·A³; B′ = A − 2·B; F′ = 0');
  await frame.locator('#find-odes').fill('B′');
  await eventually('the one that is looked for', () => frame.locator('#odes-list [role="option"]').count(), (count) => count === 1);
  await frame.locator('#find-odes').fill('');
  await frame.locator('#odes-list').focus();
  await frame.locator('#odes-list').press('ArrowDown');
  await frame.locator('#odes-list').press('ArrowDown');
  await frame.locator('#odes-list').press('Enter');
  await eventually('the line of the declaration', cursorLine, (line) => line === 2);
  await screenshot(vscode(), 'lab-odes');
  await frame.locator('#copy-all-odes').click();
  const copied = await eventually('what is copied', () => frame.evaluate(() => navigator.clipboard.readText()), (text) => text.includes('\\begin'));
  for (const part of ['A', '6', 'k', '\\end']) expect(copied).toContain(part);
});

test('reactions are listed with their groups and lead to their lines', async () => {
  const frame = await lab();
  await openTab(frame, 'reactions');
  await eventually('the reactions', () => frame.locator('#reactions-list [role="option"]').count(), (count) => count === 6);
  await frame.locator('#find-reactions').fill('STEEP @');
  await eventually('those that are looked for', () => frame.locator('#reactions-list [role="option"]').count(), (count) => count === 2);
  await frame.locator('#reactions-list [role="option"]').last().click();
  await eventually('its line', cursorLine, (line) => line === 7);
  expect(await frame.locator('#reactions-detail .full').innerText()).toBe('3 A -> 2 A @ 1*k');
  await frame.locator('#find-reactions').fill('');
});

test('the network is drawn, walked through with the keyboard, and leads to the text', async () => {
  const frame = await lab();
  await openTab(frame, 'network');
  await eventually('its sentence', () => frame.locator('#network-told').innerText(), (text) => text.startsWith('3 species and 6 reactions.'));
  expect(await frame.locator('#network-graph .node.species').count()).toBe(3);
  expect(await frame.locator('#network-graph .node.reaction').count()).toBe(6);
  // A makes B and stays as it is.
  expect(await frame.locator('#network-graph .edge[data-catalyst="true"]').count()).toBe(1);
  await eventually('the drawing in pixels', async () => ink(await pictureOf(frame.locator('#network-graph'))), (share) => share > 0.005);
  await frame.locator('#network-graph').focus();
  await frame.locator('#network-graph').press('Home');
  await eventually('the first species', () => frame.locator('#network-reading').innerText(), (text) => text === 'A');
  await frame.locator('#network-graph').press('Enter');
  await eventually('its line', cursorLine, (line) => line === 2);
  await frame.locator('#network-graph .node[data-title^="loss:"]').click();
  await eventually('the line of the reaction', cursorLine, (line) => line === 5);
  await screenshot(vscode(), 'lab-network');
});

test('a curve begins where its grip is moved to', async () => {
  const frame = await lab();
  await openTab(frame, 'trajectories');
  await frame.locator('#initials-fold summary').click();
  const begins = () => frame.locator('#initials [data-parameter="B"]').getAttribute('data-value').then(Number);
  expect(await begins()).toBe(3);
  await frame.locator('.grip[data-key="B"]').focus();
  await frame.locator('.grip[data-key="B"]').press('ArrowUp');
  await eventually('a larger start', begins, (value) => value > 3);
  const grip = (await frame.locator('.grip[data-key="B"]').boundingBox())!, { mouse } = vscode().page;
  await mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
  await mouse.down();
  await mouse.move(grip.x + grip.width / 2, grip.y + 200, { steps: 5 });
  await mouse.up();
  await eventually('a smaller start', begins, (value) => value < 3);
  const first = () => frame.locator('#plot-data tbody tr').first().locator('td').evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-value'))));
  await eventually('a curve that begins there', async () => [await begins(), await first()] as const, ([start, values]) => values.some((value) => Math.abs(value - start) < 1e-9));
  await frame.locator('#initials [data-parameter="B"] .reset').click();
  await eventually('the start of the text', begins, (value) => value === 3);
});

test('a run that is pinned stays in sight and is compared with the next', async () => {
  const frame = await lab();
  await frame.locator('#pin').click();
  const slider = frame.locator('#sliders [data-parameter="k"] input[type="range"]');
  await slider.focus();
  // A hundredth of the speed: at the end A is still on its way.
  await slider.press('Home');
  // All at once: the row is made anew with every run.
  const numbers = () => frame.locator('#comparison-table tr[data-species="A"]').evaluate((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.getAttribute('data-value') ?? cell.getAttribute('data-difference'))));
  const [now, before, difference] = await eventually('the difference', numbers, (found) => found.length === 3 && Math.abs(found[2]!) > 0.01);
  expect(before).toBeCloseTo(1, 4);
  expect(difference).toBeCloseTo(now! - before!, 12);
  await screenshot(vscode(), 'lab-compared');
  await frame.locator('#comparison-table button').click();
  await eventually('no comparison', () => frame.locator('#comparison').isVisible(), (shown) => !shown);
  await frame.locator('#sliders [data-parameter="k"] .reset').click();
});

test('what is pointed at in the editor stands out in the lab, and the reverse', async () => {
  const frame = await lab();
  await placeCursor(vscode(), { text: 'B', line: 8 }, 'before', 'three.crn');
  await eventually('the species at the cursor', () => frame.locator('#lab').getAttribute('data-pointed'), (species) => species === 'B');
  expect(await frame.locator('.line.pointed').getAttribute('data-species')).toBe('B');
  const marked = () => vscode().page.locator('.view-overlays [class*="ced-"]').count();
  const before = await marked();
  await frame.locator('#legend .line[data-species="A"] .toggle').hover();
  await eventually('marks in the editor', marked, (count) => count > before);
});

test('a sweep over noise fills in its curve, with bands, and says how far it is', async () => {
  await setText(vscode(), `species X = 10, Y
X -> Y @ 1
Y -> X @ 1
simulate grainy { t = 5; method = ssa; volume = 10; seed = 1; plot = X }
sweep sizes {
  simulate grainy
  vary volume in [1, 10, 100]
  replicas = 8
}
`, 'three.crn');
  const frame = await lab();
  await openTab(frame, 'noise');
  await eventually('what there is to do', () => frame.locator('#noise-told').innerText(), (text) => text.startsWith('1 sweep over noise, 24 runs.'));
  await frame.locator('#run-sweeps').click();
  await eventually('all runs', () => frame.locator('#noise-cards .hint').innerText(), (text) => text.startsWith('24 runs.'));
  const means = await frame.locator('#noise-0-data tbody td[data-value]').evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-value'))));
  // Half of ten are left on average; with a hundred times as many molecules the mean of 8 runs lies within a tenth of it.
  expect(means[4]).toBeGreaterThan(4.5);
  expect(means[4]).toBeLessThan(5.5);
  expect([means[1], means[3], means[5]]).toEqual([8, 8, 8]);
  await eventually('the curve in pixels', async () => ink(await pictureOf(frame.locator('#noise-plot-0'))), (share) => share > 0.02);
  await screenshot(vscode(), 'lab-noise');
});

test('what is drawn is saved as SVG, with what made it', async () => {
  const frame = await lab();
  for (const [tab, name, holds] of [['trajectories', 'curves.svg', '>concentration</text>'], ['network', 'network.svg', '>X</text>']] as const) {
    await openTab(frame, tab);
    await eventually('something to save', () => frame.locator('#save-svg').isEnabled(), (enabled) => enabled);
    await frame.locator('#save-svg').click();
    await answerFileDialog(vscode(), join(vscode().folder, name));
    const text = await eventually('the file', () => readFile(join(vscode().folder, name), 'utf8').catch(() => ''), (content) => content.endsWith('</svg>'));
    expect(text).toMatch(/^<svg [^>]*><desc>three\.crn, .*Onepot \d+\.\d+\.\d+<\/desc>/);
    expect(text).toContain(holds);
  }
});
