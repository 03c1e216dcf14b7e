import { t } from '../../l10n/index.ts';
import type { DiagnosticSpec } from '../../grammar/index.ts';
import type { Diagnostic, Place } from '../diagnostic.ts';
import { finding, fix } from './report.ts';

export const spec: DiagnosticSpec = {
  code: 'CRN411',
  severity: 'error',
  title: 'Species in a unit that is no concentration',
  manual: `All species are counted in the file's unit of concentration. A species is declared with a unit of another kind.`,
  examples: [{ text: 'units time s, concentration uM\nspecies A: 1/s = 1\n//         ^^^\nA -> 0 @ 1', fixed: 'units time s, concentration uM\nspecies A: uM = 1\nA -> 0 @ 1' }],
};

export function speciesUnit(place: Place, name: string, found: string, needed: string): Diagnostic {
  return finding(spec, place, t('{0} is declared in {1}, but species are concentrations, in {2} here. Correct the unit.', name, found, needed), {
    fixes: needed === 'concentration' ? [] : [fix(t('Change to {0}', needed), place, needed, true)],
  });
}
