/** What the network says of all inputs, as it bends to the samples: heat for two inputs, a curve for one. */
import { t } from '../../../l10n/index.ts';
import { extremes } from '../../axes.ts';
import { csvRows } from '../../csv.ts';
import { formatNumber, formatTick } from '../../format.ts';
import type { LabState } from '../../store.ts';
import type { BoundaryView, SamplePoints } from '../../training-protocol.ts';
import { hue } from '../colours.ts';
import type { Theme } from '../theme.ts';
import { Frame, noteOf, type Card, type MakeCard } from './card.ts';
import { cells, Drawing } from './drawing.ts';
import { classColour, css, diverging, rgbOf, sequential, type Rgb } from './palette.ts';

const HEIGHT = 250, MARGIN = { left: 40, right: 10, top: 8, bottom: 30 };
/** Shapes tell classes apart where colours do not. */
const SHAPES = [
  (c: CanvasRenderingContext2D, x: number, y: number, r: number) => c.arc(x, y, r, 0, 2 * Math.PI),
  (c: CanvasRenderingContext2D, x: number, y: number, r: number) => c.rect(x - r, y - r, 2 * r, 2 * r),
  (c: CanvasRenderingContext2D, x: number, y: number, r: number) => { c.moveTo(x, y - 1.3 * r); c.lineTo(x + 1.2 * r, y + r); c.lineTo(x - 1.2 * r, y + r); c.closePath(); },
  (c: CanvasRenderingContext2D, x: number, y: number, r: number) => { c.moveTo(x, y - 1.4 * r); c.lineTo(x + 1.4 * r, y); c.lineTo(x, y + 1.4 * r); c.lineTo(x - 1.4 * r, y); c.closePath(); },
];

function largest(values: ArrayLike<number>, from: number, count: number): { best: number; margin: number } {
  let best = 0;
  for (let k = 1; k < count; k++) if (values[from + k]! > values[from + best]!) best = k;
  let second = -Infinity;
  for (let k = 0; k < count; k++) if (k !== best) second = Math.max(second, values[from + k]!);
  return { best, margin: values[from + best]! - second };
}

/** Class of a sample, from 0. */
function classOf({ targets }: SamplePoints, sample: number, outputs: number): number {
  return outputs === 1 ? (targets[sample]! > 0.5 ? 1 : 0) : largest(targets, sample * outputs, outputs).best;
}

class Plane {
  readonly width: number;
  readonly height: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];

  constructor(width: number, height: number, x: readonly [number, number], y: readonly [number, number]) {
    this.width = width - MARGIN.left - MARGIN.right;
    this.height = height - MARGIN.top - MARGIN.bottom;
    this.x = x;
    this.y = y;
  }
  left(value: number): number { return MARGIN.left + (this.width * (value - this.x[0])) / (this.x[1] - this.x[0]); }
  top(value: number): number { return MARGIN.top + this.height * (1 - (value - this.y[0]) / (this.y[1] - this.y[0])); }

  axes(context: CanvasRenderingContext2D, theme: Theme, xLabel: string, yLabel: string): void {
    context.strokeStyle = theme.highContrast ? theme.foreground : theme.grid;
    context.lineWidth = 1;
    context.strokeRect(MARGIN.left - 0.5, MARGIN.top - 0.5, this.width + 1, this.height + 1);
    context.fillStyle = theme.faint;
    context.font = theme.font;
    const step = (low: number, high: number): number => {
      const rough = (high - low) / 4, power = 10 ** Math.floor(Math.log10(rough));
      return [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
    };
    const dx = step(...this.x), dy = step(...this.y);
    context.textAlign = 'center';
    context.textBaseline = 'top';
    for (let k = Math.ceil(this.x[0] / dx - 1e-9); k * dx <= this.x[1]; k++) context.fillText(formatTick(k * dx, dx), this.left(k * dx), MARGIN.top + this.height + 4);
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    for (let k = Math.ceil(this.y[0] / dy - 1e-9); k * dy <= this.y[1]; k++) context.fillText(formatTick(k * dy, dy), MARGIN.left - 5, this.top(k * dy));
    context.textBaseline = 'bottom';
    context.fillText(xLabel, MARGIN.left + this.width, MARGIN.top + this.height + MARGIN.bottom);
    context.textAlign = 'left';
    context.textBaseline = 'top';
    context.fillText(yLabel, 2, MARGIN.top - 6);
  }
}

