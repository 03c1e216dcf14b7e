/** The phase plane of two species: where courses go, where each stops changing, and where they come to rest. */
import { counted, t } from '../../../l10n/index.ts';
import type { PhaseLineAnswer, PhasePlaneAnswer } from '../../analysis-protocol.ts';
import { linearLimits } from '../../axes.ts';
import { csvRows } from '../../csv.ts';
import { formatNumber } from '../../format.ts';
import { componentLabel } from '../../series.ts';
import { stabilityWord } from '../../stability.ts';
import type { LabState } from '../../store.ts';
import { dash, hue } from '../colours.ts';
import { h, setText } from '../dom.ts';
import { runNote } from '../note.ts';
import type { Theme } from '../theme.ts';
import { Frame, picker, showLegend, type Card, type LegendItem, type MakeCard } from '../training/card.ts';
import { Drawing } from '../training/drawing.ts';
import { chosenSpecies, fixedPointsOf, offeredSpecies } from './chosen.ts';
import { linearScale, ScatterPlane } from './scatter-plane.ts';

const HEIGHT = 400, RADIUS = 5;
const COURSE = 0, X_NULL = 1, Y_NULL = 2, OWN = 5;

const OTHERS: Readonly<Record<PhasePlaneAnswer['others'], () => string>> = {
  none: () => t('These two are all that moves.'),
  follow: () => t('The other species follow from these two, by what is conserved.'),
  held: () => t('Vectors and nullclines: the other species held at the fixed point. Courses: all species free, seen in this plane.'),
};

