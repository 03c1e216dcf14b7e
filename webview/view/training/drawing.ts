/** A canvas that fills its place, sharp on every screen, drawn anew when its size changes. */
import { h } from '../dom.ts';
import { paintsLike } from '../vector-picture.ts';
import type { Rgb } from './palette.ts';

type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void;

export class Drawing {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly #observer: ResizeObserver;
  #draw: Draw = () => undefined;

  /** @param attributes of the canvas, which is a picture for those who do not see it */
  constructor(attributes: Readonly<Record<string, string>>, height: number) {
    this.canvas = h('canvas', { role: 'img', ...attributes });
    this.element = h('div', { class: 'drawing' }, this.canvas);
    this.element.style.height = `${height}px`;
    paintsLike(this.canvas, { size: () => ({ width: this.element.clientWidth, height: this.element.clientHeight }), paint: (context) => this.#draw(context, this.element.clientWidth, this.element.clientHeight) });
    this.#observer = new ResizeObserver(() => this.#paint());
    this.#observer.observe(this.element);
  }

  draw(draw: Draw): void {
    this.#draw = draw;
    this.#paint();
  }

  resize(height: number): void {
    const wanted = `${height}px`;
    if (this.element.style.height !== wanted) this.element.style.height = wanted;
  }

  dispose(): void {
    this.#observer.disconnect();
  }

  #paint(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (width === 0 || height === 0) return;
    const scale = devicePixelRatio, [w, hgt] = [Math.round(width * scale), Math.round(height * scale)];
    if (this.canvas.width !== w || this.canvas.height !== hgt) {
      this.canvas.width = w;
      this.canvas.height = hgt;
    }
    const context = this.canvas.getContext('2d')!;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    this.#draw(context, width, height);
  }
}

const scratch = new Map<string, HTMLCanvasElement>();

/** Fills a rectangle with columns × rows coloured cells, the first row at the top; `smooth` blends neighbours. */
export function cells(
  context: CanvasRenderingContext2D, [x, y, width, height]: readonly [number, number, number, number], columns: number, rows: number,
  colour: (row: number, column: number) => Rgb, smooth = false,
): void {
  // One small canvas of each size is used again and again.
  const key = `${columns} ${rows}`;
  let small = scratch.get(key);
  if (small === undefined) {
    if (scratch.size > 40) scratch.clear();
    small = document.createElement('canvas');
    small.width = columns;
    small.height = rows;
    scratch.set(key, small);
  }
  const inner = small.getContext('2d')!, image = inner.createImageData(columns, rows);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at += 4) {
      const [r, g, b] = colour(row, column);
      image.data[at] = r;
      image.data[at + 1] = g;
      image.data[at + 2] = b;
      image.data[at + 3] = 255;
    }
  }
  inner.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = smooth;
  context.drawImage(small, x, y, width, height);
}
