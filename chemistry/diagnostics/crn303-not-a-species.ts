import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN303',
  severity: 'error',
  title: 'Not a species',
  manual: `A reaction or the left side of an ODE names something that is not a species: a parameter, a constant or a loop variable. Only species
react.

If the amount is held constant, declare it with \`fixed\` instead of \`param\`.`,
  examples: [{ text: 'param E = 0.2\nspecies S = 1, P\nS + E -> P + E @ 1\n//  ^\n//           ^' }],
};

export function notASpecies(place: Place, name: string, what: string, held: boolean, where: 'reaction' | 'ode'): Diagnostic {
  const advice = held ? t(' If {0} is a species whose amount is held, declare it with fixed.', name) : t(' Name a species here.');
  return finding(spec, place, where === 'ode' ? t('{0} is {1}; only species can have an ODE.{2}', name, what, advice) : t('{0} is {1}; only species can react.{2}', name, what, advice));
}
