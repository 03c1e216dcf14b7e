import { describe, expect, it } from 'vitest';
import { currentExperiment, initialLab, keep, reduce, restore, runRequest, tabOf, type Action, type LabState } from '../store.ts';
import type { ModelSummary } from '../worker-protocol.ts';
import { block, model, result, trajectory } from './material.ts';

const place = { uri: null, start: 0, end: 1 };
const twoExperiments: Partial<ModelSummary> = {
  parameters: [{ id: 0, name: 'k', value: 1, place }],
  experiments: [{ name: 'short', end: 5, untilFixedPoint: false, plot: ['B'], off: [] }, { name: 'rest', untilFixedPoint: true, method: 'bdf', plot: [], off: ['pump'], rtol: 1e-8, atol: 0, points: 50 }],
};
const ab = model([block('A', 0), block('B', 1)], twoExperiments);
const run = result(trajectory([0, 1], [[1, 0], [0, 1]]));

function after(state: LabState, ...actions: readonly Action[]): LabState {
  return actions.reduce(reduce, state);
}
const loaded = (m: ModelSummary = ab): Action => ({ type: 'worker', message: { type: 'loaded', id: 1, model: m, problems: [], milliseconds: 1 } });
const finished: Action = { type: 'worker', message: { type: 'finished', id: 2, result: run } };
const open: Action = { type: 'document', uri: 'file:///a.crn', name: 'a.crn' };

describe('a run', () => {
  it('takes end, method and curves from the first experiment', () => {
    const state = after(initialLab, open, loaded(), finished);
    expect(runRequest(state)).toEqual({ overrides: {}, until: 5, method: 'auto', rtol: 1e-6, atol: 1e-9, points: 2000, off: [] });
    expect([...state.visible!]).toEqual(['B']);
    expect(state.shown?.result).toBe(run);
  });

  it('of another experiment follows that one', () => {
    const state = after(initialLab, open, loaded(), finished, { type: 'until', until: 99 }, { type: 'experiment', name: 'rest' });
    expect(currentExperiment(state)?.name).toBe('rest');
    expect(runRequest(state)).toEqual({ overrides: {}, until: 'fixed point', method: 'bdf', rtol: 1e-8, atol: 0, points: 50, off: ['pump'] });
    expect([...after(state, finished).visible!]).toEqual(['A', 'B']);
  });

  it('to a condition has its latest end; another end takes its place, unless it is a latest end too', () => {
    const to = model([block('A', 0)], { experiments: [{ name: 'fall', end: 9, condition: 'A < 1', untilFixedPoint: false, plot: [], off: [] }, { name: 'open', condition: 'A < 2', untilFixedPoint: false, plot: [], off: [] }] });
    const asked = (...actions: readonly Action[]) => { const { until, condition } = runRequest(after(initialLab, open, loaded(to), ...actions))!; return [until, condition]; };
    expect(asked()).toEqual([9, 'fall']);
    expect(asked({ type: 'experiment', name: 'open' })).toEqual(['fixed point', 'open']);
    expect(asked({ type: 'until', until: 4 })).toEqual([4, undefined]);
    expect(asked({ type: 'until', until: 4, toCondition: true })).toEqual([4, 'fall']);
    expect(asked({ type: 'until', until: 4, toCondition: true }, { type: 'until', until: 'fixed point' })).toEqual(['fixed point', undefined]);
    expect(asked({ type: 'until', until: 4 }, { type: 'experiment', name: 'open' })).toEqual(['fixed point', 'open']);
    const state = after(initialLab, open, loaded(to), { type: 'until', until: 4, toCondition: true }), kept = JSON.parse(JSON.stringify(keep(state))) as unknown;
    expect(runRequest(after(restore(kept), open, loaded(to)))).toEqual(runRequest(state));
  });

  it('uses what was set by hand, and only parameters there are', () => {
    const state = after(initialLab, open, loaded(), { type: 'parameter', name: 'k', value: 3 }, { type: 'parameter', name: 'gone', value: 9 }, { type: 'until', until: 2 }, { type: 'method', method: 'tsit5' });
    expect(runRequest(state)).toMatchObject({ overrides: { k: 3 }, until: 2, method: 'tsit5' });
    expect(runRequest(after(state, { type: 'reset', name: 'k' }))?.overrides).toEqual({});
  });

  it('without an end keeps the one that the first run finds, until the text changes or another is asked for', () => {
    const free = model([block('A', 0), block('B', 1)]);
    const found: Action = { type: 'worker', message: { type: 'finished', id: 2, result: { ...run, foundEnd: 28 } } };
    const first = after(initialLab, open, loaded(free));
    expect(runRequest(first)?.until).toBe('automatic');
    const state = after(first, found, { type: 'parameter', name: 'k', value: 3 });
    expect(runRequest(state)?.until).toBe(28);
    expect(runRequest(after(state, finished))?.until).toBe(28);
    expect(runRequest(after(state, loaded(free)))?.until).toBe('automatic');
    expect(runRequest(after(state, { type: 'until', until: 5 }))?.until).toBe(5);
    expect(runRequest(after(state, { type: 'until', until: 5 }, { type: 'until', until: 'automatic' }))?.until).toBe('automatic');
    expect(runRequest(after(restore(keep(after(state, { type: 'until', until: 'automatic' }))), open, loaded()))?.until).toBe('automatic');
  });

  it('is not asked for while the text has errors', () => {
    const state = after(initialLab, open, loaded(), finished, { type: 'worker', message: { type: 'rejected', id: 3, reason: 'errors', problems: [] } });
    expect(runRequest(state)).toBeUndefined();
    expect(state.phase).toBe('errors');
    expect(state.shown?.result).toBe(run);
  });
});

