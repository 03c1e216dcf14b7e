#!/usr/bin/env node
// Starts the bundle that `npm run build` (or `npm ci`) makes.
import { existsSync } from 'node:fs';

const bundle = new URL('../../dist/cli/onepot.mjs', import.meta.url);
if (existsSync(bundle)) {
  await import(bundle.href);
} else {
  process.stderr.write('onepot is not built yet. Run "npm ci" or "npm run build" in the folder that holds its package.json, then try again.\n');
  process.exitCode = 2;
}
