import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN203',
  severity: 'error',
  title: 'Undeclared module',
  manual: `\`use\` names a module that neither this text nor a text that it imports declares.

Correct the name, declare the module, or import the file that has it.`,
  examples: [
    { text: 'species A\nmodule decay(x: species) { x -> 0 @ 1 }\nuse decai(A)\n//  ^^^^^', fixed: 'species A\nmodule decay(x: species) { x -> 0 @ 1 }\nuse decay(A)' },
    { text: 'species A\nuse decay(A)\n//  ^^^^^' },
  ],
};

/** \`other\`: what the name is instead, such as "a species". */
export function undeclaredModule(place: Place, name: string, suggestion: string | undefined, other: string | undefined): Diagnostic {
  if (other !== undefined) return finding(spec, place, t('{0} is {1}, not a module. Name a module here.', name, other));
  const advice = suggestion === undefined ? t('Declare it with module, or import the file that has it') : t('Did you mean {0}?', suggestion);
  return finding(spec, place, t('There is no module {0}. {1}{2}', name, advice, suggestion === undefined ? '.' : ''), {
    fixes: suggestion === undefined ? [] : [fix(t('Change to {0}', suggestion), place, suggestion, true)],
  });
}
