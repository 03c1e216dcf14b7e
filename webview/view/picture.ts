/** What is drawn as a PNG: canvases one below the other on the theme's background, with a title above and the legend below. */
import { t } from '../../l10n/index.ts';
import type { Theme } from './theme.ts';

/** A line of the legend. */
export interface PictureLegend {
  readonly label: string;
  readonly stroke: string;
  readonly dash: readonly number[];
}

export interface Picture {
  readonly canvas: readonly HTMLCanvasElement[];
  readonly title: string;
  readonly note: string;
  readonly legend: readonly PictureLegend[];
  readonly theme: Theme;
}

const MARGIN = 16;
const LINE = 22;
const MOST_LEGEND = 60;

/** Items broken to the width of the picture. */
function rowsOf<T>(items: readonly T[], width: number, need: (item: T) => number): T[][] {
  const rows: T[][] = [[]];
  let used = 0;
  for (const item of items) {
    if (used + need(item) > width && rows.at(-1)!.length > 0) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)!.push(item);
    used += need(item);
  }
  return rows;
}

export async function pictureOf({ canvas, title, note, legend, theme }: Picture): Promise<Uint8Array> {
  const scale = devicePixelRatio;
  const width = Math.max(...canvas.map((one) => one.width)) / scale;
  const tall = canvas.reduce((sum, one) => sum + one.height, 0) / scale;
  const output = document.createElement('canvas');
  const context = output.getContext('2d')!;
  context.font = theme.font;
  const rows = rowsOf(legend.slice(0, MOST_LEGEND), width, ({ label }) => 44 + context.measureText(label).width);
  const notes = rowsOf(note.split(' '), width, (word) => context.measureText(`${word} `).width).map((words) => words.join(' '));
  const height = tall + MARGIN * 2 + LINE + (rows.length + notes.length) * LINE;
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
  let y = MARGIN + LINE;
  for (const one of canvas) {
    context.drawImage(one, MARGIN, y, one.width / scale, one.height / scale);
    y += one.height / scale;
  }
  y += LINE / 2;
  for (const row of rows) {
    let x = MARGIN + 8;
    for (const { label, stroke, dash } of row) {
      context.strokeStyle = stroke;
      context.lineWidth = 2;
      context.setLineDash([...dash]);
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x + 26, y);
      context.stroke();
      context.fillText(label, x + 32, y);
      x += 44 + context.measureText(label).width;
    }
    y += LINE;
  }
  context.fillStyle = theme.faint;
  for (const line of notes) {
    context.fillText(line, MARGIN + 8, y);
    y += LINE;
  }
  const blob = await new Promise<Blob | null>((resolve) => output.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error(t('The browser could not make a picture of the plot.'));
  return new Uint8Array(await blob.arrayBuffer());
}
