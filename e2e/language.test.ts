/** The language in real VS Code: what a user sees while writing a model. */
import { expect, test } from 'vitest';
import {
  acceptSuggestion, applyQuickFix, eventually, goTo, hideHover, hover, problems, quickFixes, rename, runCommand, save, savedText,
  screenshot, setText, squiggles, statusBar, suggestions, typeText, useWorkbench, visibleText,
} from './harness/index.ts';

const model = `// A binding model with a typo
units time s, concentration uM

param kon: 1/(uM*s) = 0.5
param koff = 1
species Substrate: uM = 1, Enzyme = 0.2, Complex

bind: Substrate + Enzyme -> Complex @ kon
unbind: Complex -> Substrat + Enzyme @ koff
`;

const typo = { text: 'Substrat', line: 9 };

// Inlay hints would count as text.
const vscode = useWorkbench({ file: 'binding.crn', files: { 'binding.crn': model, '.vscode/settings.json': '{ "editor.inlayHints.enabled": "off" }' } });

/** What the rightmost editor shows. */
async function shownBeside(): Promise<string> {
  return (await vscode().page.locator('.editor-group-container').last().innerText()).replaceAll('\u00a0', ' ');
}

test('a typo is underlined and listed with its code and what to do', async () => {
  const marked = await eventually('the squiggle', () => squiggles(vscode()), (list) => list.some(({ severity }) => severity === 'error'));
  expect(marked.filter(({ severity }) => severity === 'error')).toEqual([{ severity: 'error', line: 9, text: 'Substrat' }]);
  const listed = await eventually('the problem', () => problems(vscode()), (list) => list.length > 0);
  expect(listed[0]).toMatchObject({ file: 'binding.crn', severity: 'error', source: 'onepot', code: 'CRN201', line: 9, column: 20 });
  expect(listed[0]?.message).toContain('Species Substrat is not declared. Did you mean Substrate?');
});

test('the quick fix repairs the text and the problem goes', async () => {
  expect(await quickFixes(vscode(), typo)).toEqual(expect.arrayContaining(['Change to Substrate', 'Declare species Substrat']));
  await applyQuickFix(vscode(), typo, 'Change to Substrate');
  await eventually('the corrected name', () => visibleText(vscode()), (text) => text.includes('unbind: Complex -> Substrate + Enzyme @ koff'));
  await eventually('no error left', () => squiggles(vscode()), (list) => list.every(({ severity }) => severity !== 'error'));
});

test('hovering a species shows its equation, typeset and as text, with unit and initial value', async () => {
  const { text, images } = await hover(vscode(), { text: 'Complex', line: 8 }, /Complex/);
  expect(text).toContain('Complex′ = kon·Substrate·Enzyme − koff·Complex');
  expect(images).toHaveLength(1);
  expect(images[0]?.src).toMatch(/^data:image\/svg\+xml;base64,/);
  expect(images[0]!.width).toBeGreaterThan(80);
  await screenshot(vscode(), 'hover-species');
  await hideHover(vscode());
});

test('hovering a parameter tells its inferred unit', async () => {
  const { text } = await hover(vscode(), { text: 'koff', line: 9 }, /koff/);
  expect(text).toMatch(/1\/s/);
  expect(text).toMatch(/inferred/i);
  await hideHover(vscode());
});

test('completion after @ offers the parameters', async () => {
  await goTo(vscode(), { line: 10, column: 1 });
  await typeText(vscode(), 'Enzyme -> 0 @ ko');
  const offered = (await suggestions(vscode())).map(({ label }) => label);
  expect(offered).toEqual(expect.arrayContaining(['kon', 'koff']));
  await acceptSuggestion(vscode(), 'koff');
  await eventually('the accepted name', () => visibleText(vscode()), (text) => text.includes('Enzyme -> 0 @ koff'));
});

test('renaming a species changes every place', async () => {
  await rename(vscode(), { text: 'Complex', line: 8 }, 'Bound');
  await eventually('the new name', () => visibleText(vscode()), (text) => text.includes('unbind: Bound -> Substrate + Enzyme') && !text.includes('Complex'));
});

test('formatting aligns the constants and keeps the comments', async () => {
  await setText(vscode(), '//  keep me\nspecies A=1,B\nA->B@1\n  2 A   -> 0   @ 0.5 // and me\n');
  await runCommand(vscode(), 'Format Document');
  await eventually('the formatted text', () => visibleText(vscode()), (text) => text === '//  keep me\nspecies A = 1, B\nA -> B   @ 1\n2 A -> 0 @ 0.5  // and me\n');
  await save(vscode());
  expect(await savedText(vscode(), 'binding.crn')).toContain('species A = 1, B\n');
});

test('the reactions open as a document of their own, written in the language', async () => {
  await setText(vscode(), 'species X = 1\nparam h = 0.1\node X\' = h - X^2\n');
  await runCommand(vscode(), 'Onepot: Show Reactions');
  await eventually('the reactions', () => shownBeside(), (text) => text.includes('2 X -> X') && text.includes('@ h'));
});

test('the ODEs open as a document of their own', async () => {
  await runCommand(vscode(), 'Onepot: Show ODEs');
  await eventually('the equations', () => shownBeside(), (text) => /X[′'] = h [−-] X[²^]/.test(text));
});

test('the status bar counts what the model holds', async () => {
  await eventually('the counts', () => statusBar(vscode()), (items) => items.some((text) => /1 species/.test(text)));
});
