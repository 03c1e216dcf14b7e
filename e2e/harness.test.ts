/**
 * The harness itself, against parts of VS Code that do not come from us: a failure here means the harness and not the
 * extension. The file is TypeScript because VS Code brings a language server for it.
 */
import { expect, test } from 'vitest';
import {
  acceptSuggestion, answerFileDialog, applyQuickFix, difference, drawnLines, eventually, goTo, hover, ink, labFrame, pictureOf, placeCursor, problems,
  rename, runCommand, save, savedText, setText, squiggles, statusBar, suggestions, tabs, typeText, useWorkbench, visibleText,
} from './harness/index.ts';
import { join } from 'node:path';

const source = `const answer: number = 'x';
/** Twice as much. */
function twice(x: number): number {
  return 2 * x;
}
export const result = twise(answer);
`;

const vscode = useWorkbench({ file: 'first.ts', files: { 'first.ts': source, 'notes/read.md': '# Notes\n\nA *page*.\n' } });

test('the workbench shows the folder and the file it was opened with', async () => {
  expect(await vscode().page.locator('.explorer-folders-view').innerText()).toContain('first.ts');
  expect(await tabs(vscode())).toEqual(['first.ts']);
  expect(await visibleText(vscode())).toBe(source);
  expect((await drawnLines(vscode()))[3]).toEqual({ line: 4, text: '  return 2 * x;' });
});

test('squiggles and the Problems panel say what is wrong and where', async () => {
  const marked = await eventually('two squiggles', () => squiggles(vscode()), (list) => list.length === 2);
  expect(marked).toEqual([
    { severity: 'error', line: 1, text: 'answer' },
    { severity: 'error', line: 6, text: 'twise' },
  ]);
  const listed = await eventually('two problems', () => problems(vscode()), (list) => list.length === 2);
  expect(listed[1]).toMatchObject({ file: 'first.ts', severity: 'error', source: 'ts', code: '2552', line: 6, column: 23 });
  expect(listed[1]?.message).toBe("Cannot find name 'twise'. Did you mean 'twice'?");
  expect(listed[1]?.related).toEqual([{ file: 'first.ts', message: "'twice' is declared here.", line: 3, column: 10 }]);
});

test('a hover shows its text', async () => {
  const { text, images } = await hover(vscode(), { text: 'twice', line: 3 }, /Twice as much/);
  expect(text).toContain('function twice(x: number): number');
  expect(images).toEqual([]);
});

test('a quick fix is applied', async () => {
  await applyQuickFix(vscode(), 'twise', /Change spelling to 'twice'/);
  await eventually('the corrected name', () => visibleText(vscode()), (text) => text.includes('twice(answer)'));
});

test('a completion is accepted, a symbol renamed, the file saved', async () => {
  await goTo(vscode(), { line: 7, column: 1 });
  await typeText(vscode(), 'const again = twi');
  expect((await suggestions(vscode())).map((suggestion) => suggestion.label)).toContain('twice');
  await acceptSuggestion(vscode(), 'twice');
  await typeText(vscode(), '(3);');
  await rename(vscode(), { text: 'twice', line: 3 }, 'double');
  await eventually('the new name', () => visibleText(vscode()), (text) => text.includes('again = double(3);'));
  await save(vscode());
  expect(await savedText(vscode(), 'first.ts')).toBe(`${source.replace('twise', 'double').replace('twice', 'double')}const again = double(3);`);
});

test('the whole text is replaced as it is', async () => {
  const text = 'if (true) {\n      const f = (x: {}) => [x];\n}\n';
  await setText(vscode(), text);
  expect(await visibleText(vscode())).toBe(text);
});

test('commands run, file dialogs are answered, pixels tell whether something is drawn', async () => {
  await placeCursor(vscode(), 'true', 'after');
  expect(await statusBar(vscode())).toContain('Ln 1, Col 9');
  const before = await pictureOf(vscode().page.locator('.part.editor'));
  expect(ink(before)).toBeGreaterThan(0.001);
  await runCommand(vscode(), 'File: Save As...');
  await answerFileDialog(vscode(), join(vscode().folder, 'second.ts'));
  await eventually('the copy on disk', () => savedText(vscode(), 'second.ts'), (text) => text.startsWith('if (true)'));
  expect(difference(before, await pictureOf(vscode().page.locator('.part.editor')))).toBeGreaterThan(0);
});

test('a webview is reached', async () => {
  await runCommand(vscode(), 'File: Open File...');
  await answerFileDialog(vscode(), join(vscode().folder, 'notes/read.md'));
  await eventually('the notes', () => tabs(vscode()), (open) => open.includes('read.md'));
  await runCommand(vscode(), 'Markdown: Open Preview to the Side');
  const frame = await labFrame(vscode(), 'h1');
  expect(await frame.locator('h1').innerText()).toBe('Notes');
});
