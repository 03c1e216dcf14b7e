/** What is drawn on it becomes an SVG: that part of a canvas's 2D context which the lab's views use. */

type Matrix = readonly [number, number, number, number, number, number];
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** a after b: what b maps first, a maps then. */
function times([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

interface State {
  fillStyle: string;
  strokeStyle: string;
  lineWidth: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  globalAlpha: number;
  imageSmoothingEnabled: boolean;
  dash: readonly number[];
  matrix: Matrix;
  clip: string | undefined;
}

const ANCHORS: Readonly<Partial<Record<CanvasTextAlign, string>>> = { center: 'middle', right: 'end', end: 'end' };
const BASELINES: Readonly<Partial<Record<CanvasTextBaseline, string>>> = { middle: 'central', top: 'text-before-edge', hanging: 'hanging', bottom: 'text-after-edge' };

const number = (value: number): string => String(Math.round(value * 100) / 100);

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export class SvgContext {
  fillStyle = '#000';
  strokeStyle = '#000';
  lineWidth = 1;
  font = '12px sans-serif';
  textAlign: CanvasTextAlign = 'start';
  textBaseline: CanvasTextBaseline = 'alphabetic';
  globalAlpha = 1;
  imageSmoothingEnabled = true;
  #dash: readonly number[] = [];
  #matrix: Matrix = IDENTITY;
  #clip: string | undefined;
  #clips = 0;
  #path = '';
  readonly #stack: State[] = [];
  readonly #parts: string[] = [];
  readonly #prefix: string;

  /** @param prefix of ids, unlike that of other drawings in the same file */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** The elements drawn so far. */
  get content(): string {
    return this.#parts.join('\n');
  }

  save(): void {
    const { fillStyle, strokeStyle, lineWidth, font, textAlign, textBaseline, globalAlpha, imageSmoothingEnabled } = this;
    this.#stack.push({ fillStyle, strokeStyle, lineWidth, font, textAlign, textBaseline, globalAlpha, imageSmoothingEnabled, dash: this.#dash, matrix: this.#matrix, clip: this.#clip });
  }

  restore(): void {
    const state = this.#stack.pop();
    if (state === undefined) return;
    const { dash, matrix, clip, ...looks } = state;
    Object.assign(this, looks);
    this.#dash = dash;
    this.#matrix = matrix;
    this.#clip = clip;
  }

  translate(x: number, y: number): void { this.#matrix = times(this.#matrix, [1, 0, 0, 1, x, y]); }
  scale(x: number, y: number): void { this.#matrix = times(this.#matrix, [x, 0, 0, y, 0, 0]); }
  rotate(angle: number): void { this.#matrix = times(this.#matrix, [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0]); }
  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void { this.#matrix = [a, b, c, d, e, f]; }
  setLineDash(dash: readonly number[]): void { this.#dash = [...dash]; }
  clearRect(): void { /* There is nothing below. */ }

  beginPath(): void { this.#path = ''; }
  closePath(): void { this.#path += 'Z'; }
  moveTo(x: number, y: number): void { this.#path += `M${number(x)} ${number(y)}`; }
  lineTo(x: number, y: number): void { this.#path += `${this.#path === '' ? 'M' : 'L'}${number(x)} ${number(y)}`; }
  rect(x: number, y: number, width: number, height: number): void { this.#path += `M${number(x)} ${number(y)}h${number(width)}v${number(height)}h${number(-width)}Z`; }

  arc(x: number, y: number, radius: number, from: number, to: number): void {
    const at = (angle: number): string => `${number(x + radius * Math.cos(angle))} ${number(y + radius * Math.sin(angle))}`, r = number(radius);
    const start = `${this.#path === '' || Math.abs(to - from) >= 2 * Math.PI ? 'M' : 'L'}${at(from)}`;
    if (Math.abs(to - from) >= 2 * Math.PI - 1e-9) this.#path += `${start}A${r} ${r} 0 1 1 ${at(from + Math.PI)}A${r} ${r} 0 1 1 ${at(from)}Z`;
    else this.#path += `${start}A${r} ${r} 0 ${to - from > Math.PI ? 1 : 0} 1 ${at(to)}`;
  }

  /** Meets what is clipped to already, as on a canvas. */
  clip(): void {
    const id = `${this.#prefix}-${++this.#clips}`;
    this.#parts.push(`<clipPath id="${id}"${this.#clip === undefined ? '' : ` clip-path="url(#${this.#clip})"`}><path d="${this.#path}"${this.#transform()}/></clipPath>`);
    this.#clip = id;
  }

  fill(): void { this.#add(`<path d="${this.#path}" fill="${escapeXml(this.fillStyle)}"${this.#transform()}/>`); }
  stroke(): void { this.#add(`<path d="${this.#path}" fill="none"${this.#strokes()}${this.#transform()}/>`); }
  fillRect(x: number, y: number, width: number, height: number): void { this.#add(`<rect ${this.#box(x, y, width, height)} fill="${escapeXml(this.fillStyle)}"${this.#transform()}/>`); }
  strokeRect(x: number, y: number, width: number, height: number): void { this.#add(`<rect ${this.#box(x, y, width, height)} fill="none"${this.#strokes()}${this.#transform()}/>`); }

  fillText(text: string, x: number, y: number): void {
    const [, weight = '', size = '12', family = 'sans-serif'] = /^(bold )?(?:\D*?)([\d.]+)px (.*)$/.exec(this.font) ?? [];
    const anchor = ANCHORS[this.textAlign], baseline = BASELINES[this.textBaseline];
    this.#add(`<text x="${number(x)}" y="${number(y)}" fill="${escapeXml(this.fillStyle)}" font-size="${size}" font-family="${escapeXml(family)}"${weight === '' ? '' : ' font-weight="bold"'}${anchor === undefined ? '' : ` text-anchor="${anchor}"`}${baseline === undefined ? '' : ` dominant-baseline="${baseline}"`}${this.#transform()}>${escapeXml(text)}</text>`);
  }

  /** About as wide as it will be: fonts differ from reader to reader. */
  measureText(text: string): { readonly width: number } {
    const size = Number(/([\d.]+)px/.exec(this.font)?.[1] ?? 12);
    return { width: 0.56 * size * Array.from(text).length };
  }

  /** A picture in the drawing, such as a heat map, whose cells stay as they are. */
  drawImage(image: HTMLCanvasElement, x: number, y: number, width: number, height: number): void {
    this.#add(`<image ${this.#box(x, y, width, height)} preserveAspectRatio="none"${this.imageSmoothingEnabled ? '' : ' image-rendering="pixelated"'} href="${image.toDataURL('image/png')}"${this.#transform()}/>`);
  }

  #box(x: number, y: number, width: number, height: number): string {
    // A rectangle of negative size lies on the other side.
    return `x="${number(Math.min(x, x + width))}" y="${number(Math.min(y, y + height))}" width="${number(Math.abs(width))}" height="${number(Math.abs(height))}"`;
  }

  #strokes(): string {
    return ` stroke="${escapeXml(this.strokeStyle)}" stroke-width="${number(this.lineWidth)}"${this.#dash.length === 0 ? '' : ` stroke-dasharray="${this.#dash.map(number).join(' ')}"`}`;
  }

  #transform(): string {
    return this.#matrix.every((value, k) => value === IDENTITY[k]) ? '' : ` transform="matrix(${this.#matrix.map((value) => Math.round(value * 1e6) / 1e6).join(' ')})"`;
  }

  #add(element: string): void {
    const alpha = this.globalAlpha === 1 ? '' : ` opacity="${number(this.globalAlpha)}"`, clip = this.#clip === undefined ? '' : ` clip-path="url(#${this.#clip})"`;
    this.#parts.push(alpha === '' && clip === '' ? element : `<g${alpha}${clip}>${element}</g>`);
  }
}
