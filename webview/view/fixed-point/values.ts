/** The values at the fixed point that is shown, or at the end of a run that has not come to rest. */
import { counted, t } from '../../../l10n/index.ts';
import { csvRows } from '../../csv.ts';
import { formatNumber } from '../../format.ts';
import { elementName } from '../../series.ts';
import { stabilityWord } from '../../stability.ts';
import type { LabState } from '../../store.ts';
import { h, setText } from '../dom.ts';
import { runNote } from '../note.ts';
import { Frame, picker, type Card, type MakeCard } from '../training/card.ts';
import { chosenPlace, chosenPoint, fixedPointsOf } from './chosen.ts';

const MOST_ROWS = 500;

interface Values {
  readonly values: Float64Array;
  /** Right-hand sides there. */
  readonly rates?: Float64Array;
  /** False: where a run ended, on its way. */
  readonly rest: boolean;
}

/** Of the first point the run that is shown tells more digits and the rates. */
export function valuesShown(state: LabState): Values | undefined {
  const { shown } = state, point = chosenPoint(state);
  const settled = shown?.result.outcome.kind === 'steady' && shown.result.molecules === undefined;
  if (shown !== undefined && settled && (point === undefined || (chosenPlace(state) === 0 && fixedPointsOf(state)?.reached === true))) return { values: shown.result.final, rates: shown.result.finalRates, rest: true };
  if (point !== undefined) return { values: point.values, rest: true };
  return shown === undefined ? undefined : { values: shown.result.final, rates: shown.result.finalRates, rest: false };
}

export const valuesCard: MakeCard = (context) => {
  let drawn: readonly unknown[] = [];
  const frame = new Frame('values', t('Values'));
  const head = h('tr'), body = h('tbody'), note = h('p', { class: 'hint', hidden: true });
  const points = picker(t('Fixed point'), 'fixed-point-which', (point) => context.dispatch({ type: 'fixed point', choice: { point } }));
  frame.tools.append(points.element);
  frame.body.append(h('div', { class: 'table-frame', tabindex: 0, role: 'group', 'aria-label': t('Values') }, h('table', { class: 'values', id: 'fixed-point-table' }, h('thead', {}, head), body), note));

  function table(state: LabState, { values, rates, rest }: Values): void {
    const model = (state.shown?.model ?? state.model)!, { time, concentration } = model.units;
    const unit = concentration === undefined ? '' : ` / ${concentration}`, rateUnit = concentration === undefined || time === undefined ? '' : ` / ${concentration}·${time}⁻¹`;
    head.replaceChildren(
      h('th', { scope: 'col' }, t('Species')),
      h('th', { scope: 'col', class: 'right', title: rest ? t('Concentration at the fixed point') : t('Concentration at the end of the run') }, `${rest ? t('Fixed point') : t('Value at the end')}${unit}`),
      ...(rates === undefined ? [] : [h('th', { scope: 'col', class: 'right', title: t('Right-hand side of the species’ ODE there; zero at an exact fixed point') }, t('Rate there{0}', rateUnit))]));
    const rows: HTMLElement[] = [];
    for (const block of model.blocks) {
      for (let k = 0; k < block.size && rows.length < MOST_ROWS; k++) {
        const name = elementName(block, k), component = block.offset + k;
        rows.push(h('tr', { 'data-species': name },
          h('th', { scope: 'row' }, name),
          h('td', { class: 'right', 'data-value': values[component]! }, formatNumber(values[component]!, 8)),
          ...(rates === undefined ? [] : [h('td', { class: 'right', 'data-rate': rates[component]! }, formatNumber(rates[component]!, 2))])));
      }
    }
    body.replaceChildren(...rows);
    note.hidden = model.dimension <= rows.length;
    setText(note, t('The first {0} of {1}; export CSV for all of them.', rows.length, counted(model.dimension, '1 species', '{0} species')));
  }

  return {
    element: frame.element,
    appears: (state) => valuesShown(state) !== undefined,
    update(state) {
      const answer = fixedPointsOf(state), key = [state.shown, answer, state.slices.fixedPoint.point];
      const values = valuesShown(state);
      if (values === undefined || (drawn.length > 0 && key.every((value, i) => value === drawn[i]))) return;
      drawn = key;
      points.show((answer?.points ?? []).map(({ stability, starts }, i) => `${i + 1}: ${stabilityWord(stability)}, ${starts === 0 ? t('no start came to it') : counted(starts, '1 start', '{0} starts')}`), chosenPlace(state));
      table(state, values);
    },
    setTheme() {
      drawn = [];
    },
    view(state) {
      const shown = valuesShown(state), model = state.shown?.model ?? state.model;
      if (shown === undefined || model === undefined) return undefined;
      const { values, rates } = shown;
      const rows = model.blocks.flatMap((block) => Array.from({ length: block.size }, (_, k) => ({ species: elementName(block, k), component: block.offset + k })));
      return {
        id: 'fixed-point', label: t('Values'), suffix: '-fixed-point', note: runNote(state),
        csv: () => csvRows(['species', 'value', ...(rates === undefined ? [] : ['rate'])], rows.map(({ species, component }) => [species, values[component]!, ...(rates === undefined ? [] : [rates[component]!])])),
        json: () => ({
          values: Object.fromEntries(rows.map(({ species, component }) => [species, values[component]!])),
          fixedPoints: (fixedPointsOf(state)?.points ?? []).map((point) => ({
            values: Object.fromEntries(rows.map(({ species, component }) => [species, point.values[component]!])), residual: point.residual, stability: point.stability, rate: point.rate ?? null, starts: point.starts,
            eigenvalues: [...point.real].map((real, k) => ({ real, imaginary: point.imaginary[k]! })),
          })),
        }),
      };
    },
    dispose: () => undefined,
  } satisfies Card;
};
