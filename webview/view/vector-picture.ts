/** What is drawn as an SVG: the same arrangement as the PNG, drawn anew as lines and letters where the view can do that. */
import type { Picture } from './picture.ts';
import { escapeXml, SvgContext } from './svg-context.ts';

/** Draws what is on a canvas once more, in CSS pixels, on another context. */
export interface Painter {
  readonly size: () => { readonly width: number; readonly height: number };
  readonly paint: (context: CanvasRenderingContext2D) => void;
}

const painters = new WeakMap<HTMLCanvasElement, Painter>();

/** Says how what is on a canvas can be drawn again. */
export function paintsLike(canvas: HTMLCanvasElement, painter: Painter): void {
  painters.set(canvas, painter);
}

const MARGIN = 16, LINE = 22, MOST_LEGEND = 60;

/** Rows that are no wider than the picture. */
function rowsOf<T>(items: readonly T[], width: number, need: (item: T) => number): T[][] {
  const rows: T[][] = [[]];
  let used = 0;
  for (const item of items) {
    if (used + need(item) > width && rows[rows.length - 1]!.length > 0) {
      rows.push([]);
      used = 0;
    }
    rows[rows.length - 1]!.push(item);
    used += need(item);
  }
  return rows;
}

export function vectorPicture({ canvas, title, note, legend, theme }: Picture): string {
  const parts = canvas.map((one, k) => {
    const painter = painters.get(one), context = new SvgContext(`clip-${k}`), scale = devicePixelRatio;
    if (painter === undefined) {
      const width = one.width / scale, height = one.height / scale;
      context.drawImage(one, 0, 0, width, height);
      return { width, height, content: context.content };
    }
    painter.paint(context as unknown as CanvasRenderingContext2D);
    return { ...painter.size(), content: context.content };
  });
  const width = Math.max(...parts.map((part) => part.width)), frame = new SvgContext('frame');
  frame.font = theme.font;
  const rows = rowsOf(legend.slice(0, MOST_LEGEND), width, ({ label }) => 44 + frame.measureText(label).width).filter((row) => row.length > 0);
  const notes = rowsOf(note.split(' ').filter((word) => word !== ''), width, (word) => frame.measureText(`${word} `).width).map((words) => words.join(' '));
  const tall = parts.reduce((sum, part) => sum + part.height, 0), height = tall + 2 * MARGIN + LINE + (rows.length + notes.length) * LINE;
  frame.fillStyle = theme.background;
  frame.fillRect(0, 0, width + 2 * MARGIN, height);
  frame.textBaseline = 'middle';
  frame.fillStyle = theme.foreground;
  frame.font = `bold ${theme.font}`;
  frame.fillText(title, MARGIN, MARGIN + LINE / 2);
  frame.font = theme.font;
  let y = MARGIN + LINE + tall + LINE / 2;
  for (const row of rows) {
    let x = MARGIN + 8;
    for (const { label, stroke, dash } of row) {
      frame.strokeStyle = stroke;
      frame.lineWidth = 2;
      frame.setLineDash(dash);
      frame.beginPath();
      frame.moveTo(x, y);
      frame.lineTo(x + 26, y);
      frame.stroke();
      frame.fillText(label, x + 32, y);
      x += 44 + frame.measureText(label).width;
    }
    y += LINE;
  }
  frame.fillStyle = theme.faint;
  for (const line of notes) {
    frame.fillText(line, MARGIN + 8, y);
    y += LINE;
  }
  let top = MARGIN + LINE;
  const placed = parts.map((part) => {
    const group = `<g transform="translate(${MARGIN} ${Math.round(top)})">${part.content}</g>`;
    top += part.height;
    return group;
  });
  const w = Math.ceil(width + 2 * MARGIN), tallest = Math.ceil(height);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${tallest}" viewBox="0 0 ${w} ${tallest}"><title>${escapeXml(title)}</title>${frame.content}${placed.join('')}</svg>`;
}
