import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN301',
  severity: 'error',
  title: 'Dual without a rail',
  manual: `A dual W is a signed quantity carried by two species, its rails \`W^+\` and \`W^-\`. A reaction takes place between species, so it has to
say which rail it means: \`W^+\`, \`W^-\`, or \`W^s\` in a loop over \`s in signs\`. (In a rate law or an expectation, \`W\` alone is its value
W⁺ − W⁻.) In the same way an \`ode\` is written for each rail: \`ode W^+' = …\`.`,
  examples: [{ text: 'dual W = 1\nspecies A\n0 -> A + W @ 1\n//       ^', fixed: 'dual W = 1\nspecies A\n0 -> A + W^+ @ 1' }],
};

export function dualWithoutRail(place: Place, name: string, where: 'reaction' | 'ode'): Diagnostic {
  const at = { ...place, span: { start: place.span.end, end: place.span.end } };
  const why = where === 'ode'
    ? t('its rails have the equations, {0}^+\' = … and {0}^-\' = …, or {0}^s\' = … in a loop over signs', name)
    : t('a reaction has to say which rail it means, {0}^+ or {0}^-, or {0}^s in a loop over signs', name);
  return finding(spec, place, t('{0} is a dual: {1}.', name, why), {
    fixes: [{ title: t('Write {0}^+', name), edits: [{ ...at, text: '^+' }] }, { title: t('Write {0}^-', name), edits: [{ ...at, text: '^-' }] }],
  });
}
