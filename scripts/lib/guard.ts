/**
 * Runs the command given as arguments and ends it when standard input closes. Standard input is a pipe held by the
 * script that started us, so the command also ends when that script is killed and cannot clean up after itself.
 * We lead a process group, so ending the group ends everything the command started.
 */
import { spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
if (command === undefined) {
  process.stderr.write('usage: node guard.ts COMMAND [ARGUMENT...]\n');
  process.exit(2);
}

const windows = process.platform === 'win32';
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], windowsHide: true });
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
let ending = false;
child.on('exit', (code) => {
  // When ending, whatever the command leaves behind in our group goes too, and we with it.
  if (ending && !windows) process.kill(-process.pid, 'SIGKILL');
  process.exit(code ?? 1);
});

// Our own group gets the signal too; we stay until the child has ended.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

function end(): void {
  if (ending) return;
  ending = true;
  if (windows) {
    if (child.pid !== undefined) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  process.kill(-process.pid, 'SIGTERM');
  setTimeout(() => process.kill(-process.pid, 'SIGKILL'), 3000);
}
// The parent may be gone, so nobody reads what we would still write.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
process.stdin.on('end', end);
process.stdin.on('close', end);
process.stdin.on('error', end);
process.stdin.resume();
