import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN305',
  severity: 'warning',
  title: 'Only a fixed species would change',
  manual: `A fixed species is held by the environment: reactions consume and produce it without changing its amount. A reaction that changes
nothing else, or an ODE of a fixed species, therefore has no effect.

Declare the species with \`species\` if it is meant to change.`,
  examples: [
    { text: 'fixed E = 1\nspecies A = 1\n  A -> A + E @ 1\n//^^^^^^^^^^\nA -> 0 @ 1' },
    { text: "fixed E = 1\node E' = 1\n//  ^" },
  ],
};

export function fixedChanged(place: Place, name: string, where: 'reaction' | 'ode'): Diagnostic {
  const text = where === 'ode' ? t('{0} is fixed, so an ODE for it has no effect.', name) : t('This reaction has no effect: the only species it would change, {0}, is fixed.', name);
  return finding(spec, place, t('{0} Declare {1} with species if it is meant to change.', text, name));
}
