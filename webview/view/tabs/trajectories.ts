/** The Trajectories tab: what the plot shows of a state, and the same in words and in a table for those who do not see it. */
import { counted, t } from '../../../l10n/index.ts';
import { csvText, trajectoryJson } from '../../csv.ts';
import { decade, extremes, lastTime, linearLimits, logarithmicLimits, logarithmicTime, logarithmicValues, type Limits } from '../../axes.ts';
import { formatNumber } from '../../format.ts';
import type { Drawn, LabState } from '../../store.ts';
import { dash, hue } from '../colours.ts';
import type { Curve } from '../curves.ts';
import { visibleCurves } from '../curves.ts';
import { h, setAttribute, setText } from '../dom.ts';
import { LinePlot, type OlderLines, type PlotBand, type PlotContent, type PlotLine } from '../line-plot.ts';
import type { PlotHandle } from '../plot-grips.ts';
import { compared } from '../../comparison.ts';
import { movedByHand, runNote } from '../note.ts';
import { componentValues } from '../../series.ts';
import type { Theme } from '../theme.ts';
import type { LabTab, SavedView, TabContext, TabPlaces } from './tab.ts';

export interface AxesInUse {
  readonly logTime: boolean;
  readonly logValues: boolean;
}

/** The axes as chosen, or as the curves ask for. */
export function axesInUse(state: LabState, curves: readonly Curve[]): AxesInUse {
  const result = state.shown?.result;
  const { logTime, logValues } = state.slices.trajectories;
  const times = result?.trajectory.times;
  return {
    logTime: logTime ?? (times !== undefined && logarithmicTime(times, curves, lastTime(times, result?.settled))),
    logValues: logValues ?? logarithmicValues(curves, result?.outcome.kind === 'diverged'),
  };
}

function lineOf(curve: Curve, theme: Theme): PlotLine {
  return {
    key: curve.key, label: curve.key, values: curve.values, stroke: hue(curve.colour, theme.ground), dash: dash(curve.colour),
    width: (curve.bundled ? 1.25 : 2) * (theme.highContrast ? 1.25 : 1),
  };
}

/** Lower end of a logarithmic time axis: one decade before anything has moved by a thousandth of its change. */
function firstTime(times: Float64Array, curves: readonly Curve[], end: number): number {
  let first = end / 1000;
  for (const { values } of curves) {
    const [low, high] = extremes(values);
    const moved = values.findIndex((value) => Math.abs(value - values[0]!) > (high - low) / 1000);
    if (moved > 0 && high - low > 1e-6 * Math.max(Math.abs(low), Math.abs(high))) first = Math.min(first, times[moved]!);
  }
  const recorded = times.find((t) => t > 0) ?? first;
  return Math.min(end / 2, Math.max(recorded, decade(Math.floor(Math.log10(Math.max(first, end * 1e-14)) - 0.3))));
}

function valueLimits(curves: readonly { readonly values: Float64Array }[], logarithmic: boolean): Limits {
  if (logarithmic) return logarithmicLimits(curves);
  return linearLimits(...extremes(...curves.map(({ values }) => values)));
}

/** More values than this are not read out at a time. */
const MOST_READ = 8;
/** More grips than these lie on top of each other. */
const MOST_HANDLES = 16;
const MOST_COMPARED = 60;

export class TrajectoriesTab implements LabTab {
  readonly id = 'trajectories';
  readonly title = t('Trajectories');
  readonly about = 'simulation';
  #plot!: LinePlot;
  #theme!: Theme;
  readonly #summary = h('p', { class: 'visually-hidden', id: 'plot-summary' });
  readonly #table = h('table', { class: 'visually-hidden', id: 'plot-data' });
  readonly #empty = h('p', { class: 'hint', hidden: true }, t('Nothing is shown: choose species on the right.'));
  /** Values at a cursor that the keyboard moves, for who hears them. */
  readonly #reading = h('p', { class: 'visually-hidden', id: 'plot-reading', role: 'status' });
  #context!: TabContext;
  #state: LabState | undefined;
  #pin!: HTMLButtonElement;
  /** Runs beside each other. */
  readonly #comparison = h('div', { class: 'comparison', id: 'comparison', tabindex: 0, role: 'group', 'aria-label': t('Comparison of runs'), hidden: true });
  #logTime!: HTMLButtonElement;
  #logValues!: HTMLButtonElement;
  #drawn: readonly unknown[] = [];
  /** Value limits while a slider moves: they only grow, so that the curve is seen to move and not the axis. */
  #held: { readonly limits: Limits; readonly logarithmic: boolean } | undefined;
  #tableTimer: ReturnType<typeof setTimeout> | undefined;
  #times: Float64Array | undefined;
  #curves: readonly Curve[] = [];
  readonly #olderRuns = new WeakMap<Drawn, { readonly visible: LabState['visible']; readonly colours: LabState['colours']; readonly theme: Theme; readonly lines: OlderLines }>();
  #axes: AxesInUse = { logTime: false, logValues: false };
  /** After a reload of the window the part that was seen before is shown again. */
  #restored = false;

