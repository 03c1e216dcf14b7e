import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN304',
  severity: 'error',
  title: 'Species where only parameters can stand',
  manual: `After \`@\` stands the constant of a mass-action reaction; the amounts of the reactants are multiplied in by themselves. A species there
would make it another rate law. Initial values and values of parameters cannot depend on species or time either.

To let a species speed up a reaction, write it as a catalyst on both sides (\`A + E -> B + E @ k\`), or write the whole law
after \`rate\`.`,
  examples: [{ text: 'param k = 1\nspecies A = 1, B, E = 1\nA -> B @ k*E\n//         ^' }],
};

export function speciesInConstant(place: Place, name: string, mode: 'constant' | 'value'): Diagnostic {
  return finding(spec, place, mode === 'constant'
    ? t('{0} is a species, and a mass-action constant contains none. Write {0} on both sides as a catalyst, or the whole law after rate.', name)
    : t('{0} changes during a simulation, so a declared value cannot depend on it. Use parameters and numbers.', name));
}
