/** Training in real VS Code: XOR learnt before one's eyes, held, stepped, moved, kept across a reload, and saved. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { expect, test } from 'vitest';
import { answerFileDialog, eventually, labFrame, openTab, reloadWindow, runCommand, screenshot, setText, useWorkbench } from './harness/index.ts';

const vscode = useWorkbench({ file: 'xor.crn', size: { width: 1600, height: 1000 } });

const lab = (): Promise<Frame> => labFrame(vscode(), '#training-cards');
const phase = (frame: Frame): Promise<string | null> => frame.locator('#lab').getAttribute('data-training');
const value = async (frame: Frame, id: string): Promise<number> => Number(await frame.locator(`#${id}`).getAttribute('data-value'));
const presentations = async (frame: Frame): Promise<number> => Number(await frame.locator('#epoch').getAttribute('data-presentations'));

/** The colour of the boundary's canvas at a place of its inputs. */
function colourAt(frame: Frame, x: number, y: number): Promise<number[]> {
  return frame.locator('#boundary-plot').evaluate((element, [px, py]) => {
    const canvas = element as HTMLCanvasElement, scale = canvas.width / canvas.clientWidth;
    // Margins of the picture; inputs from 0 to 7/6, a sixth more than the samples span, and a little around them.
    const left = 40, right = 10, top = 8, bottom = 30, low = (-0.05 * 7) / 6, span = (1.07 * 7) / 6;
    const column = left + ((canvas.clientWidth - left - right) * (px! - low)) / span, row = top + (canvas.clientHeight - top - bottom) * (1 - (py! - low) / span);
    return [...canvas.getContext('2d')!.getImageData(Math.round(column * scale), Math.round(row * scale), 1, 1).data.slice(0, 3)];
  }, [x, y]);
}

test('XOR is learnt: loss falls, accuracy reaches 1, and the page says so', async () => {
  await runCommand(vscode(), 'View: Toggle Primary Side Bar Visibility');
  await runCommand(vscode(), 'Onepot: Train');
  const frame = await lab();
  await eventually('the end of a first run', () => phase(frame), (now) => now === 'ended', 60_000);
  // Once more, held back a little so that there is time to look.
  await frame.locator('#speed').selectOption('4 dwells/s');
  // The few points of a beginning are marked by circles, and the many of a long training are not.
  await frame.evaluate(() => {
    const counted = { circles: 0 };
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the path below
    const { arc } = Path2D.prototype;
    Path2D.prototype.arc = function circle(...where) {
      counted.circles++;
      arc.apply(this, where);
    };
    Object.assign(window, { counted });
  });
  /** Circles in a drawing of the loss. */
  const marked = async (): Promise<number> => {
    const circles = (): Promise<number> => frame.evaluate(() => (window as unknown as { counted: { circles: number } }).counted.circles);
    const before = await circles();
    for (const key of ['+', '0']) await frame.locator('#loss-plot').press(key);
    await frame.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
    return (await circles()) - before;
  };
  await frame.locator('#restart').click();
  await eventually('epochs', () => value(frame, 'epoch'), (epoch) => epoch > 1);
  await frame.locator('#pause').click();
  await eventually('the pause', () => phase(frame), (now) => now === 'paused');
  expect(await marked()).toBeGreaterThan(0);
  await frame.locator('#train').click();
  await eventually('it to go on', () => phase(frame), (now) => now === 'running');
  const first = await value(frame, 'loss');
  await frame.locator('#speed').selectOption('full speed');
  await eventually('the end', () => phase(frame), (now) => now === 'ended', 60_000);
  expect(await marked()).toBe(0);
  expect(await value(frame, 'accuracy')).toBe(1);
  expect(await value(frame, 'loss')).toBeLessThanOrEqual(0.01);
  expect(first).toBeGreaterThan(0.05);
  expect(await frame.locator('#outcome').innerText()).toMatch(/^Reached the target after \d+ epochs, loss .*100 % right/);
  await screenshot(vscode(), 'training');
});

