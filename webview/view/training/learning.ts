/** Loss and accuracy, as the epochs go by. */
import { logarithmicLimits } from '../../axes.ts';
import { csvRows } from '../../csv.ts';
import { formatNumber, plural } from '../../format.ts';
import type { LabState } from '../../store.ts';
import { percent } from '../../training.ts';
import { hue } from '../colours.ts';
import { LinePlot } from '../line-plot.ts';
import { Frame, noteOf, showLegend, type Card, type LegendItem, type MakeCard } from './card.ts';

const MOST_ROWS = 21;

export const learningCard: MakeCard = (context) => {
  let theme = context.theme;
  const frame = new Frame('learning', 'Loss and accuracy');
  const plot = (id: string, label: string): LinePlot => new LinePlot(theme, { cursor: () => undefined }, { 'aria-label': label, 'aria-describedby': 'learning-summary', id });
  const loss = plot('loss-plot', 'Loss over epochs, on a logarithmic axis.'), accuracy = plot('accuracy-plot', 'Accuracy over epochs.');
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
    { label: 'loss', stroke: hue(5, theme.ground), dash: [] }, { label: known ? 'accuracy' : 'relative error', stroke: hue(0, theme.ground), dash: [] }];

  return {
    element: frame.element,
    appears: () => true,
    update(state: LabState) {
      const { history, phase, begun } = state.slices.training, key = [history, begun];
      if (key.every((one, i) => one === drawn[i])) return;
      drawn = key;
      const { epochs, losses, accuracies, known } = figures(state), last = Math.max(10, epochs.at(-1) ?? 0), [first, second] = items(known);
      const common = { times: epochs, xLimits: [0, last] as const, logX: false, xLabel: 'epoch' };
      loss.set({ ...common, logY: true, yLimits: logarithmicLimits([{ values: losses }]), yLabel: 'loss', lines: [{ key: 'loss', values: losses, width: 2, ...first }] });
      accuracy.set({ ...common, logY: false, yLimits: [0, known ? 105 : Math.max(1, 1.05 * Math.max(0, ...accuracies))], yLabel: `${second.label} / %`, lines: [{ key: 'accuracy', values: accuracies, width: 2, ...second }] });
      showLegend(frame.legend, [first, second]);
      const step = Math.max(1, Math.ceil(epochs.length / MOST_ROWS));
      frame.tell(phase !== 'running', () => (epochs.length === 0 ? 'Nothing has been measured yet.'
        : `After ${plural(epochs.at(-1)!, 'epoch')} the loss${(begun?.heldOut ?? 0) > 0 ? ' on the held-out samples' : ''} is ${formatNumber(losses.at(-1)!, 3)}; it began at ${formatNumber(losses[0]!, 3)}. The ${second.label} is ${percent(accuracies.at(-1)! / 100)}.`),
      'Loss and accuracy', ['epoch', 'loss', `${second.label} / %`], () => [...epochs].map((epoch, i) => [epoch, losses[i]!, accuracies[i]!]).filter((_, i) => i % step === 0 || i === epochs.length - 1));
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
        id: 'learning', label: 'Loss and accuracy', suffix: '-learning', note: noteOf(state),
        csv: () => csvRows(['epoch', 'loss', known ? 'accuracy' : 'relative error'], [...epochs].map((epoch, i) => [epoch, losses[i]!, accuracies[i]! / 100])),
        json: () => state.slices.training.history,
        picture: () => ({ canvas: accuracy.canvas === undefined ? [canvas] : [canvas, accuracy.canvas], title: `${state.document?.name ?? ''}: loss and accuracy`, note: noteOf(state), legend: [first, second], theme }),
      };
    },
    dispose() {
      loss.dispose();
      accuracy.dispose();
    },
  } satisfies Card;
};
