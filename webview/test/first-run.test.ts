/** The first run that the host does for a page which comes up: what it asks, what of it a page accepts, and how the page's worker takes over. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Session } from '../engine/session.ts';
import { firstRun, readOf, type FirstRun } from '../first-run/first-run.ts';
import { KnownAnswers } from '../first-run/known-answers.ts';
import { isFirstRun, isHostMessage, type ImportedFile } from '../index.ts';
import { defaultSettings } from '../store.ts';
import { WorkerClient, type WorkerLike } from '../worker-client.ts';
import { WorkerLater } from '../worker-later.ts';
import type { FromWorker, RunRequest, ToWorker } from '../worker-protocol.ts';
import { FakeWorker } from './fake-worker.ts';

const uri = 'file:///models/a.crn';
const decay = 'param k = 2\nspecies A = 3, B\nA -> B @ k\nsimulate fall { t = 4; plot = A }\nsimulate long { t = 40 }\n';

/** A session as a thread has it: the last message that is no progress is the answer. */
function thread(): { ask: (message: ToWorker) => Promise<FromWorker>; asked: ToWorker[] } {
  const said: FromWorker[] = [], asked: ToWorker[] = [], session = new Session((message) => said.push(message));
  return {
    asked,
    ask: (message) => {
      asked.push(message);
      session.handle(message);
      return Promise.resolve(structuredClone(said.at(-1)!));
    },
  };
}
const nothing = (): Promise<readonly ImportedFile[]> => Promise.resolve([]);
const opening = (text: string, experiment?: string): Parameters<typeof firstRun>[0] => ({ uri, text, settings: defaultSettings, experiment });
async function answers(text = decay, experiment?: string): Promise<FirstRun> {
  const done = await firstRun(opening(text, experiment), thread().ask, nothing);
  if (done === undefined) throw new Error('nothing was run');
  return done.run;
}

describe('the first run', () => {
  it('is of the experiment that is named, else of the first', async () => {
    expect((await answers()).request).toMatchObject({ until: 4, overrides: {} });
    const { request, result } = await answers(decay, 'long');
    expect(request.until).toBe(40);
    // A = 3 exp(−2 t)
    expect(result.final[0]).toBeLessThan(1e-8);
    expect(result.final[1]).toBeCloseTo(3, 5);
  });

  it('takes the user’s settings where the experiment says nothing', async () => {
    const done = await firstRun({ ...opening(decay), settings: { ...defaultSettings, rtol: 1e-9, points: 11 } }, thread().ask, nothing);
    expect(done?.run.request).toMatchObject({ rtol: 1e-9, points: 11 });
  });

  it('has its imports read, and those of these', async () => {
    const files: Readonly<Record<string, string>> = { 'one.crn': 'import "two.crn"\nspecies P = 1\n', 'two.crn': 'species Q = 2\n' };
    const read = vi.fn((requests: readonly { path: string; from: string | null }[]) => Promise.resolve(requests.map(({ path, from }) => ({ path, from, uri: `file:///models/${path}`, text: files[path]! }))));
    const text = 'import "one.crn"\nP -> Q @ 1\nsimulate s { t = 1 }\n';
    const done = await firstRun(opening(text), thread().ask, read);
    expect(done?.imports.map(({ path }) => path)).toEqual(['one.crn', 'two.crn']);
    expect(done?.run.read).toBe(readOf({ text, imports: done!.imports }));
    expect(done?.run.model.blocks.map(({ name }) => name).sort()).toEqual(['P', 'Q']);
  });

  it.each([
    ['errors', 'species A = \n'],
    ['no species', '// nothing\n'],
    ['a training alone', 'network n {\n  input x[1]\n  layer y[1] = linear\n}\ndata d {\n  x[1] -> y[1]\n  0 -> 1\n  1 -> 0\n}\ntrain n on d { epochs = 2 }\n'],
  ])('is left to the page: %s', async (_, text) => {
    const { ask, asked } = thread();
    expect(await firstRun(opening(text), ask, nothing)).toBeUndefined();
    expect(asked.map(({ type }) => type)).toEqual(['load']);
  });

  it('is left to the page when its curves are large', async () => {
    const many = `species S[2000] = 1\nfor i in 1..2000 { S[i] -> 0 @ i }\nsimulate s { t = 1; points = 2000; plot = S }\n`;
    expect(await firstRun(opening(many), thread().ask, nothing)).toBeUndefined();
  });
});

