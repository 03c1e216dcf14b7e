/** The guard with real processes: what a script started ends with it, however the script ends. */
import { spawn } from 'node:child_process';
import { mkdtempSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startGuarded, tryRun, which } from '../lib/run.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onepot-guard-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function eventually(what: string, condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 400; turn += 1) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`Waited in vain until ${what}.`);
}

/** A program that starts a second one which ignores SIGTERM, writes both numbers to a file, and stays. */
function family(file: string): readonly string[] {
  const inner = "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000)";
  const outer = `
    const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(inner)}]);
    require('node:fs').writeFileSync(${JSON.stringify(`${file}.part`)}, process.pid + ' ' + child.pid);
    require('node:fs').renameSync(${JSON.stringify(`${file}.part`)}, ${JSON.stringify(file)});
    setInterval(() => undefined, 1000);`;
  return ['-e', outer];
}

test('stop ends a process and its children', async () => {
  const file = join(folder, 'pids');
  const guarded = startGuarded(process.execPath, family(file), {}, () => undefined);
  await eventually('the processes run', () => existsSync(file));
  const pids = readFileSync(file, 'utf8').split(' ').map(Number);
  expect(pids.map(alive)).toEqual([true, true]);
  await guarded.stop();
  await eventually('both have ended', () => !pids.some(alive));
});

test.skipIf(process.platform === 'win32')('a script that is killed takes its processes with it', async () => {
  const file = join(folder, 'pids');
  const script = join(folder, 'script.ts');
  const run = join(import.meta.dirname, '../lib/run.ts');
  writeFileSync(script, `import { startGuarded } from ${JSON.stringify(run)};\nstartGuarded(process.execPath, ${JSON.stringify(family(file))}, {}, () => undefined);\n`);
  const parent = spawn(process.execPath, [script], { stdio: 'ignore' });
  await eventually('the processes run', () => existsSync(file));
  const pids = readFileSync(file, 'utf8').split(' ').map(Number);
  parent.kill('SIGKILL');
  await eventually('both have ended', () => !pids.some(alive));
});

test('the exit code and the output of a guarded process come through', async () => {
  let output = '';
  const guarded = startGuarded(process.execPath, ['-e', 'console.log("out"); console.error("err"); process.exitCode = 3'], {}, (text) => (output += text));
  expect(await guarded.ended).toBe(3);
  expect(output.trim().split('\n').sort()).toEqual(['err', 'out']);
});

test('a command that cannot be started is one line', async () => {
  await expect(tryRun(join(folder, 'missing'), [])).rejects.toThrow(/^Cannot run .*missing/);
  expect(which('surely-no-such-program')).toBeUndefined();
});
