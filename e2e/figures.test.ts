/**
 * How quick the product is in real VS Code: frames while a network trains, the first curve, typing, stopping, sliders. What is tested is that each of
 * it happens; how long it takes is written to e2e/out/figures.json and printed, as a busy machine must not fail a test.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { root } from '../scripts/lib/paths.ts';
import { eventually, goTo, labFrame, openFile, runCommand, until, useWorkbench } from './harness/index.ts';
import { Figures, quantile } from './harness/figures.ts';
import { metrics } from './harness/memory.ts';

const sample = (name: string): string => readFileSync(join(root, 'samples', name), 'utf8');
/** XOR that goes on learning. */
const TRAINING = sample('xor.crn').replace('epochs = 500', 'epochs = 100000').replace(/^ *stop = .*$/m, '').replace(/^expect .*$/gm, '');
/** The same network as its 191 reactions, at one sample, with a slider for every constant. */
const REACTIONS = `simulate dwell { t = 20 }
${execFileSync(process.execPath, [join(root, 'dist/cli/onepot.mjs'), 'compile', join(root, 'samples/xor.crn'), 'xor'], { encoding: 'utf8' }).replace('fixed xor.x[2]', 'fixed xor.x[2] = 1')}`;
/** A run that takes long: many molecules, one by one. */
const LONG = 'species A = 1e6, B\nA <-> B @ 1, 1\nsimulate long { t = 1e5; method = ssa; volume = 1; seed = 1 }\n';
const LARGE = Array.from({ length: 2000 }, (_, i) => (i === 0 ? `species ${Array.from({ length: 200 }, (_, k) => `S${k} = 1`).join(', ')}` : `S${i % 200} + S${(3 * i) % 200} -> S${(7 * i + 1) % 200} @ 1e-3`)).join('\n');

const vscode = useWorkbench({
  file: 'lotka-volterra.crn',
  files: { 'learning.crn': TRAINING, 'xor-reactions.crn': REACTIONS, 'long.crn': LONG, 'large.crn': LARGE, 'large.lua': LARGE, 'large.txt': LARGE, 'xor.lua': sample('xor.crn'), 'xor.txt': sample('xor.crn') },
  size: { width: 1600, height: 1000 },
});
const figures = new Figures();
afterAll(() => figures.report());

/** Closes everything beside the text. */
async function closeLabs(): Promise<void> {
  const tabs = vscode().page.locator('.tab', { hasText: '─ Onepot' });
  await eventually('no lab', async () => {
    if ((await tabs.count()) > 0) await tabs.first().click({ button: 'middle', timeout: 2000 });
    return tabs.count();
  }, (count) => count === 0);
}

/** Milliseconds in which nothing looks at the page, which would cost some of the time that is measured: it is asked afterwards how long it took. */
const QUIET = 700;
const quiet = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, QUIET); });

async function lens(text: string): Promise<Locator> {
  const found = vscode().page.locator('.codelens-decoration a', { hasText: text });
  await eventually(`the lens ${text}`, () => found.count(), (count) => count > 0);
  return found.first();
}

async function clickLens(text: string): Promise<void> {
  await (await lens(text)).click();
}

/** Milliseconds from the command to the first curve, as the lab itself has marked it. */
function firstCurve(frame: Frame, marks = 1): Promise<number> {
  return until('the mark of the first curve', () => frame.evaluate((count) => (performance.getEntriesByName('onepot.first-curve') as PerformanceMark[]).map(({ detail }) => (detail as { milliseconds: number }).milliseconds)[count - 1], marks));
}

/** When the parts of the lab's page were there, in milliseconds after the command. */
function stages(frame: Frame): Promise<Record<'page' | 'script', number>> {
  return frame.evaluate(() => {
    const mark = performance.getEntriesByName('onepot.first-curve')[0] as PerformanceMark;
    // The command began this much before the page's own clock.
    const before = (mark.detail as { milliseconds: number }).milliseconds - mark.startTime;
    const begun = (performance.getEntriesByName('onepot.parts') as PerformanceMark[]).at(-1)!.startTime;
    return { page: before, script: before + begun };
  });
}

