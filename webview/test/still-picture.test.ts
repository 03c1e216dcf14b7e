import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StillPicture } from '../view/still-picture.ts';

/** A canvas that tells what has been done to it. */
class Sheet {
  width = 0;
  height = 0;
  readonly done: string[] = [];
  readonly context = { canvas: this, fill: (what: string) => this.done.push(what), drawImage: (from: Sheet) => this.done.push(`copy of ${from.done.join()} ${from.width}×${from.height}`) };
  getContext(): unknown {
    return this.context;
  }
}

let still: StillPicture, sheet: Sheet, made: Sheet[];
beforeEach(() => {
  still = new StillPicture();
  sheet = Object.assign(new Sheet(), { width: 300, height: 200 });
  made = [];
  vi.stubGlobal('document', { createElement: () => {
    made.push(new Sheet());
    return made.at(-1)!;
  } });
});
afterEach(() => vi.unstubAllGlobals());

function draw(what: string, of: readonly unknown[] = [what]): string[] {
  sheet.done.length = 0;
  still.draw(sheet.context as unknown as CanvasRenderingContext2D, of, (context) => (context as unknown as Sheet['context']).fill(what));
  return [...sheet.done];
}

test('what is asked for once is painted, and copied from the second time on', () => {
  expect(draw('a')).toEqual(['a']);
  expect(made).toHaveLength(0);
  expect(draw('a')).toEqual(['copy of a 300×200']);
  expect(draw('a')).toEqual(['copy of a 300×200']);
  expect(made.map(({ done }) => done)).toEqual([['a']]);
});

test.each<readonly [string, readonly unknown[], readonly unknown[]]>([
  ['another object', [{}], [{}]], ['another number', [1, 2], [1, 3]], ['more of them', [1], [1, 2]], ['fewer', [1, undefined], [1]],
])('%s is painted anew', (_, before, after) => {
  draw('a', before);
  draw('a', before);
  expect(draw('b', after)).toEqual(['b']);
  expect(draw('b', after)).toEqual(['copy of b 300×200']);
});

test('no number is the same as no number', () => {
  draw('a', [NaN]);
  expect(draw('a', [NaN])).toEqual(['copy of a 300×200']);
});

test('a canvas of another size is painted anew', () => {
  draw('a');
  draw('a');
  sheet.width = 400;
  expect(draw('a')).toEqual(['a']);
  expect(draw('a')).toEqual(['copy of a 400×200']);
});
