/** How much is on the rails of each layer, and how much of it means anything. */
import { t } from '../../../l10n/index.ts';
import { epochsShown, linearLimits } from '../../axes.ts';
import { csvRows } from '../../csv.ts';
import { formatNumber } from '../../format.ts';
import type { LabState } from '../../store.ts';
import { currentTraining, railsWarning } from '../../training.ts';
import { hue } from '../colours.ts';
import { h, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { LinePlot, type PlotLine } from '../line-plot.ts';
import { Frame, noteOf, showLegend, type Card, type MakeCard } from './card.ts';

export const railsCard: MakeCard = (context) => {
  let theme = context.theme;
  const frame = new Frame('rails', t('Rail totals'));
  const plot = new LinePlot(theme, { cursor: () => undefined }, { 'aria-label': t('Concentration on all rails of a layer, over epochs.'), 'aria-describedby': 'rails-summary', id: 'rails-plot' });
  const words = h('span');
  const warning = h('p', { class: 'error-line', id: 'rails-warning', role: 'alert', hidden: true }, icon('bad'), words);
  frame.element.title = t('Σ(w⁺ + w⁻) over the weights and biases of a layer, and dotted what they mean, Σ|w⁺ − w⁻|. When the first leaves the second behind, the rails fill up and the pot will be lost.');
  frame.body.append(warning, plot.element);
  let drawn: unknown;

  function linesOf({ slices: { training: { rails, begun } } }: LabState): PlotLine[] {
    return (rails[0]?.layers ?? []).flatMap((_, l) => {
      const name = begun?.summary.layers[l]?.name ?? t('layer {0}', l + 1), stroke = hue(l, theme.ground);
      return [
        { key: `${l}`, label: name, values: Float64Array.from(rails, ({ layers }) => layers[l]?.total ?? NaN), stroke, dash: [], width: 2 },
        { key: `${l} meant`, label: t('{0}, meant', name), values: Float64Array.from(rails, ({ layers }) => layers[l]?.meant ?? NaN), stroke, dash: [2, 4], width: 1.5 },
      ];
    });
  }

  return {
    element: frame.element,
    appears: ({ slices: { training } }) => training.rails.length > 1 && training.begun?.summary.where !== 'silico',
    update(state) {
      const { rails, phase, at } = state.slices.training;
      if (rails === drawn || rails.length === 0) return;
      drawn = rails;
      const lines = linesOf(state), times = Float64Array.from(rails, ({ at }) => at), problem = railsWarning(state.slices.training);
      let high = 0;
      for (const { values } of lines) for (const value of values) high = Math.max(high, value);
      plot.set({ times, lines, xLimits: [0, epochsShown(times.at(-1)!, currentTraining(state)?.epochs ?? 10, at?.dwells ?? 0)], yLimits: linearLimits(0, high), logX: false, logY: false, xLabel: t('epoch'), yLabel: 'Σ(w⁺ + w⁻)' });
      showLegend(frame.legend, lines.filter((_, i) => i % 2 === 0));
      warning.hidden = problem === undefined;
      setText(words, problem ?? '');
      frame.tell(phase !== 'running', () => lines.map(({ label, values }) => `${label}: ${formatNumber(values.at(-1)!, 3)}`).join(', '), t('Rail totals'), [t('epoch'), ...lines.map(({ label }) => label)],
        () => Array.from({ length: Math.min(11, times.length) }, (_, i) => Math.round((i * (times.length - 1)) / Math.max(1, Math.min(11, times.length) - 1))).map((i) => [Number(times[i]!.toPrecision(4)), ...lines.map(({ values }) => Number(values[i]!.toPrecision(5)))]));
    },
    setTheme(now) {
      theme = now;
      drawn = undefined;
      plot.setTheme(now);
    },
    view(state) {
      const { canvas } = plot, { rails, begun } = state.slices.training;
      if (canvas === undefined || rails.length === 0) return undefined;
      const lines = linesOf(state);
      return {
        id: 'rails', label: t('Rail totals'), suffix: '-rails', note: noteOf(state),
        csv: () => csvRows(['epoch', ...rails[0]!.layers.flatMap((_, l) => (({ name }) => [name, `${name}, meant`])(begun?.summary.layers[l] ?? { name: `layer ${l + 1}` }))], rails.map(({ at }, i) => [at, ...lines.map(({ values }) => values[i]!)])),
        json: () => rails,
        picture: () => ({ canvas: [canvas], title: t('{0}: rail totals', state.document?.name ?? ''), note: noteOf(state), legend: lines, theme }),
      };
    },
    dispose: () => plot.dispose(),
  } satisfies Card;
};
