/** Weights of a layer as a heat map: on either rail, or what both mean; for pictures each unit's weights as a picture. */
import { t } from '../../../l10n/index.ts';
import { csvRows } from '../../csv.ts';
import { formatNumber } from '../../format.ts';
import type { LabState } from '../../store.ts';
import type { LayerWeights } from '../../training-protocol.ts';
import type { TrainingLooks } from '../../slices/training.ts';
import { h, setText } from '../dom.ts';
import { choice, Frame, noteOf, picker, type Card, type MakeCard } from './card.ts';
import { cells, Drawing } from './drawing.ts';
import { diverging, legible } from './palette.ts';

const LEFT = 26, TOP = 16, BIAS = 8, SCALE = 34;
const MOST_READ = 12;

type Rail = TrainingLooks['rail'];

const on = (rail: Rail, plus: Float32Array, minus: Float32Array): Float32Array =>
  rail === 'plus' ? plus : rail === 'minus' ? minus : Float32Array.from(plus, (value, k) => value - minus[k]!);

/** Side of a square picture, for layers that read as many inputs. */
export function sideOf(fanIn: number): number | undefined {
  const side = Math.sqrt(fanIn);
  return Number.isInteger(side) && side >= 8 ? side : undefined;
}

export const weightsCard: MakeCard = (context) => {
  const { dispatch } = context;
  let theme = context.theme;
  const frame = new Frame('weights', t('Weights'));
  const layers = picker(t('Layer'), 'weights-layer', (layer) => dispatch({ type: 'looks', looks: { layer, unit: 0 } }));
  const rails = choice<Rail>(t('Rail'), [['difference', 'w⁺ − w⁻', t('What the two rails mean together')], ['plus', 'w⁺', t('The positive rail')], ['minus', 'w⁻', t('The negative rail')]], (rail) => dispatch({ type: 'looks', looks: { rail } }));
  const units = picker(t('Unit'), 'weights-unit', (unit) => dispatch({ type: 'looks', looks: { unit } }));
  frame.tools.append(layers.element, rails.element, units.element);
  const drawing = new Drawing({ id: 'weights-plot', 'aria-describedby': 'weights-summary', 'aria-label': t('Weights as colours: blue is negative, orange positive') }, 200);
  const value = h('p', { class: 'hint reading', id: 'weights-value' });
  frame.body.append(drawing.element, value);
  let drawn: readonly unknown[] = [];
  /** What is under a point of the picture. */
  let under: (x: number, y: number) => string = () => '';
  /** Picture of a unit under a point, where there are pictures. */
  let pictureAt: (x: number, y: number) => number | undefined = () => undefined;
  drawing.canvas.addEventListener('pointermove', ({ offsetX, offsetY }) => setText(value, under(offsetX, offsetY)));
  drawing.canvas.addEventListener('pointerleave', () => setText(value, ''));
  drawing.canvas.addEventListener('click', ({ offsetX, offsetY }) => {
    const unit = pictureAt(offsetX, offsetY);
    if (unit !== undefined) dispatch({ type: 'looks', looks: { unit } });
  });

  /** Largest size on any rail of the layer, so that a rail and the difference are seen on one scale. */
  const reach = ({ plus, minus, biasPlus, biasMinus }: LayerWeights): number => {
    let most = 0;
    for (const part of [plus, minus, biasPlus, biasMinus]) for (const one of part) most = Math.max(most, one);
    return most || 1;
  };

  function map(c: CanvasRenderingContext2D, width: number, height: number, layer: LayerWeights, rail: Rail): void {
    const { units: rows, fanIn } = layer, w = on(rail, layer.plus, layer.minus), b = on(rail, layer.biasPlus, layer.biasMinus), most = reach(layer), colour = diverging(theme);
    const room = width - LEFT - SCALE - BIAS, cell = Math.min(room / (fanIn + 1), (height - TOP) / rows, 44), cellWide = Math.min(room / (fanIn + 1), Math.max(cell, 58));
    const tall = Math.max(1, cell * rows), wide = cellWide * fanIn, biasAt = LEFT + wide + BIAS;
    cells(c, [LEFT, TOP, wide, tall], fanIn, rows, (row, column) => colour(w[row * fanIn + column]! / most));
    cells(c, [biasAt, TOP, cellWide, tall], 1, rows, (row) => colour(b[row]! / most));
    c.strokeStyle = theme.highContrast ? theme.foreground : theme.grid;
    c.strokeRect(LEFT - 0.5, TOP - 0.5, wide + 1, tall + 1);
    c.strokeRect(biasAt - 0.5, TOP - 0.5, cellWide + 1, tall + 1);
    c.fillStyle = theme.faint;
    c.font = theme.font;
    c.textBaseline = 'middle';
    c.textAlign = 'center';
    if (cellWide >= 26) for (let j = 0; j < fanIn; j++) c.fillText(String(j + 1), LEFT + (j + 0.5) * cellWide, TOP / 2);
    c.fillText('b', biasAt + cellWide / 2, TOP / 2);
    c.textAlign = 'right';
    if (cell >= 12) for (let i = 0; i < rows; i++) c.fillText(String(i + 1), LEFT - 6, TOP + (i + 0.5) * cell);
    if (cellWide >= 40 && cell >= 18) {
      c.textAlign = 'center';
      const write = (value: number, x: number, i: number): void => {
        c.fillStyle = legible(colour(value / most));
        c.fillText(formatNumber(value, 2), x, TOP + (i + 0.5) * cell);
      };
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < fanIn; j++) write(w[i * fanIn + j]!, LEFT + (j + 0.5) * cellWide, i);
        write(b[i]!, biasAt + cellWide / 2, i);
      }
    }
    scale(c, Math.min(width, biasAt + cellWide + SCALE + 8), tall, most, rail);
    under = (x, y) => {
      const i = Math.floor((y - TOP) / cell), j = Math.floor((x - LEFT) / cellWide);
      if (i < 0 || i >= rows) return '';
      if (x >= biasAt && x <= biasAt + cellWide) return `b[${i + 1}] = ${formatNumber(b[i]!, 4)}`;
      return j < 0 || j >= fanIn ? '' : `W[${i + 1}, ${j + 1}] = ${formatNumber(w[i * fanIn + j]!, 4)}`;
    };
    pictureAt = () => undefined;
  }

  /** The colours and what they mean, at the right. */
  function scale(c: CanvasRenderingContext2D, width: number, tall: number, most: number, rail: Rail): void {
    const colour = diverging(theme), high = Math.max(40, Math.min(tall, 110)), x = width - SCALE + 14;
    cells(c, [x, TOP, 8, high], 1, 41, (row) => colour(rail === 'difference' ? 1 - row / 20 : rail === 'plus' || rail === 'minus' ? 1 - row / 40 : 0));
    c.strokeStyle = theme.highContrast ? theme.foreground : theme.grid;
    c.strokeRect(x - 0.5, TOP - 0.5, 9, high + 1);
    c.fillStyle = theme.faint;
    c.textAlign = 'right';
    c.textBaseline = 'bottom';
    c.fillText(formatNumber(most, 2), width, TOP - 2);
    c.textBaseline = 'top';
    c.fillText(rail === 'difference' ? formatNumber(-most, 2) : '0', width, TOP + high + 2);
  }

  /** All units small, the chosen one large. */
  function pictures(c: CanvasRenderingContext2D, width: number, height: number, layer: LayerWeights, rail: Rail, side: number, chosen: number): void {
    const w = on(rail, layer.plus, layer.minus), colour = diverging(theme), most = reach(layer), large = Math.min(height - TOP, width * 0.42), room = width - large - 22 - SCALE;
    const one = (unit: number, x: number, y: number, size: number): void => cells(c, [x, y, size, size], side, side, (row, column) => colour(w[unit * layer.fanIn + row * side + column]! / most), size < side);
    one(chosen, 0, TOP, large);
    c.strokeStyle = theme.foreground;
    c.strokeRect(0.5, TOP + 0.5, large - 1, large - 1);
    c.fillStyle = theme.faint;
    c.font = theme.font;
    c.textAlign = 'left';
    c.textBaseline = 'middle';
    c.fillText(t('unit {0}, bias {1}', chosen + 1, formatNumber(on(rail, layer.biasPlus, layer.biasMinus)[chosen]!, 2)), 0, TOP / 2);
    const across = Math.max(1, Math.ceil(Math.sqrt((layer.units * room) / (height - TOP)))), pitch = Math.min(room / across, (height - TOP) / Math.ceil(layer.units / across)), tile = Math.max(4, pitch - 2);
    const place = (unit: number): [number, number] => [large + 14 + (unit % across) * pitch, TOP + Math.floor(unit / across) * pitch];
    for (let unit = 0; unit < layer.units; unit++) one(unit, ...place(unit), tile);
    const [x, y] = place(chosen);
    c.lineWidth = 2;
    c.strokeRect(x - 1, y - 1, tile + 2, tile + 2);
    c.lineWidth = 1;
    scale(c, width, height - TOP, most, rail);
    pictureAt = (px, py) => {
      const column = Math.floor((px - large - 14) / pitch), row = Math.floor((py - TOP) / pitch), unit = row * across + column;
      return px < large + 14 || column >= across || row < 0 || unit >= layer.units ? undefined : unit;
    };
    under = (px, py) => {
      const unit = pictureAt(px, py);
      if (unit !== undefined) return t('unit {0}: click to see it large', unit + 1);
      const column = Math.floor((px / large) * side), row = Math.floor(((py - TOP) / large) * side);
      return column < 0 || row < 0 || column >= side || row >= side ? '' : `W[${chosen + 1}, ${row * side + column + 1}] = ${formatNumber(w[chosen * layer.fanIn + row * side + column]!, 4)}`;
    };
  }

  const shown = ({ slices: { training: { weights, looks } } }: LabState): LayerWeights | undefined => weights?.[Math.min(looks.layer, weights.length - 1)];

  return {
    element: frame.element,
    appears: ({ slices: { training } }) => training.weights !== undefined,
    update(state) {
      const { weights, looks, phase } = state.slices.training, layer = shown(state), key = [weights, looks];
      if (weights === undefined || layer === undefined || key.every((one, i) => one === drawn[i])) return;
      drawn = key;
      const side = sideOf(layer.fanIn), unit = Math.min(looks.unit, layer.units - 1);
      layers.show(weights.map(({ name, units: count, fanIn }) => `${name}  ${count} × ${fanIn}`), looks.layer);
      rails.show(looks.rail);
      units.show(side === undefined ? [] : Array.from({ length: layer.units }, (_, k) => t('unit {0}', k + 1)), unit);
      drawing.resize(side === undefined ? TOP + Math.min(260, Math.max(78, Math.min(30, 260 / layer.units) * layer.units)) + 16 : 260);
      drawing.draw((c, width, height) => (side === undefined ? map(c, width, height - 16, layer, looks.rail) : pictures(c, width, height, layer, looks.rail, side, unit)));
      const w = on(looks.rail, layer.plus, layer.minus), b = on(looks.rail, layer.biasPlus, layer.biasMinus), columns = Math.min(MOST_READ, layer.fanIn);
      frame.tell(phase !== 'running', () => {
        let low = 0, high = 0;
        for (let k = 1; k < w.length; k++) { if (w[k]! < w[low]!) low = k; if (w[k]! > w[high]!) high = k; }
        const name = (k: number): string => `W[${Math.floor(k / layer.fanIn) + 1}, ${(k % layer.fanIn) + 1}] = ${formatNumber(w[k]!, 3)}`;
        return t('{0} × {1} weights of {2}, {3}: the largest is {4}, the smallest {5}.', layer.units, layer.fanIn, layer.name, looks.rail === 'difference' ? t('differences of their rails') : looks.rail === 'plus' ? t('the positive rail') : t('the negative rail'), name(high), name(low));
      }, t('Weights of {0}', layer.name), [t('unit'), ...Array.from({ length: columns }, (_, j) => String(j + 1)), t('bias')],
      () => Array.from({ length: Math.min(MOST_READ, layer.units) }, (_, i) => [i + 1, ...Array.from({ length: columns }, (__, j) => Number(w[i * layer.fanIn + j]!.toPrecision(5))), Number(b[i]!.toPrecision(5))]));
    },
    setTheme(now) {
      theme = now;
      drawn = [];
    },
    view(state) {
      const { weights } = state.slices.training, layer = shown(state);
      if (weights === undefined || layer === undefined) return undefined;
      const table = function* (): Iterable<readonly (string | number)[]> {
        for (const { name, units: rows, fanIn, plus, minus, biasPlus, biasMinus } of weights) {
          for (let i = 0; i < rows; i++) {
            for (let j = 0; j < fanIn; j++) yield [name, i + 1, j + 1, plus[i * fanIn + j]!, minus[i * fanIn + j]!, plus[i * fanIn + j]! - minus[i * fanIn + j]!];
            yield [name, i + 1, 'bias', biasPlus[i]!, biasMinus[i]!, biasPlus[i]! - biasMinus[i]!];
          }
        }
      };
      return {
        id: 'weights', label: t('Weights'), suffix: '-weights', note: noteOf(state),
        csv: () => csvRows(['layer', 'unit', 'input', 'plus', 'minus', 'difference'], table()),
        json: () => weights.map(({ name, units: rows, fanIn, plus, minus, biasPlus, biasMinus }) => ({ layer: name, units: rows, fanIn, plus: [...plus], minus: [...minus], biasPlus: [...biasPlus], biasMinus: [...biasMinus] })),
        picture: () => ({ canvas: [drawing.canvas], title: t('{0}: weights of {1}', state.document?.name ?? '', layer.name), note: noteOf(state), legend: [], theme }),
      };
    },
    dispose: () => drawing.dispose(),
  } satisfies Card;
};
