/**
 * What the scripts say on the terminal: one line per step, an error as one line that says what to do.
 */
import { readFileSync } from 'node:fs';

/** An error whose message is meant for the person at the terminal; printed without a stack trace. */
export class StepError extends Error {}

/** Prints one plain line. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** `850 ms`, `12.3 s` or `2 min 5 s` from a duration in milliseconds. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  // From 59.95 s on, one decimal would round to "60.0 s".
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Runs `work` as a named step and prints one line with its duration when it is done.
 * `work` may call `note` to say more in that line (`note('3 files')`).
 */
export async function step<T>(name: string, work: (note: (text: string) => void) => Promise<T>): Promise<T> {
  const start = performance.now();
  const notes: string[] = [];
  const result = await work((text) => notes.push(text));
  const details = [...notes, duration(performance.now() - start)].join(', ');
  say(`${name} (${details})`);
  return result;
}

/** The last `count` lines of `text` that are not blank. */
export function tail(text: string, count: number): string {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '').slice(-count).join('\n');
}

/** What the comment at the head of a script says: how it is called, and what it does. */
export function aboutScript(text: string): string {
  const [, comment = ''] = /^\/\*\*([\s\S]*?)\*\//.exec(text) ?? [];
  return comment.replace(/^ *\* ?/gm, '').trim();
}

/**
 * Runs a script's `work`; on an error prints it and ends the process with code 1. `--help` prints what the head of the script says,
 * and so do arguments that it does not have.
 */
export async function runMain(work: () => Promise<void>): Promise<void> {
  const [, script = '', ...given] = process.argv;
  const about = (): string => aboutScript(readFileSync(script, 'utf8'));
  if (given.includes('--help') || given.includes('-h')) return say(about());
  try {
    await work();
  } catch (error) {
    if (error instanceof StepError) process.stderr.write(`${error.message}\n`);
    else if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) process.stderr.write(`${error.message}\n\n${about()}\n`);
    else console.error(error);
    process.exit(1);
  }
}