describe('moving a slider', () => {
  it('leaves the curve before it behind', () => {
    const before = after(initialLab, open, loaded(), finished);
    const moved = after(before, { type: 'grab' }, { type: 'parameter', name: 'k', value: 2 }, finished);
    expect(moved.ghost?.result).toBe(run);
    expect(after(moved, { type: 'reset' }).ghost).toBeUndefined();
    expect(after(moved, open).ghost).toBeUndefined();
  });
});

describe('curves', () => {
  it('keep the choice and their colours across runs and edits', () => {
    const state = after(initialLab, open, loaded(), finished, { type: 'show', keys: ['A'], shown: true });
    expect([...state.visible!].sort()).toEqual(['A', 'B']);
    expect([...state.colours]).toEqual([['B', 0], ['A', 1]]);
    const more = model([block('A', 0), block('C', 1), block('B', 2)], twoExperiments);
    const edited = after(state, open, loaded(more), { type: 'worker', message: { type: 'finished', id: 4, result: result(trajectory([0, 1], [[1, 0], [0, 5], [0, 1]])) } });
    expect([...edited.visible!].sort()).toEqual(['A', 'B']);
    expect(edited.colours.get('A')).toBe(1);
  });

  it('can be isolated and hidden', () => {
    const state = after(initialLab, open, loaded(), finished, { type: 'isolate', keys: ['A'] });
    expect([...state.visible!]).toEqual(['A']);
    expect(after(state, { type: 'show', keys: ['A'], shown: false }).visible?.size).toBe(0);
  });
});

describe('what outlives a reload', () => {
  it('is what the user chose', () => {
    const state = after(initialLab, open, loaded(), finished, { type: 'parameter', name: 'k', value: 3 }, { type: 'isolate', keys: ['A'] },
      { type: 'axis', axis: 'logValues', choice: true }, { type: 'tab', tab: 'fixed-point' }, { type: 'until', until: 'fixed point' });
    const kept = JSON.parse(JSON.stringify(keep(state))) as unknown;
    const back = after(restore(kept), open, loaded(), finished);
    expect(runRequest(back)).toEqual(runRequest(state));
    expect([...back.visible!]).toEqual(['A']);
    expect([back.slices.trajectories, back.tab]).toMatchObject([{ logTime: undefined, logValues: true }, 'fixed-point']);
  });

  it('begins with what the text asks for: a training where it asks for nothing else, until there is a choice', () => {
    const trainings = [{ network: 'xor' }] as unknown as ModelSummary['trainings'], both = { ...ab, trainings }, trains = { ...both, experiments: [] };
    const read = (summary: ModelSummary): LabState => after(initialLab, open, loaded(summary));
    expect([ab, both, trains, { ...ab, experiments: [] }].map((summary) => tabOf(read(summary)))).toEqual(['trajectories', 'trajectories', 'training', 'trajectories']);
    expect(tabOf(reduce(read(trains), { type: 'tab', tab: 'network' }))).toBe('network');
    // The choice outlives a reload, and so does that there was none.
    expect([reduce(read(trains), { type: 'tab', tab: 'trajectories' }), read(trains)].map((state) => tabOf(reduce(restore(keep(state)), loaded(trains))))).toEqual(['trajectories', 'training']);
  });

  it.each([undefined, 5, {}, { uri: 'u' }, { uri: 'u', overrides: { k: 'x' }, expanded: [], tab: 'trajectories' }])('is nothing when it makes no sense: %j', (kept) => {
    expect(restore(kept)).toBe(initialLab);
  });
});

describe('a run that takes long', () => {
  const early = result(trajectory([0, 0.1], [[1, 1], [0, 0.1]]), { outcome: { kind: 'cancelled', t: 0.1 } });
  const progress: Action = { type: 'worker', message: { type: 'progress', id: 2, t: 0.1, steps: 1, residual: 1, partial: early } };
  const plain = model([block('A', 0), block('B', 1)]);

  it('shows its curves on the way, and they stay when it is stopped', () => {
    const state = after(initialLab, open, loaded(plain), { type: 'started' }, progress);
    expect([state.shown?.result, state.shown?.partial, state.running]).toEqual([early, true, true]);
    const stopped = after(state, { type: 'stopped' });
    expect([stopped.shown?.result, stopped.running]).toEqual([early, false]);
  });

  it('has its result in the end', () => {
    const state = after(initialLab, open, loaded(plain), { type: 'started' }, progress, finished);
    expect([state.shown?.result, state.shown?.partial, state.running, state.progress]).toEqual([run, undefined, false, undefined]);
  });
});