/** Of each sample; its time is the median. */
const OPENINGS = 5;

test('the first curve of each sample comes at the command', async () => {
  await runCommand(vscode(), 'View: Toggle Primary Side Bar Visibility');
  // The first lab of all is not counted: what it needs is in memory afterwards.
  await clickLens('Simulate');
  const cold = await firstCurve(await labFrame(vscode(), '#lab[data-running="false"] canvas'));
  const again: number[] = [], parts: Awaited<ReturnType<typeof stages>>[] = [];
  const samples = ['lotka-volterra.crn', 'sir.crn', 'brusselator.crn', 'repressilator.crn', 'robertson.crn', 'michaelis-menten.crn', 'tour.crn', 'smoothed-relu-neuron.crn', 'goldbeter-koshland.crn', 'cascade.crn', 'enzymatic-switch.crn'];
  const times = samples.map((): number[] => []);
  // Rounds of all samples, so that a bad moment of the machine is not one sample's.
  for (let opening = 0; opening < OPENINGS; opening++) {
    for (const [k, name] of samples.entries()) {
      await closeLabs();
      await openFile(vscode(), name);
      // A pointer is over what it presses, and VS Code has shown its scroll bars for it: with one that comes and presses at once they fade in meanwhile.
      await (await lens('Simulate')).hover();
      await quiet();
      await clickLens('Simulate');
      await quiet();
      const frame = await labFrame(vscode(), `#lab[data-running="false"]:has(h1:text-is("Lab of ${name}")) canvas`);
      times[k]!.push(await firstCurve(frame));
      parts.push(await stages(frame));
      if (opening > 0) continue;
      await clickLens('Simulate');
      await quiet();
      again.push(await firstCurve(frame, 2));
    }
  }
  const fresh = times.map((each) => quantile(each, 0.5));
  expect(fresh.every((time) => time > 0)).toBe(true);
  figures.add('Simulate to the first curve, the first lab of a session', cold, 'ms');
  figures.add(`Simulate to the first curve, warm, lab opened for it, median of ${samples.length} samples`, quantile(fresh, 0.5), 'ms', '< 400 ms');
  figures.add(`the same, slowest (${samples[fresh.indexOf(Math.max(...fresh))]})`, Math.max(...fresh), 'ms', '< 400 ms');
  for (const [part, what] of [['page', 'its page has begun'], ['script', 'the lab’s script begins']] as const) {
    figures.add(`of that until ${what}, median`, quantile(parts.map((stage) => stage[part]), 0.5), 'ms');
  }
  figures.add('Simulate to the first curve in an open lab, median', quantile(again, 0.5), 'ms', '< 400 ms');
}, 600_000);

/** Times between frames of the page while something goes on, in milliseconds. */
function frameTimes(frame: Frame, milliseconds: number): Promise<number[]> {
  return frame.evaluate((duration) => new Promise<number[]>((resolve) => {
    const times: number[] = [];
    let last: number | undefined;
    const begun = performance.now();
    const tick = (now: number): void => {
      if (last !== undefined) times.push(now - last);
      last = now;
      if (now - begun < duration) requestAnimationFrame(tick);
      else resolve(times);
    };
    requestAnimationFrame(tick);
  }), milliseconds);
}

