/** What a symbol is, in a word or two: words of the language as they are written in it, the others in the user's language. */
import type { CrnSymbol } from '../../chemistry/index.ts';
import { t } from '../../l10n/index.ts';

export function kindName(kind: CrnSymbol['kind']): string {
  switch (kind) {
    case 'module parameter': return t('module parameter');
    case 'module constant': return t('module constant');
    case 'species': return t('species');
    case 'index': return t('index');
    case 'sign': return t('sign');
    case 'reaction': return t('reaction');
    case 'experiment': return t('experiment');
    default: return kind;
  }
}
