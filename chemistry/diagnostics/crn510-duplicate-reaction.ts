/** The same reaction twice. */
import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Fix, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const duplicateReactionSpec: DiagnosticSpec = {
  code: 'CRN510',
  severity: 'warning',
  title: 'The same reaction is written twice',
  manual: `Two reactions take and give the same, so their rates add up. With the same constant this is most often a line that was copied:
remove one of them. With different constants it may be meant (two ways to the same end); then it is only a hint, and the quick fix
makes one reaction of the two with the sum of the constants.

Reactions of different groups are not compared: an experiment may switch one of them off.`,
  examples: [
    {
      text: 'param k = 1\nspecies A = 1, B\nA -> B @ k\n  A -> B @ k\n//^^^^^^',
      fixed: 'param k = 1\nspecies A = 1, B\nA -> B @ k\n  ',
    },
    {
      text: 'species A = 1, B\nA -> B @ 1\n  A -> B @ 2\n//^^^^^^',
      fixed: 'species A = 1, B\nA -> B @ 1 + 2\n  ',
    },
  ],
};

/** @param same whether the constants agree too */
export function duplicateReaction(complexes: Place, first: Place, same: boolean, fixes: readonly Fix[]): Diagnostic {
  const message = same
    ? t('This reaction is written twice with the same rate, so it runs at twice the rate. Remove one of the two.')
    : t('This reaction is written twice, with different rates, which add up. One reaction with the sum of the constants says the same.');
  return finding(duplicateReactionSpec, complexes, message, {
    severity: same ? 'warning' : 'hint',
    related: [{ ...first, message: t('It is first written here.') }],
    fixes,
  });
}
