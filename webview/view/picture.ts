/** The plot as a PNG: the canvas on the theme's background, with a title above and the legend below. */
import { dash, hue } from './colours.ts';
import type { Curve } from './curves.ts';
import type { Theme } from './theme.ts';

export interface Picture {
  readonly canvas: HTMLCanvasElement;
  readonly title: string;
  readonly note: string;
  readonly curves: readonly Curve[];
  readonly theme: Theme;
}

const MARGIN = 16;
const LINE = 22;

/** Legend lines broken to the width of the picture. */
function legendRows(context: CanvasRenderingContext2D, curves: readonly Curve[], width: number): Curve[][] {
  const rows: Curve[][] = [[]];
  let used = 0;
  for (const curve of curves.slice(0, 60)) {
    const need = 44 + context.measureText(curve.key).width;
    if (used + need > width && rows.at(-1)!.length > 0) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)!.push(curve);
    used += need;
  }
  return rows;
}

export async function pictureOf({ canvas, title, note, curves, theme }: Picture): Promise<Uint8Array> {
  const scale = devicePixelRatio;
  const width = canvas.width / scale;
  const output = document.createElement('canvas');
  const context = output.getContext('2d')!;
  context.font = theme.font;
  const rows = legendRows(context, curves, width);
  const height = canvas.height / scale + MARGIN * 2 + LINE * 2 + rows.length * LINE;
  output.width = (width + 2 * MARGIN) * scale;
  output.height = height * scale;
  context.scale(scale, scale);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, width + 2 * MARGIN, height);
  context.textBaseline = 'middle';
  context.fillStyle = theme.foreground;
  context.font = `bold ${theme.font}`;
  context.fillText(title, MARGIN, MARGIN + LINE / 2);
  context.font = theme.font;
  context.drawImage(canvas, MARGIN, MARGIN + LINE, width, canvas.height / scale);
  let y = MARGIN + LINE + canvas.height / scale + LINE / 2;
  for (const row of rows) {
    let x = MARGIN + 8;
    for (const curve of row) {
      context.strokeStyle = hue(curve.colour, theme.ground);
      context.lineWidth = 2;
      context.setLineDash([...dash(curve.colour)]);
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x + 26, y);
      context.stroke();
      context.fillText(curve.key, x + 32, y);
      x += 44 + context.measureText(curve.key).width;
    }
    y += LINE;
  }
  context.fillStyle = theme.faint;
  context.fillText(note, MARGIN + 8, y);
  const blob = await new Promise<Blob | null>((resolve) => output.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('The browser could not make a picture of the plot.');
  return new Uint8Array(await blob.arrayBuffer());
}
