/** The list of what can be run: simulations, then trainings. It stands in the toolbar of what is chosen. */
import { t } from '../../l10n/index.ts';
import type { Action, LabState } from '../store.ts';
import { currentExperiment } from '../store.ts';
import { currentTraining } from '../training.ts';
import { h } from './dom.ts';

export class ExperimentPicker {
  readonly element: HTMLElement;
  readonly #list: HTMLSelectElement;
  #shown: readonly unknown[] = [];

  constructor(dispatch: (action: Action) => void) {
    this.#list = h('select', { id: 'experiment', change: () => {
      const [kind, name = ''] = this.#list.value.split(/:(.*)/s);
      dispatch(kind === 'train' ? { type: 'training', key: name } : { type: 'experiment', name: name === '' ? undefined : name });
    } });
    this.element = h('label', { class: 'field', title: t('Which simulate or train statement of the text is run') }, h('span', { class: 'label' }, t('Experiment')), this.#list);
  }

  /** @param place the toolbar's place for it */
  update(state: LabState, about: 'simulation' | 'training', place: HTMLElement): void {
    if (this.element.parentElement !== place) place.append(this.element);
    const { experiments = [], trainings = [], dimension = 0 } = state.model ?? {};
    // A model without a simulate statement can still be simulated.
    const plain = dimension > 0 && experiments.length === 0;
    this.element.hidden = (dimension > 0 ? Math.max(1, experiments.length) : 0) + trainings.length < 2;
    const key = [experiments, trainings, plain];
    if (!key.every((value, i) => value === this.#shown[i])) {
      this.#shown = key;
      const simulations = plain ? [h('option', { value: 'simulate:' }, t('simulation'))] : experiments.map(({ name }) => h('option', { value: `simulate:${name}` }, name));
      this.#list.replaceChildren(...simulations, ...trainings.map((training) => h('option', { value: `train:${training.key}` }, t('train {0}', training.key))));
    }
    this.#list.value = about === 'training' ? `train:${currentTraining(state)?.key ?? ''}` : `simulate:${currentExperiment(state)?.name ?? ''}`;
    this.#list.disabled = state.phase !== 'ready';
  }
}
