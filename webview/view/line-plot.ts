/**
 * A line plot on uPlot: linear or logarithmic axes, zoom by dragging or by keys, a dimmed earlier result behind the curves, and
 * a cursor others can follow. It computes nothing: curves and limits come from outside.
 */
import { t } from '../../l10n/index.ts';
import uPlot from 'uplot';
import { logarithmicTicks, type Limits, type PlotWindow } from '../axes.ts';
import { formatNumber, formatTick } from '../format.ts';
import { h } from './dom.ts';
import { curvePaths, drawAllBands, drawOlder, drawPlot, screenSurface } from './line-plot-drawing.ts';
import { PlotGrips, type PlotHandle } from './plot-grips.ts';
import { StillPicture } from './still-picture.ts';
import type { Theme } from './theme.ts';
import { paintsLike } from './vector-picture.ts';

export interface PlotLine {
  readonly key: string;
  readonly label: string;
  readonly values: Float64Array;
  readonly stroke: string;
  readonly dash: readonly number[];
  readonly width: number;
  /** Values here and there, with dots, joined over those that are not numbers. */
  readonly sparse?: true;
}

/** The region between two curves, on the times of the lines. */
export interface PlotBand {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly stroke: string;
}

/** An earlier run. Whoever shows the same one again hands over the same object: it is not drawn anew in every frame. */
export interface OlderLines {
  readonly times: Float64Array;
  readonly lines: readonly PlotLine[];
}

export interface PlotContent {
  readonly times: Float64Array;
  readonly lines: readonly PlotLine[];
  /** Drawn dimmed behind the lines, on its own times. */
  readonly ghost?: OlderLines;
  /** The same, and there to stay: with dots where the lines have none. */
  readonly pinned?: readonly OlderLines[];
  readonly bands?: readonly PlotBand[];
  readonly handles?: readonly PlotHandle[];
  readonly xLimits: readonly [number, number];
  readonly yLimits: readonly [number, number];
  readonly logX: boolean;
  readonly logY: boolean;
  readonly xLabel: string;
  readonly yLabel: string;
}

export interface PlotEvents {
  /** Index into the times under the cursor, undefined when there is none; `byKey`: the keyboard moved it. */
  readonly cursor: (index: number | undefined, byKey: boolean) => void;
  /** The curve under the pointer, undefined when there is none; called when it is another. */
  readonly near?: (key: string | undefined) => void;
  /** A grip was taken, or moved to a value. */
  readonly grip?: (key: string, value: number | undefined) => void;
  /** The part that is shown is another; undefined: all of it again. */
  readonly zoom?: (window: PlotWindow | undefined) => void;
}

/** So near the pointer must be to a curve, in pixels. */
const NEAR = 12;

/** Values as uPlot wants them: on a logarithmic axis what has no logarithm is a gap. */
function drawable(values: Float64Array, logarithmic: boolean): Float64Array | (number | null)[] {
  if (logarithmic) return Array.from(values, (value) => (value > 0 ? value : null));
  return values.some(Number.isNaN) ? Array.from(values, (value) => (Number.isNaN(value) ? null : value)) : values;
}

/** uPlot's own logarithmic ticks are all of 1 … 9 in every decade: too many lines for curves over many decades. */
function logarithmicSplits(plot: uPlot, axis: number, low: number, high: number): number[] {
  const { width, height } = plot.bbox;
  const room = axis === 0 ? width / devicePixelRatio / 70 : height / devicePixelRatio / 32;
  return logarithmicTicks(low, high, room);
}
/** Steps between linear ticks; uPlot's own list ends where times in chemistry do not. */
const increments: number[] = Array.from({ length: 601 }, (_, i) => [1, 2, 5].map((factor) => Number(`${factor}e${i - 300}`))).flat();
const every = (_plot: uPlot, splits: number[]): number[] => splits;

