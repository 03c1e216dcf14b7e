import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { compare, TOLERANCE } from './goldens.ts';

/** A white picture with a line of this colour along its middle, from 0 to `to`. */
function line(colour: readonly [number, number, number], to: number, width = 200): Buffer {
  const picture = new PNG({ width, height: 100 });
  picture.data.fill(255);
  for (let x = 0; x < to; x++) picture.data.set(colour, 4 * (50 * width + x));
  return PNG.sync.write(picture);
}

test('a picture is like itself', () => expect(compare(line([0, 0, 0], 100), line([0, 0, 0], 100)).share).toBe(0));

test('a line that is longer, or of another colour, is a difference, and where it is can be seen', () => {
  const longer = compare(line([0, 0, 0], 100), line([0, 0, 0], 150));
  expect(longer.share).toBeCloseTo(50 / 20_000, 3);
  expect(longer.share).toBeGreaterThan(TOLERANCE);
  const { data, width } = PNG.sync.read(longer.picture!);
  expect([...data.subarray(4 * (50 * width + 125), 4 * (50 * width + 125) + 3)]).toEqual([255, 0, 0]);
  expect(compare(line([0, 114, 178], 100), line([213, 94, 0], 100)).share).toBeGreaterThan(TOLERANCE);
});

test('another size is another picture', () => expect(compare(line([0, 0, 0], 100), line([0, 0, 0], 100, 201))).toEqual({ share: 1 }));
