import { beforeEach, expect, test } from 'vitest';
import { ClippedPen } from '../view/clipped-pen.ts';

let drawn: (readonly [string, number, number])[], pen: ClippedPen;
beforeEach(() => {
  drawn = [];
  // With its margin of 50: x from 50 to 350, y from 150 to 450.
  pen = new ClippedPen({ moveTo: (x, y) => drawn.push(['move', x, y]), lineTo: (x, y) => drawn.push(['line', x, y]) }, { left: 100, top: 200, width: 200, height: 200 });
});
function draw(...points: readonly (readonly [number, number])[]): readonly (readonly [string, number, number])[] {
  for (const [k, [x, y]] of points.entries()) if (k === 0) pen.moveTo(x, y); else pen.lineTo(x, y);
  return drawn;
}

test('what lies within is passed on as it is', () => {
  expect(draw([100, 200], [200, 300], [350, 450])).toEqual([['move', 100, 200], ['line', 200, 300], ['line', 350, 450]]);
});

test('a line across is cut off on both sides', () => {
  expect(draw([-1e9, 300], [1e9, 300])).toEqual([['move', expect.closeTo(50, 5), 300], ['line', expect.closeTo(350, 5), 300]]);
  drawn = [];
  expect(draw([200, 1e9], [200, -1e9])).toEqual([['move', 200, expect.closeTo(450, 5)], ['line', 200, expect.closeTo(150, 5)]]);
});

test('a slanting line keeps its slope', () => {
  expect(draw([0, 100], [400, 500])).toEqual([['move', 50, 150], ['line', 350, 450]]);
});

test('what goes out is taken up again where it comes in', () => {
  expect(draw([200, 300], [500, 300], [500, 400], [200, 400])).toEqual([['move', 200, 300], ['line', 350, 300], ['move', 350, 400], ['line', 200, 400]]);
});

test.each<readonly [string, readonly [number, number], readonly [number, number]]>([
  ['left', [-20, 0], [40, 900]], ['right', [400, 300], [500, 200]], ['above', [100, 0], [300, 140]], ['below', [0, 500], [300, 451]], ['beside a corner', [0, 440], [110, 560]],
  ['infinitely far', [200, 300], [Infinity, 300]], ['nowhere', [NaN, 300], [200, 300]],
])('nothing is drawn of a line that lies %s', (_, from, to) => {
  expect(draw(from, to)).toEqual([]);
});

test('a point after one that is infinitely far begins anew', () => {
  expect(draw([200, 300], [Infinity, 300], [200, 310], [210, 310])).toEqual([['move', 200, 310], ['line', 210, 310]]);
});
