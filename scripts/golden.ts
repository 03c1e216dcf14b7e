/**
 * `npm run golden`: writes samples/golden/NAME.*, the companions of every sample, anew and names those that changed. Read the
 * difference before you commit it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runMain, say } from './lib/console.ts';
import { companions } from './lib/golden.ts';
import { root } from './lib/paths.ts';

await runMain(async () => {
  const samples = join(root, 'samples');
  const golden = join(samples, 'golden');
  mkdirSync(golden, { recursive: true });
  const written = new Set<string>();
  let changed = 0;
  for (const file of readdirSync(samples).filter((name) => name.endsWith('.crn')).sort()) {
    for (const [kind, text] of companions(join(samples, file))) {
      const name = `${basename(file, '.crn')}.${kind}`;
      const path = join(golden, name);
      written.add(name);
      const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
      if (before === text) continue;
      writeFileSync(path, text);
      changed++;
      say(`${before === undefined ? 'new' : 'changed'}: samples/golden/${name}`);
    }
  }
  for (const name of readdirSync(golden).filter((entry) => !written.has(entry))) {
    rmSync(join(golden, name));
    changed++;
    say(`removed: samples/golden/${name}`);
  }
  say(changed === 0 ? 'All companions are up to date.' : `${changed} of ${written.size} companions changed.`);
  return Promise.resolve();
});
