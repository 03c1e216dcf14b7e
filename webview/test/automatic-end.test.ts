import { describe, expect, it } from 'vitest';
import type { Step } from '../../simulation/index.ts';
import { endAfter, EndFinder, enoughSteps, markIn, roundUp } from '../engine/automatic-end.ts';
import { Session } from '../engine/session.ts';
import type { FromWorker, RunResult } from '../worker-protocol.ts';

/** Runs a text to the end that the run finds. */
function automatic(text: string, overrides: Readonly<Record<string, number>> = {}): RunResult {
  let last: FromWorker | undefined;
  const session = new Session((message) => (last = message), () => 0);
  session.handle({ type: 'load', id: 1, uri: 'file:///a.crn', text, imports: [] });
  session.handle({ type: 'run', id: 2, request: { overrides, until: 'automatic', method: 'auto', rtol: 1e-6, atol: 1e-9, points: 500, off: [] } });
  if (last?.type !== 'finished') throw new Error(JSON.stringify(last));
  return last.result;
}

describe('numbers', () => {
  it('ends are 1, 2 or 5 times a power of ten', () => {
    expect([1, 1.01, 2, 3, 5, 7, 0.03, 4e-9, 990].map(roundUp)).toEqual([1, 2, 2, 5, 5, 10, 0.05, 5e-9, 1000]);
  });
  it.each([
    [0, 0.7, 0.5], [0.5, 0.7, undefined], [0.5, 1, 1], [0.9, 3000, 2000], [1e-13, 1.5e-12, 1e-12], [99, 100, 100], [100, 199, undefined], [0, 0, undefined], [3, 1e300, 1e300],
  ])('the last mark behind %d up to %d is %d', (t0, t1, mark) => expect(markIn(t0, t1)).toBe(mark));
  it.each([[17.2, 28], [10, 16], [1, 1.6], [0.1234, 0.2], [6.25, 10], [6.3, 11], [4e-9, 6.4e-9]])('what settles at %d is shown until %d', (settled, end) => expect(endAfter(settled)).toBe(end));
  it('fewer steps are enough for large networks', () => {
    expect([1, 30_000, 60_000, 1e9].map(enoughSteps)).toEqual([2000, 2000, 1000, 200]);
  });
});

describe('the end of steps', () => {
  const step = (t0: number, t1: number): Step => ({ t0, t1, y: Float64Array.of(t1), at: (t, out) => { out[0] = t; } });
  it('is the first mark after enough of them, inside the step that passes it', () => {
    const finder = new EndFinder(1);
    for (let i = 0; i < 1999; i++) expect(finder.look(step(i, i + 1)).t1).toBe(i + 1);
    expect(finder.end).toBeUndefined();
    const last = finder.look(step(1999, 2004.5));
    expect([last.t0, last.t1, last.y[0]]).toEqual([1999, 2000, 2000]);
    expect(finder.end).toEqual({ t: 2000, y: Float64Array.of(2000) });
  });
  it('is anywhere when no mark comes for long', () => {
    const finder = new EndFinder(1);
    for (let i = 0; i < 5999; i++) finder.look(step(1.1 + i * 1e-6, 1.1 + (i + 1) * 1e-6));
    expect(finder.end).toBeUndefined();
    finder.look(step(1.2, 1.3));
    expect(finder.end?.t).toBe(1.3);
  });
});

describe('a run that nobody gave an end', () => {
  it('ends where the network comes to rest, however slow a reaction is that has no say', () => {
    const { outcome, settled, foundEnd, final } = automatic('species A = 1, B, C\nA <-> B @ 2, 1\nC -> 0 @ 1e-9\n');
    expect(outcome.kind).toBe('steady');
    // A − 1/3 falls as 2/3·e^{−3t}, to a ten-thousandth of 1/3 (and of atol/rtol) at t = ln(2e4)/3.
    expect(Math.abs(settled! - Math.log(2e4) / 3)).toBeLessThan(0.05);
    expect(foundEnd).toBe(endAfter(settled!));
    expect(final[0]).toBeCloseTo(1 / 3, 6);
  });

  it('goes no farther than ten times the slowest time scale', () => {
    // X grows as e^{0.3 t} and never rests: 10/0.3 = 33, up to 50.
    const { outcome, foundEnd, final } = automatic('species X = 1\nX -> 2 X @ 0.3\n');
    expect(outcome).toEqual({ kind: 'reached', t: 50 });
    expect(foundEnd).toBe(50);
    expect(Math.abs(final[0]! / Math.exp(15) - 1)).toBeLessThan(1e-3);
  });

  it('ends when a plot cannot show more of an oscillation, at the state of that time', () => {
    const text = (slow: string): string => `species X = 1.2, Y = 1${slow}\nX -> 2 X @ 1\nX + Y -> 2 Y @ 1\nY -> 0 @ 1\n`;
    // The species Z decays in 10⁹; the others go round once in about 6.3.
    const { outcome, foundEnd, trajectory, steps, final } = automatic(text(', Z = 1\nZ -> 0 @ 1e-9'));
    expect(outcome.kind).toBe('reached');
    expect(foundEnd).toBe(outcome.t);
    expect(outcome.t).toBe(roundUp(outcome.t));
    expect(outcome.t).toBeGreaterThan(60);
    expect(outcome.t).toBeLessThan(10_000);
    expect(steps).toBeGreaterThanOrEqual(2000);
    expect(trajectory.times.at(-1)).toBe(outcome.t);
    // X − ln X + Y − ln Y is conserved.
    const invariant = (x: number, y: number): number => x - Math.log(x) + y - Math.log(y);
    expect(Math.abs(invariant(final[0]!, final[1]!) - invariant(1.2, 1))).toBeLessThan(1e-3);
  });

  it('shows what rests from the start as resting', () => {
    const { outcome, foundEnd, trajectory } = automatic('species A = 1, B\nB -> A @ 0.5\n');
    expect(outcome).toEqual({ kind: 'reached', t: 20 });
    expect(foundEnd).toBe(20);
    expect(trajectory.times.at(-1)).toBe(20);
  });

  it('says where it blows up, and finds no end', () => {
    const { outcome, foundEnd } = automatic('species X = 1\n2 X -> 3 X @ 1\n');
    expect(outcome.kind).toBe('diverged');
    expect(foundEnd).toBeUndefined();
  });
});
