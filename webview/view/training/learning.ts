/** Loss and accuracy, as the epochs go by. */
import { counted, t } from '../../../l10n/index.ts';
import { epochsShown, logarithmicLimits } from '../../axes.ts';
import { csvRows } from '../../csv.ts';
import { formatNumber } from '../../format.ts';
import type { Evaluation } from '../../../simulation/index.ts';
import type { LabState } from '../../store.ts';
import type { GlancePoint } from '../../training-protocol.ts';
import { currentTraining, percent } from '../../training.ts';
import { hue } from '../colours.ts';
import { LinePlot, type PlotLine } from '../line-plot.ts';
import { Frame, noteOf, showLegend, type Card, type LegendItem, type MakeCard } from './card.ts';

const MOST_ROWS = 21;
/** Points of a line that are marked one by one. */
const FEW = 12;

/** What is known, over the epochs. */
interface Shown {
  /** Whether there are classes: the second figure is the accuracy in percent, else the relative error. */
  readonly known: boolean;
  readonly at: Float64Array;
  /** At the ends of epochs, on all samples that are held out. */
  readonly whole: { readonly losses: Float64Array; readonly seconds: Float64Array; readonly last: Evaluation | undefined };
  /** Within long epochs, on `samples` of them. */
  readonly part: { readonly losses: Float64Array; readonly seconds: Float64Array; readonly last: GlancePoint | undefined };
  readonly samples: number;
}

