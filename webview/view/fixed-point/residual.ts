/** The way down to a fixed point: the residual over time on a logarithmic axis, beside the rates that are predicted and measured. */
import { t } from '../../../l10n/index.ts';
import { lastTime, logarithmicLimits, logarithmicTime } from '../../axes.ts';
import { csvRows } from '../../csv.ts';
import { formatNumber } from '../../format.ts';
import { perTime } from '../../stability.ts';
import type { LabState } from '../../store.ts';
import { dash, hue } from '../colours.ts';
import { LinePlot, type PlotLine } from '../line-plot.ts';
import { runNote } from '../note.ts';
import type { Theme } from '../theme.ts';
import { Frame, showLegend, type Card, type MakeCard } from '../training/card.ts';
import { fixedPointsOf } from './chosen.ts';

export interface Way {
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly end: number;
  /** Rates per time: from the eigenvalues, and read off the course. */
  readonly predicted?: number;
  readonly measured?: number;
}

/** The way of the run that was made for this view, which is more exact than one for the eye, when it came to rest; else that of the run that is shown. */
export function wayDown(state: LabState): Way | undefined {
  const { shown } = state, answer = fixedPointsOf(state);
  const rates = {
    ...(answer?.reached === true && answer.points[0]?.rate !== undefined ? { predicted: answer.points[0].rate } : {}),
    ...(answer?.measuredRate === undefined ? {} : { measured: answer.measuredRate }),
  };
  if (answer?.reached === true && answer.residuals.times.length > 0) {
    const { times, values } = answer.residuals;
    return { times, values, end: times.at(-1)!, ...rates };
  }
  if (shown === undefined) return undefined;
  const { times, residuals } = shown.result.trajectory;
  return { times, values: residuals, end: lastTime(times, shown.result.settled), ...rates };
}

/**
 * An exponential with this rate that touches the curve late on its way, over the last part of it; NaN elsewhere. It is laid through the
 * middle (by the logarithm) between the curve's largest value and where it ends.
 */
export function slopeLine(times: Float64Array, values: Float64Array, rate: number, end: number): Float64Array {
  const line = new Float64Array(times.length).fill(NaN), top = values.reduce((a, b) => Math.max(a, b), 0);
  let last = times.length - 1;
  while (last > 0 && (times[last]! > end || !(values[last]! > top * 1e-12))) last--;
  if (!(top > 0) || last < 1) return line;
  const level = Math.sqrt(top * values[last]!);
  let at = last;
  while (at > 0 && values[at - 1]! <= level) at--;
  for (let k = 0; k < line.length; k++) {
    const value = values[at]! * Math.exp(-rate * (times[k]! - times[at]!));
    if (value <= 3 * top && value > 0 && times[k]! <= end) line[k] = value;
  }
  return line;
}

export const residualCard: MakeCard = (context) => {
  let theme = context.theme, drawn: readonly unknown[] = [];
  const frame = new Frame('residual', t('Residual over time'));
  const plot = new LinePlot(theme, { cursor: () => undefined }, {
    'aria-label': t('Largest rate of change over time, on a logarithmic axis.'), 'aria-describedby': 'residual-summary', id: 'residual-plot',
  });
  frame.body.append(plot.element);

  function linesOf({ times, values, end, predicted, measured }: Way, unit: string | undefined, ground: Theme['ground']): PlotLine[] {
    const slope = (key: string, label: string, rate: number, colour: number): PlotLine => (
      { key, label, values: slopeLine(times, values, rate, end), stroke: hue(colour, ground), dash: dash(colour), width: 1.5 });
    return [
      { key: 'residual', label: t('residual'), values, stroke: hue(0, ground), dash: [], width: 2 },
      ...(predicted === undefined ? [] : [slope('predicted', t('predicted {0}', perTime(predicted, unit)), predicted, 1)]),
      ...(measured === undefined ? [] : [slope('measured', t('measured {0}', perTime(measured, unit)), measured, 2)]),
    ];
  }

  return {
    element: frame.element,
    appears: (state) => wayDown(state) !== undefined,
    update(state) {
      const answer = fixedPointsOf(state), key = [state.shown, answer];
      const way = wayDown(state);
      if (way === undefined || (drawn.length > 0 && key.every((value, i) => value === drawn[i]))) return;
      drawn = key;
      const { times, values, end } = way, unit = state.model?.units.time, lines = linesOf(way, unit, theme.ground);
      const logTime = logarithmicTime(times, [{ values }], end);
      plot.set({
        times, lines, xLimits: logTime ? [times.find((t) => t > 0) ?? end / 1000, end] : [0, end],
        // Beyond rounding error the way down says nothing more.
        yLimits: logarithmicLimits([{ values }]), logX: logTime, logY: true, xLabel: unit === undefined ? 't' : `t / ${unit}`, yLabel: t('residual max |x′|'),
      });
      showLegend(frame.legend, lines.length > 1 ? lines : []);
      const step = Math.max(1, Math.ceil(times.length / 21));
      frame.tell(true, () => [
        t('The residual goes from {0} at t = 0 to {1} at t = {2}.', formatNumber(values[0] ?? NaN, 2), formatNumber(values.at(-1) ?? NaN, 2), formatNumber(times.at(-1) ?? 0)),
        ...(way.predicted === undefined ? [] : [t('The eigenvalues predict a rate of {0}.', perTime(way.predicted, unit))]), ...(way.measured === undefined ? [] : [t('Measured: {0}.', perTime(way.measured, unit))]),
      ].join(' '), t('Residual'), ['t', t('residual')], () => [...times].map((time, i) => [time, values[i]!]).filter((_, i) => i % step === 0 || i === times.length - 1));
    },
    setTheme(next) {
      theme = next;
      drawn = [];
      plot.setTheme(next);
    },
    view(state) {
      const way = wayDown(state), { canvas } = plot;
      if (way === undefined || canvas === undefined) return undefined;
      const legend = linesOf(way, state.model?.units.time, theme.ground);
      return {
        id: 'residual', label: t('Residual over time'), suffix: '-residual', note: runNote(state),
        csv: () => csvRows(['t', 'residual'], [...way.times].map((t, i) => [t, way.values[i]!])),
        json: () => ({ times: [...way.times], residuals: [...way.values], ...(way.predicted === undefined ? {} : { predictedRate: way.predicted }), ...(way.measured === undefined ? {} : { measuredRate: way.measured }) }),
        picture: () => ({ canvas: [canvas], title: t('{0}: residual over time', state.document?.name ?? ''), note: runNote(state), legend, theme }),
      };
    },
    dispose: () => plot.dispose(),
  } satisfies Card;
};
