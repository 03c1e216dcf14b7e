/** A plane of two axes on a canvas, each linear or, over many decades of both signs, with magnitudes by their logarithm. */
import { logarithmicTicks } from '../../axes.ts';
import { formatNumber, formatTick } from '../../format.ts';
import type { Theme } from '../theme.ts';

/** From values to 0 … 1, with the ticks to write. */
export interface Scale {
  readonly limits: readonly [number, number];
  part(value: number): number;
  /** The value at a part. */
  at(part: number): number;
  ticks(room: number): readonly (readonly [number, string])[];
}

export function linearScale(low: number, high: number): Scale {
  return {
    limits: [low, high],
    part: (value) => (value - low) / (high - low),
    at: (part) => low + part * (high - low),
    ticks(room) {
      const rough = (high - low) / Math.max(1, room), power = 10 ** Math.floor(Math.log10(rough));
      const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * (1 - 1e-9)) ?? rough;
      const ticks: (readonly [number, string])[] = [];
      for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step && ticks.length < 50; k++) ticks.push([k * step, formatTick(k * step, step)]);
      return ticks;
    },
  };
}

/** asinh(value/grain): linear below the grain, logarithmic above it. */
export function signedLogarithmicScale(low: number, high: number, grain: number): Scale {
  const bottom = Math.asinh(low / grain), top = Math.asinh(high / grain);
  return {
    limits: [low, high],
    part: (value) => (Math.asinh(value / grain) - bottom) / (top - bottom),
    at: (part) => grain * Math.sinh(bottom + part * (top - bottom)),
    ticks(room) {
      const most = Math.max(2, Math.floor(room / 2)), reach = Math.max(-low, high);
      const sizes = logarithmicTicks(2 * grain, Math.max(4 * grain, reach), most);
      return [...sizes.map((size) => -size).reverse(), 0, ...sizes].filter((value) => value >= low && value <= high).map((value) => [value, formatNumber(value, 2)] as const);
    },
  };
}

/** Linear where the magnitudes lie within three decades. */
export function scaleFor(values: readonly number[]): Scale {
  let least = Infinity, most = 0, low = 0, high = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (size > 0) least = Math.min(least, size);
    most = Math.max(most, size);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (most === 0) return linearScale(-1, 1);
  if (most > 1000 * least) return signedLogarithmicScale(low === 0 ? -least : 3 * low, high === 0 ? least : 3 * high, Math.max(least, most * 1e-15) / 3);
  // Zero is in sight, with some air around everything.
  const air = 0.15 * (high - low);
  return linearScale(low - air, high + air);
}

export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const MARGIN = { left: 62, right: 14, top: 10, bottom: 40 };

export class ScatterPlane {
  readonly frame: Frame;
  readonly x: Scale;
  readonly y: Scale;

  constructor(width: number, height: number, x: Scale, y: Scale) {
    this.frame = { left: MARGIN.left, top: MARGIN.top, width: Math.max(20, width - MARGIN.left - MARGIN.right), height: Math.max(20, height - MARGIN.top - MARGIN.bottom) };
    this.x = x;
    this.y = y;
  }

  left(value: number): number {
    return this.frame.left + this.frame.width * this.x.part(value);
  }

  top(value: number): number {
    return this.frame.top + this.frame.height * (1 - this.y.part(value));
  }

  /** What follows is drawn inside the frame only, until `restore`. */
  clip(context: CanvasRenderingContext2D): void {
    const { left, top, width, height } = this.frame;
    context.save();
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
  }

  axes(context: CanvasRenderingContext2D, theme: Theme, xLabel: string, yLabel: string): void {
    const { left, top, width, height } = this.frame;
    context.save();
    context.lineWidth = 1;
    context.font = theme.font;
    context.strokeStyle = theme.grid;
    context.fillStyle = theme.faint;
    const line = (x0: number, y0: number, x1: number, y1: number): void => {
      context.beginPath();
      context.moveTo(Math.round(x0) + 0.5, Math.round(y0) + 0.5);
      context.lineTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
      context.stroke();
    };
    context.textAlign = 'center';
    context.textBaseline = 'top';
    for (const [value, label] of this.x.ticks(width / 70)) {
      line(this.left(value), top, this.left(value), top + height);
      context.fillText(label, this.left(value), top + height + 5);
    }
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    for (const [value, label] of this.y.ticks(height / 36)) {
      line(left, this.top(value), left + width, this.top(value));
      context.fillText(label, left - 6, this.top(value));
    }
    context.textAlign = 'center';
    context.textBaseline = 'bottom';
    context.fillText(xLabel, left + width / 2, top + height + MARGIN.bottom);
    context.translate(12, top + height / 2);
    context.rotate(-Math.PI / 2);
    context.textBaseline = 'middle';
    context.fillText(yLabel, 0, 0);
    context.restore();
  }
}
