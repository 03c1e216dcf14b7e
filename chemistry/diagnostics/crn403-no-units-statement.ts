import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN403',
  severity: 'information',
  title: 'Units without a units statement',
  manual: `The file gives units to some of its names but does not say what its times and concentrations are in. They are taken from the first unit of each
kind. Say it in a line of its own: \`units time s, concentration uM\`.`,
  examples: [{ text: 'species A: uM = 1\n//         ^^\nA -> 0 @ 1', fixed: 'units concentration uM\nspecies A: uM = 1\nA -> 0 @ 1' }],
};

export function noUnitsStatement(place: Place, statement: string, at: Place): Diagnostic {
  return finding(spec, place, t('This file has no units statement; its numbers are taken to be in these units. Say so: {0}.', statement), {
    fixes: [{ title: t('Insert "{0}"', statement), edits: [{ ...at, text: `${statement}\n` }], preferred: true }],
  });
}
