/** A network of the size that people import: 1122 species, 24,388 reactions. The editor stays an editor. */
import { expect, test } from 'vitest';
import {
  drawnLines, eventually, goTo, hideHover, hover, ink, labFrame, pictureOf, placeCursor, problems, runCommand, squiggles, typeText, useWorkbench,
  visibleText,
} from './harness/index.ts';

const SPECIES = 1122;
const REACTIONS = 24_388;
const HEAD = 6;
const TYPO = 12;

/** Every pair of neighbours at a distance up to 22 reacts; the reaction on line TYPO names a species that is not there. */
function network(): string {
  const name = (i: number): string => `S${(i % SPECIES) + 1}`;
  const lines = [
    '// A large network.',
    `param ${Array.from({ length: 128 }, (_, i) => `p${i + 1} = ${(i % 7) + 1}e-3`).join(', ')}`,
    '',
    '// Species',
    `species ${Array.from({ length: SPECIES }, (_, i) => `${name(i)} = ${i % 5}`).join(', ')}`,
    '// Reactions',
  ];
  for (let k = 0; k < REACTIONS; k++) {
    const a = k % SPECIES;
    const distance = 1 + Math.floor(k / SPECIES);
    lines.push(`${name(a)} + ${name(a + distance)} -> ${name(a + 3 * distance + 40)} @ p${(k % 128) + 1}`);
  }
  lines[TYPO - 1] = lines[TYPO - 1]!.replace('->', '-> Nobody +');
  return `${lines.join('\n')}\n`;
}

const vscode = useWorkbench({ file: 'large.crn', files: { 'large.crn': network(), '.vscode/settings.json': '{ "editor.inlayHints.enabled": "off" }' } });

test('the one mistake in it is found', async () => {
  const marked = await eventually('the squiggle', () => squiggles(vscode()), (list) => list.some(({ severity }) => severity === 'error'));
  expect(marked.filter(({ severity }) => severity === 'error')).toEqual([{ severity: 'error', line: TYPO, text: 'Nobody' }]);
  const listed = (await problems(vscode())).filter(({ severity }) => severity === 'error');
  expect(listed).toHaveLength(1);
  expect(listed[0]).toMatchObject({ code: 'CRN201', line: TYPO });
});

test('hovering a species shows its equation', async () => {
  const { text } = await hover(vscode(), { text: 'S2', line: HEAD + 1 }, /S2′/);
  expect(text).toContain('S2′ = ');
  await hideHover(vscode());
});

test('what is typed stands there, whatever is computed meanwhile', async () => {
  const comment = ' It was typed without a pause, letter by letter, while the network was being checked again and again.';
  await placeCursor(vscode(), { text: '// Reactions', line: HEAD }, 'after');
  await typeText(vscode(), comment);
  await eventually('the whole sentence', () => drawnLines(vscode()), (lines) => lines.some(({ line, text }) => line === HEAD && text === `// Reactions${comment}`));
  await goTo(vscode(), { line: HEAD, column: `// Reactions${comment}`.length + 1 });
  await vscode().page.keyboard.press('Enter');
  await typeText(vscode(), 'S1 + S1000 -> S500 @ p1');
  await vscode().page.keyboard.press('Escape');
  await eventually('the new reaction', () => visibleText(vscode()), (text) => text.includes('\nS1 + S1000 -> S500 @ p1\n'));
});

test('the mistake moves along, and goes when it is mended', async () => {
  await eventually('the squiggle a line further down', () => squiggles(vscode()), (list) => list.some(({ severity, line, text }) => severity === 'error' && line === TYPO + 1 && text === 'Nobody'));
  await placeCursor(vscode(), { text: 'Nobody', line: TYPO + 1 }, 'after');
  for (let i = 0; i < 'Nobody'.length; i++) await vscode().page.keyboard.press('Backspace');
  await typeText(vscode(), 'S7');
  await vscode().page.keyboard.press('Escape');
  await eventually('no error left', () => squiggles(vscode()), (list) => list.every(({ severity }) => severity !== 'error'));
  await eventually('the mended line', () => visibleText(vscode()), (text) => /-> S7 \+ S\d+ @/.test(text));
});

test('all its reactions open as a document of their own', async () => {
  await runCommand(vscode(), 'Onepot: Show Reactions');
  const beside = async () => (await vscode().page.locator('.editor-group-container').last().innerText()).replaceAll('\u00a0', ' ');
  await eventually('the reactions', beside, (text) => text.includes('S1 + S1000 -> S500 @ p1'));
});

test('without an end of its own it runs to one that the lab finds, and the lab follows an edit', async () => {
  await runCommand(vscode(), 'Onepot: Simulate');
  // The reactions beside may still be coming up and take the front again: choose the lab's tab.
  const tab = vscode().page.locator('.tab', { hasText: 'large.crn – Onepot' }).or(vscode().page.locator('.tab[aria-label*="Onepot"]')).first();
  await eventually('the lab in front', async () => {
    await tab.click({ timeout: 5000 });
    return vscode().page.locator('iframe.webview.ready').filter({ visible: true }).count();
  }, (count) => count > 0, 30_000);
  const frame = await labFrame(vscode(), '#lab');
  const state = () => frame.locator('#lab').evaluate((element) => ({ ...(element as HTMLElement).dataset }));
  const { runs } = await eventually('the end of a run', state, ({ running, runs: count }) => running === 'false' && Number(count) > 0, 60_000);
  expect((await state())['outcome']).toMatch(/^(reached|steady)$/);
  await eventually('curves in pixels', async () => ink(await pictureOf(frame.locator('#trajectory-plot'))), (share) => share > 0.005);
  expect(Number(await frame.locator('#end').inputValue())).toBeGreaterThan(0);
  await placeCursor(vscode(), { text: 'S500 @ p1', line: HEAD + 1 }, 'after', 'large.crn');
  await typeText(vscode(), '28');
  await eventually('the other constant', () => visibleText(vscode(), 'large.crn'), (text) => text.includes('\nS1 + S1000 -> S500 @ p128\n'));
  await eventually('the run of the new text', state, ({ running, runs: count }) => running === 'false' && Number(count) > Number(runs), 60_000);
});
