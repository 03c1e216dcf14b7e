import { describe, expect, it } from 'vitest';
import { WorkerClient } from '../worker-client.ts';
import type { FromWorker, RunRequest } from '../worker-protocol.ts';
import { FakeWorker } from './fake-worker.ts';

const text = { uri: 'file:///a.crn', text: 'species A', imports: [] };
const request = (k: number): RunRequest => ({ overrides: { k }, until: 1, method: 'auto', rtol: 1e-6, atol: 1e-9, points: 10, off: [] });

function bench(): { client: WorkerClient; workers: FakeWorker[]; received: FromWorker[]; clock: { now: number } } {
  const workers: FakeWorker[] = [];
  const received: FromWorker[] = [];
  const clock = { now: 0 };
  const client = new WorkerClient(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  }, (message) => received.push(message), () => clock.now);
  return { client, workers, received, clock };
}

describe('the worker client', () => {
  it('reads the model before it runs', () => {
    const { client, workers, received } = bench();
    client.load(text);
    client.run(request(1));
    expect(workers[0]!.heard.map((m) => m.type)).toEqual(['load']);
    workers[0]!.loaded();
    expect(workers[0]!.heard.map((m) => m.type)).toEqual(['load', 'run']);
    workers[0]!.finished();
    expect(received.map((m) => m.type)).toEqual(['loaded', 'finished']);
    expect(client.running).toBe(false);
  });

  it('keeps the model while parameters change, and only the newest request', () => {
    const { client, workers } = bench();
    client.load(text);
    workers[0]!.loaded();
    client.run(request(1));
    client.run(request(2));
    client.run(request(3));
    workers[0]!.finished();
    const runs = workers[0]!.heard.flatMap((m) => (m.type === 'run' ? [m.request.overrides['k']] : []));
    expect(runs).toEqual([1, 3]);
    expect(workers).toHaveLength(1);
    expect(workers[0]!.heard.filter((m) => m.type === 'load')).toHaveLength(1);
  });

  it('stops by ending the worker, and reads the model again, unreported, for the next run', () => {
    const { client, workers, received } = bench();
    client.load(text);
    workers[0]!.loaded();
    client.run(request(1));
    client.stop();
    expect(workers[0]!.ended).toBe(true);
    expect(client.running).toBe(false);
    expect(workers).toHaveLength(1);
    client.run(request(2));
    expect(workers[1]!.heard.map((m) => m.type)).toEqual(['load']);
    workers[1]!.loaded();
    workers[1]!.finished();
    expect(received.map((m) => m.type)).toEqual(['loaded', 'finished']);
  });

  it('hears nothing from a worker it has ended', () => {
    const { client, workers, received } = bench();
    client.load(text);
    workers[0]!.loaded();
    client.run(request(1));
    const late = workers[0]!.onmessage;
    client.stop();
    expect(workers[0]!.onmessage).toBeNull();
    late?.({ data: { type: 'progress', id: workers[0]!.heard.at(-1)!.id, t: 1, steps: 1, residual: 1 } });
    expect(received.map((m) => m.type)).toEqual(['loaded']);
  });

  it('ends a run for a newer one only when it has taken longer than a restart', () => {
    const { client, workers, clock } = bench();
    client.load(text);
    clock.now = 400;
    workers[0]!.loaded(); // reading took 400 ms
    client.run(request(1));
    clock.now = 700;
    client.run(request(2));
    expect(workers[0]!.ended).toBe(false);
    clock.now = 900;
    client.run(request(3));
    expect(workers[0]!.ended).toBe(true);
    workers[1]!.loaded();
    expect(workers[1]!.heard.at(-1)).toMatchObject({ type: 'run', request: { overrides: { k: 3 } } });
  });

  it('gives up what it computes for a text that has changed', () => {
    const { client, workers, received } = bench();
    client.load(text);
    workers[0]!.loaded();
    client.run(request(1));
    client.load({ ...text, text: 'species B' });
    expect(workers[0]!.ended).toBe(true);
    expect(workers[1]!.heard).toMatchObject([{ type: 'load', text: 'species B' }]);
    workers[1]!.loaded();
    expect(received.map((m) => m.type)).toEqual(['loaded', 'loaded']);
    expect(workers[1]!.heard).toHaveLength(1);
  });

  it('lets the worker finish reading a text that has changed, tells nobody, and has it read the newest', () => {
    const { client, workers, received } = bench();
    client.load(text);
    client.load({ ...text, text: 'species B' });
    client.load({ ...text, text: 'species C' });
    workers[0]!.loaded();
    expect(received).toEqual([]);
    expect(workers).toHaveLength(1);
    expect(workers[0]!.heard).toMatchObject([{ text: 'species A' }, { type: 'load', text: 'species C' }]);
    workers[0]!.loaded();
    expect(received.map((m) => m.type)).toEqual(['loaded']);
  });

  it('does not run a text with errors', () => {
    const { client, workers } = bench();
    client.load(text);
    client.run(request(1));
    workers[0]!.say({ type: 'rejected', id: workers[0]!.heard[0]!.id, reason: 'errors', problems: [] });
    expect(workers[0]!.heard.map((m) => m.type)).toEqual(['load']);
    expect(client.running).toBe(false);
  });

  it('reports a worker that breaks and starts another', () => {
    const { client, workers, received } = bench();
    client.load(text);
    workers[0]!.loaded();
    client.run(request(1));
    workers[0]!.onerror?.({ message: 'out of memory' });
    expect(received.at(-1)).toMatchObject({ type: 'failed', message: 'out of memory' });
    client.run(request(2));
    expect(workers).toHaveLength(2);
  });
});
