import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN413',
  severity: 'error',
  title: 'Unknown dimension in a units statement',
  manual: `A \`units\` statement gives units of \`time\` and of \`concentration\`. Any other entry brings a base unit of your own, such as \`units cells cell\`: a
name that is no unit yet. This entry is neither, so it would have no effect.`,
  examples: [
    { text: 'units time s, concentraton uM\n//            ^^^^^^^^^^^^\nspecies A = 1\nA -> 0 @ 1', fixed: 'units time s, concentration uM\nspecies A = 1\nA -> 0 @ 1' },
    { text: 'units time s, length m\n//            ^^^^^^\nspecies A = 1\nA -> 0 @ 1' },
  ],
};

export function unknownDimension(place: Place, name: string, suggestion: string | undefined): Diagnostic {
  const advice = suggestion === undefined ? t('Only time and concentration can be given a unit; remove this entry') : t('Did you mean {0}?', suggestion);
  return finding(spec, place, t('{0} is no dimension of the file. {1}{2}', name, advice, suggestion === undefined ? '.' : ''), {
    fixes: suggestion === undefined ? [] : [fix(t('Change to {0}', suggestion), place, suggestion, true)],
  });
}
