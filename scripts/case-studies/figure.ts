/**
 * Figures of the case studies as SVG: lines with markers and bands over two axes. Colours follow the reader's light or dark scheme;
 * every line has a marker of its own as well, so that no figure needs colour to be read.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
  /** A band around y: spread over seeds, say. */
  readonly low?: number;
  readonly high?: number;
}

export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
  /** Without markers: for many points. */
  readonly plain?: boolean;
}

export interface Axis {
  readonly label: string;
  readonly log?: boolean;
  /** Default: from the points. */
  readonly from?: number;
  readonly to?: number;
}

export interface Figure {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
}

const WIDTH = 640, HEIGHT = 360;
const FRAME = { left: 72, right: 622, top: 44, bottom: 306 } as const;
const COLOURS = [['#0b62c4', '#6cb6ff'], ['#b3500f', '#f2a65a'], ['#1d7f3f', '#6fd08c'], ['#8a2fa0', '#d99be8'], ['#666666', '#b0b0b0'], ['#a3123f', '#ff8fab']] as const;

/** @throws RangeError when there is nothing to draw, or a logarithmic axis meets a number that is not positive */
export function figureSvg({ title, x, y, series }: Figure): string {
  if (series.length > COLOURS.length) throw new RangeError(`A figure has at most ${COLOURS.length} lines.`);
  const points = series.flatMap((line) => line.points);
  const toX = scale(x, points.map((point) => point.x), FRAME.left, FRAME.right);
  const toY = scale(y, points.flatMap((point) => [point.y, point.low ?? point.y, point.high ?? point.y]), FRAME.bottom, FRAME.top);
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escaped(title)}</title>`, `<style>${style(series.length)}</style>`,
  ];
  for (const tick of toX.ticks) {
    out.push(`<line class="grid" x1="${at(toX.of(tick))}" x2="${at(toX.of(tick))}" y1="${FRAME.top}" y2="${FRAME.bottom}"/>`);
    out.push(`<text x="${at(toX.of(tick))}" y="${FRAME.bottom + 17}" text-anchor="middle">${tickText(tick)}</text>`);
  }
  for (const tick of toY.ticks) {
    out.push(`<line class="grid" x1="${FRAME.left}" x2="${FRAME.right}" y1="${at(toY.of(tick))}" y2="${at(toY.of(tick))}"/>`);
    out.push(`<text x="${FRAME.left - 7}" y="${at(toY.of(tick) + 4)}" text-anchor="end">${tickText(tick)}</text>`);
  }
  out.push(`<text x="${(FRAME.left + FRAME.right) / 2}" y="${FRAME.bottom + 38}" text-anchor="middle">${escaped(x.label)}</text>`);
  out.push(`<text transform="translate(16 ${(FRAME.top + FRAME.bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(y.label)}</text>`);
  out.push(`<clipPath id="frame"><rect x="${FRAME.left}" y="${FRAME.top}" width="${FRAME.right - FRAME.left}" height="${FRAME.bottom - FRAME.top}"/></clipPath>`);
  series.forEach((line, n) => { out.push(...drawn(line, n, (value) => toX.of(value), (value) => toY.of(value))); });
  out.push(...legend(series), '</svg>');
  return `${out.join('\n')}\n`;
}

function style(lines: number): string {
  const colours = (scheme: 0 | 1): string => COLOURS.slice(0, lines).map((pair, n) => `.s${n}{stroke:${pair[scheme]}}.f${n}{fill:${pair[scheme]}}`).join('');
  return `text{fill:#1f2328}.grid{stroke:#d0d7de}path,.mark{fill:none;stroke-width:2}.band{opacity:.18;stroke:none}${colours(0)}`
    + `@media (prefers-color-scheme:dark){text{fill:#e6edf3}.grid{stroke:#3d444d}${colours(1)}}`;
}

