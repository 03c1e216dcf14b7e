import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN224',
  severity: 'error',
  title: 'What a module owns, where it cannot be used',
  manual: `A module's own species can be plotted and expected from outside, \`plot = m1.tmp\` and \`expect m1.tmp ~ 1\`. Reactions, rates, equations and
values outside cannot use them: what others need is an argument of the module.

Add a parameter to the module, and give it a species of the file.`,
  examples: [{ text: 'module chain(x) {\n  species tmp\n  x -> tmp @ 1\n}\nspecies X = 1\na: use chain(X)\nX + a.tmp -> X @ 1\n//  ^^^^^' }],
};

export function ownNameElsewhere(place: Place, name: string): Diagnostic {
  const at = name.lastIndexOf('.');
  return finding(spec, place, t('{0} belongs to the use {1} of a module: only plot and expect can read it. Make {2} a parameter of the module and give it a species.', name, name.slice(0, at), name.slice(at + 1)));
}
