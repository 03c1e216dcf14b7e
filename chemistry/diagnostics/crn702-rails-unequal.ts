/** The same reaction on the two rails of a dual, with different constants. */
import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Fix, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const railsUnequalSpec: DiagnosticSpec = {
  code: 'CRN702',
  severity: 'warning',
  title: 'The two rails have different constants',
  manual: `The same reaction is written for both rails of a dual, with different constants. Then the difference of the rails no longer has an equation of
its own: what happens to the signed quantity depends on how much the rails have in common, which nothing controls. With equal
constants it does not. Write the pair as one statement, \`for s in signs { W^s -> 0 @ k }\`.`,
  examples: [
    {
      text: 'dual W = 0.5\nW^+ -> 0 @ 1\nW^- -> 0 @ 2\n//         ^',
      fixed: 'dual W = 0.5\nW^+ -> 0 @ 1\nW^- -> 0 @ 1',
    },
  ],
};

export function railsUnequal(constant: Place, other: Place, text: string, otherText: string, fixes: readonly Fix[]): Diagnostic {
  return finding(railsUnequalSpec, constant, t('The same reaction of the other rail has the constant {0}, this one has {1}. With different constants the difference of the rails depends on what they have in common.', otherText, text), {
    related: [{ ...other, message: t('The constant of the other rail.') }],
    fixes,
  });
}
