/** Lines that reach far beyond a plot are cut off near it: a browser works out every dash of a line, also of what nobody sees. */
import type { Pen } from './thinned.ts';

/** In pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** So far beyond the box lines go on, in pixels: no end or corner is seen. */
const MARGIN = 50;

/** Passes on of each line what lies in the box or near it (Liang and Barsky, ACM Trans. Graph. 3, 1–22, 1984). */
export class ClippedPen implements Pen {
  readonly #pen: Pen;
  readonly #sides: readonly [left: number, right: number, top: number, bottom: number];
  #x = NaN;
  #y = NaN;
  /** The pen passed on to stands where this one does. */
  #there = false;

  constructor(pen: Pen, { left, top, width, height }: Box) {
    this.#pen = pen;
    this.#sides = [left - MARGIN, left + width + MARGIN, top - MARGIN, top + height + MARGIN];
  }

  moveTo(x: number, y: number): void {
    this.#x = x;
    this.#y = y;
    this.#there = false;
  }

  lineTo(x: number, y: number): void {
    const fromX = this.#x, fromY = this.#y, dx = x - fromX, dy = y - fromY, [left, right, top, bottom] = this.#sides;
    this.#x = x;
    this.#y = y;
    // The part of the line, from 0 to 1, that is on the inner side of all four.
    let begin = 0, end = 1;
    for (const [way, room] of [[-dx, fromX - left], [dx, right - fromX], [-dy, fromY - top], [dy, bottom - fromY]] as const) {
      if (way < 0) begin = Math.max(begin, room / way);
      else if (way > 0) end = Math.min(end, room / way);
      else if (room < 0) end = -1;
    }
    // What is infinitely far away leads nowhere.
    if (begin > end || !Number.isFinite(dx) || !Number.isFinite(dy)) {
      this.#there = false;
      return;
    }
    if (!this.#there || begin > 0) this.#pen.moveTo(fromX + begin * dx, fromY + begin * dy);
    if (end < 1) this.#pen.lineTo(fromX + end * dx, fromY + end * dy);
    else this.#pen.lineTo(x, y);
    this.#there = end === 1;
  }
}