export const planeCard: MakeCard = (context) => {
  let theme = context.theme, drawn: readonly unknown[] = [], plane: ScatterPlane | undefined;
  const frame = new Frame('plane', t('Phase plane'));
  const drawing = new Drawing({ id: 'phase-plane', 'aria-label': t('Phase plane'), 'aria-describedby': 'plane-summary' }, HEIGHT);
  const about = h('p', { class: 'hint' }), reading = h('p', { class: 'reading', id: 'plane-reading' });
  const axis = (name: 'x' | 'y', label: string): ReturnType<typeof picker> => picker(label, `plane-${name}`, (index) => choose(name, index));
  const xPicker = axis('x', t('Horizontal species')), yPicker = axis('y', t('Vertical species'));
  frame.tools.append(xPicker.element, yPicker.element);
  frame.body.append(drawing.element, reading, about);
  let offered: readonly { readonly name: string }[] = [], species: readonly [string, string] | undefined;

  function choose(name: 'x' | 'y', index: number): void {
    const chosen = offered[index]?.name;
    if (chosen === undefined || species === undefined) return;
    // The one that the other axis has changes places with it.
    const [x, y] = name === 'x' ? [chosen, chosen === species[1] ? species[0] : species[1]] : [chosen === species[0] ? species[1] : species[0], chosen];
    context.dispatch({ type: 'fixed point', choice: { x, y } });
  }

  drawing.canvas.addEventListener('pointermove', ({ offsetX, offsetY }) => {
    if (plane === undefined || species === undefined) return;
    const { left, top, width, height } = plane.frame, a = (offsetX - left) / width, b = 1 - (offsetY - top) / height;
    setText(reading, a < 0 || a > 1 || b < 0 || b > 1 ? '' : `${species[0]} = ${formatNumber(plane.x.at(a), 3)}, ${species[1]} = ${formatNumber(plane.y.at(b), 3)}`);
  });
  drawing.canvas.addEventListener('pointerleave', () => setText(reading, ''));

  const legendOf = (answer: PhasePlaneAnswer, [x, y]: readonly [string, string]): LegendItem[] => [
    { label: t('from the text’s start'), stroke: hue(OWN, theme.ground), dash: [] },
    ...(answer.courses.length > 1 ? [{ label: t('from other starts'), stroke: hue(COURSE, theme.ground), dash: [] }] : []),
    ...(answer.xNullcline.length > 0 ? [{ label: `${x}′ = 0`, stroke: hue(X_NULL, theme.ground), dash: dash(X_NULL) }] : []),
    ...(answer.yNullcline.length > 0 ? [{ label: `${y}′ = 0`, stroke: hue(Y_NULL, theme.ground), dash: dash(Y_NULL) }] : []),
  ];

  function drawPlane(c: CanvasRenderingContext2D, width: number, height: number, answer: PhasePlaneAnswer, state: LabState, names: readonly [string, string]): void {
    plane = new ScatterPlane(width, height, linearScale(...answer.xLimits), linearScale(...answer.yLimits));
    plane.axes(c, theme, names[0], names[1]);
    plane.clip(c);
    arrows(c, plane, answer, theme);
    c.lineWidth = 1.5;
    for (const [segments, colour] of [[answer.xNullcline, X_NULL], [answer.yNullcline, Y_NULL]] as const) {
      c.strokeStyle = hue(colour, theme.ground);
      c.setLineDash([...dash(colour)]);
      for (const chain of chained(segments)) {
        c.beginPath();
        chain.forEach(([x, y], k) => { c[k === 0 ? 'moveTo' : 'lineTo'](plane!.left(x), plane!.top(y)); });
        c.stroke();
      }
    }
    c.setLineDash([]);
    for (let k = answer.courses.length - 1; k >= 0; k--) {
      const points = answer.courses[k]!;
      c.strokeStyle = c.fillStyle = hue(k === 0 ? OWN : COURSE, theme.ground);
      c.lineWidth = k === 0 ? 2.25 : 1.25;
      c.globalAlpha = k === 0 || theme.highContrast ? 1 : 0.75;
      c.beginPath();
      for (let p = 0; p < points.length; p += 2) c[p === 0 ? 'moveTo' : 'lineTo'](plane.left(points[p]!), plane.top(points[p + 1]!));
      c.stroke();
      c.beginPath();
      c.arc(plane.left(points[0]!), plane.top(points[1]!), k === 0 ? 3.5 : 2.5, 0, 2 * Math.PI);
      c.fill();
    }
    c.globalAlpha = 1;
    c.restore();
    drawPoints(c, plane, state, (values) => [values[answer.x]!, values[answer.y]!]);
  }

  /** Filled where disturbances die out, hollow where they grow; whole also on the edge of the window. */
  function drawPoints(c: CanvasRenderingContext2D, on: ScatterPlane, state: LabState, where: (values: Float64Array) => readonly [number, number]): void {
    for (const { values, stability } of fixedPointsOf(state)?.points ?? []) {
      const [x, y] = where(values), a = on.x.part(x), b = on.y.part(y);
      if (!(a >= -1e-6 && a <= 1 + 1e-6 && b >= -1e-6 && b <= 1 + 1e-6)) continue;
      c.beginPath();
      c.arc(on.left(x), on.top(y), RADIUS, 0, 2 * Math.PI);
      c.fillStyle = stability === 'unstable' ? theme.background : theme.foreground;
      c.strokeStyle = theme.foreground;
      c.lineWidth = 2;
      c.fill();
      c.stroke();
    }
  }

  function drawLine(c: CanvasRenderingContext2D, width: number, height: number, { at, rate, x }: PhaseLineAnswer, state: LabState, name: string): void {
    const low = rate.reduce((a, b) => Math.min(a, b), 0), high = rate.reduce((a, b) => Math.max(a, b), 0);
    plane = new ScatterPlane(width, height, linearScale(at[0]!, at.at(-1)!), linearScale(...linearLimits(low, high)));
    plane.axes(c, theme, name, `${name}′`);
    plane.clip(c);
    c.strokeStyle = theme.foreground;
    c.lineWidth = 1;
    c.beginPath();
    c.moveTo(plane.left(at[0]!), plane.top(0));
    c.lineTo(plane.left(at.at(-1)!), plane.top(0));
    c.stroke();
    c.strokeStyle = hue(COURSE, theme.ground);
    c.lineWidth = 2;
    c.beginPath();
    for (let k = 0; k < at.length; k++) c[k === 0 ? 'moveTo' : 'lineTo'](plane.left(at[k]!), plane.top(rate[k]!));
    c.stroke();
    // Which way it moves, along the axis.
    c.fillStyle = theme.foreground;
    for (let k = 20; k < at.length; k += 40) arrowHead(c, plane.left(at[k]!), plane.top(0), rate[k]! > 0 ? 0 : Math.PI, 7);
    c.restore();
    drawPoints(c, plane, state, (values) => [values[x]!, 0]);
  }

  function words(answer: PhasePlaneAnswer, state: LabState, [x, y]: readonly [string, string]): string {
    const points = fixedPointsOf(state)?.points ?? [];
    const rests = points.map(({ values, stability }) => t('{0} at {1} = {2}, {3} = {4}', stabilityWord(stability), x, formatNumber(values[answer.x]!, 3), y, formatNumber(values[answer.y]!, 3)));
    return t('{0} from {1} to {2} and {3} from {4} to {5}; {6}. {7} {8}', x, formatNumber(answer.xLimits[0], 3), formatNumber(answer.xLimits[1], 3), y, formatNumber(answer.yLimits[0], 3), formatNumber(answer.yLimits[1], 3), counted(answer.courses.length, '1 course', '{0} courses'), rests.length === 0 ? t('No fixed point.') : t('Fixed points: {0}.', rests.join('; ')), OTHERS[answer.others]());
  }

  return {
    element: frame.element,
    appears: (state) => state.slices.analysis['phase plane']?.answer !== undefined,
    update(state) {
      const answer = state.slices.analysis['phase plane']?.answer, { model } = state;
      if (answer === undefined || model === undefined) return;
      offered = offeredSpecies(state);
      const chosen = chosenSpecies(state), key = [answer, fixedPointsOf(state), chosen?.[0].component, chosen?.[1].component];
      if (drawn.length > 0 && key.every((value, i) => value === drawn[i])) return;
      drawn = key;
      const names = offered.map(({ name }) => name), place = (component: number | undefined): number => (chosen === undefined ? 0 : offered.findIndex((one) => 'component' in one && one.component === component));
      xPicker.show(names, place(chosen?.[0].component));
      yPicker.show(names, place(chosen?.[1].component));
      if (answer.kind === 'phase line') {
        const name = componentLabel(model, answer.x);
        species = undefined;
        drawing.resize(240);
        drawing.draw((c, width, height) => drawLine(c, width, height, answer, state, name));
        showLegend(frame.legend, []);
        setText(about, t('{0} is all that moves. Where its rate is zero it rests: filled where disturbances die out, hollow where they grow.', name));
        frame.tell(true, () => t('The rate of change of {0} over its concentration from {1} to {2}.', name, formatNumber(answer.at[0]!, 3), formatNumber(answer.at.at(-1)!, 3)), t('Rate of change'), [name, `${name}′`],
          () => [...answer.at].map((at, k) => [at, answer.rate[k]!]).filter((_, k) => k % 20 === 0));
        return;
      }
      const own = [componentLabel(model, answer.x), componentLabel(model, answer.y)] as const;
      species = own;
      drawing.resize(HEIGHT);
      drawing.draw((c, width, height) => drawPlane(c, width, height, answer, state, own));
      showLegend(frame.legend, legendOf(answer, own));
      setText(about, t('{0} Fixed points: filled where disturbances die out, hollow where they grow.', OTHERS[answer.others]()));
      frame.tell(true, () => words(answer, state, own), t('Ends of the courses'), [t('course'), t('{0} at the start', own[0]), t('{0} at the start', own[1]), t('{0} at the end', own[0]), t('{0} at the end', own[1])],
        () => answer.courses.map((points, k) => [k + 1, points[0]!, points[1]!, points.at(-2)!, points.at(-1)!]));
    },
    setTheme(next) {
      theme = next;
      drawn = [];
    },
    view(state) {
      const answer = state.slices.analysis['phase plane']?.answer, { model } = state;
      if (answer === undefined || model === undefined) return undefined;
      const name = (component: number): string => componentLabel(model, component);
      const table = answer.kind === 'phase line' ? { head: [name(answer.x), `${name(answer.x)}′`], rows: [...answer.at].map((at, k) => [at, answer.rate[k]!]) }
        : { head: ['course', name(answer.x), name(answer.y)], rows: answer.courses.flatMap((points, k) => Array.from({ length: points.length / 2 }, (_, p) => [k + 1, points[2 * p]!, points[2 * p + 1]!])) };
      return {
        id: 'plane', label: t('Phase plane'), suffix: '-phase-plane', note: runNote(state), csv: () => csvRows(table.head, table.rows),
        json: () => (answer.kind === 'phase line' ? { species: name(answer.x), at: [...answer.at], rate: [...answer.rate] } : {
          x: name(answer.x), y: name(answer.y), others: answer.others, courses: answer.courses.map((points) => [...points]), xNullcline: [...answer.xNullcline], yNullcline: [...answer.yNullcline],
          field: { columns: answer.field.columns, rows: answer.field.rows, vectors: [...answer.field.vectors].map((value) => (Number.isFinite(value) ? value : null)) },
        }),
        picture: () => ({
          canvas: [drawing.canvas], title: t('{0}: phase plane', state.document?.name ?? ''), note: runNote(state), theme,
          legend: answer.kind === 'phase line' ? [] : legendOf(answer, [name(answer.x), name(answer.y)]),
        }),
      };
    },
    dispose: () => drawing.dispose(),
  } satisfies Card;
};

