/** The Fixed point tab: the state a run settled in, how far from rest each species is there, and the way down to it. */
import { lastTime, logarithmicLimits, logarithmicTime } from '../../axes.ts';
import { formatNumber } from '../../format.ts';
import { elementName } from '../../series.ts';
import { csvRows } from '../../csv.ts';
import { outcomeSentence } from '../../outcome.ts';
import type { LabState, Shown } from '../../store.ts';
import { hue } from '../colours.ts';
import { h, setText } from '../dom.ts';
import { LinePlot } from '../line-plot.ts';
import { pictureOf } from '../picture.ts';
import type { Theme } from '../theme.ts';
import type { LabTab, SavedView, TabContext, TabPlaces } from './tab.ts';

const MOST_ROWS = 500;

export class FixedPointTab implements LabTab {
  readonly id = 'fixed-point';
  readonly title = 'Fixed point';
  readonly about = 'simulation';
  #plot!: LinePlot;
  #theme!: Theme;
  readonly #head = h('tr');
  readonly #body = h('tbody');
  readonly #note = h('p', { class: 'hint' });
  readonly #summary = h('p', { class: 'visually-hidden', id: 'residual-summary' });
  #offer!: HTMLElement;
  #drawn: Shown | undefined;

  /** A text that only trains has nothing to simulate. */
  appears({ model }: LabState): boolean {
    return model === undefined || model.dimension > 0;
  }

  mount({ panel }: TabPlaces, { theme, dispatch }: TabContext): void {
    this.#theme = theme;
    this.#plot = new LinePlot(theme, { cursor: () => undefined }, {
      'aria-label': 'Largest rate of change over time, on a logarithmic axis.', 'aria-describedby': 'residual-summary', id: 'residual-plot',
    });
    this.#offer = h('div', { class: 'offer' },
      h('span', {}, 'This run ended before it settled.'),
      h('button', { type: 'button', class: 'secondary', id: 'run-to-fixed-point', click: () => dispatch({ type: 'until', until: 'fixed point' }) }, 'Run to the fixed point'));
    panel.append(this.#offer,
      h('div', { class: 'split' },
        h('div', { class: 'table-frame', tabindex: 0, role: 'group', 'aria-label': 'Values at the end of the run' },
          h('table', { class: 'values', id: 'fixed-point-table' }, h('thead', {}, this.#head), this.#body), this.#note),
        h('div', { class: 'residual' }, this.#plot.element, this.#summary)));
  }

  views({ shown, document }: LabState): readonly SavedView[] {
    const { canvas } = this.#plot;
    if (shown === undefined || canvas === undefined) return [];
    return [{
      id: 'fixed-point', label: 'Fixed point', suffix: '-fixed-point', csv: () => this.#csv(shown),
      png: () => pictureOf({ canvas: [canvas], title: document?.name ?? '', note: outcomeSentence(shown.result, shown.model).text, legend: [], theme: this.#theme }),
    }];
  }

  #csv({ model, result }: Shown): string {
    const rows = model.blocks.flatMap((block) => Array.from({ length: block.size }, (_, k) => (
      [elementName(block, k), result.final[block.offset + k]!, result.finalRates[block.offset + k]!])));
    return csvRows(['species', 'value', 'rate'], rows);
  }

  dispose(): void {
    this.#plot.dispose();
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#drawn = undefined;
    this.#plot.setTheme(theme);
  }

  update(state: LabState): void {
    const { shown } = state;
    if (shown === this.#drawn) return;
    this.#drawn = shown;
    if (shown === undefined) {
      this.#plot.set(undefined);
      this.#body.replaceChildren();
      return;
    }
    this.#offer.hidden = shown.result.outcome.kind === 'steady';
    this.#table(shown);
    this.#curve(shown);
  }

  #table(shown: Shown): void {
    const { result, model } = shown;
    const settled = result.outcome.kind === 'steady';
    const { time, concentration } = model.units;
    const unit = concentration === undefined ? '' : ` / ${concentration}`;
    const rateUnit = concentration === undefined || time === undefined ? '' : ` / ${concentration}·${time}⁻¹`;
    this.#head.replaceChildren(
      h('th', { scope: 'col' }, 'Species'),
      h('th', { scope: 'col', class: 'right', title: 'Concentration at the end of the run' }, `${settled ? 'Fixed point' : 'Value at the end'}${unit}`),
      h('th', { scope: 'col', class: 'right', title: 'Right-hand side of the species’ ODE there; zero at an exact fixed point' }, `Rate there${rateUnit}`));
    const rows: HTMLElement[] = [];
    for (const block of model.blocks) {
      for (let k = 0; k < block.size && rows.length < MOST_ROWS; k++) {
        const value = result.final[block.offset + k]!;
        const rate = result.finalRates[block.offset + k]!;
        const name = elementName(block, k);
        rows.push(h('tr', { 'data-species': name },
          h('th', { scope: 'row' }, name),
          h('td', { class: 'right', 'data-value': value }, formatNumber(value, 8)),
          h('td', { class: 'right', 'data-rate': rate }, formatNumber(rate, 2))));
      }
    }
    this.#body.replaceChildren(...rows);
    this.#note.hidden = model.dimension <= rows.length;
    setText(this.#note, `The first ${rows.length} of ${model.dimension.toLocaleString('en-US')} species; export CSV for all of them.`);
  }

  #curve(shown: Shown): void {
    const { trajectory } = shown.result;
    const { times, residuals } = trajectory;
    const end = lastTime(times, shown.result.settled);
    const logTime = logarithmicTime(times, [{ values: residuals }], end);
    const time = shown.model.units.time;
    // Beyond rounding error the way down says nothing more.
    const limits = logarithmicLimits([{ values: residuals }]);
    this.#plot.set({
      times,
      lines: [{ key: 'residual', label: 'residual', values: residuals, stroke: hue(0, this.#theme.ground), dash: [], width: 2 }],
      xLimits: logTime ? [times.find((t) => t > 0) ?? end / 1000, end] : [0, end], yLimits: limits,
      logX: logTime, logY: true, xLabel: time === undefined ? 't' : `t / ${time}`, yLabel: 'residual max |x′|',
    });
    setText(this.#summary, `The residual falls from ${formatNumber(residuals[0] ?? NaN, 2)} at t = 0 to ${formatNumber(residuals.at(-1) ?? NaN, 2)} at t = ${formatNumber(end)}.`);
  }
}
