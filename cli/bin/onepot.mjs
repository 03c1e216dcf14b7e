#!/usr/bin/env node
// Starts the bundle that `npm run build` (or `npm ci`) makes, on a Node that is new enough for it: when the user's is older,
// on the one that comes with the packages.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OLDEST = 22;
const bundle = new URL('../../dist/cli/onepot.mjs', import.meta.url);
const major = Number(process.versions.node.split('.')[0]);
const ownNode = ['node', 'node.exe'].map((name) => new URL(`../../node_modules/node/bin/${name}`, import.meta.url)).find((url) => existsSync(url));

if (!existsSync(bundle)) {
  process.stderr.write('onepot is not built yet. Run "npm ci" or "npm run build" in the folder that holds its package.json, then try again.\n');
  process.exitCode = 2;
} else if (major >= OLDEST) {
  await import(bundle.href);
} else if (ownNode === undefined) {
  process.stderr.write(`onepot needs Node ${OLDEST} or newer; this is ${process.version}. "npm ci" brings one along.\n`);
  process.exitCode = 2;
} else {
  const child = spawn(fileURLToPath(ownNode), [fileURLToPath(bundle), ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both; a signal to this process alone is handed on.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('close', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}
