/** The parts of a line plot that are drawn by hand: behind its curves on the screen, and all of it where it is saved as a drawing. */
import uPlot from 'uplot';
import type { OlderLines, PlotBand, PlotContent, PlotLine } from './line-plot.ts';
import { ClippedPen, type Box } from './clipped-pen.ts';
import type { Theme } from './theme.ts';
import { drawThinned } from './thinned.ts';

/** Where a plot is drawn: values to places, and how many of its pixels a CSS pixel is. */
export interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly box: Box;
  readonly scale: number;
}

/** The plot's own canvas. */
export function screenSurface(plot: uPlot): Surface {
  return { context: plot.ctx, x: (value) => plot.valToPos(value, 'x', true), y: (value) => plot.valToPos(value, 'y', true), box: plot.bbox, scale: devicePixelRatio };
}

function clipped({ context, box: { left, top, width, height } }: Surface, draw: () => void): void {
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  draw();
  context.restore();
}

function drawBands(surface: Surface, { times, logX, logY }: PlotContent, bands: readonly PlotBand[], theme: Theme): void {
  const { context, x, y, box } = surface, bottom = box.top + box.height;
  context.globalAlpha = theme.highContrast ? 0.35 : 0.2;
  for (const { low, high, stroke } of bands) {
    context.fillStyle = stroke;
    context.beginPath();
    const point = (i: number, value: number): void => context.lineTo(x(times[i]!), logY && !(value > 0) ? bottom : y(value));
    const drawn = (i: number): boolean => (!logX || times[i]! > 0) && !Number.isNaN(high[i]!);
    for (let i = 0; i < times.length; i++) if (drawn(i)) point(i, high[i]!);
    for (let i = times.length - 1; i >= 0; i--) if (drawn(i)) point(i, low[i]!);
    context.fill();
  }
  context.globalAlpha = 1;
}

function drawLines({ context, x, y, scale, box }: Surface, { logX, logY }: PlotContent, { times, lines }: OlderLines, dashOf: (line: PlotLine) => readonly number[]): void {
  for (const line of lines) {
    context.strokeStyle = line.stroke;
    context.lineWidth = line.width * scale;
    context.setLineDash(dashOf(line).map((length) => length * scale));
    context.beginPath();
    const { values } = line;
    drawThinned(new ClippedPen(context, box), times.length, (i) => (logX && !(times[i]! > 0) ? NaN : x(times[i]!)), (i) => (logY && !(values[i]! > 0) ? NaN : y(values[i]!)), line.sparse === true);
    context.stroke();
  }
  context.setLineDash([]);
}

const uPlotLines = uPlot.paths.linear!();
/** More points than so many for each pixel are thinned by uPlot, which draws the lowest and the highest of each column, on whole pixels. */
const CROWDED = 4;
/** So many are never crowded: the steps that whole pixels make of a slope are seen, and drawing them all takes no longer. */
const FEW = 5000;

/**
 * A curve of uPlot's own. Its corners lie where they belong, not on whole pixels as uPlot has it: with few of them that would be seen.
 * A crowded one is drawn without dashes: they would not be told from gaps, and take long.
 */
export const curvePaths = (dash: readonly number[]): uPlot.Series.PathBuilder => (plot, series, from, to) => {
  const crowded = to - from >= Math.max(FEW, CROWDED * plot.bbox.width);
  plot.series[series]!.dash = crowded ? [] : [...dash];
  if (crowded) return uPlotLines(plot, series, from, to);
  const stroke = new Path2D(), pen = new ClippedPen(stroke, plot.bbox);
  uPlot.orient(plot, series, ({ spanGaps }, times, values, scaleX, scaleY, toX, toY, left, top, width, height) => {
    drawThinned(pen, to - from + 1, (i) => toX(times[from + i]!, scaleX, width, left), (i) => {
      const value = values[from + i];
      return value == null ? NaN : toY(value, scaleY, height, top);
    }, spanGaps === true);
  });
  return { stroke };
};

/** The bands of several runs. */
export function drawAllBands(surface: Surface, content: PlotContent, theme: Theme): void {
  clipped(surface, () => drawBands(surface, content, content.bands ?? [], theme));
}

/** Pinned runs and the run before. */
export function drawOlder(surface: Surface, content: PlotContent, theme: Theme): void {
  clipped(surface, () => {
    surface.context.globalAlpha = theme.highContrast ? 0.5 : 0.35;
    // What is there to stay has dots where its lines have none.
    for (const older of content.pinned ?? []) drawLines(surface, content, older, ({ dash }) => (dash.length === 0 ? [1, 4] : dash));
    if (content.ghost !== undefined) drawLines(surface, content, content.ghost, ({ dash }) => dash);
  });
}

/** All of a plot, as it is on the screen. */
export function drawPlot(plot: uPlot, context: CanvasRenderingContext2D, content: PlotContent, theme: Theme): void {
  const { over } = plot, box = { left: over.offsetLeft, top: over.offsetTop, width: over.clientWidth, height: over.clientHeight };
  const surface: Surface = { context, box, scale: 1, x: (value) => box.left + plot.valToPos(value, 'x'), y: (value) => box.top + plot.valToPos(value, 'y') };
  context.lineWidth = 1;
  context.font = theme.font;
  // uPlot keeps the ticks that it drew with the axes.
  const ticks = plot.axes.map((axis) => axis as { readonly _splits?: readonly number[]; readonly _values?: readonly (string | null)[] });
  const line = (x0: number, y0: number, x1: number, y1: number): void => {
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    context.stroke();
  };
  context.strokeStyle = theme.grid;
  context.fillStyle = theme.faint;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  ticks[0]?._splits?.forEach((value, k) => {
    const x = surface.x(value);
    if (x < box.left - 1 || x > box.left + box.width + 1) return;
    line(x, box.top, x, box.top + box.height + 5);
    context.fillText(ticks[0]?._values?.[k] ?? '', x, box.top + box.height + 8);
  });
  context.fillText(content.xLabel, box.left + box.width / 2, box.top + box.height + 34);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  ticks[1]?._splits?.forEach((value, k) => {
    const y = surface.y(value);
    if (y < box.top - 1 || y > box.top + box.height + 1) return;
    line(box.left - 5, y, box.left + box.width, y);
    context.fillText(ticks[1]?._values?.[k] ?? '', box.left - 8, y);
  });
  context.save();
  context.textAlign = 'center';
  context.translate(12, box.top + box.height / 2);
  context.rotate(-Math.PI / 2);
  context.fillText(content.yLabel, 0, 0);
  context.restore();
  drawAllBands(surface, content, theme);
  drawOlder(surface, content, theme);
  clipped(surface, () => drawLines(surface, content, content, ({ dash }) => dash));
}
