import { describe, expect, it } from 'vitest';
import type { NoiseAnswer } from '../analysis-protocol.ts';
import { fingerprint } from '../fingerprint.ts';
import { floatsOf, floatsText } from '../floats.ts';
import { pinsOf, pinsText } from '../kept-pins.ts';
import { entriesOf, valuesOf } from '../series.ts';
import { initialLab, keep, partsElsewhere, reduce, restore, runRequest, type Action, type LabState } from '../store.ts';
import { block, model, result, trajectory } from './material.ts';

const after = (state: LabState, ...actions: readonly Action[]): LabState => actions.reduce(reduce, state);
/** As it comes back from a reload. */
const reloaded = (state: LabState): LabState => restore(JSON.parse(JSON.stringify(keep(state))) as unknown);
const open: Action = { type: 'document', uri: 'file:///a.crn', name: 'a.crn' };
const abc = model([block('A', 0), block('S', 1, { kind: 'dual' }), block('v', 3, { shape: [2] })]);
const loaded = (read: string): Action => ({ type: 'worker', read, message: { type: 'loaded', id: 1, model: abc, problems: [], milliseconds: 1 } });
const finished = (extra = {}): Action => ({ type: 'worker', message: { type: 'finished', id: 2, result: result(trajectory([0, 1, 2], [[1, 0.1, 0], [3, 2, 1], [0, 0.5, 0.75], [5, 4, 3], [1e-300, 7, -0]]), extra) } });

describe('numbers as text', () => {
  it('come back bit for bit', () => {
    const values = Float64Array.of(0, -0, 1 / 3, Number.MIN_VALUE, -Number.MAX_VALUE);
    expect(floatsOf(floatsText(values), 5)).toEqual(values);
    const many = Float64Array.from({ length: 20_000 }, (_, k) => Math.sin(k));
    expect(floatsOf(floatsText(many), 20_000)).toEqual(many);
  });
  it.each([['another count', floatsText(Float64Array.of(1)), 2], ['no base64', '*', 1], ['what is no number', floatsText(Float64Array.of(NaN)), 1]])('are refused: %s', (_, text, count) => expect(floatsOf(text, count)).toBeUndefined());
});

describe('pinned runs', () => {
  const ran = after(initialLab, open, loaded('t'), finished()), state = after(ran, { type: 'pin', label: 'k = 2', shown: ran.shown! }), { pins } = state.slices.trajectories;

  it('are kept by the host, curve for curve', () => {
    expect(partsElsewhere(keep(ran))).toEqual([]);
    expect(partsElsewhere(keep(state))).toEqual(['pins']);
    const back = after(reloaded(state), { type: 'pins kept', pins: pinsOf(pinsText(pins))! }).slices.trajectories.pins;
    expect(back.map(({ number, label }) => [number, label])).toEqual([[1, 'k = 2']]);
    const { entries, result: { trajectory: path, final } } = back[0]!.shown;
    expect(entries.map(({ key }) => key)).toEqual(entriesOf(abc).map(({ key }) => key));
    const curves = Object.fromEntries(entries.flatMap(({ members }) => members.map((member) => [member.key, [...valuesOf(path, member)]])));
    expect(curves).toMatchObject({ A: [1, 0.1, 0], S: [3, 1.5, 0.25], 'S^+': [3, 2, 1], 'v[1]': [5, 4, 3], 'v[2]': [1e-300, 7, -0] });
    expect([...final]).toEqual([0, 1, 0.75, 3, -0]);
    expect([...path.times]).toEqual([0, 1, 2]);
  });

  it('of many points keep a thousand, the first and the last among them', () => {
    const times = Array.from({ length: 5000 }, (_, k) => k), long = { ...ran.shown!, result: result(trajectory(times, [times, times, times, times, times])) };
    const [back] = pinsOf(pinsText([{ number: 2, label: 'long', shown: long }]))!;
    expect([back!.shown.result.trajectory.times.length, back!.shown.result.trajectory.times[0], back!.shown.result.trajectory.times.at(-1)]).toEqual([1000, 0, 4999]);
  });

  it('of very many curves stay small', () => {
    const count = 2000, blocks = Array.from({ length: count }, (_, k) => block(`X${k}`, k)), times = Array.from({ length: 300 }, (_, k) => k);
    const big = model(blocks), shown = { model: big, entries: entriesOf(big), result: result(trajectory(times, blocks.map(() => times))) };
    const text = pinsText([{ number: 1, label: 'big', shown }]);
    expect(text.length).toBeLessThan(6e6);
    expect(pinsOf(text)![0]!.shown.result.trajectory.times.at(-1)).toBe(299);
  });

  it('that are damaged are refused', () => {
    const text = pinsText(pins), parsed = JSON.parse(text) as Record<string, unknown>[];
    for (const bad of ['', '{', '{}', '[1]', text.replace('"points":3', '"points":4'), JSON.stringify([{ ...parsed[0], moving: [0, 1, 2, 3, 99] }]), JSON.stringify([{ ...parsed[0], blocks: [] }])]) expect(pinsOf(bad)).toBeUndefined();
  });

  it('that were pinned before the kept ones came keep their numbers', () => {
    const fresh = after(reloaded(state), open, loaded('t'), finished()), early = after(fresh, { type: 'pin', label: 'new', shown: fresh.shown! }, { type: 'pins kept', pins: [{ ...pins[0]!, label: 'old' }, { ...pins[0]!, number: 2, label: 'other' }] });
    expect(early.slices.trajectories.pins.map(({ number, label }) => [number, label])).toEqual([[2, 'other'], [1, 'new']]);
  });
});

