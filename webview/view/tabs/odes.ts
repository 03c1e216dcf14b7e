/** The ODEs tab: the equation of every block of species, families as sums. */
import { t } from '../../../l10n/index.ts';
import type { Question } from '../../analysis-protocol.ts';
import type { LabState } from '../../store.ts';
import { ListingTab } from './listing.ts';

export class OdesTab extends ListingTab {
  constructor() {
    super({ id: 'odes', title: t('ODEs'), kind: 'equations', placeholder: t('Find equations'), one: 'equation' });
  }

  asks(state: LabState): readonly Question[] {
    return state.model === undefined ? [] : [{ kind: 'equations' }];
  }
}
