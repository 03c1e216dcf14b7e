/** The Fixed point tab: where the model comes to rest, how firmly, how fast, and from where. */
import { t } from '../../../l10n/index.ts';
import type { Question } from '../../analysis-protocol.ts';
import { formatNumber, parseNumber } from '../../format.ts';
import { stabilitySentence, startsSentence } from '../../stability.ts';
import type { LabState } from '../../store.ts';
import { h, setText } from '../dom.ts';
import { chosenPlace, chosenPoint, fixedPointsOf, questionsOf, startsWanted } from '../fixed-point/chosen.ts';
import { eigenvaluesCard } from '../fixed-point/eigenvalues.ts';
import { planeCard } from '../fixed-point/plane.ts';
import { residualCard } from '../fixed-point/residual.ts';
import { valuesCard } from '../fixed-point/values.ts';
import type { Theme } from '../theme.ts';
import type { Card } from '../training/card.ts';
import { AskingLine } from './asking.ts';
import type { LabTab, SavedView, TabContext, TabPlaces } from './tab.ts';

const MOST_STARTS = 1000;

export class FixedPointTab implements LabTab {
  readonly id = 'fixed-point';
  readonly title = t('Fixed point');
  readonly about = 'simulation';
  #cards: readonly Card[] = [];
  readonly #sentence = h('p', { id: 'stability', role: 'status' });
  readonly #starts = h('p', { class: 'hint', id: 'starts-told' });
  #asking!: AskingLine;
  #offer!: HTMLElement;
  #howMany!: HTMLInputElement;
  #again!: HTMLButtonElement;
  #seed = 1;

  /** A text that only trains has nothing to simulate. */
  appears({ model }: LabState): boolean {
    return model === undefined || model.dimension > 0;
  }

  mount({ panel, tools }: TabPlaces, context: TabContext): void {
    const { dispatch } = context;
    this.#cards = [valuesCard, planeCard, residualCard, eigenvaluesCard].map((make) => make(context));
    this.#asking = new AskingLine('fixed points', t('Looking for fixed points'), context);
    this.#offer = h('div', { class: 'offer' },
      h('span', {}, t('This run ended before it settled.')),
      h('button', { type: 'button', class: 'secondary', id: 'run-to-fixed-point', click: () => dispatch({ type: 'until', until: 'fixed point' }) }, t('Run to the fixed point')));
    this.#howMany = h('input', {
      type: 'text', class: 'number small', id: 'starts', inputmode: 'numeric', spellcheck: 'false', autocomplete: 'off', title: t('Random starts with the same conserved totals, beside that of the text'), focus: () => this.#howMany.select(),
      change: () => {
        const value = parseNumber(this.#howMany.value);
        dispatch({ type: 'fixed point', choice: { starts: value === undefined || value < 1 ? undefined : Math.min(MOST_STARTS, Math.round(value)) } });
      },
    });
    this.#again = h('button', { type: 'button', class: 'quiet', id: 'other-starts', title: t('As many other random starts'), click: () => dispatch({ type: 'fixed point', choice: { seed: this.#seed + 1 } }) }, t('Others'));
    tools.append(h('label', { class: 'field' }, h('span', { class: 'label' }, t('Starts')), this.#howMany), this.#again);
    panel.append(h('div', { class: 'told' }, this.#sentence, this.#starts, this.#asking.element, this.#offer), h('div', { class: 'cards', id: 'fixed-point-cards' }, ...this.#cards.map(({ element }) => element)));
  }

  asks(state: LabState): readonly Question[] {
    return questionsOf(state);
  }

  views(state: LabState): readonly SavedView[] {
    return this.#cards.flatMap((card) => (card.appears(state) ? [card.view(state)] : [])).filter((view) => view !== undefined);
  }

  dispose(): void {
    for (const card of this.#cards) card.dispose();
  }

  setTheme(theme: Theme): void {
    for (const card of this.#cards) card.setTheme(theme);
  }

  update(state: LabState): void {
    const { shown, slices: { analysis, fixedPoint } } = state, answer = fixedPointsOf(state), point = chosenPoint(state), asked = analysis['fixed points'];
    this.#seed = fixedPoint.seed;
    this.#offer.hidden = shown === undefined || shown.result.outcome.kind === 'steady';
    if (document.activeElement !== this.#howMany) this.#howMany.value = String(startsWanted(state));
    const unit = state.model?.units.time, place = chosenPlace(state);
    if (answer !== undefined) {
      setText(this.#sentence, point === undefined ? '' : stabilitySentence(point, place === 0 && answer.reached ? answer.measuredRate : undefined, unit));
      setText(this.#starts, `${startsSentence(answer)}${point === undefined ? '' : t(' Residual {0}.', formatNumber(point.residual, 2))}`);
    } else if (asked?.phase === 'failed') {
      setText(this.#sentence, '');
      setText(this.#starts, '');
    }
    this.#asking.update(asked);
    for (const card of this.#cards) {
      const appears = card.appears(state);
      // A card stays as it was while another model's answer is on its way; shown first, so that what is drawn finds its size.
      if (appears || asked === undefined || asked.phase !== 'asked') card.element.hidden = !appears;
      if (appears) card.update(state);
    }
  }
}