describe('after a reload', () => {
  it('the same part of the curves is shown, and all of them where what was kept is no part', () => {
    const window = { x: [0.5, 1.5], y: [0, 2] } as const, state = after(initialLab, open, loaded('t'), finished(), { type: 'zoom', window });
    expect(reloaded(state).slices.trajectories.zoom).toEqual(window);
    expect(reloaded(after(state, { type: 'zoom' })).slices.trajectories.zoom).toBeUndefined();
    for (const x of [[1.5, 0.5], [1], [1, null], 'all']) {
      const kept = JSON.parse(JSON.stringify(keep(state))) as { slices: { trajectories: { zoom: unknown } } };
      kept.slices.trajectories.zoom = { x, y: [0, 2] };
      expect(restore(kept).slices.trajectories.zoom).toBeUndefined();
    }
  });

  const state = after(initialLab, open, loaded('t'), finished({ foundEnd: 28 }), { type: 'show', keys: ['v[1]'], shown: true });

  it('the same text is run to the same end, in the same colours', () => {
    expect(runRequest(after(reloaded(state), open, loaded('t')))?.until).toBe(28);
    expect(runRequest(after(reloaded(state), open, loaded('another')))?.until).toBe('automatic');
    expect(reloaded(state).colours).toEqual(state.colours);
    expect(state.colours.size).toBeGreaterThan(1);
  });

  it('sweeps are there again if the text is the same', () => {
    const answer: NoiseAnswer = { kind: 'noise', refused: [{ name: 'b', why: 'no data' }], sweeps: [{ name: 'a', axis: 'noise', measure: 'accuracy', done: 3, runs: 8, sizes: Float64Array.of(0, 1), series: [{ label: 'h = 1', mean: Float64Array.of(0.5, NaN), low: Float64Array.of(0.25, NaN), high: Float64Array.of(1, NaN), counts: [3, 0] }] }] };
    const swept = reloaded(after(state, { type: 'analyst', message: { type: 'answer', id: 1, kind: 'noise', answer } }));
    expect(after(swept, open, loaded('t')).slices.analysis.noise).toEqual({ phase: 'answered', answer });
    expect(after(swept, open, loaded('another')).slices.analysis.noise).toBeUndefined();
    // Only the first text after the reload can be the one of before.
    expect(after(swept, open, loaded('another'), loaded('t')).slices.analysis.noise).toBeUndefined();
    const kept = JSON.parse(JSON.stringify(keep(after(state, { type: 'analyst', message: { type: 'answer', id: 1, kind: 'noise', answer } })))) as { slices: { analysis: { noise: { sweeps: { sizes: number[] }[] } } } };
    kept.slices.analysis.noise.sweeps[0]!.sizes.push(2);
    expect(after(restore(kept), open, loaded('t')).slices.analysis.noise).toBeUndefined();
  });
});

it('fingerprints tell texts apart, and where one ends', () => {
  const all = [['ab', 'c'], ['a', 'bc'], ['abc'], ['abc', ''], [''], []].map(fingerprint);
  expect(new Set(all).size).toBe(all.length);
  expect(fingerprint(['A -> B'])).toBe(fingerprint(['A -> B']));
});