export const learningCard: MakeCard = (context) => {
  let theme = context.theme;
  const frame = new Frame('learning', t('Loss and accuracy'));
  const plot = (id: string, label: string): LinePlot => new LinePlot(theme, { cursor: () => undefined }, { 'aria-label': label, 'aria-describedby': 'learning-summary', id });
  const loss = plot('loss-plot', t('Loss over epochs, on a logarithmic axis.')), accuracy = plot('accuracy-plot', t('Accuracy over epochs.'));
  frame.body.append(loss.element, accuracy.element);
  frame.body.classList.add('learning');
  let drawn: readonly unknown[] = [];

  const figures = ({ slices: { training: { history, begun, glances } } }: LabState): Shown => {
    const evaluated = history.filter(({ evaluation }) => evaluation !== undefined), known = begun?.classified ?? (evaluated.some(({ evaluation }) => evaluation!.accuracy !== undefined) || glances.some(({ accuracy }) => accuracy !== undefined));
    const second = ({ accuracy, relativeError }: { readonly accuracy?: number; readonly relativeError?: number }): number => 100 * ((known ? accuracy : relativeError) ?? NaN);
    // On one axis: epochs' ends and the moments within them, each series with gaps where the other has its points.
    const rows = [...evaluated.map(({ epoch, evaluation }) => ({ at: epoch, whole: evaluation, part: undefined })), ...glances.map((part) => ({ at: part.at, whole: undefined, part }))].sort((a, b) => a.at - b.at);
    const column = (of: (row: typeof rows[number]) => number | undefined): Float64Array => Float64Array.from(rows, (row) => of(row) ?? NaN);
    return {
      known, samples: glances.at(-1)?.samples ?? 0, at: column(({ at }) => at),
      whole: { losses: column(({ whole }) => whole?.loss), seconds: column(({ whole }) => (whole === undefined ? NaN : second(whole))), last: evaluated.at(-1)?.evaluation },
      part: { losses: column(({ part }) => part?.loss), seconds: column(({ part }) => (part === undefined ? NaN : second(part))), last: glances.at(-1) },
    };
  };
  const items = (known: boolean): [LegendItem, LegendItem] => [
    { label: t('loss'), stroke: hue(5, theme.ground), dash: [] }, { label: known ? t('accuracy') : t('relative error'), stroke: hue(0, theme.ground), dash: [] }];
  /** Of the moments within epochs: the same hues, dashed. */
  const within = ({ label, stroke }: LegendItem, samples: number): LegendItem => ({ label: t('{0} within epochs, on {1} samples', label, samples.toLocaleString('en-US')), stroke, dash: [3, 3] });
  const both = (state: LabState): { readonly shown: Shown; readonly losses: readonly PlotLine[]; readonly seconds: readonly PlotLine[] } => {
    const shown = figures(state), [first, second] = items(shown.known), { whole, part, samples } = shown, few = whole.losses.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0) <= FEW;
    const lines = (key: 'losses' | 'seconds', item: LegendItem): PlotLine[] => [
      { key, values: whole[key], width: 2, ...item, ...(samples > 0 || few ? { sparse: true as const } : {}) },
      ...(samples > 0 ? [{ key: `${key}-within`, values: part[key], width: 1.25, sparse: true as const, ...within(item, samples) }] : []),
    ];
    return { shown, losses: lines('losses', first), seconds: lines('seconds', second) };
  };

  return {
    element: frame.element,
    appears: () => true,
    update(state: LabState) {
      const { history, phase, begun, glances, at } = state.slices.training, key = [history, begun, glances];
      if (key.every((one, i) => one === drawn[i])) return;
      drawn = key;
      const { shown, losses, seconds } = both(state), times = shown.at, { known, whole, part } = shown, second = seconds[0]!.label;
      const common = { times, xLimits: [0, epochsShown(times.at(-1) ?? 0, currentTraining(state)?.epochs ?? 10, at?.dwells ?? 0)] as const, logX: false, xLabel: t('epoch') };
      const real = (lines: readonly PlotLine[]): Float64Array[] => lines.map(({ values }) => values.filter((value) => !Number.isNaN(value)));
      let high = 0;
      for (const values of real(seconds)) for (const value of values) high = Math.max(high, value);
      loss.set({ ...common, logY: true, yLimits: logarithmicLimits(real(losses).map((values) => ({ values }))), yLabel: losses[0]!.label, lines: losses });
      accuracy.set({ ...common, logY: false, yLimits: [0, known ? 105 : Math.max(1, 1.05 * high)], yLabel: `${second} / %`, lines: seconds });
      showLegend(frame.legend, [...losses, ...seconds].filter(({ key: name }) => name !== 'seconds-within').map((line) => (line.key === 'losses-within' ? { ...line, label: t('dashed: within epochs, on {0} samples', shown.samples.toLocaleString('en-US')) } : line)));
      const rows = [...times.keys()].filter((i) => !Number.isNaN(whole.losses[i]!)), step = Math.max(1, Math.ceil(rows.length / MOST_ROWS));
      frame.tell(phase !== 'running', () => {
        const held = (begun?.heldOut ?? 0) > 0 ? t(' on the held-out samples') : '';
        if (whole.last === undefined && part.last === undefined) return t('Nothing has been measured yet.');
        const end = rows.at(-1), told = whole.last === undefined || end === undefined ? '' : t('After {0} the loss{1} is {2}; it began at {3}. The {4} is {5}.', counted(times[end]!, '1 epoch', '{0} epochs'), held, formatNumber(whole.losses[end]!, 3), formatNumber(whole.losses[rows[0]!]!, 3), second, percent(whole.seconds[end]! / 100));
        const now = part.last === undefined ? '' : t('Within epochs, last at {0}, the loss on {1} samples is {2}.', formatNumber(part.last.at, 4), part.last.samples.toLocaleString('en-US'), formatNumber(part.last.loss, 3));
        return [told, now].filter((sentence) => sentence !== '').join(' ');
      }, t('Loss and accuracy'), [t('epoch'), losses[0]!.label, `${second} / %`], () => rows.filter((_, k) => k % step === 0 || k === rows.length - 1).map((i) => [times[i]!, whole.losses[i]!, whole.seconds[i]!]));
      frame.element.dataset['within'] = String(glances.length);
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
      const { shown: { at, whole, part, known, samples }, losses, seconds } = both(state), { history, glances } = state.slices.training, cell = (value: number, scale = 1): number | string => (Number.isNaN(value) ? '' : value / scale);
      const head = ['epoch', 'loss', known ? 'accuracy' : 'relative error'], rows = [...at].map((epoch, i) => [epoch, cell(whole.losses[i]!), cell(whole.seconds[i]!, 100), cell(part.losses[i]!), cell(part.seconds[i]!, 100)]);
      return {
        id: 'learning', label: t('Loss and accuracy'), suffix: '-learning', note: noteOf(state),
        csv: () => (samples === 0 ? csvRows(head, rows.map((row) => row.slice(0, 3))) : csvRows([...head, `loss_of_${samples}`, `${head[2]!}_of_${samples}`], rows)),
        json: () => (samples === 0 ? history : { epochs: history, within: glances }),
        picture: () => ({ canvas: accuracy.canvas === undefined ? [canvas] : [canvas, accuracy.canvas], title: t('{0}: loss and accuracy', state.document?.name ?? ''), note: noteOf(state), legend: [...losses, ...seconds], theme }),
      };
    },
    dispose() {
      loss.dispose();
      accuracy.dispose();
    },
  } satisfies Card;
};
