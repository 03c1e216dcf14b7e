/** Runs a job in the worker, with a progress bar on a terminal and Ctrl-C to cancel. */
import { Worker } from 'node:worker_threads';
import cliProgress from 'cli-progress';
import { errorWith, FailedError } from './errors.ts';
import { number } from './number.ts';
import { note } from './terminal.ts';
import { TOO_LARGE, type Finished, type FromWorker, type Job, type MoleculesFinished, type NoResult, type ReplicasFinished } from './worker-protocol.ts';

/** Runs shorter than this show no bar. */
export const PATIENCE = 400;
const TWICE = 300;
/** Milliseconds between two looks at how many replicas are done. */
const TICK = 100;
/** Milliseconds after which other threads are started to share them. */
const HIRE = 150;
/**
 * Megabytes of V8's young generation: three halves of 2 MB. By itself it grows to some 50, and what is made and thrown away while a large
 * network is read then lands on ever new pages of memory, at a fifth of the whole time. What lives on is moved to the old generation either way.
 */
export const THREAD_LIMITS = { maxYoungGenerationSizeMb: 6 } as const;

/** What `onepot simulate` gets back: a run, a run molecule by molecule, or many. */
export type Ran = Finished | MoleculesFinished | { readonly type: 'replicas'; readonly parts: readonly ReplicasFinished[]; readonly seconds: number };

/**
 * @param workers the most that share the replicas of a run molecule by molecule
 * @throws UnusableError, FailedError and InterruptedError as the worker reports them.
 */
export async function runInWorker(job: Omit<Job, 'cancel' | 'replicas' | 'threads'>, workers = 1): Promise<Ran> {
  const bar = progressBar();
  const replicas = new SharedArrayBuffer(8), done = new Int32Array(replicas);
  const whole = { ...job, replicas, threads: workers };
  const helpers: Promise<ReplicasFinished>[] = [];
  let begun = 0;
  let ticking: NodeJS.Timeout | undefined;
  let hiring: NodeJS.Timeout | undefined;
  try {
    return await interruptible('Cancelling …', async (cancel) => {
      const first = await worker<FromWorker, Finished | MoleculesFinished | ReplicasFinished>({ ...whole, cancel }, (message, finish) => {
        if (message.type === 'progress') bar?.update(message);
        else if (message.type === 'plan') {
          begun = performance.now();
          ticking = setInterval(() => bar?.update({ done: done[1]!, of: message.replicas, fraction: done[1]! / message.replicas }), TICK);
          // A thread takes longer to begin than most ensembles take as a whole.
          hiring = setTimeout(() => {
            for (let k = 1; k < Math.min(workers, message.replicas - done[0]!); k++) {
              const helper = worker<FromWorker, ReplicasFinished>({ ...whole, cancel }, (said, end) => { if (said.type === 'replicas') end(said); });
              // Looked at below; until then a failure is nobody's.
              helper.catch(() => undefined);
              helpers.push(helper);
            }
          }, HIRE);
        } else if (message.type === 'finished' || message.type === 'molecules' || message.type === 'replicas') finish(message);
      });
      clearTimeout(hiring);
      if (first.type !== 'replicas') return first;
      return { type: 'replicas', parts: [first, ...await Promise.all(helpers)], seconds: (performance.now() - begun) / 1000 };
    });
  } finally {
    clearInterval(ticking);
    clearTimeout(hiring);
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
  return interruptible(interrupted, (cancel) => worker({ ...job, cancel }, handle));
}

/** Does something that Ctrl-C asks to stop by setting the integer in `cancel`; a second Ctrl-C ends the process. */
export async function interruptible<Result>(interrupted: string, work: (cancel: SharedArrayBuffer) => Promise<Result>): Promise<Result> {
  const cancel = new SharedArrayBuffer(4);
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
    return await work(cancel);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

/** Bundled, the worker is a file beside this one; from the sources it is one folder up. */
export function workerFile(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? '../worker.ts' : './worker.mjs', import.meta.url);
}

async function worker<Message extends { readonly type: string }, Result>(job: object, handle: (message: Message, done: (result: Result) => void) => void): Promise<Result> {
  const source = workerFile();
  const thread = new Worker(source, { workerData: job, resourceLimits: THREAD_LIMITS });
  try {
    return await new Promise<Result>((resolve, reject) => {
      thread.on('message', (message: Message | NoResult) => {
        if (!isNoResult(message)) handle(message, resolve);
        else if (message.type === 'crashed') reject(new Error(message.message));
        else reject(errorWith(message.code, message.message));
      });
      thread.on('error', (error: NodeJS.ErrnoException) => {
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new FailedError(TOO_LARGE) : error);
      });
      thread.on('exit', () => reject(new Error('The computation ended without a result.')));
    });
  } finally {
    await thread.terminate();
  }
}

function isNoResult(message: { readonly type: string }): message is NoResult {
  return message.type === 'refused' || message.type === 'crashed';
}

type Progress =
  | { readonly t: number; readonly fraction?: number; readonly steps?: number }
  | { readonly done: number; readonly of: number; readonly fraction: number };

interface Bar {
  update(progress: Progress): void;
  stop(): void;
}

/** A bar on stderr; none when that is no terminal. */
function progressBar(): Bar | undefined {
  if (!process.stderr.isTTY) return undefined;
  const begun = performance.now();
  let bar: cliProgress.SingleBar | undefined;
  return {
    update(progress) {
      const words = 'done' in progress ? `${progress.done} of ${progress.of} runs` : `t = ${number(progress.t)}${progress.steps === undefined ? '' : `, ${progress.steps} steps`}`;
      if (bar === undefined) {
        if (performance.now() - begun < PATIENCE) return;
        const format = progress.fraction === undefined ? '{words}, towards the fixed point' : '{bar} {percentage} % | {words}';
        bar = new cliProgress.SingleBar({ format, stream: process.stderr, clearOnComplete: true, hideCursor: true }, cliProgress.Presets.shades_classic);
        bar.start(1000, 0, { words });
      }
      bar.update(Math.round(1000 * (progress.fraction ?? 0)), { words });
    },
    stop: () => bar?.stop(),
  };
}
