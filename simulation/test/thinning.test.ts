import { describe, expect, it } from 'vitest';
import { guidesOf, thinned } from '../thinning.ts';
import { seeded } from './problems.ts';

/** Two curves at irregular times. */
function course(points: number, seed: number): { readonly times: number[]; readonly states: Float64Array[] } {
  const random = seeded(seed), times: number[] = [0];
  while (times.length < points) times.push(times.at(-1)! + 0.01 + random());
  return { times, states: times.map((t) => Float64Array.of(Math.sin(t / 7) + 0.1 * random(), 5 * Math.exp(-t / 40) + 0.1 * random())) };
}

const guidesFor = (states: readonly Float64Array[]): ReturnType<typeof guidesOf> => {
  const of = (pick: (...values: number[]) => number): Float64Array => states[0]!.map((_, i) => pick(...states.map((state) => state[i]!)));
  return guidesOf(of(Math.min), of(Math.max));
};

/** The same by looking at every point again after each that goes. */
function slowly(times: readonly number[], states: readonly Float64Array[], target: number, { component, scale }: ReturnType<typeof guidesOf>, decades: boolean): number[] {
  const kept = times.map((_, k) => k), firstGap = times[1]! - times[0]!;
  const axis = times.map((t) => (decades ? Math.log((t - times[0]!) / firstGap + 1) : t - times[0]!));
  const worth = (k: number): number => {
    const [a, b, c] = [kept[k - 1]!, kept[k]!, kept[k + 1]!] as const;
    const misses = [times, axis].flatMap((x) => Array.from(component, (i, q) => {
      const share = (x[b]! - x[a]!) / (x[c]! - x[a]!);
      return Math.abs(states[b]![i]! - states[a]![i]! - share * (states[c]![i]! - states[a]![i]!)) * scale[q]!;
    }));
    const gap = (axis[c]! - axis[a]!) / axis.at(-1)!;
    return Math.max(...misses) * (1 + (gap * target) ** 2) + 0.02 * gap;
  };
  while (kept.length > target) {
    let least = 1;
    for (let k = 2; k < kept.length - 1; k++) if (worth(k) < worth(least)) least = k;
    kept.splice(least, 1);
  }
  return kept;
}

describe('thinning a course', () => {
  it.each([[120, 30, 1, false], [120, 30, 2, true], [200, 150, 3, false], [90, 2, 4, true], [60, 59, 5, false]])('of %i points to %i takes what counts for least, one by one (%i, decades %s)', (points, target, seed, decades) => {
    const { times, states } = course(points, seed), guides = guidesFor(states);
    expect(thinned(times, states, target, guides, decades)).toEqual(slowly(times, states, target, guides, decades));
  });

  it('keeps all of what is no more than wanted, and always both ends', () => {
    const { times, states } = course(20, 6), guides = guidesFor(states);
    expect(thinned(times, states, 20, guides, false)).toEqual(times.map((_, k) => k));
    expect(thinned(times, states, 1, guides, false)).toEqual([0, 19]);
    expect(thinned(times.slice(0, 1), states, 2, guides, false)).toEqual([0]);
  });

  it('keeps the corners of what is straight between them', () => {
    const corners = [0, 17, 40, 41, 77, 100], heights = [0, 3, -1, 2, 2.5, 0];
    const times = Array.from({ length: 101 }, (_, t) => t);
    const states = times.map((t) => {
      const k = Math.max(1, corners.findIndex((corner) => corner >= t)), from = corners[k - 1]!, to = corners[k]!;
      return Float64Array.of(heights[k - 1]! + ((heights[k]! - heights[k - 1]!) * (t - from)) / (to - from));
    });
    expect(thinned(times, states, corners.length, guidesFor(states), false)).toEqual(corners);
  });

  it('comes to an end where values are no numbers', () => {
    const { times, states } = course(50, 7);
    states[20]![0] = NaN;
    states[30]![1] = Infinity;
    const kept = thinned(times, states, 10, guidesOf(Float64Array.of(-1, 0), Float64Array.of(1, 5)), false);
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([10, 0, 49]);
  });

  it.each([NaN, Infinity, 1e300])('keeps both ends where everything else counts for infinitely much or for no number (%d)', (value) => {
    const { times } = course(50, 8), states = times.map(() => Float64Array.of(value, 1));
    for (const target of [2, 3, 30]) {
      const kept = thinned(times, states, target, { component: Int32Array.of(0, 1), scale: Float64Array.of(Infinity, 1) }, true);
      expect([kept.length, kept[0], kept.at(-1)]).toEqual([target, 0, 49]);
    }
  });
});
