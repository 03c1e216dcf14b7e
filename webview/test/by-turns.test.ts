import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ByTurns } from '../view/by-turns.ts';

let frames = new Map<number, () => void>(), clock = 0, last = 0;
/** The browser's next frame, which comes when the work of the one before is done. */
const nextFrame = (): void => {
  clock += 16;
  const now = [...frames.values()];
  frames = new Map();
  for (const frame of now) frame();
};
/** Frames until so many milliseconds have gone by. */
const pass = (milliseconds: number): void => {
  for (const end = clock + milliseconds; clock < end;) nextFrame();
};

beforeEach(() => {
  frames = new Map();
  clock = last = 0;
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => { frames.set(++last, frame); return last; });
  vi.stubGlobal('cancelAnimationFrame', (frame: number) => { frames.delete(frame); });
});
afterEach(() => { vi.unstubAllGlobals(); });

/** Views that each take some milliseconds, and what they have drawn. */
function views(...costs: readonly number[]): { turns: ByTurns<string>; drawn: string[] } {
  const drawn: string[] = [];
  const turns = new ByTurns(costs.map((cost, k) => ({ update: (state: string) => { drawn.push(`${k}${state}`); clock += cost; } })), () => clock);
  return { turns, drawn };
}

test('what takes no time is drawn at once, and then nothing is left to do', () => {
  const { turns, drawn } = views(0.5, 0.5, 0.5);
  turns.some('a');
  expect(drawn).toEqual(['0a', '1a', '2a']);
  pass(200);
  expect(drawn).toHaveLength(3);
  expect(frames.size).toBe(0);
});

test('what takes long is spread over frames, in turn, with the newest state', () => {
  const { turns, drawn } = views(1, 1, 1);
  turns.some('a');
  expect(drawn).toEqual(['0a', '1a']);
  // The state changes before the rest has been drawn: no second round in one frame.
  turns.some('b');
  expect(drawn).toHaveLength(2);
  pass(48);
  expect(drawn.slice(2)).toEqual(['2b', '0b']);
  pass(48);
  expect(drawn.slice(4)).toEqual(['1b', '2b']);
});

test('one is drawn, however long it takes', () => {
  const { turns, drawn } = views(50, 50);
  turns.some('a');
  expect(drawn).toEqual(['0a']);
  pass(200);
  expect(drawn).toEqual(['0a', '1a']);
});

test('between two drawings there is a pause', () => {
  const { turns, drawn } = views(0, 0);
  turns.some('a');
  nextFrame();
  turns.some('b');
  nextFrame();
  expect(drawn).toEqual(['0a', '1a']);
  pass(16);
  expect(drawn).toEqual(['0a', '1a', '0b', '1b']);
});

test('a drawing that makes its frame long is followed by frames that are free', () => {
  const times: number[] = [], turns = new ByTurns<number>([{ update: () => { times.push(clock); clock += 30; } }], () => clock);
  for (let k = 0; k < 40; k++) {
    turns.some(k);
    nextFrame();
  }
  // 30 ms of work and 16 to the next frame: the pause is twice that.
  const between = times.slice(1).map((time, k) => time - times[k]!);
  expect(between.length).toBeGreaterThan(3);
  expect(Math.min(...between)).toBeGreaterThanOrEqual(92);
  expect(Math.max(...between)).toBeLessThan(140);
});

test('all are drawn when that is asked for, and nothing older after them', () => {
  const { turns, drawn } = views(9, 9);
  turns.some('a');
  turns.all('b');
  pass(200);
  expect(drawn).toEqual(['0a', '0b', '1b']);
});
