import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ByTurns } from '../view/by-turns.ts';

let frames: (() => void)[] = [], clock = 0;
/** A frame so late that there was a pause. */
const nextFrame = (): void => {
  clock += 40;
  for (const frame of frames.splice(0)) frame();
};

beforeEach(() => {
  frames = [];
  clock = 0;
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  vi.stubGlobal('cancelAnimationFrame', () => { frames = []; });
});
afterEach(() => { vi.unstubAllGlobals(); });

/** Views that each take some milliseconds, and what they have drawn. */
function views(...costs: readonly number[]): { turns: ByTurns<string>; drawn: string[] } {
  const drawn: string[] = [];
  const turns = new ByTurns(costs.map((cost, k) => ({ update: (state: string) => { drawn.push(`${k}${state}`); clock += cost; } })), () => clock);
  return { turns, drawn };
}

test('what takes no time is drawn at once', () => {
  const { turns, drawn } = views(1, 1, 1);
  turns.some('a');
  expect(drawn).toEqual(['0a', '1a', '2a']);
  expect(frames).toEqual([]);
});

test('what takes long is spread over frames, in turn, with the newest state', () => {
  const { turns, drawn } = views(4, 4, 4);
  turns.some('a');
  expect(drawn).toEqual(['0a', '1a']);
  // The state changes before the rest has been drawn: no second round in one frame.
  turns.some('b');
  expect(drawn).toHaveLength(2);
  nextFrame();
  expect(drawn.slice(2)).toEqual(['2b', '0b']);
  nextFrame();
  expect(drawn.slice(4)).toEqual(['1b', '2b']);
});

test('one is drawn in each frame, however long it takes', () => {
  const { turns, drawn } = views(50, 50);
  turns.some('a');
  nextFrame();
  expect(drawn).toEqual(['0a', '1a']);
});

test('between two drawings there is a pause', () => {
  const { turns, drawn } = views(1, 1);
  turns.some('a');
  clock += 10;
  turns.some('b');
  expect(drawn).toEqual(['0a', '1a']);
  clock += 10;
  for (const frame of frames.splice(0)) frame();
  expect(drawn).toEqual(['0a', '1a']);
  nextFrame();
  expect(drawn).toEqual(['0a', '1a', '0b', '1b']);
});

test('all are drawn when that is asked for, and nothing older after them', () => {
  const { turns, drawn } = views(9, 9);
  turns.some('a');
  turns.all('b');
  nextFrame();
  expect(drawn).toEqual(['0a', '0b', '1b']);
});
