/** Looking at the pixels of what is drawn. */
import type { Locator } from 'playwright-core';

/** A picture: rows from the top, four bytes (red, green, blue, opacity) for each pixel. */
export interface Picture {
  width: number;
  height: number;
  data: Uint8Array;
}

/** Takes a picture of an element as it is on the screen, in the page or in a webview. */
export async function pictureOf(element: Locator): Promise<Picture> {
  const png = (await element.screenshot()).toString('base64');
  // The browser decodes it, in a page of its own that has no content policy.
  const context = await element.page().context().browser()?.newContext();
  if (context === undefined) throw new Error('The browser has been closed.');
  try {
    const page = await context.newPage();
    const decoded = await page.evaluate(async (encoded) => {
      const image = new Image();
      image.src = `data:image/png;base64,${encoded}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      const drawing = canvas.getContext('2d');
      if (drawing === null) throw new Error('no 2d drawing');
      drawing.drawImage(image, 0, 0);
      const { data } = drawing.getImageData(0, 0, canvas.width, canvas.height);
      let bytes = '';
      for (let at = 0; at < data.length; at += 8192) bytes += String.fromCharCode(...data.subarray(at, at + 8192));
      return { width: canvas.width, height: canvas.height, bytes: btoa(bytes) };
    }, png);
    return { width: decoded.width, height: decoded.height, data: new Uint8Array(Buffer.from(decoded.bytes, 'base64')) };
  } finally {
    await context.close();
  }
}

/** How many pixels have each colour, written `#rrggbb`, the most frequent first. */
export function colours(picture: Picture): [colour: string, count: number][] {
  const counts = new Map<number, number>();
  for (let at = 0; at + 3 < picture.data.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = picture.data.subarray(at, at + 3);
    const key = (red << 16) | (green << 8) | blue;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const named = [...counts].map(([key, count]): [string, number] => [`#${key.toString(16).padStart(6, '0')}`, count]);
  return named.sort((a, b) => b[1] - a[1]);
}

/** The share of pixels that are not of the most frequent colour, 0 for an empty picture: how much is drawn. */
export function ink(picture: Picture): number {
  const background = colours(picture)[0]?.[1] ?? 0;
  const total = picture.width * picture.height;
  return total === 0 ? 0 : 1 - background / total;
}

/** Whether a pixel of nearly this colour (`#rrggbb`, each part within `tolerance` of 255) is in the picture, and how many. */
export function countColour(picture: Picture, colour: string, tolerance = 8): number {
  const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  let count = 0;
  for (let at = 0; at + 3 < picture.data.length; at += 4) {
    if (wanted.every((value, part) => Math.abs(value - (picture.data[at + part] ?? 0)) <= tolerance)) count += 1;
  }
  return count;
}

/** The share of pixels in which two pictures of the same size differ visibly; 1 if their sizes differ. */
export function difference(one: Picture, other: Picture): number {
  if (one.width !== other.width || one.height !== other.height) return 1;
  const visible = 16; // of 255, in any of the three colours: more than smoothing of edges does by chance
  let count = 0;
  for (let at = 0; at + 3 < one.data.length; at += 4) {
    if ([0, 1, 2].some((part) => Math.abs((one.data[at + part] ?? 0) - (other.data[at + part] ?? 0)) > visible)) count += 1;
  }
  return one.data.length === 0 ? 0 : count / (one.width * one.height);
}