function arrowHead(c: CanvasRenderingContext2D, x: number, y: number, angle: number, size: number): void {
  c.beginPath();
  for (const turn of [0, 2.6, -2.6]) c[turn === 0 ? 'moveTo' : 'lineTo'](x + size * Math.cos(angle + turn), y + size * Math.sin(angle + turn));
  c.closePath();
  c.fill();
}

/** The vector field: directions as they look in the picture, all nearly of one length so that slow places show them too. */
function arrows(c: CanvasRenderingContext2D, plane: ScatterPlane, { field, xLimits, yLimits }: PhasePlaneAnswer, theme: Theme): void {
  const { columns, rows, vectors } = field, { width, height } = plane.frame, sx = width / (xLimits[1] - xLimits[0]), sy = height / (yLimits[1] - yLimits[0]);
  let fastest = 0;
  for (let at = 0; at < vectors.length; at += 2) {
    const speed = Math.hypot(vectors[at]! * sx, vectors[at + 1]! * sy);
    if (Number.isFinite(speed)) fastest = Math.max(fastest, speed);
  }
  if (!(fastest > 0)) return;
  const longest = 0.8 * Math.min(width / columns, height / rows);
  c.strokeStyle = c.fillStyle = theme.faint;
  c.lineWidth = 1;
  c.globalAlpha = theme.highContrast ? 0.9 : 0.55;
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at += 2) {
      const u = vectors[at]! * sx, v = -vectors[at + 1]! * sy, speed = Math.hypot(u, v);
      if (!(speed > 0)) continue;
      // The fourth root: over eight decades the length falls to little less than a third.
      const length = longest * (0.35 + 0.65 * (speed / fastest) ** 0.25), x = plane.left(xLimits[0] + ((xLimits[1] - xLimits[0]) * column) / (columns - 1)), y = plane.top(yLimits[0] + ((yLimits[1] - yLimits[0]) * row) / (rows - 1));
      const dx = (u / speed) * length, dy = (v / speed) * length;
      c.beginPath();
      c.moveTo(x - dx / 2, y - dy / 2);
      c.lineTo(x + dx / 2, y + dy / 2);
      c.stroke();
      arrowHead(c, x + dx / 2, y + dy / 2, Math.atan2(dy, dx), 3.5);
    }
  }
  c.globalAlpha = 1;
}

