/** The eigenvalues at a fixed point in the complex plane: left of zero disturbances die out, right of it they grow. */
import { counted, t } from '../../../l10n/index.ts';
import { csvRows } from '../../csv.ts';
import { formatNumber } from '../../format.ts';
import type { LabState } from '../../store.ts';
import { hue } from '../colours.ts';
import { h, setText } from '../dom.ts';
import { runNote } from '../note.ts';
import { Frame, type Card, type MakeCard } from '../training/card.ts';
import { Drawing } from '../training/drawing.ts';
import { chosenPoint } from './chosen.ts';
import { linearScale, scaleFor, ScatterPlane } from './scatter-plane.ts';

const HEIGHT = 240, RADIUS = 4.5, NEAR = 14;
const MOST_TOLD = 200;

function complexText(real: number, imaginary: number): string {
  return imaginary === 0 ? formatNumber(real) : `${formatNumber(real)} ${imaginary < 0 ? '−' : '+'} ${formatNumber(Math.abs(imaginary))}i`;
}

export const eigenvaluesCard: MakeCard = (context) => {
  let theme = context.theme, drawn: readonly unknown[] = [], plane: ScatterPlane | undefined, now: { readonly real: Float64Array; readonly imaginary: Float64Array } | undefined;
  const frame = new Frame('eigenvalues', t('Eigenvalues'));
  const drawing = new Drawing({ id: 'eigenvalue-plot', 'aria-label': t('Eigenvalues in the complex plane'), 'aria-describedby': 'eigenvalues-summary' }, HEIGHT);
  const reading = h('p', { class: 'reading', id: 'eigenvalue-reading' });
  frame.body.append(drawing.element, reading);
  drawing.canvas.addEventListener('pointermove', ({ offsetX, offsetY }) => {
    let best: number | undefined, nearest = NEAR;
    for (let k = 0; plane !== undefined && now !== undefined && k < now.real.length; k++) {
      const away = Math.hypot(plane.left(now.real[k]!) - offsetX, plane.top(now.imaginary[k]!) - offsetY);
      if (away <= nearest) [best, nearest] = [k, away];
    }
    read(best);
  });
  drawing.canvas.addEventListener('pointerleave', () => read(undefined));

  function read(index: number | undefined): void {
    if (now === undefined || now.real.length === 0) return setText(reading, '');
    const k = index ?? 0, real = now.real[k]!, imaginary = now.imaginary[k]!;
    const time = real === 0 ? '' : real < 0 ? t(', dies out e-fold in {0}', formatNumber(1 / Math.abs(real), 3)) : t(', grows e-fold in {0}', formatNumber(1 / Math.abs(real), 3));
    setText(reading, `${index === undefined ? t('Slowest: ') : ''}λ = ${complexText(real, imaginary)}${time}${imaginary === 0 ? '' : t(', period {0}', formatNumber((2 * Math.PI) / Math.abs(imaginary), 3))}`);
  }

  function draw(c: CanvasRenderingContext2D, width: number, height: number): void {
    if (now === undefined) return;
    const { real, imaginary } = now;
    const flat = imaginary.every((value) => value === 0);
    plane = new ScatterPlane(width, height, scaleFor([...real]), flat ? linearScale(-1, 1) : scaleFor([...imaginary, ...imaginary.map((value) => -value)]));
    const { frame: { left, top, width: w, height: tall } } = plane;
    // The half that is stable, without a colour of its own.
    c.fillStyle = theme.grid;
    const zero = Math.min(left + w, Math.max(left, plane.left(0)));
    if (!theme.highContrast) c.fillRect(left, top, zero - left, tall);
    plane.axes(c, theme, t('real part'), flat ? '' : t('imaginary part'));
    c.strokeStyle = theme.foreground;
    c.lineWidth = 1.25;
    c.beginPath();
    c.moveTo(plane.left(0), top);
    c.lineTo(plane.left(0), top + tall);
    c.moveTo(left, plane.top(0));
    c.lineTo(left + w, plane.top(0));
    c.stroke();
    for (let k = real.length - 1; k >= 0; k--) {
      const x = plane.left(real[k]!), y = plane.top(imaginary[k]!), grows = real[k]! > 0;
      c.beginPath();
      // Those that grow are squares of another colour.
      if (grows) c.rect(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS);
      else c.arc(x, y, RADIUS, 0, 2 * Math.PI);
      c.fillStyle = hue(grows ? 5 : 0, theme.ground);
      c.fill();
      c.lineWidth = 1;
      c.strokeStyle = theme.background;
      c.stroke();
    }
  }

  return {
    element: frame.element,
    appears: (state) => (chosenPoint(state)?.real.length ?? 0) > 0,
    update(state) {
      const point = chosenPoint(state);
      if (point === undefined || point === drawn[0]) return;
      drawn = [point];
      now = point;
      drawing.draw(draw);
      read(undefined);
      const growing = point.real.filter((value) => value > 0).length;
      frame.tell(true, () => t('{0}, {1} with a positive real part. The slowest is {2}.', point.complete ? counted(point.real.length, '1 eigenvalue', '{0} eigenvalues') : t('The {0} slowest eigenvalues', point.real.length), growing === 0 ? t('none') : growing, complexText(point.real[0]!, point.imaginary[0]!)),
        t('Eigenvalues'), [t('number'), t('real part'), t('imaginary part')], function* () {
          for (let k = 0; k < Math.min(MOST_TOLD, point.real.length); k++) yield [k + 1, point.real[k]!, point.imaginary[k]!];
        });
    },
    setTheme(next) {
      theme = next;
      drawn = [];
    },
    view(state: LabState) {
      const point = chosenPoint(state);
      if (point === undefined || point.real.length === 0) return undefined;
      const { real, imaginary } = point;
      return {
        id: 'eigenvalues', label: t('Eigenvalues'), suffix: '-eigenvalues', note: runNote(state),
        csv: () => csvRows(['real', 'imaginary'], [...real].map((value, k) => [value, imaginary[k]!])),
        json: () => [...real].map((value, k) => ({ real: value, imaginary: imaginary[k]! })),
        picture: () => ({ canvas: [drawing.canvas], title: t('{0}: eigenvalues', state.document?.name ?? ''), note: runNote(state), legend: [], theme }),
      };
    },
    dispose: () => drawing.dispose(),
  } satisfies Card;
};
