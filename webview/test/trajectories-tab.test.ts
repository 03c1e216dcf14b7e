import { describe, expect, it } from 'vitest';
import { compared } from '../comparison.ts';
import { trajectoryJson } from '../csv.ts';
import { Session } from '../engine/session.ts';
import { hasComponent, movableInitials } from '../initials.ts';
import { entriesOf } from '../series.ts';
import { trajectoriesSlice } from '../slices/trajectories.ts';
import { initialLab, reduce, runRequest, runSetting, type Action, type LabState, type Shown } from '../store.ts';
import { movedByHand } from '../view/note.ts';
import type { FromWorker, RunRequest, RunResult } from '../worker-protocol.ts';
import { block, model, result, trajectory } from './material.ts';

const ab = model([block('A', 0, { initial: 1 }), block('B', 1, { initial: 0 }), block('W', 2, { kind: 'dual', shape: [2] })], {
  experiments: [{ name: 'noisy', end: 5, untilFixedPoint: false, plot: [], off: [], molecules: { method: 'ssa', volume: 100, seed: 1, replicas: 3 } }],
});
const after = (...actions: readonly Action[]): LabState => actions.reduce(reduce, initialLab);
const opened: readonly Action[] = [
  { type: 'document', uri: 'file:///a.crn', name: 'a.crn' },
  { type: 'worker', message: { type: 'loaded', id: 1, model: ab, problems: [], milliseconds: 1 } },
];
const run = (end: readonly number[]): Action => ({ type: 'worker', message: { type: 'finished', id: 2, result: result(trajectory([0, 1], end.map((value) => [0, value]))) } });

describe('initial values', () => {
  it('moved by hand go into the run and into questions, if there is such a species', () => {
    const state = after(...opened, { type: 'initial', name: 'A', value: 3 }, { type: 'initial', name: 'W^-[2]', value: 0.5 }, { type: 'initial', name: 'gone', value: 9 });
    expect(runRequest(state)?.initial).toEqual({ 'A': 3, 'W^-[2]': 0.5 });
    expect(runSetting(state)?.initial).toEqual({ 'A': 3, 'W^-[2]': 0.5 });
    expect(movedByHand(state)).toContain('A(0) = 3');
    expect(runRequest(reduce(state, { type: 'initial', name: 'A' }))?.initial).toEqual({ 'W^-[2]': 0.5 });
    expect(runRequest(reduce(state, { type: 'initial' }))?.initial).toBeUndefined();
  });

  it('are those of whole names', () => {
    expect(['A', 'W^+[1]', 'W^-[2]', 'W', 'W[1]', 'W^+[3]', 'A[1]'].map((name) => hasComponent(ab, name))).toEqual([true, true, true, false, false, false, false]);
  });

  it('have sliders where a species stands alone; none goes below zero', () => {
    expect(movableInitials(ab).map(({ name, value, range }) => [name, value, range.min >= 0])).toEqual([['A', 1, true], ['B', 0, true]]);
  });

  it('begin the run', () => {
    const said: FromWorker[] = [];
    const session = new Session((message) => said.push(message), () => 0);
    session.handle({ type: 'load', id: 1, uri: 'file:///a.crn', text: 'species A = 1, B[2]\nA -> B[1] @ 2\n', imports: [] });
    const request: RunRequest = { overrides: {}, initial: { 'A': 3, 'B[2]': 7, 'gone': 1 }, until: 1, method: 'auto', rtol: 1e-9, atol: 1e-12, points: 50, off: [] };
    session.handle({ type: 'run', id: 2, request });
    const { final } = (said[said.length - 1] as { result: RunResult }).result;
    expect(final[0]).toBeCloseTo(3 * Math.exp(-2), 7);
    expect(final[1]).toBeCloseTo(3 - 3 * Math.exp(-2), 7);
    expect(final[2]).toBe(7);
  });
});

describe('runs molecule by molecule', () => {
  it('go as the sliders say', () => {
    const state = after(...opened, { type: 'molecules', name: 'volume', value: 1000 }, { type: 'molecules', name: 'replicas', value: 20 });
    expect(runRequest(state)?.molecules).toEqual({ method: 'ssa', volume: 1000, seed: 1, replicas: 20 });
    expect(runRequest(reduce(state, { type: 'molecules', name: 'volume' }))?.molecules?.volume).toBe(100);
  });
});

describe('runs that are kept', () => {
  const first = after(...opened, run([1, 2, 0, 0, 0, 0]));

  it('are compared by their values at the end', () => {
    const pinned = reduce(first, { type: 'pin', label: 'first', shown: first.shown! }), now = reduce(pinned, run([1.5, 1, 0, 0, 0, 0]));
    const members = now.shown!.entries.flatMap(({ members: all }) => all).slice(0, 2);
    expect(compared(now.shown!, members, now.slices.trajectories.pins)).toEqual([
      { key: 'A', now: 1.5, others: [{ value: 1, difference: 0.5 }] }, { key: 'B', now: 1, others: [{ value: 2, difference: -1 }] }]);
  });

  it('of another model have what has the same name', () => {
    const other = model([block('B', 0)]), shown: Shown = { model: other, entries: entriesOf(other), result: result(trajectory([0, 1], [[0, 4]])) };
    const rows = compared(first.shown!, first.shown!.entries.flatMap(({ members: all }) => all).slice(0, 2), [{ number: 1, label: 'other', shown }]);
    expect(rows.map(({ others }) => others[0])).toEqual([undefined, { value: 4, difference: -2 }]);
  });

  it('are four at most, each with a number of its own, and can be let go', () => {
    let slice = trajectoriesSlice.initial;
    for (const label of ['a', 'b', 'c', 'd', 'e']) slice = trajectoriesSlice.reduce(slice, { type: 'pin', label, shown: first.shown! });
    expect(slice.pins.map(({ number, label }) => [number, label])).toEqual([[2, 'b'], [3, 'c'], [4, 'd'], [1, 'e']]);
    expect(trajectoriesSlice.reduce(slice, { type: 'unpin', number: 3 }).pins.map(({ label }) => label)).toEqual(['b', 'd', 'e']);
    expect(trajectoriesSlice.reduce(slice, { type: 'unpin' }).pins).toEqual([]);
  });
});

it('what was kept by an older lab keeps its axes, and nonsense is ignored', () => {
  expect(trajectoriesSlice.restore({ logTime: true })).toEqual({ ...trajectoriesSlice.initial, logTime: true });
  expect(trajectoriesSlice.restore({ logTime: true, initials: { A: 'x' } })).toEqual({ ...trajectoriesSlice.initial, logTime: true });
  expect(trajectoriesSlice.restore([1])).toEqual(trajectoriesSlice.initial);
  const slice = trajectoriesSlice.reduce(trajectoriesSlice.initial, { type: 'initial', name: 'A', value: 2 });
  expect(trajectoriesSlice.restore(JSON.parse(JSON.stringify(trajectoriesSlice.keep(slice))))).toEqual(slice);
});

it('a trajectory as JSON has every species by name', () => {
  const two = model([block('A', 0), block('B', 1)]);
  expect(trajectoryJson(two, trajectory([0, 1], [[1, 2], [3, 4]]))).toEqual({ t: [0, 1], species: { A: [1, 2], B: [3, 4] } });
});
