import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromAnalyst, Question, ToAnalyst } from '../analysis-protocol.ts';
import { AnalysisClient, PATIENCE, type AnalysisWorkerLike } from '../analysis-client.ts';

class FakeWorker implements AnalysisWorkerLike {
  readonly got: ToAnalyst[] = [];
  ended = false;
  onmessage: AnalysisWorkerLike['onmessage'] = null;
  onerror: AnalysisWorkerLike['onerror'] = null;
  postMessage({ analyst }: { readonly analyst: ToAnalyst }): void { this.got.push(analyst); }
  terminate(): void { this.ended = true; }
  say(message: FromAnalyst): void { this.onmessage?.({ data: message }); }
}

const model = { uri: 'file:///a.crn', text: 'species A', imports: [] };
const question = (seed: number, kind: Question['kind'] = 'fixed points'): Question =>
  ({ kind, setting: { overrides: {}, initial: {}, off: [], rtol: 1e-6, atol: 1e-9 }, starts: 1, seed, x: 0, y: 1, point: 0 }) as Question;
const answer = (id: number): FromAnalyst => ({ type: 'failed', id, kind: 'fixed points', message: String(id) });

function client(): { workers: FakeWorker[]; heard: FromAnalyst[]; it: AnalysisClient } {
  const workers: FakeWorker[] = [], heard: FromAnalyst[] = [];
  const it = new AnalysisClient(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  }, (message) => heard.push(message));
  return { workers, heard, it };
}

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

describe('the client of the worker that answers', () => {
  it('gives it the text once, and one question at a time', () => {
    const { workers, heard, it: asker } = client();
    asker.ask(question(1));
    expect(workers).toEqual([]);
    asker.load(model);
    asker.ask(question(1));
    asker.ask(question(1, 'phase plane'));
    const [worker] = workers;
    expect(worker!.got.map(({ type }) => type)).toEqual(['load', 'ask']);
    worker!.say(answer(1));
    expect(heard).toHaveLength(1);
    expect(worker!.got.map(({ type }) => type)).toEqual(['load', 'ask', 'ask']);
  });

  it('waits a moment for an answer that is no longer wanted, and does not pass it on', () => {
    const { workers, heard, it: asker } = client();
    asker.load(model);
    asker.ask(question(1));
    asker.ask(question(2));
    asker.ask(question(3));
    workers[0]!.say(answer(1));
    expect(heard).toEqual([]);
    expect(workers[0]!.got.at(-1)).toMatchObject({ type: 'ask', question: { seed: 3 } });
    vi.advanceTimersByTime(2 * PATIENCE);
    expect(workers[0]!.ended).toBe(false);
  });

  it('ends a worker that takes longer, and asks another one', () => {
    const { workers, it: asker } = client();
    asker.load(model);
    asker.ask(question(1));
    asker.ask(question(2));
    vi.advanceTimersByTime(PATIENCE + 1);
    expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
    expect(workers[1]!.got).toMatchObject([{ type: 'load' }, { type: 'ask', question: { seed: 2 } }]);
  });

  it('frees the worker at once when the question is cancelled', () => {
    const { workers, it: asker } = client();
    asker.load(model);
    asker.ask(question(1));
    asker.cancel('fixed points');
    expect(workers[0]!.ended).toBe(true);
    expect(asker.alive).toBe(false);
  });

  it('tells of a worker that broke, and goes on with the next question', () => {
    const { workers, heard, it: asker } = client();
    asker.load(model);
    asker.ask(question(1));
    asker.ask(question(1, 'phase plane'));
    workers[0]!.onerror?.({ message: 'out of memory' });
    expect(heard).toMatchObject([{ type: 'failed', kind: 'fixed points', message: 'out of memory' }]);
    expect(workers[1]!.got.at(-1)).toMatchObject({ type: 'ask', question: { kind: 'phase plane' } });
  });
});
