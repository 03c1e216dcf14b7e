/** The Noise tab: what the sweeps of the text come to over the size of the noise, filling in run by run. */
import { counted, t } from '../../../l10n/index.ts';
import type { NoiseAnswer, Question, SweepResult } from '../../analysis-protocol.ts';
import { extremes, linearLimits, logarithmicLimits } from '../../axes.ts';
import { csvRows } from '../../csv.ts';
import { formatNumber } from '../../format.ts';
import type { LabState } from '../../store.ts';
import type { SweepSummary } from '../../worker-protocol.ts';
import { dash, hue } from '../colours.ts';
import { h, setText } from '../dom.ts';
import { LinePlot, type PlotContent, type PlotLine } from '../line-plot.ts';
import type { Theme } from '../theme.ts';
import { Frame, showLegend } from '../training/card.ts';
import { AskingLine } from './asking.ts';
import type { LabTab, SavedView, TabContext, TabPlaces } from './tab.ts';

interface SweepCard {
  readonly name: string;
  readonly frame: Frame;
  readonly plot: LinePlot;
  readonly about: HTMLElement;
}

/** What the noise's size is called on the axis. */
function axisLabel(axis: string): string {
  switch (axis) {
    case 'noise': case 'concentrations': return t('size of the noise');
    case 'volume': return t('volume (larger: less noise)');
    default: return axis;
  }
}

/** What is measured of trainings, in words; of simulations it is a species. */
function measureLabel(measure: string): string {
  switch (measure) {
    case 'accuracy': return t('accuracy');
    case 'loss': return t('loss');
    default: return measure;
  }
}

/** Accuracies are told in percent. */
const scaleOf = ({ measure }: SweepResult): number => (measure === 'accuracy' ? 100 : 1);

function linesOf(sweep: SweepResult, theme: Theme): PlotLine[] {
  const scale = scaleOf(sweep);
  return sweep.series.map(({ label, mean }, k) => ({ key: label, label: label === '' ? measureLabel(sweep.measure) : label, values: mean.map((value) => value * scale), stroke: hue(k, theme.ground), dash: dash(k), width: 2 }));
}

export function sweepSentence(sweep: SweepResult): string {
  const { series, sizes, measure, axis, done, runs } = sweep, scale = scaleOf(sweep), unit = measure === 'accuracy' ? ' %' : '';
  const told = series.map(({ label, mean }) => {
    const first = mean.findIndex((value) => !Number.isNaN(value)), last = mean.findLastIndex((value) => !Number.isNaN(value));
    return first < 0 ? undefined : t('{0} {1}{2} at {3} = {4}, {5}{6} at {7}', label === '' ? measureLabel(measure) : `${label}: ${measureLabel(measure)}`, formatNumber(mean[first]! * scale, 3), unit, axis, formatNumber(sizes[first]!, 3), formatNumber(mean[last]! * scale, 3), unit, formatNumber(sizes[last]!, 3));
  }).filter((part) => part !== undefined);
  return `${done === runs ? counted(runs, '1 run', '{0} runs') : t('{0} of {1}', done, counted(runs, '1 run', '{0} runs'))}. ${told.join('; ')}${told.length === 0 ? '' : '.'}`;
}

export class NoiseTab implements LabTab {
  readonly id = 'noise';
  readonly title = t('Noise');
  readonly about = 'simulation';
  #context!: TabContext;
  #theme!: Theme;
  #asking!: AskingLine;
  #run!: HTMLButtonElement;
  readonly #told = h('p', { class: 'hint', id: 'noise-told' });
  readonly #grid = h('div', { class: 'cards', id: 'noise-cards' });
  #cards: readonly SweepCard[] = [];
  #sweeps: readonly SweepSummary[] = [];
  #drawn: NoiseAnswer | undefined;

  appears({ model }: LabState): boolean {
    return (model?.sweeps?.length ?? 0) > 0;
  }

