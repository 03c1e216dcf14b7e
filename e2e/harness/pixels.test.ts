import { describe, expect, test } from 'vitest';
import { colours, countColour, difference, ink, type Picture } from './pixels.ts';

/** A picture of one row with these colours, `rrggbb`. */
function row(...pixels: string[]): Picture {
  const data = pixels.flatMap((pixel) => [...Buffer.from(`${pixel}ff`, 'hex')]);
  return { width: pixels.length, height: 1, data: new Uint8Array(data) };
}

test('colours are counted, the most frequent first', () => {
  expect(colours(row('000000', 'ff8000', 'ff8000'))).toEqual([['#ff8000', 2], ['#000000', 1]]);
});

describe('ink', () => {
  test('is the share of what is not background', () => expect(ink(row('ffffff', 'ffffff', '000000', 'ffffff'))).toBe(0.25));
  test('is 0 where nothing is drawn', () => expect([ink(row('123456', '123456')), ink(row())]).toEqual([0, 0]));
});

test('a colour is found within its tolerance', () => {
  const picture = row('0072b2', '0478ac', '1072b2');
  expect([countColour(picture, '#0072b2', 0), countColour(picture, '#0072b2'), countColour(picture, '#0072b2', 16)]).toEqual([1, 2, 3]);
});

describe('the difference of two pictures', () => {
  test('is the share of visibly different pixels', () => expect(difference(row('000000', 'ffffff'), row('0f0f0f', 'ff00ff'))).toBe(0.5));
  test('is 1 for different sizes', () => expect(difference(row('000000'), row('000000', '000000'))).toBe(1));
});
