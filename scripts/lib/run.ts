/**
 * Child processes: short ones that are waited for, and long ones that are certain to end with us.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { StepError, tail } from './console.ts';

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

export interface RunResult {
  /** The exit code; 1 when a signal ended the command. */
  code: number;
  /** Standard output and standard error as they came. */
  output: string;
}

/** Runs a command to its end, without a shell and without standard input. Rejects only if it cannot be started. */
export function tryRun(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => reject(new StepError(`Cannot run ${command}: ${error.message}`)));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** As `tryRun`, but a non-zero exit code is an error that shows the end of the output. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, output } = await tryRun(command, args, options);
  if (code !== 0) {
    const shown = tail(output, 15);
    throw new StepError(`${[command, ...args].join(' ')} failed (exit code ${code})${shown ? `:\n${shown}` : '.'}`);
  }
  return output;
}

/**
 * Runs npm with `args` in `cwd`, untouched by the settings of the npm that may have started us. It ends with us even
 * if we are killed, so that a half-finished install is not still growing when the next run removes it.
 */
export async function npm(args: readonly string[], cwd: string): Promise<void> {
  let output = '';
  const [command, ...rest] = npmCommand();
  const env = withoutNpmScriptVariables(process.env);
  const child = startGuarded(command, [...rest, ...args], { cwd, env }, (text) => (output += text));
  const code = await child.ended;
  if (code !== 0) throw new StepError(`npm ${args.join(' ')} failed (exit code ${code}):\n${tail(output, 15)}`);
}

/** How npm is started: the npm that runs us if there is one, else the one on PATH. */
function npmCommand(): readonly [command: string, ...args: string[]] {
  const cli = process.env['npm_execpath'];
  // npx and other package managers set npm_execpath to something that is not npm itself.
  if (cli && /npm-cli\.c?js$/.test(cli) && existsSync(cli)) return [process.execPath, cli];
  return process.platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c', 'npm'] : ['npm'];
}

/**
 * The environment without what `npm run` puts in it: an npm started with npm_config_local_prefix would install into
 * our repository instead of its working folder. What a user sets for the network stays.
 */
export function withoutNpmScriptVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const keep = /^npm_config_(registry|cache|userconfig|globalconfig|proxy|https?_proxy|https-proxy|noproxy|cafile|ca|strict_ssl|strict-ssl)$/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_/i.test(name) || keep.test(name)));
}

/** The full path of a program on PATH, or undefined. */
export function which(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const extensions = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  for (const folder of (env['PATH'] ?? env['Path'] ?? '').split(delimiter)) {
    if (folder === '') continue;
    for (const extension of extensions) {
      const file = join(folder, name + extension);
      if (existsSync(file)) return file;
    }
  }
  return undefined;
}

/** A long-running child that ends, with everything it started, when we end, however we end. */
export interface Guarded {
  /** Resolves with the exit code when the process has ended, by itself or by `stop`, and its output has been passed on. */
  readonly ended: Promise<number>;
  /** Ends the process and everything it started; safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts a command under `guard.ts` (which see), in a process group of its own.
 * @param onOutput gets each piece of standard output and standard error.
 */
export function startGuarded(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv },
  onOutput: (text: string) => void,
): Guarded {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'guard.ts'), command, ...args], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  child.stdout.on('data', (chunk: Buffer) => onOutput(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => onOutput(chunk.toString()));
  child.stdin.on('error', () => undefined); // the guard may be gone already
  const ended = new Promise<number>((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (code) => {
      // Its last output may still be in the pipe; a child of it that lives on may hold the pipe open for ever.
      const timer = setTimeout(() => resolve(code ?? 1), 1000);
      child.on('close', () => {
        clearTimeout(timer);
        resolve(code ?? 1);
      });
    });
  });
  const stop = async (): Promise<void> => {
    child.stdin.end();
    const timer = setTimeout(() => killGroup(child), 5000);
    await ended;
    clearTimeout(timer);
    killGroup(child); // whatever is left of the group
  };
  return { ended, stop };
}

/** Kills what is left of a detached child's process group. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // No such process: all of them have ended.
  }
}
