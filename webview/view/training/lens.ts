/** The sample under the lens: what the species do while it is held. */
import { counted, t } from '../../../l10n/index.ts';
import { extremes, linearLimits } from '../../axes.ts';
import { csvRows } from '../../csv.ts';
import { formatNumber } from '../../format.ts';
import type { LabState } from '../../store.ts';
import type { LensView } from '../../training-protocol.ts';
import { dash, hue } from '../colours.ts';
import { h, setText } from '../dom.ts';
import { LinePlot } from '../line-plot.ts';
import { Frame, noteOf, picker, showLegend, type Card, type MakeCard } from './card.ts';
import { cells, Drawing } from './drawing.ts';
import { mix, rgbOf } from './palette.ts';
import { sideOf } from './weights.ts';

/** Samples offered one by one. */
const MOST_ROWS = 200;

export const lensCard: MakeCard = (context) => {
  const { dispatch } = context;
  let theme = context.theme;
  const frame = new Frame('lens', t('One dwell'));
  const groups = picker(t('Curves'), 'lens-group', (lensGroup) => dispatch({ type: 'looks', looks: { lensGroup } }));
  const rows = picker(t('Sample under the lens'), 'lens-row', (index) => dispatch({ type: 'looks', looks: { lensRow: index === 0 ? undefined : index - 1 } }));
  frame.tools.append(rows.element, groups.element);
  const plot = new LinePlot(theme, { cursor: () => undefined }, { 'aria-label': t('Concentrations during one dwell.'), 'aria-describedby': 'lens-summary', id: 'lens-plot' });
  const picture = new Drawing({ id: 'lens-picture', 'aria-label': t('The sample as a picture') }, 84);
  picture.element.classList.add('lens-picture');
  const sample = h('p', { class: 'hint', id: 'lens-sample' });
  frame.body.append(h('div', { class: 'lens-sample' }, picture.element, sample), plot.element);
  frame.body.classList.add('lens');
  let drawn: readonly unknown[] = [];

  const group = ({ slices: { training: { lens, looks } } }: LabState): LensView['groups'][number] | undefined => lens?.groups[Math.min(looks.lensGroup, lens.groups.length - 1)];

  function words({ slices: { training: { lens, begun } } }: LabState): string {
    if (lens === undefined || begun === undefined) return '';
    const list = (values: Float32Array): string => (values.length > 6 ? counted(values.length, '1 value', '{0} values') : [...values].map((value) => formatNumber(value, 3)).join(', '));
    const top = (values: Float32Array): number => values.indexOf(values.reduce((a, b) => Math.max(a, b), -Infinity));
    const classes = begun.classes ?? (begun.outputs > 1 ? Array.from({ length: begun.outputs }, (_, k) => String(k)) : []);
    const target = begun.classified && begun.outputs > 1 ? (classes[top(lens.targets)] ?? '') : list(lens.targets);
    const said = begun.classified && begun.outputs > 1 ? `${classes[top(lens.outputs)] ?? ''} (${formatNumber(lens.outputs.reduce((a, b) => Math.max(a, b), -Infinity), 2)})` : list(lens.outputs);
    return t('Sample {0}, epoch {1}: {2}target {3}, output at the end {4}', lens.row + 1, lens.epoch + 1, begun.inputs > 6 ? '' : t('inputs {0}, ', list(lens.inputs)), target, said);
  }

  return {
    element: frame.element,
    appears: ({ slices: { training } }) => training.lens !== undefined,
    update(state) {
      const { lens, looks, phase, begun } = state.slices.training, shown = group(state), key = [lens, looks, begun];
      if (lens === undefined || begun === undefined || shown === undefined || key.every((one, i) => one === drawn[i])) return;
      drawn = key;
      rows.show([t('any sample'), ...Array.from({ length: Math.min(MOST_ROWS, begun.samples + begun.heldOut) }, (_, k) => t('sample {0}', k + 1))], looks.lensRow === undefined ? 0 : looks.lensRow + 1);
      groups.show(lens.groups.map(({ label }) => label), looks.lensGroup);
      const count = lens.times.length, course = (k: number): Float64Array => shown.values.subarray(k * count, (k + 1) * count), targets = shown === lens.groups[0] ? [...lens.targets] : [];
      const lines = [
        ...shown.names.map((label, k) => ({ key: label, label, values: course(k), stroke: hue(k, theme.ground), dash: dash(k), width: 2 })),
        ...targets.slice(0, shown.names.length).map((target, k) => ({ key: `target ${k}`, label: targets.length === 1 ? t('target') : t('target {0}', k + 1), values: new Float64Array(count).fill(target), stroke: hue(k, theme.ground), dash: [2, 5], width: 1 })),
      ];
      plot.set({ times: lens.times, lines, xLimits: [0, lens.times.at(-1) ?? 1], yLimits: linearLimits(...extremes(...lines.map(({ values }) => values))), logX: false, logY: false, xLabel: t('t since the switch'), yLabel: '' });
      showLegend(frame.legend, (targets.length > 1 ? lines.slice(0, shown.names.length) : lines).map(({ label, stroke, dash: pattern }) => ({ label, stroke, dash: pattern })));
      const side = sideOf(lens.inputs.length), ink = rgbOf(theme.foreground), paper = rgbOf(theme.background);
      picture.element.hidden = side === undefined;
      if (side !== undefined) picture.draw((c, width, height) => cells(c, [0, 0, Math.min(width, height), Math.min(width, height)], side, side, (row, column) => mix(paper, ink, lens.inputs[row * side + column]!)));
      setText(sample, words(state));
      frame.tell(phase !== 'running', () => `${words(state)}. ${shown.label}: ${shown.names.map((name, k) => t('{0} goes from {1} to {2}', name, formatNumber(course(k)[0]!, 3), formatNumber(course(k).at(-1)!, 3))).join(', ')}.`,
        t('One dwell'), ['t', ...shown.names], () => Array.from({ length: Math.min(11, count) }, (_, i) => Math.round((i * (count - 1)) / Math.max(1, Math.min(11, count) - 1))).map((i) => [Number(lens.times[i]!.toPrecision(4)), ...shown.names.map((__, k) => Number(course(k)[i]!.toPrecision(5)))]));
    },
    setTheme(now) {
      theme = now;
      drawn = [];
      plot.setTheme(now);
    },
    view(state) {
      const { lens } = state.slices.training, shown = group(state), { canvas } = plot;
      if (lens === undefined || shown === undefined || canvas === undefined) return undefined;
      const all = lens.groups.flatMap(({ label, names, values }) => names.map((name, k) => ({ name: `${name} (${label})`, values: values.subarray(k * lens.times.length, (k + 1) * lens.times.length) })));
      return {
        id: 'lens', label: t('One dwell'), suffix: '-dwell', note: noteOf(state),
        csv: () => csvRows(['t', ...all.map(({ name }) => name)], [...lens.times].map((t, i) => [t, ...all.map(({ values }) => values[i]!)])),
        json: () => ({ row: lens.row + 1, epoch: lens.epoch + 1, inputs: [...lens.inputs], targets: [...lens.targets], times: [...lens.times], curves: all.map(({ name, values }) => ({ name, values: [...values] })) }),
        picture: () => ({ canvas: [canvas], title: `${state.document?.name ?? ''}: ${words(state)}`, note: noteOf(state), legend: shown.names.map((label, k) => ({ label, stroke: hue(k, theme.ground), dash: dash(k) })), theme }),
      };
    },
    dispose() {
      plot.dispose();
      picture.dispose();
    },
  } satisfies Card;
};
