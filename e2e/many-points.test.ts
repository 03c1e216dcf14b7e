/**
 * Ten curves of a hundred thousand points each: they are zoomed and walked along without a stutter. What is tested is that all of them are there and
 * that the plot follows; how long frames take is written to e2e/out/many-points-figures.json and printed.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { answerFileDialog, eventually, labFrame, runCommand, useWorkbench } from './harness/index.ts';
import { Figures, quantile } from './harness/figures.ts';

/** Five Brusselators of different pace. */
const MODEL = [1, 2, 3, 4, 5].map((k) => `species X${k} = 1, Y${k} = ${1 + k / 4}
0 -> X${k} @ ${0.8 + k / 5}
2 X${k} + Y${k} -> 3 X${k} @ ${0.8 + k / 5}
X${k} -> Y${k} @ ${3 * (0.8 + k / 5)}
X${k} -> 0 @ ${0.8 + k / 5}`).join('\n');
const POINTS = 100_000, CURVES = 10;

const vscode = useWorkbench({
  file: 'many.crn', files: { 'many.crn': `${MODEL}\nsimulate long { t = 4000; method = tsit5 }\n`, '.vscode/settings.json': JSON.stringify({ 'onepot.simulation.points': POINTS }) }, size: { width: 1600, height: 1000 },
});
const figures = new Figures('many-points-figures');
afterAll(() => figures.report());

test('a million points are drawn, zoomed and walked along', async () => {
  await runCommand(vscode(), 'View: Toggle Primary Side Bar Visibility');
  await runCommand(vscode(), 'Onepot: Simulate');
  const frame = await labFrame(vscode(), '#lab[data-running="false"][data-outcome="reached"]'), plot = frame.locator('#trajectory-plot');
  await eventually('a description of the curves', () => frame.locator('#plot-summary').textContent(), (text) => text?.startsWith(`${CURVES} curves`) ?? false);
  const walked = await plot.evaluate((element) => new Promise<{ times: number[]; from: number[]; to: number[]; farthest: number }>((resolve) => {
    let farthest = 0;
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the path below
    const { lineTo } = Path2D.prototype;
    Path2D.prototype.lineTo = function line(x, y) {
      farthest = Math.max(farthest, Math.abs(x), Math.abs(y));
      lineTo.call(this, x, y);
    };
    const press = (key: string): void => { element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })); };
    const limits = (): number[] => [Number((element as HTMLElement).dataset['xMin']), Number((element as HTMLElement).dataset['xMax'])];
    const times: number[] = [], from = limits(), keys = ['+', '+', 'ArrowRight', 'ArrowRight', '-', 'ArrowLeft', '+', '+', 'ArrowRight', '-'];
    let last: number | undefined, to = from;
    const tick = (now: number): void => {
      if (last !== undefined) times.push(now - last);
      last = now;
      if (times.length === 60) to = limits();
      if (times.length < 120) {
        press(keys[times.length % keys.length]!);
        requestAnimationFrame(tick);
      } else {
        press('0');
        Path2D.prototype.lineTo = lineTo;
        resolve({ times, from, to, farthest });
      }
    };
    requestAnimationFrame(tick);
  }));
  expect(walked.to[1]! - walked.to[0]!).toBeLessThan((walked.from[1]! - walked.from[0]!) / 2);
  // However far the plot is zoomed in, nothing is drawn far outside of the window.
  expect(walked.farthest).toBeLessThan(2000);
  figures.add('frames while a million points are zoomed and walked along, median', quantile(walked.times, 0.5), 'ms', '≤ 33 ms');
  figures.add('the same, 95 of 100', quantile(walked.times, 0.95), 'ms');
  figures.add('the longest', quantile(walked.times, 1), 'ms');
  // All of them are there.
  await frame.locator('#save-csv').click();
  const path = join(vscode().folder, 'many.csv');
  await answerFileDialog(vscode(), path);
  const lines = await eventually('the file', async () => (await readFile(path, 'utf8').catch(() => '')).trim().split(/\r?\n/).filter((line) => !line.startsWith('#')), (found) => found.length > POINTS, 60_000);
  expect(lines).toHaveLength(POINTS + 1);
  expect(lines[0]!.split(',')).toHaveLength(CURVES + 1);
}, 180_000);
