/** Networks of neurons in real VS Code: what hovers say, where definitions lead, what a network stands for. */
import { expect, test } from 'vitest';
import {
  eventually, goTo, hideHover, hover, placeCursor, problems, runCommand, screenshot, setText, suggestions, tabs, typeText, useWorkbench, visibleText,
} from './harness/index.ts';

const model = `param h = 0.1
fixed X1 = 1, X2 = 2
neuron H = smooth_relu(2*X1 - 1.5*X2 + 0.3; h = h)

network xor {
  input x[2]
  layer hidden[4] = smooth_relu(h = 0.1)
  layer y[1] = linear
  weights uniform(-1, 1, seed: 7)
}
data truth_table {
  x[2] -> y[1]
  0 0 -> 0
  0 1 -> 1
  1 0 -> 1
  1 1 -> 0
}
train xor on truth_table { rate = 0.005; dwell = 20 }
`;

// Inlay hints would count as text.
const vscode = useWorkbench({ file: 'xor.crn', files: { 'xor.crn': model, '.vscode/settings.json': '{ "editor.inlayHints.enabled": "off" }' } });

/** What the rightmost editor shows. */
async function shownBeside(): Promise<string> {
  return (await vscode().page.locator('.editor-group-container').last().innerText()).replaceAll('\u00a0', ' ');
}

test('hovering a neuron shows its equation and its fixed point typeset, why that is unique, its slowest rate', async () => {
  const { text, images } = await hover(vscode(), { text: 'H', line: 3 }, /fixed point/);
  expect(text).toContain('H′ = h + 0.3·H + 2·X1·H − H² − 1.5·X2·H');
  expect(text).toContain('x = (y + √(y² + 4h))/2');
  expect(text).toContain('one sign change for every y: Descartes');
  expect(text).toContain('2√h = 0.6325');
  expect(images).toHaveLength(2);
  await screenshot(vscode(), 'hover-neuron');
  await hideHover(vscode());
});

test('hovering a layer shows the equations of its units with sums', async () => {
  const { text, images } = await hover(vscode(), { text: 'hidden', line: 7 }, /layer of 4 units/);
  expect(text).toContain('hidden.y^s[i]′ = hidden.b^s[i] + Σ_j hidden.W^s[i,j]·x[j] − hidden.y^s[i]');
  expect(images.length).toBeGreaterThan(0);
  await screenshot(vscode(), 'hover-layer');
  await hideHover(vscode());
});

test('hovering a network counts its species, and its reactions by group and molecularity', async () => {
  const { text } = await hover(vscode(), { text: 'xor', line: 5 }, /species/);
  expect(text).toContain('78 species, 191 reactions: forward 65, backward 75, update 51');
  expect(text).toContain('molecularity: from nothing 4, unimolecular 64, bimolecular 123');
  await screenshot(vscode(), 'hover-network');
  await hideHover(vscode());
});

test('hovering the word train tells every setting, defaults too', async () => {
  const { text } = await hover(vscode(), { text: 'train', line: 18 }, /epochs/);
  expect(text).toMatch(/rule\s+gradient\s+default/);
  await hideHover(vscode());
});

test('Show Reactions in a network opens what it is compiled to, which has no problems of its own', async () => {
  await placeCursor(vscode(), { text: 'weights', line: 9 });
  await runCommand(vscode(), 'Onepot: Show Reactions');
  const text = await eventually('the reactions', () => shownBeside(), (shown) => shown.includes('species xor.hidden[4] = 1'));
  expect(text).toContain('// The network xor, 2-4-1, as reactions: weights are species on two rails');
  expect(text).toContain('import "onepot:forward"');
  await screenshot(vscode(), 'network-reactions');
  expect(await problems(vscode())).toEqual([]);
});

test('what is compiled follows an edit of the network', async () => {
  await setText(vscode(), model.replace('hidden[4]', 'hidden[5]'), 'xor.crn');
  await eventually('the wider layer', () => shownBeside(), (shown) => shown.includes('// The network xor, 2-5-1'));
});

test('going to the definition of an activation opens the library', async () => {
  await placeCursor(vscode(), { text: 'smooth_relu', line: 3 }, 'before', 'xor.crn');
  await runCommand(vscode(), 'Go to Definition');
  await eventually('the library', () => tabs(vscode()), (titles) => titles.some((title) => title.includes('activations.crn')));
  await eventually('its text', () => visibleText(vscode(), 'activations.crn'), (text) => text.includes("activation smooth_relu(h) { x' = h + y*x - x^2 }"));
});

test('activations are offered for a layer, with their constants', async () => {
  await runCommand(vscode(), 'View: Close Editor');
  await setText(vscode(), 'network n {\n  input x[2]\n  layer a[3] = \n}\n', 'xor.crn');
  await goTo(vscode(), { line: 3, column: 16 }, 'xor.crn');
  await typeText(vscode(), 'algebraic');
  const offered = (await suggestions(vscode())).map(({ label }) => label);
  expect(offered).toEqual(expect.arrayContaining(['algebraic_sigmoid', 'algebraic_tanh', 'algebraic_logistic']));
});