test('frames come while XOR trains and all its views show', async () => {
  const { page } = vscode();
  await closeLabs();
  await openFile(vscode(), 'learning.crn');
  await clickLens('Train');
  const frame = await labFrame(vscode(), '#lab[data-training="running"]');
  const epoch = async (): Promise<number> => Number(await frame.locator('#epoch').getAttribute('data-value'));
  for (const speed of ['100 dwells/s', 'full speed']) {
    await frame.locator('#speed').selectOption(speed);
    const first = await eventually('epochs', epoch, (count) => count > 2);
    const before = await metrics(page);
    const times = await frameTimes(frame, 4000);
    const after = await metrics(page);
    const spent = (name: string): number => 1000 * ((after.get(name) ?? 0) - (before.get(name) ?? 0)) / times.length;
    expect(await epoch()).toBeGreaterThan(first);
    figures.add(`frames while XOR trains at ${speed}, median`, quantile(times, 0.5), 'ms', '≤ 16 ms (60 Hz: 16.7)');
    figures.add('the same, 95 of 100', quantile(times, 0.95), 'ms', '≤ 33 ms');
    figures.add('work of the page for each frame, mean', spent('TaskDuration'), 'ms');
    figures.add('of that scripts', spent('ScriptDuration'), 'ms');
  }
  const idleBefore = await metrics(page);
  await frame.locator('#pause').click();
  await eventually('the pause', () => frame.locator('#lab').getAttribute('data-training'), (phase) => phase === 'paused');
  const idle = await frameTimes(frame, 2000);
  const idleAfter = await metrics(page);
  figures.add('frames of the same page at rest, median', quantile(idle, 0.5), 'ms');
  figures.add('work for each frame at rest, mean', (1000 * ((idleAfter.get('TaskDuration') ?? 0) - (idleBefore.get('TaskDuration') ?? 0))) / idle.length, 'ms');
  await frame.locator('#train').click();
  await eventually('it to go on', () => frame.locator('#lab').getAttribute('data-training'), (phase) => phase === 'running');
  figures.add('a training that is stopped has freed its worker after', await freedAfter(frame, '#stop-training'), 'ms', '< 100 ms');
  await eventually('the end of the training', () => frame.locator('#lab').getAttribute('data-training'), (phase) => phase === 'stopped');
});

/** Milliseconds from the press of a button, as the page sees it, to the end of a worker, as the browser tells it. */
async function freedAfter(frame: Frame, button: string): Promise<number> {
  const { page } = vscode();
  const before = page.workers();
  const ended = Promise.race(before.map((worker) => new Promise<number>((resolve) => worker.on('close', () => resolve(Date.now())))));
  await frame.evaluate((selector) => {
    document.querySelector(selector)!.addEventListener('click', () => Object.assign(window, { stopped: Date.now() }), { capture: true, once: true });
  }, button);
  await frame.locator(button).click();
  const end = await ended;
  expect(page.workers().length).toBeLessThan(before.length);
  return Math.max(0, end - (await frame.evaluate(() => (window as unknown as { stopped: number }).stopped)));
}

test('a run that is stopped frees its worker, whatever it does', async () => {
  await closeLabs();
  await openFile(vscode(), 'long.crn');
  await clickLens('Simulate');
  const frame = await labFrame(vscode(), '#lab[data-running="true"] #stop:enabled');
  await vscode().page.waitForTimeout(500);
  figures.add('a run that is stopped has freed its worker after', await freedAfter(frame, '#stop'), 'ms', '< 100 ms');
  await eventually('rest', () => frame.locator('#lab').getAttribute('data-running'), (running) => running === 'false');
});