function drawn({ points, plain }: Series, n: number, x: (value: number) => number, y: (value: number) => number): string[] {
  const out: string[] = [];
  const banded = points.filter((point) => point.low !== undefined && point.high !== undefined);
  if (banded.length > 1) {
    const edge = (of: 'low' | 'high'): string[] => banded.map((point) => `${at(x(point.x))} ${at(y(point[of] ?? point.y))}`);
    out.push(`<polygon class="band f${n}" clip-path="url(#frame)" points="${[...edge('high'), ...edge('low').reverse()].join(' ')}"/>`);
  }
  out.push(`<path class="s${n}"${dashes(n, plain)} clip-path="url(#frame)" d="M${points.map((point) => `${at(x(point.x))} ${at(y(point.y))}`).join('L')}"/>`);
  if (plain !== true) out.push(...points.map((point) => mark(n, x(point.x), y(point.y))));
  return out;
}

/** Lines without markers are told apart by their dashes. */
function dashes(n: number, plain: boolean | undefined): string {
  return plain !== true || n === 0 ? '' : ` stroke-dasharray="${3 + 3 * n} 4"`;
}

/** A circle, a square, a diamond, a triangle: by the line's number. */
function mark(n: number, x: number, y: number): string {
  const shape = [
    `M${at(x - 4)} ${at(y)}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0`, `M${at(x - 4)} ${at(y - 4)}h8v8h-8z`, `M${at(x)} ${at(y - 5)}l5 5l-5 5l-5 -5z`, `M${at(x)} ${at(y - 5)}l5 9h-10z`,
    `M${at(x - 4)} ${at(y - 4)}l8 8m0 -8l-8 8`, `M${at(x - 5)} ${at(y)}h10m-5 -5v10`,
  ][n] ?? '';
  return `<path class="mark s${n}" d="${shape}"/>`;
}

function legend(series: readonly Series[]): string[] {
  let x: number = FRAME.left;
  return series.flatMap(({ name, plain }, n) => {
    const from = x;
    x += 34 + 5.9 * name.length + 8;
    return [`<path class="s${n}"${dashes(n, plain)} d="M${at(from)} 24h24"/>`, ...(plain === true ? [] : [mark(n, from + 12, 24)]), `<text x="${at(from + 30)}" y="28">${escaped(name)}</text>`];
  });
}

interface Scale {
  readonly of: (value: number) => number;
  readonly ticks: readonly number[];
}

function scale(axis: Axis, values: readonly number[], start: number, end: number): Scale {
  const finite = values.filter((value) => Number.isFinite(value) && (axis.log !== true || value > 0));
  let from = axis.from ?? Math.min(...finite), to = axis.to ?? Math.max(...finite);
  if (!Number.isFinite(from) || !Number.isFinite(to)) throw new RangeError(`The axis “${axis.label}” has no numbers to show.`);
  if (axis.log === true) {
    if (!(from > 0)) throw new RangeError(`The axis “${axis.label}” is logarithmic and begins at ${from}.`);
    if (from === to) [from, to] = [from / 2, to * 2];
    const [low, high] = [Math.log10(from), Math.log10(to)];
    const ticks: number[] = [];
    for (let power = Math.floor(low); power <= Math.ceil(high); power++) {
      // Where decades are few, halves and fifths of them as well.
      for (const part of high - low < 2 ? [1, 2, 5] : [1]) {
        const tick = Number(`${part}e${power}`);
        if (tick >= from * (1 - 1e-9) && tick <= to * (1 + 1e-9)) ticks.push(tick);
      }
    }
    return { ticks, of: (value) => start + (end - start) * Math.max(-0.1, (Math.log10(Math.max(value, 1e-300)) - low) / (high - low)) };
  }
  if (from === to) [from, to] = [from - 1, to + 1];
  const step = niceStep((to - from) / 5), ticks: number[] = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + 1e-9 * step; k++) ticks.push(Number((k * step).toPrecision(12)));
  return { ticks, of: (value) => start + (end - start) * ((value - from) / (to - from)) };
}

/** 1, 2 or 5 times a power of ten, at least as large. */
function niceStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  return ([1, 2, 5].find((part) => part * power >= size * (1 - 1e-9)) ?? 10) * power;
}

const at = (value: number): string => String(Math.round(value * 100) / 100);

function tickText(value: number): string {
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5)) return `10${superscript(Math.round(Math.log10(Math.abs(value))))}`;
  return String(value).replace('-', '−');
}

function superscript(exponent: number): string {
  return [...String(exponent)].map((digit) => (digit === '-' ? '⁻' : ('⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? ''))).join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