  /** A text that only trains has nothing to simulate. */
  appears({ model }: LabState): boolean {
    return model === undefined || model.dimension > 0;
  }

  mount({ panel, tools }: TabPlaces, context: TabContext): void {
    const { theme, dispatch, cursor, point } = context;
    this.#context = context;
    this.#theme = theme;
    this.#plot = new LinePlot(theme, {
      cursor: (index, byKey) => {
        cursor(index);
        if (byKey) this.#read(index);
      },
      zoom: (window) => dispatch({ type: 'zoom', ...(window === undefined ? {} : { window }) }),
      near: (key) => point(key === undefined ? undefined : new Set([key])),
      grip: (name, value) => dispatch(value === undefined ? { type: 'grab' } : { type: 'initial', name, value }),
    }, {
      'aria-label': t('Trajectories. Arrow keys move the cursor, plus and minus zoom, 0 shows all.'), 'aria-describedby': 'plot-summary', id: 'trajectory-plot',
    });
    const axisButton = (axis: keyof AxesInUse, label: string, title: string): HTMLButtonElement =>
      h('button', { type: 'button', class: 'quiet', id: axis === 'logTime' ? 'log-time' : 'log-values', title, click: () => dispatch({ type: 'axis', axis, choice: !this.#axes[axis] }) }, label);
    this.#logTime = axisButton('logTime', t('log t'), t('Logarithmic time axis'));
    this.#logValues = axisButton('logValues', t('log y'), t('Logarithmic concentration axis'));
    this.#pin = h('button', { type: 'button', class: 'quiet', id: 'pin', title: t('Keeps this run in sight, to compare others with it'), click: () => this.#keep() }, t('Pin'));
    tools.append(this.#pin, this.#logTime, this.#logValues,
      h('button', { type: 'button', class: 'quiet', id: 'show-all', title: t('Show all of the curves (double-click on the plot)'), click: () => this.#plot.zoomTo(undefined) }, t('Show all')));
    panel.append(this.#plot.element, this.#comparison, this.#empty, this.#reading, this.#summary, this.#table);
  }

  #keep(): void {
    const state = this.#state;
    if (state?.shown === undefined) return;
    const moved = movedByHand(state), { experiment } = state;
    this.#context.dispatch({ type: 'pin', shown: state.shown, label: moved.length > 0 ? moved.join(', ') : (experiment ?? t('as in the text')) });
  }

  /** The values at the end of this run and of those that are pinned. */
  #compare({ shown, slices: { trajectories: { pins } } }: LabState): void {
    this.#comparison.hidden = pins.length === 0 || shown === undefined;
    if (shown === undefined || pins.length === 0) {
      this.#comparison.replaceChildren();
      return;
    }
    const rows = compared(shown, this.#curves.slice(0, MOST_COMPARED).map(({ member }) => member), pins);
    const head = h('tr', {}, h('th', { scope: 'col' }, t('At the end')), h('th', { scope: 'col', class: 'right' }, t('This run')), ...pins.flatMap(({ number, label }) => [
      h('th', { scope: 'col', class: 'right', title: label }, h('span', { class: 'pin-name' }, `${number}: ${label}`), h('button', { type: 'button', class: 'quiet', 'aria-label': t('Unpin run {0}', number), title: t('Unpin'), click: () => this.#context.dispatch({ type: 'unpin', number }) }, '×')),
      h('th', { scope: 'col', class: 'right', title: t('This run less the pinned one') }, t('Difference')),
    ]));
    this.#comparison.replaceChildren(h('table', { class: 'values', id: 'comparison-table' }, h('caption', { class: 'visually-hidden' }, t('Comparison of runs')), h('thead', {}, head), h('tbody', {}, ...rows.map(({ key, now, others }) => h('tr', { 'data-species': key },
      h('th', { scope: 'row' }, key), h('td', { class: 'right', 'data-value': now }, formatNumber(now)),
      ...others.flatMap((other) => (other === undefined ? [h('td', { class: 'right' }, '–'), h('td')]
        : [h('td', { class: 'right', 'data-value': other.value }, formatNumber(other.value)), h('td', { class: 'right', 'data-difference': other.difference }, `${other.difference > 0 ? '+' : ''}${formatNumber(other.difference, 3)}`)])))))));
  }

  /** Makes some curves stand out; undefined: none. */
  highlight(keys: ReadonlySet<string> | undefined): void {
    this.#plot.highlight(keys);
  }

  dispose(): void {
    clearTimeout(this.#tableTimer);
    this.#plot.dispose();
  }

  views(state: LabState): readonly SavedView[] {
    const { shown, document } = state, { canvas } = this.#plot;
    if (shown === undefined || canvas === undefined) return [];
    const note = runNote(state);
    return [{
      id: 'trajectories', label: t('Trajectories'), suffix: '', note, csv: () => csvText(shown.model, shown.result.trajectory),
      json: () => trajectoryJson(shown.model, shown.result.trajectory),
      picture: () => ({ canvas: [canvas], title: document?.name ?? '', note, legend: this.#curves.map((curve) => lineOf(curve, this.#theme)), theme: this.#theme }),
    }];
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#drawn = [];
    this.#plot.setTheme(theme);
  }

  update(state: LabState): void {
    const { shown, ghost, visible, colours, slices: { trajectories: { logTime, logValues, pins, zoom } } } = state;
    this.#state = state;
    this.#pin.disabled = shown === undefined || shown.partial === true;
    // The part that is shown is the plot's own affair, and what else is moved by hand is seen in the next run.
    const key = [shown, ghost, visible, colours, logTime, logValues, pins];
    if (key.every((value, i) => value === this.#drawn[i]) && this.#drawn.length > 0) return;
    this.#drawn = key;
    this.#curves = visibleCurves(state, shown);
    this.#times = shown?.result.trajectory.times;
    this.#axes = axesInUse(state, this.#curves);
    setAttribute(this.#logTime, 'aria-pressed', String(this.#axes.logTime));
    setAttribute(this.#logValues, 'aria-pressed', String(this.#axes.logValues));
    this.#empty.hidden = shown === undefined || this.#curves.length > 0;
    this.#plot.set(shown === undefined ? undefined : this.#content(state));
    if (shown !== undefined && !this.#restored) {
      this.#restored = true;
      this.#plot.zoomTo(zoom);
    }
    this.#compare(state);
    clearTimeout(this.#tableTimer);
    this.#tableTimer = setTimeout(() => this.#describe(state), 120);
  }

  #content(state: LabState): PlotContent {
    const { result, model } = state.shown!;
    const { times } = result.trajectory;
    const ghost = state.ghost === undefined ? undefined : this.#older(state, state.ghost), bands = this.#bands(state);
    const pinned = state.slices.trajectories.pins.map(({ shown }) => this.#older(state, shown));
    const fitting = valueLimits([...this.#curves, ...(ghost?.lines ?? []), ...pinned.flatMap(({ lines }) => lines), ...bands.map(({ high }) => ({ values: high }))], this.#axes.logValues);
    const logarithmic = this.#axes.logValues;
    const held = state.ghost !== undefined && this.#held?.logarithmic === logarithmic ? this.#held.limits : fitting;
    const limits: Limits = [Math.min(held[0], fitting[0]), Math.max(held[1], fitting[1])];
    this.#held = { limits, logarithmic };
    const end = lastTime(times, result.settled);
    const unit = (name: string, symbol: string | undefined): string => (symbol === undefined ? name : `${name} / ${symbol}`);
    return {
      times,
      lines: this.#curves.map((curve) => lineOf(curve, this.#theme)),
      ...(ghost === undefined ? {} : { ghost }),
      pinned, bands, handles: this.#handles(state),
      xLimits: this.#axes.logTime ? [firstTime(times, this.#curves, end), end] : [0, end],
      yLimits: limits,
      logX: this.#axes.logTime, logY: this.#axes.logValues,
      xLabel: unit('t', model.units.time), yLabel: unit('concentration', model.units.concentration),
    };
  }

  /** The curves of a run before this one: the same as long as it is shown in the same way. */
  #older(state: LabState, shown: Drawn): OlderLines {
    const { visible, colours } = state, theme = this.#theme, kept = this.#olderRuns.get(shown);
    if (kept !== undefined && kept.visible === visible && kept.colours === colours && kept.theme === theme) return kept.lines;
    const lines = { times: shown.result.trajectory.times, lines: visibleCurves(state, shown).map((curve) => lineOf(curve, theme)) };
    this.#olderRuns.set(shown, { visible, colours, theme, lines });
    return lines;
  }

  /** Of several runs molecule by molecule: where nine of ten lie. A difference of two rails has none, for its rails are not independent. */
  #bands({ shown }: LabState): PlotBand[] {
    const band = shown?.result.molecules?.band, trajectory = shown?.result.trajectory;
    if (band === undefined || trajectory === undefined) return [];
    return this.#curves.flatMap(({ member, colour }) => (member.minus !== undefined || trajectory.rows[member.component]! < 0 ? [] : [{
      low: componentValues({ ...trajectory, values: band.low }, member.component), high: componentValues({ ...trajectory, values: band.high }, member.component), stroke: hue(colour, this.#theme.ground),
    }]));
  }

  /** Grips of the curves that are a species each, not those of a bundle. */
  #handles({ shown }: LabState): PlotHandle[] {
    const initial = shown?.result.trajectory.initial;
    if (initial === undefined || shown?.partial === true) return [];
    const single = this.#curves.filter(({ member, bundled }) => member.minus === undefined && !bundled && initial[member.component]! >= 0);
    return single.slice(0, MOST_HANDLES).map(({ key, member, colour }) => ({ key, value: initial[member.component]!, stroke: hue(colour, this.#theme.ground) }));
  }

  #read(index: number | undefined): void {
    const t = index === undefined ? undefined : this.#times?.[index];
    if (index === undefined || t === undefined) return;
    const values = this.#curves.slice(0, MOST_READ).map(({ key, values: course }) => `${key} ${formatNumber(course[index]!)}`);
    setText(this.#reading, [`t = ${formatNumber(t)}`, ...values].join(', '));
  }

  /** Words and a table of at most 21 rows, once the curves have come to rest. */
  #describe(state: LabState): void {
    const { shown } = state;
    if (shown === undefined) return;
    const { times } = shown.result.trajectory;
    const last = times.length - 1;
    const sentences = this.#curves.slice(0, 20).map(({ key, values }) => {
      const [low, high] = extremes(values);
      return t('{0} goes from {1} to {2}, between {3} and {4}.', key, formatNumber(values[0]!), formatNumber(values[last]!), formatNumber(low), formatNumber(high));
    });
    const band = shown.result.molecules?.band === undefined ? '' : t(' The bands hold nine of ten runs.');
    setText(this.#summary, t('{0} from t = 0 to {1}. {2}{3}', counted(this.#curves.length, '1 curve', '{0} curves'), formatNumber(times[last] ?? 0), sentences.join(' '), band));
    const rows = Math.min(21, times.length);
    const picked = Array.from({ length: rows }, (_, i) => Math.round((i * last) / Math.max(1, rows - 1)));
    const head = h('tr', {}, h('th', { scope: 'col' }, 't'), ...this.#curves.map((curve) => h('th', { scope: 'col' }, curve.key)));
    const body = picked.map((i) => h('tr', {},
      h('th', { scope: 'row', 'data-value': times[i]! }, formatNumber(times[i]!)),
      ...this.#curves.map((curve) => h('td', { 'data-value': curve.values[i]! }, formatNumber(curve.values[i]!)))));
    this.#table.replaceChildren(h('caption', {}, t('Trajectories')), h('thead', {}, head), h('tbody', {}, ...body));
  }
}
