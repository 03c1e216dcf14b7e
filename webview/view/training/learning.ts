/** Loss and accuracy, as the epochs go by. */
import { counted, t } from '../../../l10n/index.ts';
import { logarithmicLimits } from '../../axes.ts';
import { csvRows } from '../../csv.ts';
import { formatNumber } from '../../format.ts';
import type { LabState } from '../../store.ts';
import { percent } from '../../training.ts';
import { hue } from '../colours.ts';
import { LinePlot } from '../line-plot.ts';
import { Frame, noteOf, showLegend, type Card, type LegendItem, type MakeCard } from './card.ts';

const MOST_ROWS = 21;

export const learningCard: MakeCard = (context) => {
  let theme = context.theme;
  const frame = new Frame('learning', t('Loss and accuracy'));
  const plot = (id: string, label: string): LinePlot => new LinePlot(theme, { cursor: () => undefined }, { 'aria-label': label, 'aria-describedby': 'learning-summary', id });
  const loss = plot('loss-plot', t('Loss over epochs, on a logarithmic axis.')), accuracy = plot('accuracy-plot', t('Accuracy over epochs.'));
  frame.body.append(loss.element, accuracy.element);
  frame.body.classList.add('learning');
  let drawn: readonly unknown[] = [];

  const figures = ({ slices: { training: { history, begun } } }: LabState): { epochs: Float64Array; losses: Float64Array; accuracies: Float64Array; known: boolean } => {
    const evaluated = history.filter(({ evaluation }) => evaluation !== undefined), known = begun?.classified ?? evaluated.some(({ evaluation }) => evaluation!.accuracy !== undefined);
    return {
      epochs: Float64Array.from(evaluated, ({ epoch }) => epoch), losses: Float64Array.from(evaluated, ({ evaluation }) => evaluation!.loss), known,
      accuracies: Float64Array.from(evaluated, ({ evaluation }) => 100 * (known ? (evaluation!.accuracy ?? NaN) : evaluation!.relativeError)),
    };
  };
  const items = (known: boolean): [LegendItem, LegendItem] => [
    { label: t('loss'), stroke: hue(5, theme.ground), dash: [] }, { label: known ? t('accuracy') : t('relative error'), stroke: hue(0, theme.ground), dash: [] }];

  return {
    element: frame.element,
    appears: () => true,
    update(state: LabState) {
      const { history, phase, begun } = state.slices.training, key = [history, begun];
      if (key.every((one, i) => one === drawn[i])) return;
      drawn = key;
      const { epochs, losses, accuracies, known } = figures(state), last = Math.max(10, epochs.at(-1) ?? 0), [first, second] = items(known);
      const common = { times: epochs, xLimits: [0, last] as const, logX: false, xLabel: t('epoch') };
      loss.set({ ...common, logY: true, yLimits: logarithmicLimits([{ values: losses }]), yLabel: t('loss'), lines: [{ key: 'loss', values: losses, width: 2, ...first }] });
      accuracy.set({ ...common, logY: false, yLimits: [0, known ? 105 : Math.max(1, 1.05 * Math.max(0, ...accuracies))], yLabel: `${second.label} / %`, lines: [{ key: 'accuracy', values: accuracies, width: 2, ...second }] });
      showLegend(frame.legend, [first, second]);
      const step = Math.max(1, Math.ceil(epochs.length / MOST_ROWS));
      frame.tell(phase !== 'running', () => (epochs.length === 0 ? t('Nothing has been measured yet.')
        : t('After {0} the loss{1} is {2}; it began at {3}. The {4} is {5}.', counted(epochs.at(-1)!, '1 epoch', '{0} epochs'), (begun?.heldOut ?? 0) > 0 ? t(' on the held-out samples') : '', formatNumber(losses.at(-1)!, 3), formatNumber(losses[0]!, 3), second.label, percent(accuracies.at(-1)! / 100))),
      t('Loss and accuracy'), [t('epoch'), t('loss'), `${second.label} / %`], () => [...epochs].map((epoch, i) => [epoch, losses[i]!, accuracies[i]!]).filter((_, i) => i % step === 0 || i === epochs.length - 1));
    },
    setTheme(now) {
      theme = now;
      drawn = [];
      loss.setTheme(now);
      accuracy.setTheme(now);
    },
    view(state) {
      const { canvas } = loss;
      if (canvas === undefined) return undefined;
      const { epochs, losses, accuracies, known } = figures(state), [first, second] = items(known);
      return {
        id: 'learning', label: t('Loss and accuracy'), suffix: '-learning', note: noteOf(state),
        csv: () => csvRows(['epoch', 'loss', known ? 'accuracy' : 'relative error'], [...epochs].map((epoch, i) => [epoch, losses[i]!, accuracies[i]! / 100])),
        json: () => state.slices.training.history,
        picture: () => ({ canvas: accuracy.canvas === undefined ? [canvas] : [canvas, accuracy.canvas], title: t('{0}: loss and accuracy', state.document?.name ?? ''), note: noteOf(state), legend: [first, second], theme }),
      };
    },
    dispose() {
      loss.dispose();
      accuracy.dispose();
    },
  } satisfies Card;
};
