/** Runs a job in the worker, with a progress bar on a terminal and Ctrl-C to cancel. */
import { Worker } from 'node:worker_threads';
import cliProgress from 'cli-progress';
import { FailedError, UnusableError } from './errors.ts';
import { number } from './outcome.ts';
import { note } from './terminal.ts';
import { TOO_LARGE, type Finished, type FromWorker, type Job, type NoResult } from './worker-protocol.ts';

/** Runs shorter than this show no bar. */
export const PATIENCE = 400;
const TWICE = 300;

/**
 * @throws UnusableError and FailedError as the worker reports them.
 */
export async function runInWorker(job: Omit<Job, 'cancel'>): Promise<Finished> {
  const bar = progressBar();
  try {
    return await inWorker<FromWorker, Finished>(job, 'Cancelling …', (message, done) => {
      if (message.type === 'progress') bar?.update(message);
      else if (message.type === 'finished') done(message);
    });
  } finally {
    bar?.stop();
  }
}

/**
 * Starts the worker on a job and hands its messages on until one of them is the result. The job gets a `cancel`: one 32-bit integer
 * that Ctrl-C sets; a second Ctrl-C ends the process.
 * @param interrupted what is said at the first Ctrl-C
 * @throws UnusableError and FailedError as the worker reports them.
 */
export async function inWorker<Message extends { readonly type: string }, Result>(
  job: object, interrupted: string, handle: (message: Message, done: (result: Result) => void) => void,
): Promise<Result> {
  const cancel = new SharedArrayBuffer(4);
  // Bundled, the worker is a file beside this one; from the sources it is one folder up.
  const source = new URL(import.meta.url.endsWith('.ts') ? '../worker.ts' : './worker.mjs', import.meta.url);
  const worker = new Worker(source, { workerData: { ...job, cancel } });
  let asked: number | undefined;
  const interrupt = (): void => {
    // The second time somebody really means it, unless one key press came here twice (by the terminal and by a parent).
    if (asked !== undefined) {
      if (performance.now() - asked > TWICE) process.exit(130);
      return;
    }
    asked = performance.now();
    Atomics.store(new Int32Array(cancel), 0, 1);
    note(interrupted);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    return await new Promise<Result>((resolve, reject) => {
      worker.on('message', (message: Message | NoResult) => {
        if (!isNoResult(message)) handle(message, resolve);
        else if (message.type === 'crashed') reject(new Error(message.message));
        else reject(message.code === 1 ? new FailedError(message.message) : new UnusableError(message.message));
      });
      worker.on('error', (error: NodeJS.ErrnoException) => {
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new FailedError(TOO_LARGE) : error);
      });
      worker.on('exit', () => reject(new Error('The computation ended without a result.')));
    });
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    await worker.terminate();
  }
}

function isNoResult(message: { readonly type: string }): message is NoResult {
  return message.type === 'refused' || message.type === 'crashed';
}

interface Bar {
  update(progress: { readonly t: number; readonly fraction?: number; readonly steps: number }): void;
  stop(): void;
}

/** A bar on stderr; none when that is no terminal. */
function progressBar(): Bar | undefined {
  if (!process.stderr.isTTY) return undefined;
  const begun = performance.now();
  let bar: cliProgress.SingleBar | undefined;
  return {
    update({ t, fraction, steps }) {
      if (bar === undefined) {
        if (performance.now() - begun < PATIENCE) return;
        const format = fraction === undefined ? 't = {t}, {steps} steps, towards the fixed point' : '{bar} {percentage} % | t = {t} | {steps} steps';
        bar = new cliProgress.SingleBar({ format, stream: process.stderr, clearOnComplete: true, hideCursor: true }, cliProgress.Presets.shades_classic);
        bar.start(1000, 0, { t: 0, steps: 0 });
      }
      bar.update(Math.round(1000 * (fraction ?? 0)), { t: number(t), steps });
    },
    stop: () => bar?.stop(),
  };
}
