/**
 * What the lab looks like in real VS Code, tab by tab, light, dark and in high contrast: axe-core finds no serious fault, and every picture
 * is that of its golden (see harness/goldens.ts).
 */
import type { Frame } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ThemeName, differsFromGolden, eventually, faults, labFrame, openFile, openTab, runCommand, useWorkbench, wear } from './harness/index.ts';
import { SWITCH } from './harness/models.ts';

const vscode = useWorkbench({ file: 'switch.crn', files: { 'switch.crn': SWITCH }, size: { width: 1440, height: 860 } });

/** A lab by the name of its model, brought to the front. */
async function labOf(name: string): Promise<Frame> {
  const tab = vscode().page.locator('.tab', { hasText: `${name} ─ Onepot` });
  await tab.click();
  return labFrame(vscode(), `#lab:has(h1:text-is("Lab of ${name}"))`);
}

/**
 * The tabs, what tells that each has come to rest, the model that shows it best, the height in which all of it is seen, in pixels, and what of it
 * depends on when the page looked at a training that went on.
 */
const views: readonly { readonly tab: string; readonly model: string; readonly settled: string; readonly height?: number; readonly without?: readonly string[] }[] = [
  { tab: 'trajectories', model: 'switch.crn', settled: '#lab[data-running="false"] #plot-data tbody tr' },
  { tab: 'fixed-point', model: 'switch.crn', settled: '#eigenvalues-data tbody tr', height: 1900 },
  { tab: 'noise', model: 'switch.crn', settled: '#noise-0-data tbody tr:nth-child(3) td[data-value]' },
  { tab: 'network', model: 'switch.crn', settled: '#network-graph .node' },
  { tab: 'odes', model: 'switch.crn', settled: '#odes-list [role="option"]' },
  { tab: 'reactions', model: 'switch.crn', settled: '#reactions-list [role="option"]' },
  { tab: 'training', model: 'xor.crn', settled: '#lab[data-training="ended"] #weights-data tbody tr', height: 1900, without: ['#card-lens .card-body', '#card-rails .card-body'] },
];

/** Shows a tab and waits until there is what it shows; the focus and the pointer are elsewhere. */
async function show({ tab, model, settled }: (typeof views)[number]): Promise<Frame> {
  const frame = await labOf(model);
  await openTab(frame, tab);
  await eventually(`the view ${tab}`, () => frame.locator(settled).count(), (count) => count > 0, 60_000);
  await frame.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await vscode().page.mouse.move(300, 8);
  await eventually('no tooltip', () => vscode().page.locator('.workbench-hover:visible, .monaco-hover:visible').count(), (count) => count === 0);
  return frame;
}

beforeAll(async () => {
  await runCommand(vscode(), 'View: Toggle Primary Side Bar Visibility');
  await runCommand(vscode(), 'Onepot: Simulate');
  const lab = await labFrame(vscode(), '#lab[data-running="false"]');
  await openTab(lab, 'noise');
  await lab.locator('#run-sweeps').click();
  await openFile(vscode(), 'xor.crn');
  await runCommand(vscode(), 'Onepot: Train');
  await labFrame(vscode(), '#lab[data-training="ended"]');
}, 180_000);

describe.each(['light', 'dark', 'high-contrast', 'high-contrast-light'] as const)('%s', (theme: ThemeName) => {
  test('axe-core finds no serious fault in any tab', async () => {
    const found: Record<string, unknown> = {};
    await wear(vscode(), await labOf('xor.crn'), theme);
    await wear(vscode(), await labOf('switch.crn'), theme);
    for (const view of views) {
      const list = await faults(await show(view));
      if (list.length > 0) found[view.tab] = list;
    }
    expect(found).toEqual({});
  });

  // The second high contrast has the same drawings as the first in the colours of light.
  if (theme === 'high-contrast-light') return;
  test('every tab looks like its golden', async (context) => {
    const differences: string[] = [];
    for (const view of views) {
      await vscode().page.setViewportSize({ width: 1440, height: view.height ?? 760 });
      const frame = await show(view);
      // The sentence on one dwell is of one line or of two.
      await frame.evaluate(() => { for (const sentence of document.querySelectorAll<HTMLElement>('#lens-sample')) Object.assign(sentence.style, { whiteSpace: 'nowrap', overflow: 'hidden' }); });
      const element = vscode().page.locator('iframe.webview.ready').filter({ visible: true });
      const difference = await differsFromGolden(context, { name: `lab-${view.tab}-${theme}`, element, without: [frame.locator('.toolbar .status'), ...(view.without ?? []).map((selector) => frame.locator(selector))] });
      if (difference !== undefined) differences.push(difference);
    }
    expect(differences).toEqual([]);
  });
});
