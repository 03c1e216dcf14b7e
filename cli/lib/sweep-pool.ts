/** Workers that share the runs of a sweep. Which of them does a run shows nowhere but in the order in which rows arrive. */
import { Worker } from 'node:worker_threads';
import { errorWith, FailedError } from './errors.ts';
import { THREAD_LIMITS, workerFile } from './in-worker.ts';
import type { FromSweep, SweepJob, SweepOrder } from './sweep-protocol.ts';
import { TOO_LARGE } from './worker-protocol.ts';

/**
 * Does the runs, each once.
 * @param cancel see `SweepJob`; when it is set, runs under way are given up and no more are begun
 * @param done called with each row as it is there
 * @throws what a worker reports, and what `done` throws; the other workers are ended then
 */
export async function shareRuns(job: Omit<SweepJob, 'cancel'>, runs: readonly number[], workers: number, cancel: SharedArrayBuffer, done: (index: number, cells: readonly string[]) => void): Promise<void> {
  const flag = new Int32Array(cancel);
  let next = 0;
  const threads: Worker[] = [];
  const one = (): Promise<void> => new Promise((resolve, reject) => {
    const worker = new Worker(workerFile(), { workerData: { ...job, cancel } satisfies SweepJob, resourceLimits: THREAD_LIMITS });
    threads.push(worker);
    const order = (): void => {
      const index = Atomics.load(flag, 0) === 0 ? runs[next++] : undefined;
      if (index === undefined) resolve();
      else worker.postMessage({ index } satisfies SweepOrder);
    };
    worker.on('message', (message: FromSweep) => {
      try {
        switch (message.type) {
          case 'row':
            done(message.index, message.cells);
            order();
            return;
          case 'ready':
          case 'stopped':
            order();
            return;
          case 'refused':
            reject(errorWith(message.code, message.message));
            return;
          case 'crashed':
            reject(new Error(message.message));
        }
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    worker.on('error', (error: NodeJS.ErrnoException) => { reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new FailedError(TOO_LARGE) : error); });
    worker.on('exit', () => { reject(new Error('A worker ended in the middle of a run.')); });
  });
  try {
    await Promise.all(Array.from({ length: Math.min(workers, runs.length) }, one));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}
