/** The thread that runs a model while its lab comes up: the lab's worker as it is shipped, in a thread of Node's. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bundles, esbuildOptions } from '../../scripts/lib/bundles.ts';
import type { ImportedFile, Opening } from '../../webview/index.ts';
import { FirstRuns, type Ahead } from '../lab/first-runs.ts';

const root = resolve(import.meta.dirname, '../..');
const settings = { rtol: 1e-6, atol: 1e-9, method: 'auto', points: 100 } as const;
const opening = (text: string): Opening => ({ uri: 'file:///a.crn', text, settings, experiment: undefined });
const nothing = (): Promise<readonly ImportedFile[]> => Promise.resolve([]);
const decay = 'species A = 3, B\nA -> B @ 2\nsimulate fall { t = 4 }\n';
/** Many molecules, one by one: minutes. */
const long = 'species A = 1e6, B\nA <-> B @ 1, 1\nsimulate long { t = 1e5; method = ssa; volume = 1; seed = 1 }\n';

function finalOf(ahead: Ahead | undefined): Float64Array {
  const message = ahead?.at(-1);
  if (message?.type !== 'firstRun') throw new Error('there is no run');
  return message.run.result.final;
}

describe('runs while the lab comes up', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onepot-thread-'));
  const made = (output: string): string => join(folder, output);
  let runs: FirstRuns;
  beforeAll(async () => {
    for (const bundle of bundles.filter(({ entry }) => entry === 'extension/lab/thread.ts' || entry === 'webview/worker.ts')) await build({ ...esbuildOptions(bundle, root, false), outdir: folder });
    runs = new FirstRuns(made('dist/extension/lab-thread.cjs'), made('dist/webview/worker.js'), undefined);
  }, 60_000);
  afterEach(() => runs.giveUp());
  afterAll(() => {
    runs.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('end as the page’s own would, one after the other in the same thread', async () => {
    for (let i = 0; i < 2; i++) {
      const [a, b] = finalOf(await runs.begin(opening(decay), nothing));
      expect(Math.abs(a! - 3 * Math.exp(-8))).toBeLessThan(1e-6);
      expect(Math.abs(b! - 3 * (1 - Math.exp(-8)))).toBeLessThan(1e-5);
    }
  });

  it('bring the imports that were read', async () => {
    const ahead = await runs.begin(opening('import "p.crn"\nP -> 0 @ 1\nsimulate s { t = 1 }\n'), (requests) => Promise.resolve(requests.map((request) => ({ ...request, uri: 'file:///p.crn', text: 'species P = 1\n' }))));
    expect(ahead?.map(({ type }) => type)).toEqual(['imports', 'firstRun']);
  });

  it('are given up for a newer one, and when the page is there', async () => {
    const slow = runs.begin(opening(long), nothing), next = runs.begin(opening(decay), nothing);
    expect(await slow).toBeUndefined();
    expect(finalOf(await next)).toHaveLength(2);
    const again = runs.begin(opening(long), nothing);
    setTimeout(() => runs.giveUp(), 100);
    expect(await again).toBeUndefined();
  });

  it('are not begun for what would not be there in time, and not told where there is nothing to run', async () => {
    expect(await runs.begin(opening(`${decay}${'// long\n'.repeat(40_000)}`), nothing)).toBeUndefined();
    expect(await runs.begin(opening('species A = \n'), nothing)).toBeUndefined();
  });

  it('that cannot be begun are none', async () => {
    const broken = new FirstRuns(made('no-such-file.cjs'), made('dist/webview/worker.js'), undefined);
    expect(await broken.begin(opening(decay), nothing)).toBeUndefined();
    broken.dispose();
  });
});
