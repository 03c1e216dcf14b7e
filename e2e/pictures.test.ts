/** The pictures of README and manual, taken from the running product (`npm run pictures` keeps them in docs/pictures). */
import { expect, test } from 'vitest';
import { documentPicture, eventually, hideHover, hover, ink, labFrame, openFile, pictureOf, runCommand, squiggles, useWorkbench } from './harness/index.ts';

const vscode = useWorkbench({ file: 'feed-forward-by-hand.crn', size: { width: 1280, height: 720 } });

/** Points where nothing explains itself: behind the breadcrumbs. */
async function pointAway(): Promise<void> {
  await vscode().page.mouse.move(480, 79);
  await eventually('no tooltip', () => vscode().page.locator('.workbench-hover:visible, .monaco-hover:visible').count(), (count) => count === 0);
}

test('the lab beside a text', async () => {
  await runCommand(vscode(), 'View: Toggle Primary Side Bar Visibility');
  await runCommand(vscode(), 'Onepot: Simulate');
  const lab = await labFrame(vscode(), '#lab[data-running="false"] canvas');
  await eventually('curves', async () => ink(await pictureOf(lab.locator('#trajectory-plot'))), (share) => share > 0.01);
  await pointAway();
  await documentPicture(vscode(), 'lab');
  expect(await lab.locator('#plot-data thead th').allTextContents()).toEqual(['t', 'H1', 'H2', 'H3', 'Y']);
});

test('a hover with its equation', async () => {
  const { images } = await hover(vscode(), { text: 'H1', line: 12 }, /H1′/);
  expect(images).toHaveLength(1);
  await documentPicture(vscode(), 'hover');
  await hideHover(vscode());
});

test('the mistakes, underlined', async () => {
  await runCommand(vscode(), 'View: Close All Editors');
  await openFile(vscode(), 'mistakes.crn');
  await eventually('squiggles', () => squiggles(vscode(), 'mistakes.crn'), (list) => list.filter(({ severity }) => severity === 'error').length >= 5);
  await documentPicture(vscode(), 'mistakes');
});

test('a network that has learnt XOR', async () => {
  await runCommand(vscode(), 'View: Close All Editors');
  await openFile(vscode(), 'xor.crn');
  await runCommand(vscode(), 'Onepot: Train');
  const lab = await labFrame(vscode(), '#lab[data-training="ended"]');
  expect(await lab.locator('#accuracy').textContent()).toBe('100 %');
  await eventually('the boundary', async () => ink(await pictureOf(lab.locator('#boundary-plot'))), (share) => share > 0.3);
  await pointAway();
  await documentPicture(vscode(), 'training');
});