/** Segments that meet as one line, so that dashes run on. */
export function chained(segments: Float64Array): (readonly [number, number])[][] {
  const key = (x: number, y: number): string => `${x.toPrecision(9)} ${y.toPrecision(9)}`;
  const ends = new Map<string, number[]>(), used = new Uint8Array(segments.length / 4);
  for (let s = 0; s < used.length; s++) {
    for (const end of [0, 2]) {
      const name = key(segments[4 * s + end]!, segments[4 * s + end + 1]!);
      ends.set(name, [...(ends.get(name) ?? []), s]);
    }
  }
  const chains: (readonly [number, number])[][] = [];
  const follow = (chain: (readonly [number, number])[]): void => {
    for (;;) {
      const [x, y] = chain.at(-1)!, next = ends.get(key(x, y))?.find((s) => used[s] === 0);
      if (next === undefined) return;
      used[next] = 1;
      const at = 4 * next, forward = key(segments[at]!, segments[at + 1]!) === key(x, y);
      chain.push(forward ? [segments[at + 2]!, segments[at + 3]!] : [segments[at]!, segments[at + 1]!]);
    }
  };
  for (let s = 0; s < used.length; s++) {
    if (used[s] === 1) continue;
    used[s] = 1;
    const chain: (readonly [number, number])[] = [[segments[4 * s]!, segments[4 * s + 1]!], [segments[4 * s + 2]!, segments[4 * s + 3]!]];
    follow(chain);
    chain.reverse();
    follow(chain);
    chains.push(chain);
  }
  return chains;
}
