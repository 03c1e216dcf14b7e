/** The Reactions tab: families as they are written, or their reactions one by one. */
import { t } from '../../../l10n/index.ts';
import type { Question } from '../../analysis-protocol.ts';
import { MOST_REACTIONS } from '../../lines.ts';
import type { LabState } from '../../store.ts';
import { h, setAttribute } from '../dom.ts';
import { ListingTab } from './listing.ts';
import type { TabContext, TabPlaces } from './tab.ts';

export class ReactionsTab extends ListingTab {
  #each!: HTMLButtonElement;
  #state: LabState | undefined;

  constructor() {
    super({ id: 'reactions', title: t('Reactions'), kind: 'reactions', placeholder: t('Find reactions'), one: 'line' });
  }

  override mount(places: TabPlaces, context: TabContext): void {
    this.#each = h('button', {
      type: 'button', class: 'quiet', id: 'one-by-one',
      click: () => context.dispatch({ type: 'list', choice: { each: this.#state?.slices.lists.each !== true } }),
    }, t('One by one'));
    places.tools.append(this.#each);
    super.mount(places, context);
  }

  override update(state: LabState): void {
    this.#state = state;
    const many = (state.model?.reactions ?? 0) > MOST_REACTIONS;
    this.#each.disabled = many;
    setAttribute(this.#each, 'title', many ? t('More than {0} reactions are shown as families only', MOST_REACTIONS.toLocaleString('en-US')) : t('Every reaction of a family by itself'));
    setAttribute(this.#each, 'aria-pressed', String(state.slices.lists.each && !many));
    super.update(state);
  }

  asks({ model, slices: { lists } }: LabState): readonly Question[] {
    return model === undefined ? [] : [{ kind: 'reactions', each: lists.each && model.reactions <= MOST_REACTIONS }];
  }
}