test('a slider of XOR is dragged, and the curves follow', async () => {
  const { page } = vscode();
  await closeLabs();
  await openFile(vscode(), 'xor-reactions.crn');
  await clickLens('Simulate');
  const frame = await labFrame(vscode(), '#lab[data-running="false"]:not([data-outcome=""]) canvas');
  const slider = frame.locator('[data-parameter="xor.hidden.h"] input[type="range"]');
  // A hand is there no sooner, and the page's own worker has come up for it meanwhile.
  await slider.hover();
  await quiet();
  const before = await metrics(page);
  // As a drag does it: a new value in every frame. Moves of a pointer that come from outside the browser are too slow for that.
  const { made, seconds, frames } = await slider.evaluate((element) => new Promise<{ made: number; seconds: number; frames: number }>((resolve) => {
    const input = element as HTMLInputElement, lab = document.querySelector<HTMLElement>('#lab')!, runs = (): number => Number(lab.dataset['runs']);
    const first = runs(), begun = performance.now(), middle = Number(input.value), reach = (Number(input.max) - Number(input.min)) / 4;
    let frames = 0;
    const move = (): void => {
      const seconds = (performance.now() - begun) / 1000;
      if (seconds > 3) {
        input.dispatchEvent(new Event('change', { bubbles: true }));
        resolve({ made: runs() - first, seconds, frames });
        return;
      }
      frames++;
      input.value = String(Math.round(middle + reach * Math.sin(2 * seconds)));
      input.dispatchEvent(new Event('input', { bubbles: true }));
      requestAnimationFrame(move);
    };
    requestAnimationFrame(move);
  }));
  const after = await metrics(page), spent = (name: string): number => (1000 * ((after.get(name) ?? 0) - (before.get(name) ?? 0))) / frames;
  expect(made).toBeGreaterThan(1);
  figures.add('runs a second while a slider of XOR is dragged (78 species, 191 reactions)', made / seconds, '/s', '≥ 20 /s');
  figures.add('frames a second meanwhile', frames / seconds, '/s');
  figures.add('work of the page for each of them, mean', spent('TaskDuration'), 'ms');
  figures.add('of that scripts', spent('ScriptDuration'), 'ms');
});

/** From the press of a key to the frame after the text has changed, for letters that make the first line of a file another one, in milliseconds. */
async function typing(name: string, words = 'the quick brown fox jumps over the lazy dog and types on '): Promise<number[]> {
  const { page } = vscode();
  await openFile(vscode(), name);
  await goTo(vscode(), { line: 1, column: 1 });
  await page.evaluate(() => {
    const times: number[] = [];
    let pressed: number | undefined;
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      if (pressed !== undefined) times.push(performance.now() - pressed);
      pressed = undefined;
    };
    document.addEventListener('keydown', (event) => { pressed = event.timeStamp; }, { capture: true });
    const lines = document.querySelector('.editor-group-container.active .view-lines')!;
    new MutationObserver(() => {
      if (pressed !== undefined) requestAnimationFrame(() => channel.port2.postMessage(0));
    }).observe(lines, { subtree: true, childList: true, characterData: true });
    Object.assign(window, { typed: times });
  });
  let letters = 0;
  for (const letter of words) {
    await page.keyboard.press(letter === ' ' ? 'Space' : letter);
    await page.waitForTimeout(60);
    // On a busy machine the next letter waits for this one: two that appear together are one figure.
    letters++;
    await eventually('the letter', () => page.evaluate(() => (window as unknown as { typed: number[] }).typed.length), (shown) => shown >= letters);
  }
  return page.evaluate(() => (window as unknown as { typed: number[] }).typed);
}

test('letters appear as they are typed, in a model as in any text', async () => {
  await closeLabs();
  for (const [name, what] of [['xor', 'xor.crn'], ['large', 'a model of 2000 lines']] as const) {
    // VS Code compiles its own code while the first letters are typed, whatever the language.
    await typing(`${name}.crn`, 'first letters ');
    const [model, coloured, plain] = [await typing(`${name}.crn`), await typing(`${name}.lua`), await typing(`${name}.txt`)];
    for (const letters of [model, coloured, plain]) expect(letters.length).toBeGreaterThan(40);
    figures.add(`a letter typed in ${what} is on the screen after, median`, quantile(model, 0.5), 'ms', 'as in text that VS Code colours');
    figures.add('the same text as Lua, which VS Code colours and nobody checks', quantile(coloured, 0.5), 'ms');
    figures.add('the same text as plain text', quantile(plain, 0.5), 'ms');
    figures.add('95 of 100 letters, model', quantile(model, 0.95), 'ms');
    figures.add('95 of 100 letters, Lua', quantile(coloured, 0.95), 'ms');
    figures.add('95 of 100 letters, plain text', quantile(plain, 0.95), 'ms');
  }
}, 300_000);