export const boundaryCard: MakeCard = (context) => {
  let theme = context.theme;
  const frame = new Frame('boundary', t('Output over the inputs'));
  const drawing = new Drawing({ id: 'boundary-plot', 'aria-describedby': 'boundary-summary', 'aria-label': t('Output of the network over its inputs') }, HEIGHT);
  frame.body.append(drawing.element);
  let drawn: readonly unknown[] = [];

  const names = ({ slices: { training: { begun } } }: LabState): readonly string[] => [0, 1].map((k) => begun?.inputNames?.[k] ?? `x[${k + 1}]`);

  function colourOf({ values, outputs }: BoundaryView, classified: boolean): (index: number) => Rgb {
    if (classified && outputs === 1) {
      const scale = diverging(theme);
      return (index) => scale((values[index]! - 0.5) * 2);
    }
    if (classified) {
      return (index) => {
        const { best, margin } = largest(values, index * outputs, outputs);
        return classColour(theme, best, margin);
      };
    }
    let low = Infinity, high = -Infinity;
    for (let k = 0; k < values.length; k += outputs) { low = Math.min(low, values[k]!); high = Math.max(high, values[k]!); }
    return (index) => sequential((values[index * outputs]! - low) / (high - low || 1));
  }

  function heat(c: CanvasRenderingContext2D, width: number, height: number, view: BoundaryView, points: SamplePoints | undefined, classified: boolean, [xName, yName]: readonly string[]): void {
    const around = ([low, high]: readonly [number, number]): [number, number] => [low - 0.05 * (high - low), high + 0.02 * (high - low)];
    const plane = new Plane(width, height, around(view.x), around(view.y)), colour = colourOf(view, classified), { columns, rows, outputs } = view;
    cells(c, [plane.left(view.x[0]), plane.top(view.y[1]), plane.left(view.x[1]) - plane.left(view.x[0]), plane.top(view.y[0]) - plane.top(view.y[1])], columns, rows, (row, column) => colour((rows - 1 - row) * columns + column), true);
    plane.axes(c, theme, xName!, yName!);
    if (points === undefined) return;
    const count = points.heldOut.length, radius = count > 200 ? 2.5 : 5;
    for (let k = 0; k < count; k++) {
      const index = classified ? classOf(points, k, outputs) : 0, held = points.heldOut[k] === 1;
      c.beginPath();
      SHAPES[index % SHAPES.length]!(c, plane.left(points.inputs[2 * k]!), plane.top(points.inputs[2 * k + 1]!), radius);
      const fill = !classified ? theme.background : outputs === 1 ? css(diverging(theme)(index === 0 ? -1 : 1)) : hue(index, theme.ground);
      c.fillStyle = held ? theme.background : fill;
      c.fill();
      c.strokeStyle = held ? fill : theme.foreground;
      c.lineWidth = held ? 2 : 1.25;
      c.stroke();
    }
  }

  function curve(c: CanvasRenderingContext2D, width: number, height: number, view: BoundaryView, points: SamplePoints | undefined, [xName]: readonly string[]): void {
    const { columns, outputs, values } = view, all = [...values, ...(points?.targets ?? [])].filter(Number.isFinite);
    const [low, high] = extremes(all), margin = (high - low || 1) * 0.08, plane = new Plane(width, height, view.x, [low - margin, high + margin]);
    for (let k = 0; k < outputs; k++) {
      c.strokeStyle = hue(k, theme.ground);
      c.lineWidth = 2;
      c.beginPath();
      for (let i = 0; i < columns; i++) c.lineTo(plane.left(view.x[0] + ((view.x[1] - view.x[0]) * i) / (columns - 1)), plane.top(values[i * outputs + k]!));
      c.stroke();
    }
    for (let s = 0; s < (points?.heldOut.length ?? 0); s++) {
      for (let k = 0; k < outputs; k++) {
        const held = points!.heldOut[s] === 1;
        c.beginPath();
        c.arc(plane.left(points!.inputs[s]!), plane.top(points!.targets[s * outputs + k]!), 3, 0, 2 * Math.PI);
        c.fillStyle = css(rgbOf(hue(1, theme.ground)));
        c.strokeStyle = css(rgbOf(hue(1, theme.ground)));
        if (held) c.stroke();
        else c.fill();
      }
    }
    plane.axes(c, theme, xName!, '');
  }

  /** A few of the values, for those who hear them. */
  function* sampled({ x, y, columns, rows, outputs, values }: BoundaryView): Iterable<readonly (string | number)[]> {
    const most = rows > 1 ? 5 : 11, ys = rows > 1 ? 5 : 1;
    for (let b = 0; b < ys; b++) {
      for (let a = 0; a < most; a++) {
        const column = Math.round((a * (columns - 1)) / (most - 1)), row = ys === 1 ? 0 : Math.round((b * (rows - 1)) / (ys - 1)), place = row * columns + column;
        const input = x[0] + ((x[1] - x[0]) * column) / (columns - 1), other = y[0] + ((y[1] - y[0]) * row) / Math.max(1, rows - 1);
        yield [rows > 1 ? `${formatNumber(input, 3)}, ${formatNumber(other, 3)}` : formatNumber(input, 3), ...Array.from({ length: outputs }, (_, k) => Number(values[place * outputs + k]!.toPrecision(4)))];
      }
    }
  }

  return {
    element: frame.element,
    appears: ({ slices: { training } }) => training.boundary !== undefined,
    update(state) {
      const { boundary, begun, phase } = state.slices.training, key = [boundary, begun];
      if (boundary === undefined || begun === undefined || key.every((value, i) => value === drawn[i])) return;
      drawn = key;
      const own = names(state), { classified, points } = begun;
      drawing.draw((c, width, height) => (boundary.rows > 1 ? heat(c, width, height, boundary, points, classified, own) : curve(c, width, height, boundary, points, own)));
      const finite = boundary.values.filter(Number.isFinite);
      frame.tell(phase !== 'running', () => t('Over {0} from {1} to {2}{3} the output lies between {4} and {5}.{6}', own[0]!, formatNumber(boundary.x[0], 3), formatNumber(boundary.x[1], 3), boundary.rows > 1 ? t(' and {0} from {1} to {2}', own[1]!, formatNumber(boundary.y[0], 3), formatNumber(boundary.y[1], 3)) : '', formatNumber(finite.reduce((a, b) => Math.min(a, b), Infinity), 3), formatNumber(finite.reduce((a, b) => Math.max(a, b), -Infinity), 3), classified && boundary.outputs === 1 ? t(' Blue is below one half, orange above.') : ''),
        t('Output over inputs'), [boundary.rows > 1 ? own.join(', ') : own[0]!, ...Array.from({ length: boundary.outputs }, (_, k) => t('output {0}', k + 1))], () => sampled(boundary));
    },
    setTheme(now) {
      theme = now;
      drawn = [];
    },
    view(state) {
      const { boundary } = state.slices.training;
      if (boundary === undefined) return undefined;
      const own = names(state), { x, y, columns, rows, outputs, values } = boundary;
      const table = function* (): Iterable<readonly number[]> {
        for (let row = 0; row < rows; row++) {
          for (let column = 0; column < columns; column++) {
            const inputs = [x[0] + ((x[1] - x[0]) * column) / (columns - 1), ...(rows > 1 ? [y[0] + ((y[1] - y[0]) * row) / (rows - 1)] : [])];
            yield [...inputs, ...values.subarray((row * columns + column) * outputs, (row * columns + column + 1) * outputs)];
          }
        }
      };
      return {
        id: 'boundary', label: t('Decision boundary'), suffix: '-boundary', note: noteOf(state),
        csv: () => csvRows([...own.slice(0, rows > 1 ? 2 : 1), ...Array.from({ length: outputs }, (_, k) => `output ${k + 1}`)], table()),
        json: () => ({ x, y, columns, rows, outputs, values: [...values] }),
        picture: () => ({ canvas: [drawing.canvas], title: t('{0}: output over the inputs', state.document?.name ?? ''), note: noteOf(state), legend: [], theme }),
      };
    },
    dispose: () => drawing.dispose(),
  } satisfies Card;
};
