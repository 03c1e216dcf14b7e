/** Draws a curve with as few strokes as the eye needs: what lies on a line already is left out, and stroking is what takes long. */

/** Pixels by which what is left out may lie beside what is drawn. */
const TOLERANCE = 0.1;

export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

/**
 * From each drawn point the lines that pass all points since within the tolerance form a wedge; as long as the next point lies in it, those between
 * need not be drawn.
 * @param count points, in the order of x, which never decreases
 * @param x,y where point i lies, in pixels; NaN, either, is a gap
 * @param spans joins over gaps
 */
export function drawThinned(pen: Pen, count: number, x: (i: number) => number, y: (i: number) => number, spans = false): void {
  let drawing = false, fromX = 0, fromY = 0, low = -Infinity, high = Infinity, lastX = 0, lastY = 0, owed = false;
  for (let i = 0; i < count; i++) {
    const nextX = x(i), nextY = y(i);
    if (Number.isNaN(nextX) || Number.isNaN(nextY)) {
      if (spans) continue;
      if (owed) pen.lineTo(lastX, lastY);
      drawing = owed = false;
      continue;
    }
    if (!drawing) {
      pen.moveTo(nextX, nextY);
      drawing = true;
      fromX = nextX;
      fromY = nextY;
      low = -Infinity;
      high = Infinity;
    } else {
      let dx = nextX - fromX, slope = (nextY - fromY) / dx;
      if (owed && !(dx > 0 && slope >= low && slope <= high)) {
        pen.lineTo(lastX, lastY);
        fromX = lastX;
        fromY = lastY;
        low = -Infinity;
        high = Infinity;
        dx = nextX - fromX;
        slope = (nextY - fromY) / dx;
      }
      // Points above each other have no wedge: the next one ends the line.
      if (dx > 0) {
        low = Math.max(low, slope - TOLERANCE / dx);
        high = Math.min(high, slope + TOLERANCE / dx);
      } else {
        low = Infinity;
        high = -Infinity;
      }
      owed = true;
    }
    lastX = nextX;
    lastY = nextY;
  }
  if (owed) pen.lineTo(lastX, lastY);
}
