/**
 * Opening and closing the lab leaves nothing behind: workers, frames, documents, listeners and nodes are as many as before, and the heaps of
 * page and extension host and the memory of the language server have stopped growing. Each round takes about a second, so that `npm test` makes a
 * part of the 200 that `npm run e2e -- leaks --all` makes.
 */
import { describe, expect, test } from 'vitest';
import { eventually, labFrame, until, usePlayground, useWorkbench, type Workbench } from './harness/index.ts';
import { behind, held, type Held, type Processes } from './harness/memory.ts';

const MEGABYTE = 1024 * 1024;
/** All the rounds, or as many as the whole of the tests has time for. */
const all = process.env['ONEPOT_ALL'] !== undefined;
/** Rounds before the first count: caches fill, code is compiled. */
const WARM = 10;

/** Counts blob addresses that are not revoked; those of a document that is gone are gone. */
async function countBlobs({ page }: Workbench): Promise<void> {
  await page.context().addInitScript(() => {
    const alive = new Set<string>(), create = URL.createObjectURL.bind(URL), revoke = URL.revokeObjectURL.bind(URL);
    URL.createObjectURL = (object) => {
      const address = create(object);
      alive.add(address);
      return address;
    };
    URL.revokeObjectURL = (address) => {
      alive.delete(address);
      revoke(address);
    };
    Object.assign(window, { aliveBlobs: () => alive.size });
  });
}
async function blobs({ page }: Workbench): Promise<number> {
  const counts = await Promise.all(page.frames().map((frame) => frame.evaluate(() => (window as unknown as { aliveBlobs?: () => number }).aliveBlobs?.() ?? 0).catch(() => 0)));
  return counts.reduce((sum, count) => sum + count, 0);
}

interface Sample extends Held {
  readonly round: number;
  readonly blobs: number;
  readonly processes?: Processes | undefined;
}

/** Opens and closes many times; looks at what is held before, half way and at the end. */
async function rounds(page: Workbench, count: number, one: () => Promise<void>, watched: () => Processes | undefined = () => undefined): Promise<readonly [Sample, Sample, Sample]> {
  const sample = async (round: number): Promise<Sample> => ({
    round, blobs: await blobs(page), ...await held(page.page), processes: watched(),
  });
  for (let round = 0; round < WARM; round++) await one();
  const begin = await sample(0), begun = performance.now();
  for (let round = 0; round < count / 2; round++) await one();
  const middle = await sample(count / 2);
  for (let round = count / 2; round < count; round++) await one();
  const end = await sample(count);
  const megabytes = (bytes?: number): string => (bytes === undefined ? '–' : (bytes / MEGABYTE).toFixed(1));
  process.stdout.write(`${count} rounds in ${((performance.now() - begun) / 1000).toFixed(0)} s. ${[begin, middle, end].map((s) =>
    `\n  after ${s.round}: workers ${s.workers}, blobs ${s.blobs}, frames ${s.frames}, documents ${s.documents}, listeners ${s.listeners}, nodes ${s.nodes}, heap ${megabytes(s.heap)} MB, extension host ${megabytes(s.processes?.host)} MB, server ${megabytes(s.processes?.server)} MB`).join('')}\n`);
  return [begin, middle, end];
}

/** What is the same at the end as at the beginning, and how far heaps may grow over the last half: less than a tenth of a lab for each round. */
function nothingLeft([begin, middle, end]: readonly [Sample, Sample, Sample]): void {
  const counts = ({ workers, blobs, frames, documents }: Sample): object => ({ workers, blobs, frames, documents });
  expect(counts(end)).toEqual(counts(begin));
  const half = end.round / 2;
  expect(end.listeners - middle.listeners, 'listeners').toBeLessThan(half);
  expect(end.nodes - middle.nodes, 'nodes').toBeLessThan(half);
  expect(end.heap - middle.heap, 'heap of the page').toBeLessThan(half * 0.05 * MEGABYTE);
  // These hold garbage, too, until they collect it.
  for (const name of ['host', 'server'] as const) {
    if (end.processes !== undefined && middle.processes !== undefined) expect(end.processes[name] - middle.processes[name], `memory of the ${name}`).toBeLessThan((24 + half * 0.1) * MEGABYTE);
  }
}

describe('in VS Code', () => {
  const count = all ? 200 : 40;
  const vscode = useWorkbench({ file: 'lotka-volterra.crn', size: { width: 1000, height: 600 } });

  test(`${count} labs are opened and closed`, async () => {
    const { page } = vscode();
    await countBlobs(vscode());
    const lens = page.locator('.codelens-decoration a', { hasText: 'Simulate' });
    await eventually('the lens', () => lens.count(), (found) => found === 1);
    let open: { workers: number; blobs: number } | undefined;
    // The editor's own.
    const others = page.workers().length;
    const round = async (): Promise<void> => {
      await lens.click();
      await labFrame(vscode(), '#lab[data-running="false"]:not([data-outcome=""]) canvas');
      // It comes up when the first curve has been drawn.
      await eventually('the worker', () => page.workers().length, (workers) => workers > others);
      open ??= { workers: page.workers().length, blobs: await blobs(vscode()) };
      await page.locator('.tab', { hasText: '─ Onepot' }).click({ button: 'middle' });
      await eventually('no webview', () => page.locator('iframe.webview').count(), (found) => found === 0);
      await eventually('the worker to end', () => page.workers().length, (workers) => workers <= others);
    };
    const samples = await rounds(vscode(), count, round, behind);
    if (process.platform === 'linux') expect(samples[0].processes).toBeDefined();
    // The counts do count.
    expect(open!.workers).toBeGreaterThan(samples[0].workers);
    expect(open!.blobs).toBeGreaterThan(samples[0].blobs);
    nothingLeft(samples);
  }, 600_000);
});

describe('in the playground', () => {
  const playground = usePlayground({ width: 1000, height: 600 });

  test(`${all ? 200 : 60} labs are opened and closed`, async () => {
    const { page } = playground();
    await countBlobs(playground());
    await playground().visit('#sample=sir');
    let open: { workers: number; frames: number } | undefined, closed = 0;
    const round = async (): Promise<void> => {
      await page.locator('#samples').click();
      await page.locator('[data-sample="lotka-volterra.crn"]').click();
      // Not by a handle of its element, which would keep it alive.
      const frame = await until('the lab’s frame', () => page.frames().find((one) => one.url().includes('lotka-volterra')));
      await frame.locator('#lab[data-running="false"]:not([data-outcome=""]) canvas').first().waitFor({ state: 'attached' });
      open ??= { workers: page.workers().length, frames: page.frames().length };
      await page.getByRole('button', { name: 'Close lotka-volterra.crn' }).click();
      await eventually('no lab of it', () => page.locator('.lab-frame[title*="lotka"]').count(), (found) => found === 0);
      closed = page.frames().length;
    };
    const samples = await rounds(playground(), all ? 200 : 60, round);
    expect(open!.workers).toBeGreaterThan(samples[0].workers);
    expect(open!.frames).toBeGreaterThan(closed);
    nothingLeft(samples);
  }, 600_000);
});
