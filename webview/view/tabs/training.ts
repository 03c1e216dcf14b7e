/** The Training tab: a network as it learns. */
import { t } from '../../../l10n/index.ts';
import type { LabState } from '../../store.ts';
import type { TrainingSummary } from '../../training-protocol.ts';
import { currentTraining, valuesMoved } from '../../training.ts';
import { ByTurns } from '../by-turns.ts';
import { h, setText } from '../dom.ts';
import { SlidersView, type Movable } from '../sliders.ts';
import type { Theme } from '../theme.ts';
import { boundaryCard } from '../training/boundary.ts';
import type { Card } from '../training/card.ts';
import { confusionCard } from '../training/confusion.ts';
import { learningCard } from '../training/learning.ts';
import { lensCard } from '../training/lens.ts';
import { railsCard } from '../training/rails.ts';
import { weightsCard } from '../training/weights.ts';
import type { LabTab, SavedView, TabContext, TabPlaces } from './tab.ts';

const DOCS: Readonly<Record<string, () => string>> = {
  rate: () => t('Learning rate η: the step of a sample is rate·dwell in the pot, rate in silico. Applies at once.'),
  dwell: () => t('Time for which a sample is held. Applies at once.'),
  decay: () => t('Weight decay λ: weights shrink by rate·decay per time. Applies at once.'),
  noise: () => t('Size of the noise on rate constants (or as the text’s noise says). Applies at once; then all rails are integrated.'),
  seed: () => t('Of the order of samples, of the noise, and of the first weights where the text gives them no seed. Another seed begins anew.'),
};

function movables({ values }: TrainingSummary): readonly Movable[] {
  return Object.entries(values).map(([name, value]): Movable => {
    const range = name === 'seed' ? { min: 0, max: Math.max(100, value), logarithmic: false, whole: true }
      : name === 'decay' ? { min: 0, max: Math.max(0.01, 10 * value), logarithmic: false }
      : name === 'noise' ? { min: 0, max: Math.max(0.5, value), logarithmic: false } : undefined;
    return { id: `training-${name}`, name, value, doc: DOCS[name]?.() ?? t('Constant {0} of the activations. Applies at once.', name), ...(range === undefined ? {} : { range }) };
  });
}

export class TrainingTab implements LabTab {
  readonly id = 'training';
  readonly title = t('Training');
  readonly about = 'training';
  #cards: readonly Card[] = [];
  #turns!: ByTurns<LabState>;
  #sliders!: SlidersView;
  readonly #empty = h('p', { class: 'hint invitation' });
  readonly #about = h('p', { class: 'hint', id: 'training-about' });
  #movables: { readonly of: TrainingSummary; readonly list: readonly Movable[] } | undefined;

  appears({ model }: LabState): boolean {
    return (model?.trainings.length ?? 0) > 0;
  }

  mount({ panel, side }: TabPlaces, context: TabContext): void {
    const { dispatch } = context;
    this.#cards = [learningCard, boundaryCard, weightsCard, lensCard, confusionCard, railsCard].map((make) => make(context));
    this.#turns = new ByTurns(this.#cards.map((card) => ({ update: (state: LabState) => this.#show(card, state) })));
    panel.append(this.#empty, h('div', { class: 'cards', id: 'training-cards' }, ...this.#cards.map(({ element }) => element)));
    this.#sliders = new SlidersView(t('Training'), 'training-sliders', {
      grab: () => undefined,
      move: (name, value) => dispatch({ type: 'training value', name, value }),
      reset: (name) => dispatch({ type: 'training reset', ...(name === undefined ? {} : { name }) }),
    }, t('These apply at once, from the weights as they are; another seed begins anew.'));
    side.append(this.#sliders.element, h('section', { class: 'section', 'aria-label': t('What is trained') }, h('div', { class: 'section-head' }, h('h2', {}, t('Network'))), this.#about));
  }

  update(state: LabState): void {
    const summary = currentTraining(state), { training } = state.slices;
    if (summary !== undefined && this.#movables?.of.values !== summary.values) this.#movables = { of: summary, list: movables(summary) };
    this.#sliders.update(summary === undefined ? undefined : this.#movables?.list, summary === undefined ? {} : valuesMoved(summary, training));
    if (training.phase === 'running') this.#turns.some(state);
    else this.#turns.all(state);
    this.#empty.hidden = training.begun !== undefined || training.history.length > 0 || training.problems.length > 0;
    setText(this.#empty, training.phase === 'reading' ? t('Reading the data…') : t('Press Train: the loss falls and the weights move before your eyes.'));
    setText(this.#about, summary === undefined ? '' : this.#words(summary, state));
  }

  #show(card: Card, state: LabState): void {
    const { begun, history } = state.slices.training, appears = card.appears(state) && (begun !== undefined || history.length > 0);
    // Shown first, so that what is drawn finds its size.
    card.element.hidden = !appears;
    if (appears) card.update(state);
  }

  #words({ network, data, where, layers }: TrainingSummary, { slices: { training: { begun } } }: LabState): string {
    const widths = [layers[0]?.fanIn ?? 0, ...layers.map(({ units }) => units)].join('-');
    const samples = begun === undefined ? '' : t(', {0} samples{1}', begun.samples.toLocaleString('en-US'), begun.heldOut > 0 ? t(' and {0} held out', begun.heldOut.toLocaleString('en-US')) : '');
    return t('{0}, {1}, on {2}{3}, {4}.', network, widths, data, samples, begun === undefined ? (where === 'pot' ? t('in the pot') : t('in silico')) : begun.equations);
  }

  setTheme(theme: Theme): void {
    for (const card of this.#cards) card.setTheme(theme);
  }

  views(state: LabState): readonly SavedView[] {
    return this.#cards.flatMap((card) => (card.appears(state) ? [card.view(state)] : [])).filter((view) => view !== undefined);
  }

  dispose(): void {
    this.#turns.dispose();
    for (const card of this.#cards) card.dispose();
  }
}
