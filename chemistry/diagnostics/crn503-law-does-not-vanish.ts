/** A rate law that goes on when what it consumes has run out. */
import { oneOf, t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Fix, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const lawDoesNotVanishSpec: DiagnosticSpec = {
  code: 'CRN503',
  severity: 'error',
  title: 'The rate law does not vanish with what it consumes',
  manual: `The reaction uses up a species, but its law is not zero when that species is: the concentration would become negative, and no set
of molecules does that. Usually a factor is missing, or the law is the difference of a forward and a backward rate: then
the reaction is reversible, and the quick fix writes it so.

For polynomials and quotients this is decided by algebra; a law with other functions is tried at points.`,
  examples: [
    {
      text: 'param k = 2\nspecies A = 1, B\nA -> B rate k\n//          ^',
      fixed: 'param k = 2\nspecies A = 1, B\nA -> B rate k*A',
    },
    {
      text: 'param k = 2, l = 1\nspecies A = 1, B\nA -> B rate k*A - l*B\n//          ^^^^^^^^^',
      fixed: 'param k = 2, l = 1\nspecies A = 1, B\nA <-> B @ k, l',
    },
  ],
};

export function lawDoesNotVanish(law: Place, species: readonly string[], fixes: readonly Fix[]): Diagnostic {
  const names = oneOf(species);
  return finding(lawDoesNotVanishSpec, law, t('The reaction consumes {0}, but this law is not zero when {0} is: it would make the concentration negative. Multiply the law by what it consumes.', names), { fixes });
}
