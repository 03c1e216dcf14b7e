/** Import of BioNetGen networks: what opens, what is said, and that a cancelled import leaves nothing. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answerFileDialog, eventually, notifications, runCommand, screenshot, tabs, useWorkbench, visibleText } from './harness/index.ts';

/** A chain of species that turn into each other, with as many reactions as asked for. */
function network(reactions: number): string {
  const species = Math.min(reactions, 1000) + 1;
  return [
    'begin parameters', '  1 k 0.5', 'end parameters',
    'begin species', ...Array.from({ length: species }, (_, i) => `  ${i + 1} M(s~${i}) ${i === 0 ? 100 : 0}`), 'end species',
    'begin reactions', ...Array.from({ length: reactions }, (_, i) => `  ${i + 1} ${(i % (species - 1)) + 1} ${(i % (species - 1)) + 2} k`), 'end reactions', '',
  ].join('\n');
}

const vscode = useWorkbench({ file: 'tour.crn', files: { 'small.net': network(2), 'large.net': network(500_000), 'broken.net': 'begin species\n  1\n' } });

async function importFile(name: string): Promise<void> {
  await runCommand(vscode(), 'Onepot: Import BioNetGen Network…');
  await answerFileDialog(vscode(), join(vscode().folder, name));
}

test('a network opens as a text that was never saved', async () => {
  await importFile('small.net');
  await eventually('the text', () => visibleText(vscode()), (text) => /Imported from small\.net/.test(text) && /species/.test(text));
  await eventually('the message', () => notifications(vscode()), (list) => list.some((text) => text.startsWith('small.net was imported completely')));
  await runCommand(vscode(), 'Notifications: Clear All Notifications');
});

test('what is no network is refused with the reason', async () => {
  const before = await tabs(vscode());
  await importFile('broken.net');
  await eventually('the message', () => notifications(vscode()), (list) => list.some((text) => text.startsWith('broken.net was not imported. This is not a BioNetGen network')));
  expect(await tabs(vscode())).toEqual(before);
  await runCommand(vscode(), 'Notifications: Clear All Notifications');
});

test('an import that takes long says so; cancelled, it leaves nothing', async () => {
  const before = await tabs(vscode());
  await importFile('large.net');
  const toast = vscode().page.locator('.notifications-toasts .notification-list-item', { hasText: 'Importing large.net' });
  await toast.waitFor({ state: 'visible' });
  await screenshot(vscode(), 'import-progress');
  await toast.getByRole('button', { name: 'Cancel' }).click();
  await eventually('the notification to go', () => toast.count(), (count) => count === 0);
  // Time for a text to open that should not.
  await vscode().page.waitForTimeout(4000);
  expect(await tabs(vscode())).toEqual(before);
  expect(await notifications(vscode())).toEqual([]);
});
