/** What a user of VS Code expects around a language: lenses, the view of the model, tests, the guided tour, templates. */
import { expect, test } from 'vitest';
import { eventually, fileShown, labFrame, pickItem, runCommand, save, screenshot, setText, treeLabels, useWorkbench, visibleText } from './harness/index.ts';

const model = `param kon = 2
species A = 1, F = 0.5, AB
bind: A + F -> AB @ kon
unbind: AB -> A + F @ 1
simulate relax { until = fixed_point }
expect conserved A + AB
expect A ~ sqrt(1/2) within 1e-6
expect AB ~ 5 within 1e-6
`;

const vscode = useWorkbench({ file: 'binding.crn', files: { 'binding.crn': model } });

async function openView(name: string): Promise<void> {
  await vscode().page.locator(`.activitybar a.action-label[aria-label^="${name}"]`).click();
}

/** States of the tests shown, by label: what the icon's label says. */
async function testStates(): Promise<readonly string[]> {
  return vscode().page.locator('.test-explorer .monaco-list-row').evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
}

/** Which steps of the guided tour are ticked off. */
function stepsDone(): Promise<boolean[]> {
  return vscode().page.locator('.gettingStartedContainer .getting-started-step').evaluateAll((all) => all.map((step) => step.querySelector('.codicon-getting-started-step-checked') !== null));
}

test('a lens above the experiment runs it', async () => {
  const lens = vscode().page.locator('.codelens-decoration a', { hasText: 'Simulate' });
  await eventually('the lens', () => lens.count(), (count) => count === 1);
  await lens.click();
  const lab = await labFrame(vscode());
  await eventually('the outcome', () => lab.locator('body').innerText(), (text) => /fixed point/i.test(text));
});

test('the Model view lists what the model consists of, and leads to the line', async () => {
  await vscode().page.locator('.tab', { hasText: 'binding.crn' }).first().click();
  await fileShown(vscode(), 'binding.crn');
  await openView('Onepot');
  const labels = await eventually('the sections', () => treeLabels(vscode(), 'Model'), (list) => list.some((label) => label.includes('Experiments')));
  for (const section of ['Species', 'Parameters', 'Reactions', 'Conserved totals', 'Experiments']) expect(labels.some((label) => label.includes(section)), section).toBe(true);
  expect(labels.some((label) => label.includes('A + AB'))).toBe(true);
  await vscode().page.locator('.pane-body .monaco-list-row', { hasText: 'Reactions' }).first().click();
  const entry = vscode().page.locator('.pane-body .monaco-list-row', { hasText: 'unbind' });
  await eventually('the reaction', () => entry.count(), (count) => count === 1);
  await entry.click();
  await eventually('the line', () => vscode().page.locator('.statusbar-item', { hasText: /^Ln / }).innerText(), (text) => text.startsWith('Ln 4'));
  await screenshot(vscode(), 'model-view');
});

test('the Test Explorer runs every expectation and shows what differs', async () => {
  await runCommand(vscode(), 'Testing: Focus on Test Explorer View');
  await eventually('the file', testStates, (rows) => rows.some((row) => row.startsWith('binding.crn')));
  await vscode().page.locator('.test-explorer .monaco-list-row[aria-label^="binding.crn"] .monaco-tl-twistie').click();
  await runCommand(vscode(), 'Test: Run Tests in Current File');
  const states = await eventually('the verdicts', testStates, (rows) => rows.some((row) => /AB ~ 5.*Failed/.test(row)), 60_000);
  expect(states.filter((row) => /Passed/.test(row) && /conserved A \+ AB|A ~ sqrt/.test(row))).toHaveLength(2);
  await screenshot(vscode(), 'test-explorer');
  const message = vscode().page.locator('.test-error-content-widget');
  // AB = 1 − A = 1 − √½.
  await eventually('what was found, beside the line', () => message.innerText(), (text) => text.replaceAll('\u00a0', ' ').startsWith('0.2928932188134') && text.includes('!= 5 ±'));
  await message.click();
  const sides = vscode().page.locator('.monaco-diff-editor .editor:is(.original, .modified) .view-line');
  await eventually('both sides of the difference', async () => (await sides.allInnerTexts()).map((text) => text.replaceAll('\u00a0', ' ')), (texts) => texts.some((text) => /^5 ±/.test(text)) && texts.some((text) => /^0\.29289/.test(text)));
  await vscode().page.keyboard.press('Escape');
});

test('once runs are continuous, a corrected expectation passes when its file is saved', async () => {
  await runCommand(vscode(), 'Test: Start Continuous Run');
  await vscode().page.locator('.tab', { hasText: 'binding.crn' }).first().click();
  await setText(vscode(), model.replace('AB ~ 5 ', 'AB ~ 0.2928932 '));
  await save(vscode());
  await eventually('the verdict', testStates, (rows) => rows.some((row) => /AB ~ 0\.2928932.*Passed/.test(row)), 60_000);
});

test('the guided tour has six steps and notices what is done', async () => {
  await runCommand(vscode(), 'Onepot: Get Started');
  const steps = vscode().page.locator('.gettingStartedContainer .getting-started-step');
  await eventually('the steps', () => steps.count(), (count) => count === 6);
  await screenshot(vscode(), 'walkthrough');
  await vscode().page.locator('.tab', { hasText: 'binding.crn' }).first().click();
  await fileShown(vscode(), 'binding.crn');
  await runCommand(vscode(), 'Onepot: Show ODEs');
  await runCommand(vscode(), 'Onepot: Get Started');
  await eventually('the step of the equations to be ticked off', stepsDone, (ticks) => ticks.length === 6 && ticks[2] === true);
});

test('a step of the tour opens a network that learns, and is done when it has been trained', async () => {
  await runCommand(vscode(), 'Onepot: Get Started');
  const step = vscode().page.locator('.gettingStartedContainer .getting-started-step', { hasText: 'Train a network of neurons' });
  const button = step.getByRole('button', { name: 'Open the Template' });
  await eventually('the step to open', async () => {
    if (!(await button.isVisible())) await step.locator('.step-title').click();
    return button.isVisible();
  }, (visible) => visible);
  await button.click();
  await eventually('the template', () => visibleText(vscode()), (text) => text.includes('network xor'));
  const lens = vscode().page.locator('.codelens-decoration a', { hasText: 'Train' });
  await eventually('the lens', () => lens.count(), (count) => count >= 1);
  await lens.first().click();
  await labFrame(vscode(), '#lab[data-training="ended"]');
  await screenshot(vscode(), 'tour-training');
  await runCommand(vscode(), 'Onepot: Get Started');
  await eventually('the step to be ticked off', stepsDone, (ticks) => ticks[3] === true);
});

test('a new network begins with a template', async () => {
  await runCommand(vscode(), 'Onepot: New Reaction Network…');
  await pickItem(vscode(), 'Enzyme');
  await eventually('the template', () => visibleText(vscode()), (text) => text.includes('simulate turnover'));
});

test('the other steps of the tour are done when a model is simulated, listed and tested', async () => {
  await vscode().page.locator('.tab', { hasText: 'binding.crn' }).first().click();
  await fileShown(vscode(), 'binding.crn');
  await vscode().page.locator('.codelens-decoration a', { hasText: 'Simulate' }).first().click();
  // Views that have been open all the time are not opened.
  await runCommand(vscode(), 'View: Show Explorer');
  await openView('Onepot');
  await runCommand(vscode(), 'Testing: Focus on Test Explorer View');
  await runCommand(vscode(), 'Onepot: Get Started');
  await eventually('six ticks', stepsDone, (ticks) => ticks.length === 6 && ticks.every(Boolean));
});
