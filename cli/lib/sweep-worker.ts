/** Does runs of a sweep, one after the other, as they are asked for. */
import type { MessagePort } from 'node:worker_threads';
import type { FromSweep, SweepJob, SweepOrder } from './sweep-protocol.ts';
import { SweepRunner } from './sweep-runner.ts';

/** @param failed what is done with an error, the last thing that happens */
export function serveSweep(job: SweepJob, port: MessagePort, send: (message: FromSweep) => void, failed: (error: unknown) => void): void {
  const runner = new SweepRunner(job.file, job.name);
  const flag = new Int32Array(job.cancel);
  const cancelled = (): boolean => Atomics.load(flag, 0) !== 0;
  port.on('message', ({ index }: SweepOrder) => {
    try {
      const cells = runner.row(index, cancelled);
      send(cells === undefined ? { type: 'stopped', index } : { type: 'row', index, cells });
    } catch (error) {
      failed(error);
    }
  });
  send({ type: 'ready' });
}