  mount({ panel, tools }: TabPlaces, context: TabContext): void {
    this.#context = context;
    this.#theme = context.theme;
    this.#asking = new AskingLine('noise', t('Sweeping'), context);
    this.#run = h('button', { type: 'button', class: 'quiet', id: 'run-sweeps', title: t('Runs the sweeps of the text from their first run on'), click: () => {
      context.dispatch({ type: 'noise', wanted: true });
      context.askAgain('noise');
    } }, t('Run sweeps'));
    tools.append(this.#run);
    panel.append(h('div', { class: 'told' }, this.#told, this.#asking.element), this.#grid);
  }

  asks({ slices: { noise } }: LabState): readonly Question[] {
    return noise.wanted ? [{ kind: 'noise' }] : [];
  }

  update(state: LabState): void {
    const asked = state.slices.analysis.noise, sweeps = state.model?.sweeps ?? [];
    if (sweeps !== this.#sweeps && sweeps.length > 0) this.#build(sweeps);
    this.#run.disabled = asked?.phase === 'asked';
    this.#asking.update(asked);
    const answer = asked?.answer, runs = sweeps.reduce((sum, sweep) => sum + sweep.runs, 0);
    setText(this.#told, answer === undefined && asked?.phase !== 'asked' ? t('{0} over noise, {1}. Press Run sweeps; the curves fill in as runs finish.', counted(sweeps.length, '1 sweep', '{0} sweeps'), counted(runs, '1 run', '{0} runs'))
      : (answer?.refused ?? []).map(({ name, why }) => `${name}: ${why}`).join(' '));
    if (answer === undefined || answer === this.#drawn) return;
    this.#drawn = answer;
    for (const sweep of answer.sweeps) this.#draw(sweep);
  }

  #build(sweeps: readonly SweepSummary[]): void {
    this.#sweeps = sweeps;
    for (const { plot } of this.#cards) plot.dispose();
    this.#cards = sweeps.map(({ name, about, place }, k) => {
      const frame = new Frame(`noise-${k}`, name), words = h('p', { class: 'hint' }, about);
      const plot = new LinePlot(this.#theme, { cursor: () => undefined }, { 'aria-label': t('{0} over the size of the noise', name), 'aria-describedby': `noise-${k}-summary`, id: `noise-plot-${k}` });
      frame.tools.append(h('button', { type: 'button', class: 'link', click: () => this.#context.reveal(place) }, t('Show in the text')));
      frame.body.append(plot.element, words);
      return { name, frame, plot, about: words };
    });
    this.#drawn = undefined;
    this.#grid.replaceChildren(...this.#cards.map(({ frame }) => frame.element));
  }

  #content(sweep: SweepResult): PlotContent {
    const { sizes, measure, axis, series } = sweep, lines = linesOf(sweep, this.#theme), scale = scaleOf(sweep);
    const logX = axis === 'volume' && sizes[0]! > 0 && sizes.at(-1)! > 20 * sizes[0]!, all = series.flatMap(({ low, high }) => [...low, ...high]).filter((value) => !Number.isNaN(value)).map((value) => value * scale);
    const limits = measure === 'accuracy' ? [0, 105] as const : linearLimits(...extremes(all)), low = sizes[0] ?? 0, high = sizes.at(-1) ?? 1;
    return {
      times: sizes, lines, logX, logY: false, xLimits: logX ? logarithmicLimits([{ values: sizes }]) : low === high ? [low - 1, high + 1] : [low, high], yLimits: limits,
      xLabel: axisLabel(axis), yLabel: measure === 'accuracy' ? t('accuracy / %') : measure === 'loss' ? t('loss') : t('{0} at the end', measure),
      bands: series.map((one, k) => ({ low: one.low.map((value) => value * scale), high: one.high.map((value) => value * scale), stroke: hue(k, this.#theme.ground) })),
    };
  }

  #draw(sweep: SweepResult): void {
    const card = this.#cards.find(({ name }) => name === sweep.name);
    if (card === undefined) return;
    const { frame, plot } = card, scale = scaleOf(sweep);
    plot.set(this.#content(sweep));
    showLegend(frame.legend, sweep.series.length > 1 ? linesOf(sweep, this.#theme) : []);
    setText(card.about, t('{0} Bands hold nine of ten runs.', sweepSentence(sweep)));
    frame.tell(true, () => sweepSentence(sweep), sweep.name, [sweep.axis, ...sweep.series.flatMap(({ label }) => [`${label} ${measureLabel(sweep.measure)}`.trim(), t('runs')])],
      () => [...sweep.sizes].map((size, i) => [size, ...sweep.series.flatMap(({ mean, counts }) => [Number.isNaN(mean[i]!) ? '' : mean[i]! * scale, counts[i]!])]));
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#drawn = undefined;
    for (const { plot } of this.#cards) plot.setTheme(theme);
  }

  views({ slices: { analysis }, document }: LabState): readonly SavedView[] {
    return (analysis.noise?.answer?.sweeps ?? []).flatMap((sweep): SavedView[] => {
      const canvas = this.#cards.find(({ name }) => name === sweep.name)?.plot.canvas, note = sweepSentence(sweep);
      if (canvas === undefined) return [];
      const rows = sweep.series.flatMap(({ label, mean, low, high, counts }) => [...sweep.sizes].map((size, i) => [label, size, mean[i]!, low[i]!, high[i]!, counts[i]!]));
      return [{
        id: `noise-${sweep.name}`, label: sweep.name, suffix: `-${sweep.name}`, note,
        csv: () => csvRows(['series', sweep.axis, sweep.measure, 'q05', 'q95', 'runs'], rows.map((row) => row.map((cell) => (Number.isNaN(cell) ? '' : cell)))),
        json: () => ({ ...sweep, sizes: [...sweep.sizes], series: sweep.series.map(({ label, mean, low, high, counts }) => ({ label, counts, ...Object.fromEntries(Object.entries({ mean, low, high }).map(([key, values]) => [key, [...values].map((value) => (Number.isNaN(value) ? null : value))])) })) }),
        picture: () => ({ canvas: [canvas], title: `${document?.name ?? ''}: ${sweep.name}`, note, legend: linesOf(sweep, this.#theme), theme: this.#theme }),
      }];
    });
  }

  dispose(): void {
    for (const { plot } of this.#cards) plot.dispose();
  }
}
