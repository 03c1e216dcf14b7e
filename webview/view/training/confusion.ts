/** Which classes are taken for which. */
import { t } from '../../../l10n/index.ts';
import { csvRows } from '../../csv.ts';
import type { LabState } from '../../store.ts';
import { latestFigures, percent } from '../../training.ts';
import { h } from '../dom.ts';
import { paintsLike } from '../vector-picture.ts';
import { Frame, noteOf, type Card, type MakeCard } from './card.ts';
import { css, mix, rgbOf, type Rgb } from './palette.ts';

const RIGHT: Rgb = [0, 158, 115], WRONG: Rgb = [213, 94, 0];
/** More classes than this are not written out. */
const MOST_CLASSES = 30;

export const confusionCard: MakeCard = (context) => {
  let theme = context.theme;
  const frame = new Frame('confusion', t('True class and class told'));
  const table = h('table', { class: 'confusion', id: 'confusion-table' });
  frame.body.append(h('div', { class: 'scrolls', tabindex: 0, role: 'group', 'aria-label': t('Confusion matrix') }, table));
  let drawn: readonly unknown[] = [];

  const matrix = (state: LabState): readonly (readonly number[])[] | undefined => latestFigures(state.slices.training)?.confusion;
  const names = ({ slices: { training: { begun } } }: LabState, count: number): readonly string[] => Array.from({ length: count }, (_, k) => begun?.classes?.[k] ?? String(k));
  const colour = (row: readonly number[], i: number, j: number): Rgb => mix(rgbOf(theme.background), i === j ? RIGHT : WRONG, row[j]! === 0 ? 0 : 0.15 + 0.55 * Math.sqrt(row[j]! / Math.max(1, row.reduce((a, b) => a + b, 0))));

  /** The table once more, on a canvas. */
  function* rowsOf(state: LabState): Iterable<readonly (string | number)[]> {
    const counts = matrix(state) ?? [], own = names(state, counts.length);
    for (const [i, row] of counts.entries()) yield [own[i]!, ...row];
  }

  return {
    element: frame.element,
    appears: (state) => (matrix(state)?.length ?? Infinity) <= MOST_CLASSES,
    update(state) {
      const counts = matrix(state), key = [counts, state.slices.training.begun, theme];
      if (counts === undefined || key.every((one, i) => one === drawn[i])) return;
      drawn = key;
      const own = names(state, counts.length);
      table.replaceChildren(
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('true \\ told')), ...own.map((name) => h('th', { scope: 'col' }, name)), h('th', { scope: 'col' }, t('right')))),
        h('tbody', {}, ...counts.map((row, i) => h('tr', {}, h('th', { scope: 'row' }, own[i]),
          ...row.map((count, j) => {
            const cell = h('td', { 'data-count': count }, String(count));
            cell.style.backgroundColor = css(colour(row, i, j));
            return cell;
          }), h('td', {}, percent(row[i]! / Math.max(1, row.reduce((a, b) => a + b, 0))))))));
    },
    setTheme(now) {
      theme = now;
    },
    view(state) {
      const counts = matrix(state);
      if (counts === undefined) return undefined;
      const own = names(state, counts.length);
      return {
        id: 'confusion', label: t('Confusion matrix'), suffix: '-confusion', note: noteOf(state),
        csv: () => csvRows(['true \\ told', ...own], rowsOf(state)),
        json: () => ({ classes: own, counts }),
        picture: () => {
          const size = 46, left = 90, canvas = document.createElement('canvas'), scale = devicePixelRatio, width = left + size * (own.length + 1), height = size * (own.length + 1);
          const paint = (c: CanvasRenderingContext2D): void => {
            c.font = theme.font;
            c.textBaseline = 'middle';
            for (const [i, row] of counts.entries()) {
              c.fillStyle = theme.foreground;
              c.textAlign = 'right';
              c.fillText(own[i]!, left - 8, (i + 1.5) * size);
              c.textAlign = 'center';
              c.fillText(own[i]!, left + (i + 0.5) * size, size / 2);
              for (const [j, count] of row.entries()) {
                c.fillStyle = css(colour(row, i, j));
                c.fillRect(left + j * size, (i + 1) * size, size, size);
                c.fillStyle = theme.foreground;
                c.fillText(String(count), left + (j + 0.5) * size, (i + 1.5) * size);
              }
            }
          };
          canvas.width = width * scale;
          canvas.height = height * scale;
          const context = canvas.getContext('2d')!;
          context.scale(scale, scale);
          paint(context);
          paintsLike(canvas, { size: () => ({ width, height }), paint });
          return { canvas: [canvas], title: t('{0}: true class and class told', state.document?.name ?? ''), note: noteOf(state), legend: [], theme };
        },
      };
    },
    dispose: () => undefined,
  } satisfies Card;
};