describe('what a page accepts', () => {
  it('are answers as the worker gives them, of every kind of run', async () => {
    const texts = [
      decay, 'units time min, concentration nM\n/// grows\nparam k: 1/min = 1\nspecies X = 1\nX -> 2 X @ k\nsimulate s { t = 1 }\n',
      'species A = 1, B = 2\nA <-> B @ 1, 2\nsimulate rest { until = fixed_point }\n', 'species A = 50\nA -> 0 @ 1\nsimulate m { t = 1; method = ssa; volume = 1; seed = 3; replicas = 5 }\n',
      'species A\n0 -> A @ 1\nsimulate until { until = A >= 2; t = 10 }\n', 'species A = 1\n2 A -> 3 A @ 1\nsimulate away { t = 5 }\n',
    ];
    for (const text of texts) {
      const run = await answers(text);
      expect([text, isFirstRun(run), isHostMessage({ type: 'firstRun', run: structuredClone(run) })]).toEqual([text, true, true]);
    }
  });

  it('fit together, field by field', async () => {
    const whole = await answers();
    const { model, result, request } = whole, { trajectory } = result;
    const broken: readonly [string, unknown][] = [
      ['no model', { ...whole, model: undefined }],
      ['a block beyond the state', { ...whole, model: { ...model, blocks: [{ ...model.blocks[0]!, offset: 2 }] } }],
      ['a parameter that is no number', { ...whole, model: { ...model, parameters: [{ ...model.parameters[0]!, value: null }] } }],
      ['a place of no text', { ...whole, problems: [{ code: 'CRN101', severity: 'error', message: '', line: 1, place: { uri: 3, start: 0, end: 1 } }] }],
      ['trainings', { ...whole, model: { ...model, trainings: [{}] } }],
      ['a request without an end', { ...whole, request: { ...request, until: null } }],
      ['an unknown method', { ...whole, request: { ...request, method: 'euler' } }],
      ['a list in place of floats', { ...whole, result: { ...result, final: [0, 3] } }],
      ['a state of another size', { ...whole, result: { ...result, final: new Float64Array(3) } }],
      ['curves that are cut off', { ...whole, result: { ...result, trajectory: { ...trajectory, values: trajectory.values.subarray(1) } } }],
      ['a row that does not exist', { ...whole, result: { ...result, trajectory: { ...trajectory, rows: Int32Array.of(0, 7) } } }],
      ['an outcome that is none', { ...whole, result: { ...result, outcome: { kind: 'won', t: 1 } } }],
    ];
    for (const [what, run] of broken) expect([what, isFirstRun(run)]).toEqual([what, false]);
    expect(isFirstRun(whole)).toBe(true);
  });
});

describe('a worker that knows the first answers', () => {
  beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }); });
  afterEach(() => { vi.useRealTimers(); });
  const settled = async (): Promise<void> => { for (let i = 0; i < 5; i++) await Promise.resolve(); };

  function page(known: FirstRun): { client: WorkerClient; workers: FakeWorker[]; received: FromWorker[] } {
    const workers: FakeWorker[] = [], received: FromWorker[] = [];
    let first: FirstRun | undefined = known;
    const begin = (): WorkerLike => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    };
    const client = new WorkerClient(() => {
      const answers = first;
      first = undefined;
      return answers === undefined ? begin() : new KnownAnswers(begin, answers);
    }, (message) => received.push(message));
    return { client, workers, received };
  }

  it('answers without one; the worker itself reads the model when the page has drawn', async () => {
    const known = await answers(), { client, workers, received } = page(known);
    client.load({ uri, text: decay, imports: [] });
    expect(received).toEqual([]);
    await settled();
    client.run(known.request);
    await settled();
    expect(received.map(({ type }) => type)).toEqual(['loaded', 'finished']);
    expect(received[1]).toMatchObject({ result: known.result });
    expect([workers.length, client.running]).toEqual([0, false]);
    vi.advanceTimersByTime(1000);
    expect(workers.map(({ heard }) => heard.map(({ type }) => type))).toEqual([['load']]);
    // The model is known to the page: the worker's own answer changes nothing.
    workers[0]!.onmessage?.({ data: { type: 'loaded', id: workers[0]!.heard[0]!.id, model: known.model, problems: [], milliseconds: 1 } });
    expect(received).toHaveLength(2);
    client.run({ ...known.request, overrides: { k: 1 } });
    expect(workers[0]!.heard.map(({ type }) => type)).toEqual(['load', 'run']);
  });

  it('has the worker do a run that is not the one that is known', async () => {
    const known = await answers(), { client, workers, received } = page(known);
    client.load({ uri, text: decay, imports: [] });
    await settled();
    const other: RunRequest = { ...known.request, until: 40 };
    client.run(other);
    expect(workers[0]!.heard.map((message) => (message.type === 'run' ? message.request : message.type))).toEqual(['load', other]);
    await settled();
    expect(received.map(({ type }) => type)).toEqual(['loaded']);
  });

  it('has the worker read a text that is not the one that is known', async () => {
    const known = await answers(), { client, workers, received } = page(known);
    client.load({ uri, text: `${decay}// edited\n`, imports: [] });
    await settled();
    expect(workers[0]!.heard.map(({ type }) => type)).toEqual(['load']);
    client.load({ uri, text: decay, imports: [] });
    expect(received).toEqual([]);
  });

  it('is ended with the worker, or before there is one', async () => {
    const known = await answers(), { client, workers } = page(known);
    client.load({ uri, text: decay, imports: [] });
    client.dispose();
    vi.advanceTimersByTime(1000);
    expect(workers).toHaveLength(0);
  });
});

describe('a worker that comes later', () => {
  const asWorker = (worker: FakeWorker): Worker => worker as unknown as Worker;

  it('is told what was said before', async () => {
    const worker = new FakeWorker(), later = new WorkerLater<string, string>(Promise.resolve(() => asWorker(worker))), heard: string[] = [];
    later.onmessage = ({ data }) => heard.push(data);
    later.postMessage('one');
    expect(worker.heard).toEqual([]);
    await vi.waitFor(() => expect(worker.heard).toEqual(['one']));
    later.postMessage('two');
    expect(worker.heard).toEqual(['one', 'two']);
    worker.onmessage?.({ data: 'answer' as never });
    expect(heard).toEqual(['answer']);
    later.terminate();
    expect(worker.ended).toBe(true);
  });

  it('is ended as soon as it comes when nobody wants it any more', async () => {
    const worker = new FakeWorker(), later = new WorkerLater<string, string>(Promise.resolve(() => asWorker(worker)));
    later.postMessage('one');
    later.terminate();
    await vi.waitFor(() => expect(worker.ended).toBe(true));
    expect(worker.heard).toEqual([]);
  });

  it('says why it does not come', async () => {
    const failed = vi.fn(), later = new WorkerLater<string, string>(Promise.reject(new Error('no script')));
    later.onerror = failed;
    await vi.waitFor(() => expect(failed).toHaveBeenCalledWith({ message: 'no script' }));
  });
});