test('the boundary tells the classes apart, the weights are drawn, and all of it stands in words and tables', async () => {
  const frame = await lab();
  const [zero, one] = [await colourAt(frame, 0.94, 0.06), await colourAt(frame, 0.94, 0.94)];
  // Orange above one half: more red than blue; the other class the other way round.
  expect(zero[0]! - zero[2]!).toBeGreaterThan(40);
  expect(one[2]! - one[0]!).toBeGreaterThan(10);
  const colours = await frame.locator('#weights-plot').evaluate((element) => {
    const canvas = element as HTMLCanvasElement, { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    let blue = 0, orange = 0;
    for (let k = 0; k < data.length; k += 4) {
      if (data[k + 3] === 0) continue;
      if (data[k + 2]! > data[k]! + 60) blue++;
      if (data[k]! > data[k + 2]! + 60) orange++;
    }
    return { blue, orange };
  });
  expect(colours.blue).toBeGreaterThan(200);
  expect(colours.orange).toBeGreaterThan(200);
  expect(await frame.locator('#boundary-summary').textContent()).toMatch(/Over x\[1\] from 0 to .* the output lies between/);
  expect(await frame.locator('#weights-data tbody tr').count()).toBe(4);
  expect(await frame.locator('#confusion-table td[data-count]').evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-count')))).toEqual(['2', '0', '0', '2']);
  expect(await frame.locator('#lens-sample').innerText()).toMatch(/^Sample \d, epoch \d+: inputs .*target .*output at the end/);
});

test('the network is drawn as layers, and as its reactions when that is asked for', async () => {
  const frame = await lab();
  await openTab(frame, 'network');
  await eventually('its sentence', () => frame.locator('#network-told').innerText(), (text) => text.startsWith('Layers of neurons'));
  const nodes = (kind: string) => (): Promise<number> => frame.locator(`#network-graph .node${kind}`).count();
  // Two inputs, four hidden units and one output.
  await eventually('its units', nodes('.unit'), (count) => count === 7);
  await frame.locator('#network-layers').click();
  await eventually('its species and reactions', nodes('.reaction'), (count) => count > 5);
  await frame.locator('#network-layers').click();
  await openTab(frame, 'training');
});

test('it begins anew, pauses, steps one dwell, goes on, stops and resumes', async () => {
  const frame = await lab();
  await frame.locator('#speed').selectOption('100 dwells/s');
  await frame.locator('#restart').click();
  await eventually('another run', async () => [await phase(frame), await value(frame, 'epoch')] as const, ([now, epoch]) => now === 'running' && epoch > 2);
  await frame.locator('#pause').click();
  await eventually('the pause', () => phase(frame), (now) => now === 'paused');
  const before = await presentations(frame);
  await frame.locator('#step').click();
  await eventually('one more dwell', () => presentations(frame), (count) => count === before + 1);
  expect(await phase(frame)).toBe('paused');
  await frame.locator('#train').click();
  await eventually('it to go on', () => presentations(frame), (count) => count > before + 8);
  const stopping = Date.now();
  await frame.locator('#stop-training').click();
  await eventually('the stop', () => phase(frame), (now) => now === 'stopped');
  process.stdout.write(`From the click on Stop to the page that says so: ${Date.now() - stopping} ms.\n`);
  const stopped = await presentations(frame);
  expect(await frame.locator('#train').innerText()).toBe('Resume');
  await frame.locator('#train').click();
  await eventually('it to go on from there', async () => [await phase(frame), await presentations(frame)] as const, ([now, count]) => now === 'running' && count > stopped);
  await frame.locator('#pause').click();
  await eventually('the pause', () => phase(frame), (now) => now === 'paused');
});

test('a slider is followed from the weights as they are', async () => {
  const frame = await lab();
  const before = await presentations(frame);
  await frame.locator('#training-rate').focus();
  for (let k = 0; k < 6; k++) await frame.locator('#training-rate').press('ArrowLeft');
  const moved = () => frame.locator('[data-parameter="rate"]').getAttribute('data-value').then(Number);
  await eventually('the moved slider', moved, (rate) => rate < 0.005 && rate > 0.001);
  expect(await presentations(frame)).toBe(before);
  await frame.locator('#step').click();
  await eventually('one more dwell', () => presentations(frame), (count) => count === before + 1);
  await frame.locator('[data-parameter="rate"] .reset').click();
  await eventually('the value of the text', moved, (rate) => rate === 0.005);
});

test('a view is saved with what made it', async () => {
  const frame = await lab();
  await frame.locator('#save-what').selectOption('learning');
  await frame.locator('#save-csv').click();
  const path = join(vscode().folder, 'learning.csv');
  await answerFileDialog(vscode(), path);
  const text = await eventually('the file', () => readFile(path, 'utf8').catch(() => ''), (content) => content.length > 0);
  const [origin, head, ...rows] = text.trim().split(/\r?\n/);
  expect(origin).toMatch(/^# xor\.crn, xor on truth_table, .*seed 1.*, Onepot \d+\.\d+\.\d+$/);
  expect(head).toBe('epoch,loss,accuracy');
  expect(rows.length).toBe(await value(frame, 'epoch'));
  expect(Number(rows.at(-1)!.split(',')[1])).toBe(await value(frame, 'loss'));
  await frame.locator('#save-what').selectOption('weights');
  await frame.locator('#save-json').click();
  const json = join(vscode().folder, 'weights.json');
  await answerFileDialog(vscode(), json);
  const saved = JSON.parse(await eventually('the file', () => readFile(json, 'utf8').catch(() => ''), (content) => content.endsWith('}\n'))) as { model: string; data: { layer: string; plus: number[] }[] };
  expect(saved.model).toBe('xor.crn');
  expect(saved.data.map(({ layer, plus }) => [layer, plus.length])).toEqual([['hidden', 8], ['y', 4]]);
  await frame.locator('#save-what').selectOption('boundary');
  await frame.locator('#save-png').click();
  const png = join(vscode().folder, 'boundary.png');
  await answerFileDialog(vscode(), png);
  const bytes = await eventually('the picture', () => readFile(png).catch(() => Buffer.alloc(0)), (content) => content.length > 2000);
  expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
});

test('a reload of the window brings the run back, at rest, and it goes on', async () => {
  const before = await lab();
  const [epoch, loss, count] = [await value(before, 'epoch'), await value(before, 'loss'), await presentations(before)];
  await reloadWindow(vscode());
  const frame = await lab();
  await eventually('the run at rest', () => phase(frame), (now) => now === 'paused', 60_000);
  expect([await value(frame, 'epoch'), await value(frame, 'loss'), await presentations(frame)]).toEqual([epoch, loss, count]);
  await eventually('its boundary', () => frame.locator('#card-boundary').isVisible(), (shown) => shown);
  await frame.locator('#train').click();
  await eventually('it to go on', () => presentations(frame), (now) => now > count + 4);
  await frame.locator('#pause').click();
});

test('an edit is followed; one that changes the network says so and keeps what is shown', async () => {
  const frame = await lab();
  const source = await readFile(join(vscode().folder, 'xor.crn'), 'utf8');
  await setText(vscode(), source.replace('epochs = 500', 'epochs = 800'), 'xor.crn');
  await eventually('the epochs of the text', () => frame.locator('#epoch').innerText(), (text) => text.endsWith('/800'));
  expect(await frame.locator('#outcome').innerText()).toMatch(/^Paused/);
  await setText(vscode(), source.replace('hidden[4]', 'hidden[5]'), 'xor.crn');
  await eventually('the sentence', () => frame.locator('#outcome').innerText(), (text) => /network has changed\. Start anew/i.test(text));
  expect(await frame.locator('#card-learning').isVisible()).toBe(true);
});

test('data that cannot be used are shown with their file, row and column, and nothing is trained', async () => {
  const frame = await lab();
  await setText(vscode(), 'network n {\n  input x[1]\n  layer y[1] = linear\n}\ndata d = csv("bad.csv") {\n  x = column("x")\n  y = column("y")\n}\ntrain n on d { epochs = 5 }\n', 'xor.crn');
  await eventually('the training of the text', () => frame.locator('#training-about').innerText(), (text) => text.startsWith('n, 1-1, on d'));
  await frame.locator('#train').click();
  const shown = await eventually('the problem', () => frame.locator('#problems').innerText({ timeout: 2000 }), (text) => text.includes('CRN8'));
  expect(shown).toContain('bad.csv');
  expect(shown).toContain('line 5');
});
