/** Memory over repeated runs, in a process of its own that can collect its garbage. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';

it('does not grow over 1,000 repeated runs', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', join(root, 'cli/test/memory-runs.ts')], { timeout: 55_000 });
  const [early, late] = JSON.parse(stdout) as [number, number];
  // One vector of 400 numbers that each of the 700 runs between left behind would be 2.2 MB.
  expect(late - early).toBeLessThan(1_000_000);
});