export class LinePlot {
  readonly element: HTMLElement;
  readonly #events: PlotEvents;
  #plot: uPlot | undefined;
  #content: PlotContent | undefined;
  #theme: Theme;
  #zoom: PlotWindow | undefined;
  /** Times shown: on a logarithmic axis without the start at 0. */
  #skip = 0;
  #byKey = false;
  #shape = '';
  #near: string | undefined;
  readonly #grips: PlotGrips;
  readonly #older = new StillPicture();
  readonly #observer = new ResizeObserver(() => this.#resize());

  constructor(theme: Theme, events: PlotEvents, attributes: Readonly<Record<string, string>>) {
    this.#theme = theme;
    this.#events = events;
    this.#grips = new PlotGrips((key, value) => events.grip?.(key, value));
    this.element = h('div', { class: 'plot', tabindex: 0, role: 'application', 'aria-roledescription': t('plot'), ...attributes, keydown: (event: KeyboardEvent) => this.#key(event) });
    this.#observer.observe(this.element);
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#destroy();
  }

  get zoomed(): boolean {
    return this.#zoom !== undefined;
  }

  /** The canvas as drawn, or undefined while there is nothing. */
  get canvas(): HTMLCanvasElement | undefined {
    return this.#plot?.ctx.canvas;
  }

  set(content: PlotContent | undefined): void {
    const before = this.#content;
    // A window on a linear axis may reach below zero and means nothing on a logarithmic one.
    if (this.#zoom !== undefined && before !== undefined && (before.logX !== content?.logX || before.logY !== content.logY)) this.zoomTo(undefined);
    this.#content = content;
    if (content === undefined) {
      this.#destroy();
      return;
    }
    this.#skip = content.logX ? Math.max(0, content.times.findIndex((t) => t > 0)) : 0;
    const shape = JSON.stringify([content.logX, content.logY, content.xLabel, content.yLabel, content.lines.map((l) => [l.key, l.stroke, l.dash, l.width, l.sparse])]);
    if (this.#plot === undefined || shape !== this.#shape) {
      this.#shape = shape;
      this.#build();
      return;
    }
    const plot = this.#plot;
    plot.batch(() => {
      plot.setData(this.#data(content), false);
      this.#applyLimits(plot);
    });
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#shape = '';
    if (this.#content !== undefined) this.set(this.#content);
  }

  /** Makes one line stand out from the others; undefined: none. */
  highlight(keys: ReadonlySet<string> | undefined): void {
    const plot = this.#plot;
    if (plot === undefined) return;
    const lines = this.#content?.lines ?? [], any = keys !== undefined && lines.some((line) => keys.has(line.key));
    lines.forEach((line, k) => { plot.series[k + 1]!.alpha = !any || keys.has(line.key) ? 1 : 0.25; });
    plot.redraw(false);
  }

  /** Shows a part of it; undefined: all. */
  zoomTo(window: PlotWindow | undefined): void {
    if (window === this.#zoom) return;
    this.#zoom = window;
    const plot = this.#plot;
    plot?.batch(() => this.#applyLimits(plot));
    this.#events.zoom?.(window);
  }

  #data(content: PlotContent): uPlot.AlignedData {
    const times = content.times.subarray(this.#skip);
    return [times, ...content.lines.map((line) => drawable(line.values.subarray(this.#skip), content.logY))] as uPlot.AlignedData;
  }

  /** Within a batch: each draws the plot once, one inside another once more. */
  #applyLimits(plot: uPlot): void {
    const content = this.#content;
    if (content === undefined) return;
    const x = this.#zoom?.x ?? content.xLimits;
    const y = this.#zoom?.y ?? content.yLimits;
    plot.setScale('x', { min: x[0], max: x[1] });
    plot.setScale('y', { min: y[0], max: y[1] });
    this.element.dataset['xMin'] = String(x[0]);
    this.element.dataset['xMax'] = String(x[1]);
    this.element.dataset['yMin'] = String(y[0]);
    this.element.dataset['yMax'] = String(y[1]);
    this.element.dataset['zoomed'] = String(this.#zoom !== undefined);
  }

  #size(): { width: number; height: number } {
    return { width: Math.max(120, this.element.clientWidth), height: Math.max(90, this.element.clientHeight) };
  }

  #resize(): void {
    if (this.element.clientWidth === 0) return;
    if (this.#plot === undefined) {
      if (this.#content !== undefined) this.set(this.#content);
    } else {
      // An observer begins with a call of its own, and setting the same size would draw everything anew.
      const { width, height } = this.#size();
      if (width !== this.#plot.width || height !== this.#plot.height) this.#plot.setSize({ width, height });
    }
  }

  #destroy(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#shape = '';
  }

  #build(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
    const content = this.#content;
    if (content === undefined || this.element.clientWidth === 0) return;
    this.#plot = new uPlot(this.#options(content), this.#data(content), (plot, begin) => {
      this.element.append(plot.root);
      // Begun within a batch it draws once; left to itself it would draw a second time, a moment later.
      plot.batch(() => {
        (begin as () => void)();
        this.#applyLimits(plot);
      });
    });
    this.element.append(this.#grips.element);
    paintsLike(this.#plot.ctx.canvas, { size: () => this.#size(), paint: (context) => { if (this.#plot !== undefined && this.#content !== undefined) drawPlot(this.#plot, context, this.#content, this.#theme); } });
  }

  #options(content: PlotContent): uPlot.Options {
    const theme = this.#theme;
    const axis = (label: string, logarithmic: boolean): uPlot.Axis => ({
      label, labelFont: theme.font, font: theme.font, stroke: theme.faint,
      grid: { stroke: theme.grid, width: 1, filter: every }, ticks: { stroke: theme.grid, width: 1, size: 5, filter: every }, filter: every,
      incrs: increments, ...(logarithmic ? { splits: logarithmicSplits } : {}),
      values: (_plot, splits, _axis, _space, step) =>
        splits.map((value) => (logarithmic ? formatNumber(value, 3) : formatTick(value, step))),
    });
    return {
      ...this.#size(),
      legend: { show: false },
      focus: { alpha: 0.25 },
      padding: [12, 26, 0, 4],
      cursor: {
        points: { size: 7 },
        drag: { x: true, y: true, uni: 30, setScale: false },
        bind: {
          dblclick: () => () => {
            this.zoomTo(undefined);
            return null;
          },
        },
      },
      scales: {
        // Left to itself uPlot widens a logarithmic axis to whole decades.
        x: { time: false, auto: false, distr: content.logX ? 3 : 1, range: () => [...this.#window()!.x] },
        y: { auto: false, distr: content.logY ? 3 : 1, range: () => [...this.#window()!.y] },
      },
      axes: [
        { ...axis(content.xLabel, content.logX), space: 70, size: 34, labelSize: 22, labelGap: 2 },
        {
          ...axis(content.yLabel, content.logY), space: 40, labelSize: 22, labelGap: 4,
          // Wide enough for the longest tick, in steps, so that the plot does not twitch when a tick gains a digit.
          size: (plot, values) => {
            const longest = (values ?? []).reduce((most, text) => Math.max(most, String(text ?? '').length), 4);
            return Math.max(plot.axes[1] !== undefined && typeof plot.axes[1].size === 'number' ? plot.axes[1].size : 0, 14 + 8 * Math.ceil(longest / 2) * 2 * 0.9);
          },
        },
      ],
      series: [
        {},
        ...content.lines.map((line): uPlot.Series => ({
          label: line.label, stroke: line.stroke, width: line.width, dash: [...line.dash], paths: curvePaths(line.dash), points: line.sparse === true ? { show: true, size: 5, fill: line.stroke } : { show: false }, spanGaps: line.sparse === true,
        })),
      ],
      hooks: {
        drawAxes: [(plot) => this.#drawBehind(plot)],
        draw: [(plot) => this.#grips.place(plot, this.#content?.logX === true ? [] : (this.#content?.handles ?? []), this.#content?.logY === true)],
        setSelect: [(plot) => this.#select(plot)],
        setCursor: [(plot) => {
          const index = plot.cursor.idx;
          const inside = plot.cursor.left !== undefined && plot.cursor.left >= 0;
          this.#events.cursor(inside && index != null ? index + this.#skip : undefined, this.#byKey);
          if (this.#events.near !== undefined && !this.#byKey) this.#look(plot, inside && index != null ? index + this.#skip : undefined);
        }],
      },
    };
  }

  #drawBehind(plot: uPlot): void {
    const content = this.#content, surface = screenSurface(plot), { x, y } = plot.scales, { left, top, width, height } = plot.bbox;
    if (content === undefined) return;
    drawAllBands(surface, content, this.#theme);
    const { ghost, pinned = [], logX, logY } = content;
    if (ghost === undefined && pinned.length === 0) return;
    this.#older.draw(plot.ctx, [ghost, ...pinned, logX, logY, x?.min, x?.max, y?.min, y?.max, left, top, width, height, this.#theme], (context) => drawOlder({ ...surface, context }, content, this.#theme));
  }

  /** Finds the curve under the pointer. */
  #look(plot: uPlot, index: number | undefined): void {
    const top = plot.cursor.top ?? -1;
    let nearest = NEAR, near: string | undefined;
    if (index !== undefined && top >= 0) {
      for (const { key, values } of this.#content?.lines ?? []) {
        const distance = Math.abs(plot.valToPos(values[index]!, 'y') - top);
        if (distance < nearest) { nearest = distance; near = key; }
      }
    }
    if (near === this.#near) return;
    this.#near = near;
    this.#events.near?.(near);
  }

  /** The dragged rectangle becomes the window; a narrow one zooms along one axis only. */
  #select(plot: uPlot): void {
    const { left, top, width, height } = plot.select;
    if (width < 4 && height < 4) return;
    const now = this.#window();
    if (now === undefined) return;
    const x: Limits = width < 4 ? now.x : [plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')];
    const y: Limits = height < 4 ? now.y : [plot.posToVal(top + height, 'y'), plot.posToVal(top, 'y')];
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.zoomTo({ x, y });
  }

  #window(): PlotWindow | undefined {
    return this.#zoom ?? (this.#content === undefined ? undefined : { x: this.#content.xLimits, y: this.#content.yLimits });
  }

  /** Arrows move the cursor, + and − zoom about it, Escape or 0 shows all. */
  #key(event: KeyboardEvent): void {
    const plot = this.#plot;
    const now = this.#window();
    if (plot === undefined || now === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const width = plot.over.clientWidth;
    const left = plot.cursor.left !== undefined && plot.cursor.left >= 0 ? plot.cursor.left : width / 2;
    const move = (to: number): void => {
      this.#byKey = true;
      plot.setCursor({ left: Math.min(width - 1, Math.max(0, to)), top: plot.over.clientHeight / 2 });
      this.#byKey = false;
    };
    const stride = event.shiftKey ? 40 : 5;
    switch (event.key) {
      case 'ArrowLeft': move(left - stride); break;
      case 'ArrowRight': move(left + stride); break;
      case 'Home': move(0); break;
      case 'End': move(width - 1); break;
      case '+': case '=': this.#zoomAbout(plot, left, now, 0.5); break;
      case '-': this.#zoomAbout(plot, left, now, 2); break;
      case '0': case 'Escape':
        if (event.key === 'Escape' && this.#zoom === undefined) return;
        this.zoomTo(undefined);
        break;
      default: return;
    }
    event.preventDefault();
  }

  /** Zooms the horizontal axis so that what is at `left` stays there. */
  #zoomAbout(plot: uPlot, left: number, now: PlotWindow, factor: number): void {
    const width = plot.over.clientWidth;
    const full = this.#content!.xLimits;
    const low = plot.posToVal(left - left * factor, 'x');
    const high = plot.posToVal(left + (width - left) * factor, 'x');
    const x: Limits = [Math.max(full[0], low), Math.min(full[1], high)];
    this.zoomTo(x[0] <= full[0] && x[1] >= full[1] && this.#zoom?.y === this.#content!.yLimits ? undefined : { x, y: now.y });
  }
}
